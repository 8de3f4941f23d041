"""The sentences that readers read, each with the file and line that it begins at: of pages, and of the data they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from macros.checks.readability import WORD
from macros.content.load import Content
from macros.content.macro_list import WORDS
from macros.content.outline import spoken
from macros.content.pages import Page
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import sentence, short
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE

LABEL = 5  # words; what is shorter and has no stop is a label, not a sentence
_MACRO = re.compile(r"\{\{\s*(\w+).*?\}\}")
_VALUE = re.compile(r'"([^"]*)"')
_NOTHING = re.compile(r"\{%.*?%\}|\{:?\s*[#.][^{}]*\}|</?\w[^<>]*>|\*+|(?<!\w)_+|_+(?!\w)")
_BREAK = re.compile(r"\s*(?:$|#{1,6}\s|[!?]{3}|\[[^\]]+\]:|\|?[\s|:-]+\|[\s|:-]*$)")  # what no sentence runs over
_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)]|:|Table:)\s+")
_CELLS = re.compile(r"(?<!\\)\|")
_END = re.compile(r"(?<=[.?!])([\"”’')\]]*)\s+(?=[\"“‘'(\[]*[A-Z0-9…])")
_CITATION = re.compile(r"Sources?: ")
HIDDEN = frozenset(  # fields that are no text of ours, or that no reader sees
    {
        ("Source", "title"),
        ("Source", "short"),
        ("Term", "source_title"),
        ("Decision", "examples"),
        ("Capitals", "letters"),
    }
    | {("Duty", key) for key in ("who", "does", "to")}
    | {("PlainWord", key) for key in ("word", "say")}
)


def sentences(content: Content) -> Iterator[tuple[str, list[Text]]]:
    """Each page by its path, in the order of the menu, with every sentence on it and in the data that it shows."""
    shown: dict[str, object] = {
        GLOSSARY_PAGE: content.categories,
        REFERENCES_PAGE: content.sources,
        DEADLINES_PAGE: content.duties,
        LOCAL_PAGE: content.local_questions,
    }
    for page in content.in_order():
        parts = [part for text in _of_page(content, page) for part in _split(text)]
        lists = (content.beside.get(page.path), shown.get(page.path))
        parts += [part for text in texts_in(lists, HIDDEN) if type(text) is Text for part in _split([text])]
        if page.path == DEADLINES_PAGE:
            parts += [Text(sentence(duty), duty.place.path, duty.place.line) for duty in content.duties.duties]
        yield str(page.path), parts


def _of_page(content: Content, page: Page) -> Iterator[list[Text]]:
    """The paragraphs, items and cells of a page, each as its lines."""
    yield [page.front.description]
    block: list[Text] = []
    for line in page.lines:
        text = _as_read(content, line)
        item = _ITEM.match(text)
        row = text.lstrip().startswith("|")
        if item or row or _BREAK.match(text):
            yield block
            block = []
        if row:
            yield from ([Text(cell, line.path, line.line)] for cell in _CELLS.split(text))
        elif not _BREAK.match(text):
            block.append(Text(text[item.end() :] if item else text, line.path, line.line))
    yield block


def _as_read(content: Content, line: Text) -> Text:
    """A line as readers read it; code counts as no word, and marks behind sentences leave nothing."""
    text = _MACRO.sub(lambda macro: _said(content, macro[1], _VALUE.findall(macro[0])), spoken(line, "…"))
    return Text(unescape(_NOTHING.sub("", text)), line.path, line.line)


def _said(content: Content, name: str, values: list[str]) -> str:
    """What a macro puts into its sentence."""
    if name in WORDS:
        return name
    if name == "duty" and values[1:] == ["short"] and values[0] in content.duty:
        period = content.duty[values[0]].period
        return short(period, content.clock) if period else ""
    if name == "source" and values and values[0] in content.source:
        return str(content.source[values[0]].short)
    if name == "term" and values:
        return next((str(term.abbreviation or term.expansion) for term in content.terms if term.id == values[0]), "")
    return values[-1] if name in ("plain", "file") and values else ""


def _split(lines: list[Text]) -> Iterator[Text]:
    """The sentences in the lines of one block, without citations and labels."""
    starts, whole = [], ""
    for line in lines:
        starts.append((len(whole), line))
        whole += f"{line} "
    ends = [0, *(match.end() for match in _END.finditer(whole)), len(whole)]
    for start, end in pairwise(ends):
        text = " ".join(whole[start:end].split())
        prose = text.endswith((".", "?", "!", ":", "”", '"', ")")) or len(WORD.findall(text)) >= LABEL
        if WORD.search(text) and prose and not _CITATION.match(text):
            begins = start + len(whole[start:end]) - len(whole[start:end].lstrip())
            line = next(line for at, line in reversed(starts) if at <= begins)
            yield Text(text, line.path, line.line)
