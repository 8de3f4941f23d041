"""The sections of pages: their anchors, and the written numbers that people cite them by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from macros.content.reading import Heading, Reading
from macros.source.problems import Problem
from macros.source.text import Text

Number = tuple[int, int]


def check_headings(reading: Reading) -> Iterator[Problem]:
    """First-level headings, and anchors used twice on a page."""
    first_of: dict[str, Text] = {}
    for heading in reading.headings:
        if heading.level == 1:
            wish = 'Begin headings with "##"; the title of the front matter is the first level.'
            yield heading.text.problem("The page has a first-level heading.", wish)
        first = first_of.setdefault(heading.anchor, heading.text)
        if first is not heading.text:
            wrong = f'The anchor "{heading.anchor}" is used twice (first at line {first.line}).'
            yield heading.text.problem(wrong, "Give this heading another anchor.")


def check_numbers(pages: Iterable[tuple[str, Reading]], parts: Mapping[str, int]) -> Iterator[Problem]:
    """Section numbers used twice, out of order or unlike their anchor.

    `pages` are the paths and readings in the order of the navigation; `parts` are the numbers of the parts by their folders.
    """
    used: dict[Number, Text] = {}
    last: dict[int, Number] = {}
    for path, reading in pages:
        part = parts.get(path.split("/")[0])
        for heading in (heading for heading in reading.headings if part and heading.level == 2):
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
