"""The structure of a page as its readers hear it: headings in order, tables with a header row and a caption, links that say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from macros.content.dialect import CAPTION
from macros.content.reading import Block, Link, Reading, Table
from macros.source.problems import Problem
from macros.source.text import Text

_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
SAYS_NOTHING = frozenset(
    [
        "click",
        "click here",
        "continue",
        "details",
        "download",
        "find out more",
        "follow this link",
        "here",
        "learn more",
        "link",
        "more",
        "more information",
        "page",
        "read more",
        "see here",
        "see more",
        "the link",
        "the page",
        "this",
        "this document",
        "this link",
        "this page",
        "this website",
        "website",
    ]
)


def check_structure(reading: Reading) -> Iterator[Problem]:
    """What is wrong with the headings, tables and links of a page."""
    yield from _check_levels(reading)
    yield from _check_underlines(reading)
    for table in reading.tables:
        yield from _check_table(table)
    for block, below in pairwise([*reading.blocks, None]):
        if block and block.kind == "p":
            yield from _check_no_table(block, below, reading)
    for link in (link for link in reading.links if not link.image):
        yield from check_link_words(link)


def _check_levels(reading: Reading) -> Iterator[Problem]:
    """Headings that stand more than one level below the heading above them; the title is the first level."""
    above = 1
    for heading in reading.headings:
        if heading.level > above + 1:
            wrong = f'The heading "{heading.text}" jumps from level {above} to level {heading.level}.'
            yield heading.text.problem(wrong, f'Begin it with "{"#" * (above + 1)}".')
        above = heading.level


def _check_underlines(reading: Reading) -> Iterator[Problem]:
    """Headings that Markdown makes of a line because of the strokes under it."""
    for heading in reading.headings:
        line = heading.text.line
        if not reading.source.get(line, "").lstrip(" >").startswith("#"):
            wish = 'For a heading begin the line above with "##"; for a stroke leave an empty line above it.'
            strokes = Text("", heading.text.path, line + 1)
            yield strokes.problem("The strokes here make a heading of the line above.", wish)


def _check_table(table: Table) -> Iterator[Problem]:
    """What is wrong with a table: columns without a name, colons, a caption that is missing."""
    names = [name.strip() for name in table.names]
    if "" in names:
        wrong = f"Column {names.index('') + 1} of the table has no name."
        yield table.rows[0].source.problem(wrong, "Write it in the first line of the table.")
    elif table.aligned:
        rule = Text("", table.line.path, table.rows[0].source.line + 1)
        yield rule.problem("Colons align the columns of the table.", "Write | --- | for each column.")
    if table.caption is None:
        wish = f'Write what it shows above it, with an empty line between: "{CAPTION}Who notifies".'
        yield table.rows[0].source.problem("The table has no caption.", wish)


def _check_no_table(block: Block, below: Block | None, reading: Reading) -> Iterator[Problem]:
    """A paragraph that was meant as a table or as its caption, and became neither."""
    lines = [Text(reading.source.get(line, ""), reading.path, line) for _, line in block.text.starts]
    row = next((line for line in lines if line.lstrip().startswith("|")), None)
    if row is None:
        if block.text.startswith(CAPTION) and not (below and below.text.startswith("|")):
            place = block.text.at(0)
            yield place.problem("No table follows this caption.", f'Begin the line in another way than "{CAPTION}".')
    elif row is not lines[0]:
        yield row.problem("No empty line stands above the table.", "Leave one, or it is no table.")
    else:
        wish = "Write the names of its columns in its first line, and | --- | for each in the second."
        yield row.problem("The table has no header row.", wish)


def check_link_words(link: Link) -> Iterator[Problem]:
    """Words of a link that are none, or that say nothing of where it leads."""
    words = link.words.strip(" *_.,:;!?…").casefold() if link.words.strip("… ") else link.words.strip()
    if not words:
        yield link.words.problem(
            f'The link "{link.target}" has no words.', "Write between the brackets where it leads."
        )
    elif words in SAYS_NOTHING:
        wrong = f'The words "{link.words.strip()}" do not say where the link leads.'
        yield link.words.problem(wrong, "Write the title of the page, or what the reader does there.")
    elif _ADDRESS.fullmatch(words):
        yield _no_words(link.words, link.words.strip())


def _no_words(place: Text, address: str) -> Problem:
    wish = "Write it as [words](address), with words that say where it leads."
    return place.problem(f'The address "{address}" stands in the place of words.', wish)
