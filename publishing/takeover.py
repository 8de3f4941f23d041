"""What a build has made, taken over by the server's own hand: plain files and folders only, each a fresh copy."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from publishing.settings import RefusedError

_MOST_FILES = 100_000
_NAME = re.compile(r"[A-Za-z0-9_@+,=~-][A-Za-z0-9._@+,=~-]{0,199}|\.nojekyll")
_PART = 1 << 20


def take(made: Path, site: Path, most: int) -> None:
    """Copies the built site, at most `most` bytes; refused where it holds anything but files and folders with plain names.

    No link is followed, whoever puts it there and whenever; nobody else holds what is copied open.
    """
    left, count = most, 0
    if not stat.S_ISDIR(made.lstat().st_mode):
        raise RefusedError("The build made no folder for the site. Tell a maintainer.")
    for here, folders, files, number in os.fwalk(made, onerror=_unread):
        goal = site / Path(here).relative_to(made)
        goal.mkdir()
        for name in [*folders, *files]:
            _check(name, os.stat(name, dir_fd=number, follow_symlinks=False).st_mode)
        for name in files:
            left -= _copy(name, number, goal / name, left, most)
        count += len(files)
        if count > _MOST_FILES:
            raise RefusedError(f"The site has more than {_MOST_FILES:,} files.")


def _unread(error: OSError) -> None:
    raise error


def _check(name: str, mode: int) -> None:
    if not _NAME.fullmatch(name):
        raise RefusedError(f"The build made a file with the name {ascii(name)[:200]}, which no address can have.")
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise RefusedError(f"The build made {name}, which is neither a file nor a folder. Tell a maintainer.")


def _copy(name: str, folder: int, goal: Path, left: int, most: int) -> int:
    """Copies one file; the number of its bytes."""
    size = 0
    with (
        open(os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder), "rb") as old,
        goal.open("xb") as new,
    ):
        while part := old.read(_PART):
            size += len(part)
            if size > left:
                raise RefusedError(f"The site has more than {most:,} bytes, which is the most.")
            new.write(part)
    return size
