"""The files that editors have put into their rooms: those that can be read, and what is wrong with the others."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from macros.source.names import KINDS, shown, wrong_name
from macros.source.problems import Problem

MOST_FILES = 20_000


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
