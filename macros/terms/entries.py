"""What the glossary shows of each term beside its own words: namesakes, older names, category, and the pages that name it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from macros.content.load import Content
from macros.content.macro_calls import Call
from macros.content.pages import Page
from macros.source.ids import DutyId
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.duties import sentence, short
from macros.topics.glossary import PAGE, Category, Term, by_letters

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘])")
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 140
Names = dict[str, list[tuple[str, bool, str]]]


@dataclass(frozen=True)
class Use:
    """A page that names a term: the section and the sentence that name it first there."""

    page: str
    anchor: str
    sentence: str


def uses_of_terms(content: Content) -> dict[str, tuple[Use, ...]]:
    """The uses of each term by its id, a page once, in the site's order; a term that no page names is left out."""
    by_term: dict[str, dict[str, Use]] = {}
    names = _names(content.terms)
    for page in content.in_order():
        if page.path == PAGE:
            continue
        # A whole sentence says more than the cell of a table: sort keeps the order of the page otherwise.
        for anchor, said in sorted(
            _sentences(content, page), key=lambda sentence: not sentence[1].endswith((".", "?"))
        ):
            for term, place in named(said, names):
                by_term.setdefault(term, {}).setdefault(page.path, Use(page.path, anchor, _cut(said, place)))
    return {term: tuple(uses.values()) for term, uses in by_term.items()}


def _names(terms: tuple[Term, ...]) -> Names:
    """What stands for each term, under its first word in small letters: exact letters, and words in any case."""
    names: Names = {}

    def add(spelling: str, exact: bool, term: Term) -> None:
        first = _WORD.search(spelling)
        if first:
            names.setdefault(first[0].lower(), []).append((_same(spelling, exact), exact, str(term.id)))

    for letters, known in by_letters(terms).items():
        if len(known) == 1 or known[0].usual:
            add(letters, True, known[0])
    for term in terms:
        for words in (term.expansion, term.plural_expansion, *(name for name in term.also_called if " " in name)):
            add(words, False, term)
    return {first: sorted(known, key=lambda name: -len(name[0])) for first, known in names.items()}


def _same(text: str, exact: bool) -> str:
    straight = text.replace("’", "'")
    return straight if exact else straight.lower()


def named(text: str, names: Names) -> Iterator[tuple[str, int]]:
    """The id of each term that a text names, and where; the longest name wins where several begin at one word."""
    if names.keys().isdisjoint(map(str.lower, _WORD.findall(text))):
        return
    folded, end = {exact: _same(text, exact) for exact in (True, False)}, 0
    for word in _WORD.finditer(text):
        if word.start() < end:
            continue
        for spelling, exact, term in names.get(word[0].lower(), ()):
            after = word.start() + len(spelling)
            if folded[exact].startswith(spelling, word.start()) and not text[after : after + 1].isalnum():
                end = after
                yield term, word.start()
                break


def _cut(said: str, place: int) -> str:
    """The sentence, or the part of a long one around a place, cut between words."""
    if len(said) <= _LONGEST:
        return said
    begin = max(0, min(place - _LONGEST // 2, len(said) - _LONGEST))
    begin = said.find(" ", begin) + 1 if begin else 0
    end = begin + _LONGEST
    end = len(said) if end >= len(said) else said.rfind(" ", begin, end)
    return f"{'… ' if begin else ''}{said[begin:end]}{' …' if end < len(said) else ''}"


def _sentences(content: Content, page: Page) -> Iterator[tuple[str, str]]:
    """Each sentence that readers of a page meet, with the anchor of the section that it stands in."""
    yield "", str(page.front.description)
    for block in page.reading.blocks:
        if block.is_prose:
            text = block.said(lambda number: _said(content, page.reading.use(number)), "")
            yield from ((block.anchor, said) for said in _END.split(" ".join(text.split())) if said)
    for name in (name for call in page.calls for name in call.named(DutyId)):
        if name in content.duty:
            yield "", sentence(content.duty[name])
    yield from (("", said) for text in _texts(content.beside.get(page.path)) for said in _END.split(text))


def _said(content: Content, use: Call | Text | None) -> str:
    """What a macro says inside a sentence; nothing for one that makes a box or a list."""
    if not isinstance(use, Call):
        return use or ""
    name, values = use.name, use.values
    if name == "source":
        return str(content.source[values[0]].short)
    if name == "term":
        return next(str(term.abbreviation or term.expansion) for term in content.terms if term.id == values[0])
    if name == "duty" and len(values) > 1:
        duty = content.duty[values[0]]
        return short(duty.period, content.clock) if values[1] == "short" and duty.period else sentence(duty)
    return str(values[-1]) if name == "file" else ""


def _texts(data: object) -> Iterator[Text]:
    """The texts of a data file that read as words; ids and addresses do not."""
    yield from (text for text in texts_in(data) if type(text) is Text and text.count(" ") > 2)


@dataclass(frozen=True)
class Entry:
    """A term as the glossary shows it.

    `others` are terms with the same letters, `older` the names that are no longer used for it; `kind` is the anchor of
    its category and `spellings` are the letters that it is also written with.
    """

    term: Term
    category: str
    kind: str
    spellings: tuple[str, ...]
    others: tuple[Term, ...]
    older: tuple[Term, ...]
    uses: tuple[Use, ...]


def slug(category: Category) -> str:
    """The name of a category in addresses: the stem of its file."""
    return PurePosixPath(category.place.path).stem


def entries(content: Content) -> tuple[Entry, ...]:
    """Every term, in the order of the glossary."""
    kinds = {str(term.id): slug(category) for category in content.categories for term in category.terms}
    uses = uses_of_terms(content)
    same: dict[str, list[Term]] = {}
    older: dict[str, list[Term]] = {}
    for term in content.terms:
        for letters in term.letters:
            same.setdefault(letters.upper(), []).append(term)
        if term.retired:
            older.setdefault(str(term.retired.say), []).append(term)

    def entry(term: Term) -> Entry:
        namesakes = {other.id: other for letters in term.letters for other in same[letters.upper()]}
        return Entry(
            term=term,
            category=content.category[term.id],
            kind=kinds[term.id],
            spellings=tuple(filter(None, [*term.forms, term.plural])),
            others=tuple(other for other in namesakes.values() if other is not term),
            older=tuple(older.get(term.id, ())),
            uses=uses.get(term.id, ()),
        )

    return tuple(map(entry, content.terms))
