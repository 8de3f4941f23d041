"""What git knows of the content: the commit that a build is made from."""

from __future__ import annotations

import subprocess
from pathlib import Path


def commit(root: Path) -> str:
    """The commit of the work tree, with "+changes" where files differ from it; "none" outside of git."""
    name = _git(root, "rev-parse", "HEAD")
    if not name:
        return "none"
    return f"{name}+changes" if _git(root, "status", "--porcelain") else name


def _git(root: Path, *words: str) -> str:
    try:
        run = subprocess.run(["git", *words], cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return run.stdout.strip()
