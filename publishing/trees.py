"""What may stand in a pushed tree, judged by its list of names alone, before anything is written out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.source.problems import Problem
from publishing.repository import Entry

CONTENT = ("docs", "glossary")  # the rooms of editors
GENERATOR = ("macros", "overrides", "mkdocs.yml", "requirements.lock")
KINDS = {"docs": (".md", ".yml", ".png", ".jpg", ".jpeg", ".webp"), "glossary": (".yml",)}
MOST_FILES = 20_000
LONGEST = 200
_DEEPEST = 2000
_MOST_PROBLEMS = 500

_FOLDER, _LINK, _MODULE = "040000", "120000", "160000"
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
_ODD = re.compile(r'[<>:"|?*\\]')
_GIT = re.compile(r"\.?git(~\d+|modules|attributes)?[. ]*", re.IGNORECASE)
_AT_TOP = (".gitignore", ".gitattributes", ".gitlab-ci.yml", ".github")


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
        shown = path.encode("unicode_escape").decode() if _unprintable(path) else path
        found = next(_wrongs(entry, path, file_mb), None)
        twin = seen.setdefault(path.casefold(), path)
        if found is None and twin != path:
            found = (f'Its name differs from "{twin}" in capitals alone.', "Give it another name.")
        if found:
            problems.append(Problem(shown, 1, *found))
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


def _unprintable(path: str) -> bool:
    return not path.isprintable()


def _wrongs(entry: Entry, path: str, file_mb: int) -> Iterator[tuple[str, str]]:
    if entry.mode == _LINK:
        yield "This is a symbolic link.", "Put the file itself here."
    if entry.mode == _MODULE:
        yield "This is a repository within the repository.", "Put its files here, or remove it."
    wrong = _name(path)
    if wrong:
        yield wrong, "Rename it: small letters, digits and hyphens do."
    if entry.size > file_mb * 1_000_000:
        wish = "Make it smaller, or remove it, from every commit of this push."
        yield f"The file has {entry.size:,} bytes; the most is {file_mb * 1_000_000:,}.", wish
    room, _, rest = path.partition("/")
    kinds = KINDS.get(room, ()) if rest else ()
    if kinds and not path.endswith(kinds):
        yield "This is no kind of file that pages use.", f"In {room}/ stand files that end in {', '.join(kinds)}."


def _name(path: str) -> str:
    """What is wrong with a path; empty where nothing is."""
    if _unprintable(path):
        return "Its name holds a line break or another character that cannot be seen."
    if "\\x" in path or _ODD.search(path):
        return "Its name holds a character that not every computer can write."
    if len(path) > LONGEST:
        return f"Its name has {len(path)} characters; the most is {LONGEST}."
    parts = path.split("/")
    for number, part in enumerate(parts):
        if part in ("", ".", ".."):
            return "Its name leads out of its folder."
        if _GIT.fullmatch(part) and not (number == 0 and part in _AT_TOP):
            return "Its name belongs to git itself."
        if _RESERVED.fullmatch(part) or part != part.strip() or part.endswith("."):
            return f'"{part}" is a name that Windows cannot hold.'
    return ""


def in_rooms(path: bytes, rooms: tuple[str, ...]) -> bool:
    """Whether a path stands in one of the rooms, or is one of them where it is a file."""
    return path.split(b"/")[0].decode("utf-8", "replace") in rooms and (b"/" in path or b"." in path)
