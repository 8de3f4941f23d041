"""What the glossary's page shows of each term beside its own words: namesakes, older names, category and uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from macros.content.load import Content
from macros.terms.uses import Use, uses_of_terms
from macros.topics.glossary import Category, Term


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
