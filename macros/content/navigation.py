"""The order of pages, and the old addresses that lead to where a page or section lives now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from macros.content.addresses import address, page_meant, split_target
from macros.source.ids import PagePath, Place
from macros.source.names import APART, LONGEST
from macros.source.problems import Problem, suggest
from macros.source.quoting import offered
from macros.source.schema import KEBAB
from macros.source.text import Text

PATH = "docs/navigation.yml"
MOVED = "docs/moved.yml"
MADE_FOLDERS = ("decisions", "schemas", "search/data")  # of the site, beside those of nobody else
_PLAIN = re.compile(rf"(?:{KEBAB.pattern}/)+")
_ANCHOR = re.compile(r"[^\s#<>\"'`&\\]{1,100}")


@dataclass(frozen=True)
class Entry:
    """One page and its name in the menu."""

    place: Place
    page: PagePath
    label: Text


@dataclass(frozen=True)
class Group:
    """A part of the menu: a name with its pages in order; one page alone stands in the menu itself."""

    place: Place
    label: Text
    pages: tuple[Entry, ...]
    about_this_site: bool = False


@dataclass(frozen=True)
class Navigation:
    """The content of docs/navigation.yml."""

    place: Place
    menu: tuple[Group, ...]

    def entries(self) -> Iterator[Entry]:
        """Every page in order."""
        for group in self.menu:
            yield from group.pages


@dataclass(frozen=True)
class Move:
    """An old address, as it stood after the site's own ("reviews/old-page/#s1-4"), and the page that has it now."""

    place: Place
    old: Text
    now: Text


@dataclass(frozen=True)
class Moves:
    """The content of docs/moved.yml."""

    place: Place
    moved: tuple[Move, ...]

    def earlier(self, page: str) -> list[str]:
        """The paths from docs/ that a page may have had before: its old addresses, each as a file or as a folder's page."""
        old = [
            str(move.old).strip("/") for move in self.moved if "#" not in move.old and split_target(move.now)[0] == page
        ]
        return [path for name in old for path in (f"{name}.md", f"{name}/index.md")]


def check_navigation(navigation: Navigation, pages: dict[str, tuple[Text, Text]]) -> list[Problem]:
    """Pages named twice or left out; `pages` maps each page's path to the place to report it at, and its title."""
    problems = []
    first: dict[str, PagePath] = {}
    for entry in navigation.entries():
        if entry.page in first:
            problems.append(
                entry.page.problem(
                    f'The page "{entry.page}" stands twice in the navigation (first at line {first[entry.page].line}).',
                    "Keep one of the two lines.",
                )
            )
        first.setdefault(str(entry.page), entry.page)
    for label in [label for group in navigation.menu for label in (group.label, *(page.label for page in group.pages))]:
        if any(mark in label for mark in ("{{", "{%", "{#")):  # MkDocs would run them
            problems.append(label.problem("Braces stand in a label of the menu.", "Write plain words."))
    meant = {page_meant(name, "", pages) for name in first if name not in pages}  # mistyped there, which is told there
    before = " " * max(0, min((entry.place.blanks for entry in navigation.entries()), default=8) - 2)
    for path, (place, title) in pages.items():
        if path not in first and path not in meant:
            wish = f"Add this line to {PATH}, where the page belongs in the menu:"
            line = f"{before}- {{page: {path}, label: {offered(title or path, within=True)}}}"
            problems.append(place.problem("This page is missing from the navigation.", wish, line))
    return problems


def check_moves(moves: Moves, anchors: dict[str, frozenset[str]]) -> list[Problem]:
    """Old addresses that are none, stand twice or are in use, and those that lead nowhere; `anchors` maps each page to its own."""
    problems = []
    live = {address(page) for page in anchors}
    first: dict[str, Text] = {}
    for move in (move for move in moves.moved if move.old and move.now):
        path, anchor = split_target(move.old)
        same = first.setdefault(f"{path}#{anchor}", move.old)
        wrong = _wrong_old(move.old, live)
        if wrong:
            problems.append(move.old.problem(*wrong))
        elif same is not move.old:
            wrong = f'"{move.old}" stands twice (first at line {same.line}).', "Keep one of the two lines."
            problems.append(move.old.problem(*wrong))
        page, anchor = split_target(move.now)
        if page not in anchors:
            near = page_meant(page, "", anchors)
            wish = f'Did you mean "{near}"?' if near else "Name the path of a page, from docs/."
            problems.append(move.now.problem(f'The page "{page}" does not exist.', wish))
        elif anchor and anchor not in anchors[page]:
            wish = suggest(anchor, anchors[page], "Name the anchor of one of its headings.")
            problems.append(move.now.problem(f'The page "{page}" has no anchor "{anchor}".', wish))
    return problems


def _wrong_old(old: Text, live: set[str]) -> tuple[str, str] | None:
    """What is wrong with an old address, and how to mend it; a folder of the site is made of it, so it is of plain parts only."""
    path, mark, anchor = old.partition("#")
    short = old if len(old) <= 80 else f"{old[:80]}…"
    plain = _PLAIN.fullmatch(path) if path else mark
    if not plain or (mark and not _ANCHOR.fullmatch(unquote(anchor))) or len(path) > LONGEST:
        wish = "Write it without the site's own part, in small letters, digits and hyphens, with its last stroke: "
        return f'"{short}" is not an old address.', f'{wish}"reviews/old-page/#s1-4".'
    if path in live and not anchor:
        wish = "Remove the line, or name the anchor that has moved."
        return f'"{short}" is the address of a page that is here.', wish
    if path not in live and any(path.startswith(f"{folder}/") for folder in (*APART, *MADE_FOLDERS)):
        return f'"{short}" is in a folder that the build makes, where no page stood.', "Remove the line."
    return None
