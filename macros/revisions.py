"""What git knows of the content: the commit that a build is made from, and what a file held before."""

from __future__ import annotations

import subprocess
from pathlib import Path


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


def _git(root: Path, *words: str) -> str:
    try:
        run = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.strip()
