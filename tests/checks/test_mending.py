"""`check --fix`: it shows what it would write, asks, and keeps what others have written meanwhile."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.build import problems_of
from macros.checks.mending import mendings, write
from tests.project import change, small_project

SLIPS = {
    "docs/index.md": [("An LCSPR may follow.", "An LCSPR may follow:\n• one\n• {{ term(“lcspr”) }}")],
    "docs/references.yml": [
        ("title: An Act of 2004", "title:\u00a0“An Act: 2004”"),
        ("    kind: statute\n", "\tkind: statute\n"),
    ],
    "docs/search.md": [("title: Search", "title: “Search”")],
}
SHOWN = """\
--- docs/search.md as it is
+++ docs/search.md mended
@@ -2 +2 @@
-title: “Search”
+title: "Search"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project with slips of a word processor in three files."""
    root = small_project(tmp_path)
    for path, replacements in SLIPS.items():
        change(root, path, *replacements)
    return root


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*.*") if path.is_file()}


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_after_it_the_check_has_nothing_to_say(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert problems_of(root)
    assert main(["check", "--fix", "--yes", "--root", str(root)]) == 0
    said = capsys.readouterr().out
    assert SHOWN in said
    assert "Mended 3 files.\nNo problems found." in said
    assert mendings(root) == []
    assert main(["check", "--fix", "--root", str(root)]) == 0
    assert "Nothing can be mended without asking what you mean.\n" in capsys.readouterr().out


@pytest.mark.parametrize(("answer", "status"), [("no\n", 1), ("\n", 1), ("yes\n", 0), ("Y\n", 0)])
def test_it_asks_on_a_terminal(answer: str, status: int, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(root)
    monkeypatch.setattr("sys.stdin", _Terminal(answer))
    assert main(["check", "--fix", "--root", str(root)]) == status
    assert (files(root) == before) is bool(status)


def test_without_a_terminal_nothing_is_written_unasked(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(root)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert main(["check", "--fix", "--root", str(root)]) == 1
    assert files(root) == before
    assert capsys.readouterr().out.endswith("Nothing was written. To write it, add --yes.\n")


def test_the_ends_of_lines_and_the_mark_of_windows_stay(root: Path) -> None:
    for path in SLIPS:
        data = (root / path).read_bytes().replace(b"\n", b"\r\n")
        (root / path).write_bytes(b"\xef\xbb\xbf" + data)
    assert write(root, mendings(root)) == []
    for path in SLIPS:
        data = (root / path).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 5
    assert problems_of(root) == []


def test_a_file_that_was_changed_meanwhile_is_not_overwritten(root: Path) -> None:
    found = mendings(root)
    change(root, "docs/search.md", ("{{ search_box() }}", "More.\n\n{{ search_box() }}"))
    kept = (root / "docs/search.md").read_bytes()
    assert write(root, found) == ["docs/search.md"]
    assert (root / "docs/search.md").read_bytes() == kept
    assert [one.path for one in mendings(root)] == ["docs/search.md"]


def test_what_is_no_text_is_left_alone(root: Path) -> None:
    (root / "docs" / "old.md").write_bytes(b"---\ntitle: caf\xe9\n---\n\n\x95 one\n")
    (root / "docs" / "link.md").symlink_to(root / "docs" / "index.md")
    assert sorted(one.path for one in mendings(root)) == sorted(SLIPS)
