"""What may stand in a pushed tree, judged by its list of names alone, before anything is written out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.source.listing import MOST_FILES
from macros.source.names import shown, wrong_name
from macros.source.problems import Problem
from publishing.repository import Entry

CONTENT = ("docs", "glossary")  # the rooms of editors
GENERATOR = ("macros", "overrides", "mkdocs.yml", "requirements.lock")
_DEEPEST = 2000
_MOST_PROBLEMS = 500
_FOLDER, _LINK, _MODULE = "040000", "120000", "160000"


def check_entries(entries: Iterable[Entry], file_mb: int, all_mb: int) -> list[Problem]:
    """What is wrong with the names, kinds and sizes of a tree's files, read no further than there is anything to say."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    size = 0
    for number, entry in enumerate(entries):
        size += entry.size
        over = _over(entry, number, size, all_mb)
        if over:
            return [*problems, Problem("docs", 1, over, "Remove what does not belong here.")]
        if entry.mode == _FOLDER:
            continue
        path = entry.path.decode("utf-8", "backslashreplace")
        wrong = next(_wrongs(entry, path, file_mb), None)
        twin = seen.setdefault(path.casefold(), path)
        if wrong is None and twin != path:
            wrong = (f'Its name differs from "{twin}" in capitals alone.', "Give it another name.")
        if wrong:
            problems.append(Problem(shown(path), 1, *wrong))
        if len(problems) >= _MOST_PROBLEMS:
            break
    return problems


def _over(entry: Entry, number: int, size: int, all_mb: int) -> str:
    """What of a tree is more than any guidance needs; empty where nothing is."""
    if number >= MOST_FILES:
        return f"There are more than {MOST_FILES:,} files and folders."
    if len(entry.path) > _DEEPEST:
        return f"Folders stand in each other until a name has more than {_DEEPEST:,} letters."
    if size > all_mb * 1_000_000:
        return f"The files have more than {all_mb * 1_000_000:,} bytes together."
    return ""


def _wrongs(entry: Entry, path: str, file_mb: int) -> Iterator[tuple[str, str]]:
    if entry.mode == _LINK:
        yield "This is a symbolic link.", "Put the file itself here."
    if entry.mode == _MODULE:
        yield "This is a repository within the repository.", "Put its files here, or remove it."
    wrong = wrong_name(path)
    if wrong:
        yield wrong
    if entry.size > file_mb * 1_000_000:
        wish = "Make it smaller, or remove it, from every commit of this push."
        yield f"The file has {entry.size:,} bytes; the most is {file_mb * 1_000_000:,}.", wish


def in_rooms(path: bytes, rooms: tuple[str, ...]) -> bool:
    """Whether a path stands in one of the rooms, or is one of them where it is a file."""
    return path.split(b"/")[0].decode("utf-8", "replace") in rooms and (b"/" in path or b"." in path)
