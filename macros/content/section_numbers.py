"""The sections of pages: their anchors, and the written numbers that people cite them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.content.reading import Heading, Reading
from macros.source.problems import Problem
from macros.source.text import Text

Number = tuple[int, int]


def check_headings(reading: Reading) -> Iterator[Problem]:
    """First-level headings, anchors used twice on a page, and headings whose anchor would move with others."""
    first_of: dict[str, Text] = {}
    words: set[str] = set()
    for heading in reading.headings:
        if heading.level == 1 and heading.is_meant:
            wish = 'Begin headings with "##"; the title of the front matter is the first level.'
            yield heading.text.problem("The page has a first-level heading.", wish)
        first = first_of.setdefault(heading.anchor, heading.text)
        if first is not heading.text:
            wrong = f'The anchor "{heading.anchor}" is used twice (first at line {first.line}).'
            yield heading.text.problem(wrong, "Give this heading another anchor.")
        elif not heading.written:
            yield from _check_made(heading, words)
        words.add(str(heading.text).casefold())


def _check_made(heading: Heading, words: set[str]) -> Iterator[Problem]:
    """A heading without a written anchor, of which no lasting one can be made; `words` are those of the headings above."""
    wish = 'Write an anchor behind it, for example "{ #what-now }".'
    if not heading.anchor or heading.anchor.startswith("_"):
        yield heading.text.problem("The heading has no letters of which an anchor could be made.", wish)
    elif heading.text.casefold() in words:
        wrong = f'The heading "{heading.text}" stands on this page twice, so the links to it could change places.'
        yield heading.text.problem(wrong, wish)
    elif heading.changes:
        yield heading.text.problem("A macro stands in the heading, so the links to it could break.", wish)


def check_numbers(pages: Iterable[tuple[str, Reading]], parts: Mapping[str, int]) -> Iterator[Problem]:
    """Section numbers used twice, out of order or unlike their anchor.

    `pages` are the paths and readings in the order of the navigation; `parts` are the numbers of the parts by their folders.
    """
    used: dict[Number, Text] = {}
    last: dict[int, Number] = {}
    for path, reading in pages:
        part = parts.get(path.split("/")[0])
        for heading in (heading for heading in reading.headings if part and heading.level == 2 and heading.is_meant):
            number = heading.number
            if part is None or number is None:
                wish = f'Begin it with part and section, for example "## {part}.4 Who notifies {{ #s{part}-4 }}".'
                yield heading.text.problem(f'The section "{heading.text}" has no number.', wish)
                continue
            yield from _check_number(heading, number, part, used.get(number), last.get(part, (0, 0)))
            used.setdefault(number, heading.text)
            last[part] = max(number, last.get(part, (0, 0)))


def _check_number(heading: Heading, number: Number, part: int, first: Text | None, last: Number) -> Iterator[Problem]:
    name, anchor = f"{number[0]}.{number[1]}", f"s{number[0]}-{number[1]}"
    if number[0] != part:
        yield heading.text.problem(f"The section number {name} is not of this part.", f"Begin it with {part}.")
    elif first is not None:
        wrong = f"The section number {name} is used twice (first in {first.path}, line {first.line})."
        yield heading.text.problem(wrong, "Give this section the next free number.")
    elif number < last:
        wish = "Number the sections in the order of the pages."
        yield heading.text.problem(f"The section number {name} is out of order.", wish)
    if heading.anchor != anchor:
        wrong = f'The anchor of section {name} is "{heading.anchor}".'
        yield heading.text.problem(wrong, f'Write "{{ #{anchor} }}" after the heading.')
