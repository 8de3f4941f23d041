"""The order of pages, and the old addresses that lead to where a page or section lives now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.content.addresses import address, split_target
from macros.source.ids import PagePath, Place
from macros.source.problems import Problem, suggest
from macros.source.text import Text

PATH = "docs/navigation.yml"
MOVED = "docs/moved.yml"


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


def check_navigation(navigation: Navigation, pages: dict[str, Text]) -> list[Problem]:
    """Pages named twice or left out; `pages` maps each page's path to the place to report it at."""
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
    for path, place in pages.items():
        if path not in first:
            problems.append(
                place.problem(
                    "This page is missing from the navigation.", f'Add a line "- {{page: {path}, label: …}}" to {PATH}.'
                )
            )
    return problems


def check_moves(moves: Moves, anchors: dict[str, frozenset[str]]) -> list[Problem]:
    """Old addresses written in another form than they had, or that lead nowhere; `anchors` maps each page to its own."""
    problems = []
    live = {address(page) for page in anchors}
    for move in (move for move in moves.moved if move.old and move.now):
        path, anchor = split_target(move.old)
        if path.startswith("/") or "://" in path or (path and not path.endswith("/")):
            wish = 'Write it without the site\'s own part and with its last stroke: "reviews/old-page/#s1-4".'
            problems.append(move.old.problem(f'"{move.old}" is not an old address.', wish))
        elif path in live and not anchor:
            wish = "Remove the line, or name the anchor that has moved."
            problems.append(move.old.problem(f'"{move.old}" is the address of a page that is here.', wish))
        page, anchor = split_target(move.now)
        if page not in anchors:
            wish = suggest(page, anchors, "Name the path of a page, from docs/.")
            problems.append(move.now.problem(f'The page "{page}" does not exist.', wish))
        elif anchor and anchor not in anchors[page]:
            wish = suggest(anchor, anchors[page], "Name the anchor of one of its headings.")
            problems.append(move.now.problem(f'The page "{page}" has no anchor "{anchor}".', wish))
    return problems
