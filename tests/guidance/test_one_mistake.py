"""One mistake in a file of the guidance gives one message, however much hangs on that file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.build import problems_of
from tests.project import GUIDANCE

MUCH_HANGS_ON = ["docs/references.yml", "docs/deadlines.yml", "docs/part-one/notify.yml", "docs/deadlines.md"]
OTHERS = [
    path
    for room in ("docs", "glossary")
    for path in sorted(file.relative_to(GUIDANCE).as_posix() for file in (GUIDANCE / room).rglob("*.*"))
    if path.endswith((".md", ".yml")) and path not in MUCH_HANGS_ON
]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the guidance, in which one file at a time is broken."""
    folder = tmp_path_factory.mktemp("guidance")
    for room in ("docs", "glossary"):
        shutil.copytree(GUIDANCE / room, folder / room)
    yield folder
    shutil.rmtree(folder)


def broken(root: Path, path: str) -> list[str]:
    """The files that problems name while a quotation mark of one is never closed."""
    file = root / path
    text = file.read_text("utf-8")
    number = next(number for number, line in enumerate(text.split("\n")) if line and line[0].isalpha())
    lines = text.split("\n")
    lines[number] = f'"{lines[number]}'
    try:
        file.write_text("\n".join(lines), "utf-8")
        return [f"{problem.path}:{problem.line}" for problem in problems_of(root)]
    finally:
        file.write_text(text, "utf-8")


@pytest.mark.parametrize("path", MUCH_HANGS_ON)
def test_a_file_on_which_much_hangs_gives_one_message(path: str, root: Path) -> None:
    assert len(broken(root, path)) == 1


@pytest.mark.long
@pytest.mark.parametrize("path", OTHERS)
def test_any_file_gives_one_message(path: str, root: Path) -> None:
    assert len(broken(root, path)) == 1
