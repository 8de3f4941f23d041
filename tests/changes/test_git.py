"""What git is asked: an answer where something is not there, git's own words where it cannot tell."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from macros.changes.git import GitError, commit, file_at, is_revision, newest_edition, write_content
from tests.project import small_project


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=Anybody", "-c", "user.email=anybody@localhost"]
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    project = small_project(tmp_path)
    git(project, "init", "-q", "-b", "main")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Begin")
    return project


def test_what_is_not_there_is_an_answer(root: Path, tmp_path: Path) -> None:
    assert commit(tmp_path) == "none"
    assert len(commit(root)) == 40
    (root / "docs" / "index.md").write_text("Other", "utf-8")
    assert commit(root).endswith("+changes")
    assert not is_revision(root, "elsewhere")
    assert file_at(root, "main", "docs/none.md") == ""
    assert newest_edition(root) == ""


def test_a_room_that_a_revision_has_not_is_left_out(root: Path, tmp_path: Path) -> None:
    git(root, "rm", "-r", "-q", "glossary")
    git(root, "commit", "-q", "-m", "Without terms")
    folder = tmp_path / "before"
    folder.mkdir()
    write_content(root, "main", folder)
    assert (folder / "docs" / "index.md").is_file()
    assert list((folder / "glossary").iterdir()) == []


def test_a_fault_of_git_is_told_in_its_own_words(root: Path) -> None:
    (root / ".git" / "config").write_text("[core\n", "utf-8")
    with pytest.raises(GitError, match="bad config"):
        commit(root)
    words = [sys.executable, "-m", "macros", "check", "--root", str(root), "--since", "main"]
    run = subprocess.run(words, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stdout.startswith("git could not tell what stood there before. It says: fatal: bad config")
    assert "Traceback" not in run.stderr


def test_a_machine_without_git_builds_without_a_commit(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))
    assert commit(root) == "none"
