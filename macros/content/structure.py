"""The structure of a page as its readers hear it: headings in order, tables with a header row and a caption, links that say where they lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from macros.content.outline import Link, Outline
from macros.source.problems import Problem
from macros.source.text import Text

CAPTION = "Table: "  # how the line above a table begins that holds its caption
_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_CELL = re.compile(r"(?<!\\)\|")
_UNNAMED = re.compile(r"!\[\s*\]\[[^\]]*\]")
_BARE = re.compile(r"<(https?://[^\s<>]+)>")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp)", re.I)
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


def check_structure(lines: list[Text], outline: Outline) -> Iterator[Problem]:
    """What is wrong with the headings, tables, links and pictures of a page, read from its lines outside of code."""
    yield from _check_levels(outline)
    yield from _check_underlines(lines)
    yield from _check_tables(lines)
    for link in outline.links:
        yield from check_link_words(link)
    for line in lines:
        shown = re.sub(r"(`+)(?:.+?)\1", "", line)
        if _UNNAMED.search(shown):
            yield line.problem("The picture here has no alternative text.", "Write what it shows between the brackets.")
        for address in _BARE.findall(shown):
            yield _no_words(line, address)


def _check_levels(outline: Outline) -> Iterator[Problem]:
    """Headings that stand more than one level below the heading above them; the title is the first level."""
    above = 1
    for heading in outline.headings:
        if heading.level > above + 1:
            wrong = f'The heading "{heading.text}" jumps from level {above} to level {heading.level}.'
            yield heading.text.problem(wrong, f'Begin it with "{"#" * (above + 1)}".')
        above = heading.level


def _check_underlines(lines: list[Text]) -> Iterator[Problem]:
    """Lines that Markdown makes headings of because of the strokes under them."""
    for above, line in pairwise(lines):
        if line.line == above.line + 1 and above.strip() and "|" not in above and _UNDERLINE.fullmatch(line):
            wish = 'For a heading begin the line above with "##"; for a stroke leave an empty line above it.'
            yield line.problem("The strokes here make a heading of the line above.", wish)


def _check_tables(lines: list[Text]) -> Iterator[Problem]:
    """Tables without a header row or a caption, and captions without a table."""
    before = Text("")  # the last line with words
    captioned = False
    for number, line in enumerate(lines):
        row = line.lstrip().startswith("|")
        if row and not before.lstrip().startswith("|"):
            yield from _check_table(lines[number : number + 2], before)
        elif captioned and line.strip() and not row:
            yield before.problem("No table follows this caption.", f'Begin the line in another way than "{CAPTION}".')
        captioned = line.startswith(CAPTION) or (captioned and not line.strip())
        before = line if line.strip() else Text("", line.path, line.line) if row else before


def _check_table(top: list[Text], before: Text) -> Iterator[Problem]:
    """What is wrong with the table that begins with the lines `top`, below the line `before`."""
    head = top[0]
    names = [name.strip() for name in _CELL.split(head.strip().strip("|"))]
    if _RULE.fullmatch(head) or len(top) < 2 or not _RULE.fullmatch(top[1]):
        wish = "Write the names of its columns in its first line, and | --- | for each in the second."
        yield head.problem("The table has no header row.", wish)
    elif "" in names:
        wrong = f"Column {names.index('') + 1} of the table has no name."
        yield head.problem(wrong, "Write it in the first line of the table.")
    elif ":" in top[1]:
        yield top[1].problem("Colons align the columns of the table.", "Write | --- | for each column.")
    if before.path and before.strip() and before.line == head.line - 1:
        yield head.problem("No empty line stands above the table.", "Leave one, or it is no table.")
    elif not before.startswith(CAPTION):
        wish = f'Write what it shows above it, with an empty line between: "{CAPTION}Who notifies".'
        yield head.problem("The table has no caption.", wish)


def check_link_words(link: Link) -> Iterator[Problem]:
    """Words of a link that are none, or that say nothing of where it leads."""
    words = link.words.strip(" *_.,:;!?…").casefold() if link.words.strip("… ") else link.words.strip()
    if link.image:
        if _FILE.fullmatch(link.words.strip()):
            wrong = f'The alternative text "{link.words.strip()}" is the name of a file.'
            yield link.target.problem(wrong, "Write what the picture shows.")
    elif not words:
        yield link.target.problem(
            f'The link "{link.target}" has no words.', "Write between the brackets where it leads."
        )
    elif words in SAYS_NOTHING:
        wrong = f'The words "{link.words.strip()}" do not say where the link leads.'
        yield link.target.problem(wrong, "Write the title of the page, or what the reader does there.")
    elif _ADDRESS.fullmatch(words):
        yield _no_words(link.target, link.words.strip())


def _no_words(place: Text, address: str) -> Problem:
    wish = "Write it as [words](address), with words that say where it leads."
    return place.problem(f'The address "{address}" stands in the place of words.', wish)
