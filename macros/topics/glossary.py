"""The terms: abbreviation, expansion and meaning, each with its source; one file a category in glossary/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.source.cells import check_cell
from macros.source.ids import Id, Place, SourceId, TermId
from macros.source.problems import Problem
from macros.source.text import Text

FOLDER = "glossary"
PAGE = "glossary.md"


@dataclass(frozen=True)
class Retired:
    """A name no longer used: say the other term instead."""

    place: Place
    say: TermId
    since: Text | None = None


@dataclass(frozen=True)
class Term:
    """A term; with an abbreviation, its exact letters are marked on every page."""

    place: Place
    id: Id
    expansion: Text
    meaning: Text
    checked: date
    confidence: Literal["high", "medium", "low"]
    abbreviation: Text | None = None
    plural: Text | None = None
    expansion_plural: Text | None = None
    forms: tuple[Text, ...] = ()
    also_called: tuple[Text, ...] = ()
    retired: Retired | None = None
    see_also: tuple[TermId, ...] = ()
    used_by: tuple[Text, ...] = ()
    usual: bool = False
    explicit: bool = False
    source: SourceId | None = None
    source_title: Text | None = None
    link: Text | None = None
    note: Text | None = None

    @property
    def letters(self) -> tuple[str, ...]:
        """The exact spellings that stand for one of it on a page."""
        return tuple(dict.fromkeys([*([self.abbreviation] if self.abbreviation else []), *self.forms]))

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every exact spelling on a page, for one and for more than one."""
        plurals = [self.plural_letters, *(f"{form}s" for form in self.forms if form[-1:].isalpha())]
        return tuple(filter(None, dict.fromkeys([*self.letters, *plurals])))

    @property
    def plural_letters(self) -> str:
        """How the abbreviation is written for more than one; nothing without an abbreviation."""
        return self.plural or (f"{self.abbreviation}s" if self.abbreviation else "")

    def is_plural(self, letters: str) -> bool:
        """Whether a spelling stands for more than one."""
        return letters not in self.letters

    @property
    def plural_expansion(self) -> str:
        """How the expansion is written for more than one."""
        return self.expansion_plural or _plural(self.expansion)


@dataclass(frozen=True)
class Category:
    """The content of one file of glossary/."""

    place: Place
    category: Text
    terms: tuple[Term, ...]


def _plural(words: str) -> str:
    """The words for more than one, by the usual rules; what is plural already or ends in a figure stays as it is."""
    if re.search(r"[^aeiou]y$", words):
        return f"{words[:-1]}ies"
    if re.search(r"(?:[cs]h|ss|x)$", words):
        return f"{words}es"
    return words if re.search(r"[s\d]$", words) else f"{words}s"


def by_letters(terms: tuple[Term, ...]) -> dict[str, tuple[Term, ...]]:
    """The terms that each spelling stands for, the usual one first where there are several."""
    meanings: dict[str, list[Term]] = {}
    for term in terms:
        for letters in term.spellings:
            meanings.setdefault(letters, []).append(term)
    return {letters: tuple(sorted(known, key=lambda term: not term.usual)) for letters, known in meanings.items()}


def check_glossary(categories: tuple[Category, ...]) -> list[Problem]:
    """What is wrong with the terms beyond their form."""
    terms = tuple(term for category in categories for term in category.terms)
    known = {str(term.id): term for term in terms}
    problems = [problem for term in terms for problem in [*_check_term(term), *_check_circle(term, known)]]
    return [*problems, *_check_repeated(terms), *_check_cells(categories)]


def _check_cells(categories: tuple[Category, ...]) -> Iterator[Problem]:
    """Texts of the glossary's table that a spreadsheet would take for a formula."""
    for category in categories:
        yield from check_cell(category.category)
        for term in category.terms:
            for name in filter(None, (term.abbreviation, term.plural, term.expansion, *term.forms, *term.also_called)):
                yield from check_cell(name, is_name=True)
            for text in filter(None, (term.meaning, term.source_title, term.note)):
                yield from check_cell(text)


def _check_repeated(terms: tuple[Term, ...]) -> Iterator[Problem]:
    ids: dict[str, Term] = {}
    meanings: dict[str, Term] = {}
    for term in terms:
        first = ids.setdefault(term.id, term)
        if first.place.path != term.place.path:
            wrong = f'"{term.id}" is defined twice (first in {first.place.path}, line {first.place.line}).'
            yield term.id.problem(wrong, "Keep one of them, or give this one another id.")
        same = meanings.setdefault(f"{term.abbreviation or ''} {term.expansion}".casefold(), term)
        if same is not term and first is term:
            wrong = f'"{term.expansion}" is explained twice (first as "{same.id}").'
            yield term.expansion.problem(wrong, "Keep one of the two entries.")
    for letters, known in by_letters(terms).items():
        if sum(term.usual and letters in term.letters for term in known) > 1:
            wrong = f'"{letters}" has more than one usual meaning.'
            yield known[1].id.problem(wrong, 'Leave "usual: true" on one of them.')


def _characters(text: str) -> str:
    return "1 character" if len(text) == 1 else f"{len(text)} characters"


def _check_circle(term: Term, known: dict[str, Term]) -> list[Problem]:
    passed, step = {str(term.id)}, term
    while step.retired and step.retired.say in known:
        step = known[step.retired.say]
        if step.id in passed:
            say = term.retired.say if term.retired else term.id
            return [say.problem(f'"{term.id}" says "{say}", which leads back to it.', "Name the term of today.")]
        passed.add(str(step.id))
    return []


def _check_term(term: Term) -> list[Problem]:
    problems = []
    if bool(term.source) == bool(term.source_title and term.link):
        problems.append(
            term.id.problem(
                f'"{term.id}" needs one source.',
                'Write "source: id" with an id of docs/references.yml, or "source_title" with "link".',
            )
        )
    if term.abbreviation is not None and not 2 <= len(term.abbreviation) <= 20:
        problems.append(
            term.abbreviation.problem(
                f"An abbreviation of {_characters(term.abbreviation)} cannot be marked.", "Use 2 to 20 characters."
            )
        )
    for text in (term.expansion, term.meaning):
        if "<" in text or ">" in text:
            problems.append(text.problem("A term is plain text; it cannot hold < or >.", "Write it in words."))
    if term.confidence == "low" and not term.note:
        problems.append(
            term.id.problem(
                f'"{term.id}" is of low confidence without a note.', 'Write "note: …" to say what is not confirmed.'
            )
        )
    return problems
