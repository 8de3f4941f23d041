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
_CELL = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r" *(`{3,}|~{3,}) *(\w*)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
NO_FOOTNOTES = "There are no footnotes here: say it in the sentence, or name a source by its macro."
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
    yield from _check_marks(reading)
    yield from _check_fences(reading)
    for table in reading.tables:
        yield from _check_table(table)
        yield from _check_rows(table)
    for block, below in pairwise([*reading.blocks, None]):
        if block and block.kind == "p":
            yield from _check_no_table(block, below, reading)
    for link in (link for link in reading.links if not link.image):
        yield from check_link_words(link)
    for label in reading.unused:
        wish = "Write [words](address) where the link belongs, or remove the line."
        yield label.problem(f'No link on this page names "{label}", so no reader sees this line.', wish)


def _check_levels(reading: Reading) -> Iterator[Problem]:
    """Headings that stand more than one level below the heading above them; the title is the first level."""
    above = 1
    for heading in (heading for heading in reading.headings if heading.is_meant):
        if heading.level > above + 1:
            wrong = f'The heading "{heading.text}" jumps from level {above} to level {heading.level}.'
            yield heading.text.problem(wrong, f'Begin it with "{"#" * (above + 1)}".')
        above = heading.level


def _check_marks(reading: Reading) -> Iterator[Problem]:
    """Headings that nobody may have meant: by strokes under a line, and by marks without a space."""
    for heading in (heading for heading in reading.headings if not heading.is_meant):
        if heading.marks:
            wrong = f'"{heading.marks}" makes a heading of this line, though no space stands behind it.'
            marks = heading.marks if heading.level > 1 else "##"
            wish = f'Write "{marks} {heading.text}" for a heading, "\\{heading.marks}" for the sign as such.'
            yield heading.text.problem(wrong, wish)
        else:
            wish = 'For a heading begin the line above with "##"; for a stroke leave an empty line above it.'
            strokes = Text("", heading.text.path, heading.text.line + 1)
            yield strokes.problem("The strokes here make a heading of the line above.", wish)


def _check_fences(reading: Reading) -> Iterator[Problem]:
    """Code that is closed by what ends another piece of code."""
    for first, last in reading.fences:
        opened = _FENCE.match(reading.source.get(first, ""))
        for number in range(first + 1, last) if opened else ():
            inner = _FENCE.match(reading.source.get(number, ""))
            if inner and opened and inner[2] and inner[1].startswith(opened[1]):
                wrong = f"The code that begins here is not closed before other code begins at line {number}."
                wish = f'Close it by "{opened[1]}" on a line of its own.'
                yield Text("", reading.path, first).problem(wrong, wish)
                break


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


def _check_rows(table: Table) -> Iterator[Problem]:
    """Rows with more or fewer cells than the table has columns, and text that became one."""
    head, *rows = table.rows
    columns = len(table.names)
    rows = [row for row in rows if row.source.line > head.source.line]
    if not rows:
        yield head.source.problem(
            "The table has no rows.", "Write them below its second line, without an empty line between."
        )
    for row in rows:
        if head.source.lstrip().startswith("|") and not row.source.lstrip().startswith("|"):
            yield row.source.problem("This line became a row of the table above.", "Leave an empty line above it.")
        elif row.cells != columns:
            cells = "1 cell" if row.cells == 1 else f"{row.cells} cells"
            wrong = f"The row has {cells}, and the table {columns} columns."
            yield row.source.problem(wrong, 'Write one cell for each column; for a stroke within a cell write "\\|".')


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
    elif len(lines) > 1 and _RULE.fullmatch(lines[1]) and not _RULE.fullmatch(row):
        names, strokes = (len(_CELL.split(line.strip().strip("|"))) for line in lines[:2])
        wrong = f"The second line of the table has {strokes} parts, and its first line {names} names."
        yield lines[1].problem(wrong, "Write | --- | for each column.")
    else:
        wish = "Write the names of its columns in its first line, and | --- | for each in the second."
        yield row.problem("The table has no header row.", wish)


def check_link_words(link: Link) -> Iterator[Problem]:
    """Words of a link that are none, or that say nothing of where it leads."""
    words = link.words.strip(" *_.,:;!?…").casefold() if link.words.strip("… ") else link.words.strip()
    if link.is_footnote:
        yield link.words.problem(f'"[{link.words}]" is written as footnotes are elsewhere.', NO_FOOTNOTES)
    elif not words:
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
