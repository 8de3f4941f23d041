"""What git knows of the content: the commit that a build is made from, what stood at a revision, and the editions."""

from __future__ import annotations

import io
import os
import re
import subprocess
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

from macros.topics.dates import day_at

# What git says where a repository, a revision or a file is not there: an answer, not a fault.
_NOT_THERE = re.compile(
    "not a git repository|does not exist in|exists on disk, but not in|did not match any files|unknown revision"
    "|bad revision|Needed a single revision|ambiguous argument|invalid object name|Not a valid object name"
)
CONTENT = ("docs", "glossary")
_EDITION = re.compile(r"edition-(\d{4}-\d\d-\d\d)")


class GitError(Exception):
    """git is there and could not do what was asked; the text is git's own first line."""


def commit(root: Path) -> str:
    """The commit of the work tree, with "+changes" where files differ from it; "none" outside of git or without it."""
    name = _git(root, "rev-parse", "HEAD")
    if not name:
        return "none"
    return f"{name}+changes" if _git(root, "status", "--porcelain") else name


def is_revision(root: Path, revision: str) -> bool:
    """Whether git knows a commit by this name."""
    return bool(_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"))


def file_at(root: Path, revision: str, path: str) -> str:
    """What a file held at a revision; empty where it was not there."""
    return _git(root, "show", "--end-of-options", f"{revision}:./{path}")


def write_content(root: Path, revision: str, folder: Path) -> None:
    """Writes what docs/ and glossary/ held at a revision into `folder`."""
    for room in CONTENT:
        (folder / room).mkdir()
        packed = _run(root, "archive", "--format=tar", revision, room)
        if packed:
            with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
                tar.extractall(folder, filter="data")


def day_of(root: Path, revision: str) -> date:
    """The day, in the United Kingdom, on which the commit of a revision was made."""
    day = _git(root, "-c", "log.showSignature=false", "log", "-1", "--format=%ct", "--end-of-options", revision)
    return day_at(datetime.fromtimestamp(int(day or 0), UTC))


def newest_edition(root: Path) -> str:
    """The tag of the newest edition that the work tree has grown from; empty where there is none."""
    tags = _git(root, "tag", "--list", "edition-*", "--merged", "HEAD").split()
    return max(filter(_EDITION.fullmatch, tags), default="")


def _git(root: Path, *words: str) -> str:
    return _run(root, *words).decode("utf-8", "replace").strip()


def _run(root: Path, *words: str) -> bytes:
    """What git prints; nothing where what was asked for is not there, or git is not; anything else is git's fault."""
    try:
        run = subprocess.run(["git", *words], cwd=root, capture_output=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
    except FileNotFoundError:
        return b""
    fault = run.stderr.decode("utf-8", "replace").strip()
    if run.returncode and fault and not _NOT_THERE.search(fault):
        raise GitError(fault.splitlines()[0])
    return b"" if run.returncode else run.stdout
