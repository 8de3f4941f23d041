"""The state of the glossary: what is confirmed, what shares letters, what is no longer used, what no page uses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from macros.checks.terminology import audit, words_with_capitals
from macros.checks.upkeep import next_look
from macros.content.load import Content
from macros.content.texts import page_texts
from macros.source.ids import TermId
from macros.source.walk import texts_in
from macros.topics.glossary import Term, by_letters
from macros.topics.word_lists import Allowed, Capitals


@dataclass(frozen=True)
class Row:
    """The terms of one category: how many of each confidence, the oldest check, and the day of the next one."""

    category: str
    high: int
    medium: int
    low: int
    oldest: date
    due: date

    @property
    def total(self) -> int:
        """How many terms the category has."""
        return self.high + self.medium + self.low


@dataclass(frozen=True)
class Health:
    """The state of the glossary on one day, with how much the audit finds; terms stand in the glossary's order."""

    rows: tuple[Row, ...]
    unconfirmed: tuple[Term, ...]
    several: tuple[tuple[str, tuple[Term, ...]], ...]
    retired: tuple[Term, ...]
    unused: tuple[Term, ...]
    allowed: tuple[Capitals, ...]
    longest: tuple[Term, ...]
    overdue: int
    problems: int

    @property
    def open_letters(self) -> int:
        """How many of the letters with several meanings have no usual one."""
        return sum(not terms[0].usual for _, terms in self.several)


def health(content: Content, today: date) -> Health:
    """The state of the glossary as of `today`."""
    terms = content.terms
    letters = {str(term.abbreviation): term for term in terms if term.abbreviation}
    several = ((name, known) for name, known in by_letters(terms).items() if name in letters and len(known) > 1)
    used = set(_used(content))
    return Health(
        rows=tuple(_row(str(category.category), category.terms) for category in content.categories if category.terms),
        unconfirmed=tuple(term for term in terms if term.confidence == "low"),
        several=tuple(sorted(several, key=lambda entry: entry[0].casefold())),
        retired=tuple(term for term in terms if term.retired),
        unused=tuple(term for term in terms if str(term.id) not in used),
        allowed=tuple(entry for data in content.listed(Allowed) for entry in data.allowed),
        longest=tuple(sorted(terms, key=lambda term: (next_look(term), term.checked))[:5]),
        overdue=sum(next_look(term) < today for term in terms),
        problems=sum(1 for _ in audit(content)),
    )


def _row(category: str, terms: tuple[Term, ...]) -> Row:
    count = Counter(term.confidence for term in terms)
    oldest, due = min(term.checked for term in terms), min(map(next_look, terms))
    return Row(category, count["high"], count["medium"], count["low"], oldest, due)


def _used(content: Content) -> Iterator[str]:
    """The ids of the terms that pages and lists use by their letters, by their words or by the macro."""
    lists = (content.sources, content.local_questions, content.duties, list(content.beside.values()))
    left_out = frozenset({("Capitals", "letters"), ("Capitals", "why")})
    texts = [*page_texts(content), *texts_in(lists, left_out)]
    known = by_letters(content.terms)
    for letters in {word for text in texts for word in words_with_capitals(text)} & known.keys():
        usual = known[letters][:1] if known[letters][0].usual else known[letters]
        yield from (str(term.id) for term in usual)
    whole = "\n".join(texts).casefold()
    for term in content.terms:
        for words in (term.expansion, term.plural_expansion, *term.also_called):
            if words.casefold() in whole and re.search(rf"\b{re.escape(words.casefold())}\b", whole):
                yield str(term.id)
    for page in content.pages.values():
        yield from (str(value) for call in page.calls for value in call.named(TermId))
