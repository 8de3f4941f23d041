"""A table on paper: its rows, and the widths of its columns from how much stands in each."""

from __future__ import annotations

import math
from dataclasses import dataclass

from macros.markup.tree import Element, make

_LEAST, _LONGEST = 6, 60  # letters: of the narrowest column, and what one cell counts for at most


@dataclass(frozen=True)
class Grid:
    """The parts of a table; `shares` are the widths of its columns in hundredths, or nothing where nobody gave any."""

    head: list[Element]
    rows: list[Element]
    shares: list[float]
    columns: int
    captions: list[Element]


def grid(table: Element) -> Grid:
    """A table by its parts."""
    head = [row for part in table.of("thead") for row in part.of("tr")]
    rows = [row for part in table.of("tbody") for row in part.of("tr")]
    shares = [
        float(column.attributes["style"].split()[-1].removesuffix("%"))
        for part in table.of("colgroup")
        for column in part.of("col")
    ]
    columns = sum(int(cell.attributes.get("colspan", "1")) for cell in (head + rows)[0].of("th", "td"))
    return Grid(head, rows, shares, columns, table.of("caption"))


def with_widths(table: Element) -> Element:
    """The table with the widths of its columns, its caption first; one with cells over several columns as it is."""
    rows = [row for row in table.walk() if row.tag == "tr"]
    cells = [[cell for cell in row.children if isinstance(cell, Element)] for row in rows]
    if (
        not cells
        or len({len(row) for row in cells}) != 1
        or any("colspan" in c.attributes for row in cells for c in row)
    ):
        return table
    weights = [_weight([cell.words() for cell in column]) for column in zip(*cells, strict=True)]
    shares = [f"width: {weight / sum(weights):.1%}" for weight in weights]
    columns = make("colgroup", *(make("col", style=share) for share in shares))
    captions = table.of("caption")
    rest = [child for child in table.children if child not in captions]
    return Element("table", table.attributes, [*captions, columns, *rest])


def _weight(texts: list[str]) -> float:
    """What a column asks for: its longest word whole, and room that grows more slowly than its text."""
    word = max((len(word) for text in texts for word in text.split()), default=0)
    mean = sum(min(len(text), 4 * _LONGEST) for text in texts) / len(texts)
    return max(_LEAST, word * 1.25, 2 * math.pow(mean, 0.62))
