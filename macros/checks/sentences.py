"""The sentences that readers read, each with the file and line that it begins at: of pages, and of the data they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from macros.checks.readability import WORD
from macros.content.load import Content
from macros.content.macro_calls import Call
from macros.content.pages import Page
from macros.content.reading import Block
from macros.source.text import Prose, Text
from macros.source.walk import texts_in
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import sentence, short
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE

LABEL = 5  # words; what is shorter and has no stop is a label, not a sentence
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
        parts = list(_split(page.front.description))
        parts += [
            part for block in page.reading.blocks if block.is_prose for part in _split(_as_read(content, page, block))
        ]
        lists = (content.beside.get(page.path), shown.get(page.path))
        parts += [part for text in texts_in(lists, HIDDEN) if type(text) is Text for part in _split(text)]
        if page.path == DEADLINES_PAGE:
            parts += [Text(sentence(duty), duty.place.path, duty.place.line) for duty in content.duties.duties]
        yield str(page.path), parts


def _as_read(content: Content, page: Page, block: Block) -> Prose:
    """A paragraph, an item or a cell as readers read it; code counts as no word."""
    return block.said(lambda number: _said(content, page.reading.use(number)))


def _said(content: Content, use: Call | Text | None) -> str:
    """What a macro puts into its sentence."""
    if not isinstance(use, Call):
        return use or ""
    name, values = use.name, use.values
    if name == "duty" and values[1:] == ("short",) and values[0] in content.duty:
        period = content.duty[values[0]].period
        return short(period, content.clock) if period else ""
    if name == "source" and values and values[0] in content.source:
        return str(content.source[values[0]].short)
    if name == "term" and values:
        return next((str(term.abbreviation or term.expansion) for term in content.terms if term.id == values[0]), "")
    return str(values[-1]) if name in ("plain", "file") and values else ""


def _split(text: Text) -> Iterator[Text]:
    """The sentences of a text, without citations and labels."""
    ends = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    for start, end in pairwise(ends):
        said = " ".join(text[start:end].split())
        prose = said.endswith((".", "?", "!", ":", "”", '"', ")")) or len(WORD.findall(said)) >= LABEL
        if WORD.search(said) and prose and not _CITATION.match(said):
            begins = end - len(text[start:end].lstrip())
            place = text.at(begins)
            yield Text(said, place.path, place.line)
