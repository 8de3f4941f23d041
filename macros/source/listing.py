"""The files that editors have put into their rooms: those that can be read, and what is wrong with the others."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from macros.source.names import KINDS, shown, wrong_name
from macros.source.problems import Problem

MOST_FILES = 20_000
Stamps = dict[str, tuple[int, int]]  # when each file was saved, and its size


def listed(root: Path) -> tuple[list[str], list[Problem]]:
    """The paths of all plain files of docs/ and glossary/ in their order, and what is wrong with names, kinds and links."""
    files: list[str] = []
    problems: list[Problem] = []
    for number, entry in enumerate(entry for room in KINDS if (root / room).is_dir() for entry in _walked(root / room)):
        path = Path(entry.path).relative_to(root).as_posix()
        wrong = _no_file(entry) or wrong_name(path)
        if wrong:
            problems.append(Problem(shown(path), 1, *wrong))
        if path.isprintable() and entry.is_file(follow_symlinks=False) and not entry.name.startswith("."):
            files.append(path)  # what is called wrongly is read all the same: one mistake gives one message
        if number >= MOST_FILES:
            wish = "Remove what does not belong here."
            return [], [Problem("docs", 1, f"There are more than {MOST_FILES:,} files.", wish)]
    return sorted(files), problems


def stamps(root: Path, tops: Iterable[str]) -> Stamps:
    """Every file of some folders, or of such a name, with what tells whether it was saved anew."""
    saved: Stamps = {}
    for top in tops:
        for file in (root / top).rglob("*") if (root / top).is_dir() else [root / top]:
            with suppress(OSError):  # it was saved anew at this very moment
                about = file.stat()
                if file.suffix != ".pyc" and S_ISREG(about.st_mode):
                    saved[file.relative_to(root).as_posix()] = (about.st_mtime_ns, about.st_size)
    return saved


def _walked(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything in a folder and its folders that is no folder of the editors; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                yield from _walked(Path(entry.path))
            else:
                yield entry


def _no_file(entry: os.DirEntry[str]) -> tuple[str, str] | None:
    if entry.is_symlink():
        return "This is a symbolic link.", "Put the file itself here."
    if entry.is_dir(follow_symlinks=False):
        return "This folder belongs to another program.", "Remove it, or keep it elsewhere."
    if not entry.is_file(follow_symlinks=False):
        return "This is no file.", "Remove it."
    return None
