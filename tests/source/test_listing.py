"""The files of the editors' rooms: what is odd about one is a line, whatever it is, and nothing of it is read."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from macros.build import problems_of
from macros.source.listing import listed
from macros.source.names import wrong_name
from publishing.repository import Entry
from publishing.trees import check_entries
from tests.project import WHOLE, small_project


def said(root: Path) -> list[str]:
    return [str(problem) for problem in problems_of(root)]


def test_a_link_is_no_file_wherever_it_leads(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    (tmp_path / "secret.md").write_text("secret", "utf-8")
    (tmp_path / "folder").mkdir()
    (root / "docs" / "plan.md").symlink_to(tmp_path / "secret.md")
    (root / "docs" / "lost.yml").symlink_to(tmp_path / "nowhere.yml")
    (root / "docs" / "part-two").symlink_to(tmp_path / "folder")
    assert said(root) == [
        f"docs/{name}:1: This is a symbolic link. Put the file itself here."
        for name in ("lost.yml", "part-two", "plan.md")
    ]


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    os.mkfifo(root / "docs" / "pipe.md")
    (root / "docs" / "folder.md").mkdir()
    (root / "docs" / ".obsidian").mkdir()
    (root / "docs" / ".obsidian" / "app.md").write_text("x", "utf-8")
    assert said(root) == [
        "docs/.obsidian:1: This folder belongs to another program. Remove it, or keep it elsewhere.",
        "docs/pipe.md:1: This is no file. Remove it.",
    ]


def test_a_name_that_is_no_text_is_shown_as_its_bytes(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    Path(os.fsdecode(os.fsencode(root / "docs") + b"/caf\xe9.md")).write_text("x", "utf-8")
    (root / "docs" / "a\nb.yml").write_text("x", "utf-8")
    wish = "Rename it: small letters, digits and hyphens do."
    assert said(root) == [
        f"docs/{name}:1: Its name holds a line break or another character that cannot be seen. {wish}"
        for name in ("a\\nb.yml", "caf\\udce9.md")
    ]


def test_a_file_that_may_not_be_read_is_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, read = small_project(tmp_path), Path.read_bytes

    def refused(file: Path) -> bytes:
        if file.name == "moved.yml":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return read(file)

    monkeypatch.setattr(Path, "read_bytes", refused)
    line = "docs/moved.yml:1: The file cannot be read: permission denied. See to it that you may read it."
    assert said(root) == [line]


def test_the_gate_says_of_a_name_what_the_check_says(tmp_path: Path) -> None:
    names = ["My page.md", "com¹.md", "a#b.md", "new.markdown", "plan..md", "~$form-a.docx", "Thumbs.db", "names.csv"]
    root = small_project(tmp_path)
    for name in names:
        (root / "docs" / name).write_text("x", "utf-8")
    entries = [Entry("100644", "", 1, f"docs/{name}".encode()) for name in names]
    assert sorted(check_entries(entries, 5, 50)) == sorted(listed(root)[1])


def test_the_files_of_a_site_are_named_rightly() -> None:
    files, problems = listed(WHOLE)
    assert problems == []
    assert len(files) > 30


def test_other_rooms_name_their_files_as_they_like() -> None:
    for path in ("README.md", "macros/__main__.py", "overrides/My folder/a.b.c", "docs", "LICENSE", ".github/x.yml"):
        assert wrong_name(path) is None
