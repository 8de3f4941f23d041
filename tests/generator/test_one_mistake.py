"""One mistake, one message: what hangs on a file that cannot be read is not judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.build import problems_of
from tests.project import WHOLE, small_project

_TEXT = re.compile(r"""^( *(?:- )?[\w-]+:) ([^\s"'\[{|>].*)$""", re.M)
WAYS: dict[str, Callable[[str], bytes]] = {
    "a quotation mark is never closed": lambda text: _TEXT.sub(r'\1 "\2', text, count=1).encode(),
    "it is not UTF-8": lambda text: f"{text}# caf".encode() + b"\xe9\n",
    "it is empty": lambda text: b"",
}
FILES = [
    file.relative_to(WHOLE).as_posix()
    for room in ("docs", "glossary")
    for file in sorted((WHOLE / room).rglob("*.*"))
    if file.suffix in (".md", ".yml")  # pictures are judged one by one
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small site, in which one file at a time is broken."""
    return small_project(tmp_path_factory.mktemp("whole"), site=WHOLE)


@pytest.mark.parametrize("path", FILES)
def test_a_file_that_cannot_be_read_gives_one_message(path: str, root: Path) -> None:
    file = root / path
    text = file.read_text("utf-8")
    try:
        for way, broken in WAYS.items():
            if broken(text) == text.encode():
                continue
            file.write_bytes(broken(text))
            assert [problem.path for problem in problems_of(root)] == [path], way
    finally:
        file.write_text(text, "utf-8")


def test_every_file_is_broken_in_two_ways_at_least(root: Path) -> None:
    for path in FILES:
        text = (root / path).read_text("utf-8")
        assert sum(broken(text) != text.encode() for broken in WAYS.values()) >= 2, path
