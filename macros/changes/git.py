"""What git knows of the content: the commit that a build is made from, what stood at a revision, and the editions."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
from datetime import UTC, date, datetime
from pathlib import Path

CONTENT = ("docs", "glossary")
_EDITION = re.compile(r"edition-(\d{4}-\d\d-\d\d)")


def commit(root: Path) -> str:
    """The commit of the work tree, with "+changes" where files differ from it; "none" outside of git."""
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
    """The day in universal time on which the commit of a revision was made."""
    day = _git(root, "-c", "log.showSignature=false", "log", "-1", "--format=%ct", "--end-of-options", revision)
    return datetime.fromtimestamp(int(day or 0), UTC).date()


def newest_edition(root: Path) -> str:
    """The tag of the newest edition that the work tree has grown from; empty where there is none."""
    tags = _git(root, "tag", "--list", "edition-*", "--merged", "HEAD").split()
    return max(filter(_EDITION.fullmatch, tags), default="")


def _git(root: Path, *words: str) -> str:
    return _run(root, *words).decode("utf-8", "replace").strip()


def _run(root: Path, *words: str) -> bytes:
    try:
        return subprocess.run(["git", *words], cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return b""
