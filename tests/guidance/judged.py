"""The judged queries as they hold for the content of today: places that moved are followed, and what it has outgrown is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from macros.checks.known import anchors
from macros.content.addresses import address, split_target
from macros.content.load import Content
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Term
from tests.scores import Query, load


def entry(term: Term) -> str:
    """The address of a term."""
    return f"{address(GLOSSARY_PAGE)}#{term.id}"


def folded(text: str) -> str:
    """The letters of a query without case, with their stop and the possessive taken away."""
    return re.sub(r"['’]s$", "", text.casefold())


def meanings_of(content: Content) -> dict[str, set[str]]:
    """The entries that letters stand for in any case; plurals only where no letters are spelled so (SoS, not SOs)."""
    single: dict[str, set[str]] = {}
    plural: dict[str, set[str]] = {}
    for term in content.terms:
        for letters in term.letters:
            single.setdefault(letters.casefold(), set()).add(entry(term))
        plural.setdefault(term.plural_letters.casefold(), set()).add(entry(term))
    return plural | single


def named(content: Content) -> dict[str, set[str]]:
    """The entries that each name stands for: letters, words and other names."""
    found: dict[str, set[str]] = {}
    for term in content.terms:
        for name in (*term.letters, *term.also_called, term.expansion, term.plural_expansion):
            found.setdefault(name.casefold(), set()).add(entry(term))
    return found


def moves_of(content: Content) -> dict[str, str]:
    """Where each old address of docs/moved.yml lives now."""
    moves = {}
    for move in content.moves.moved:
        page, anchor = split_target(move.now)
        moves[str(move.old)] = address(page) + (f"#{anchor}" if anchor else "")
    return moves


def today(place: str, moves: Mapping[str, str]) -> str:
    """A judged address as it is now; an anchor of a page that moved has gone with it."""
    if place in moves:
        return moves[place]
    page, mark, anchor = place.partition("#")
    return f"{moves[page].partition('#')[0]}{mark}{anchor}" if page in moves else place


def followed(query: Query, moves: Mapping[str, str]) -> Query:
    """A query whose judged addresses are those of today."""
    first, meant, never = (
        tuple(dict.fromkeys(today(place, moves) for place in places))
        for places in (query.first, query.meant, query.never)
    )
    also = {now: grade for place, grade in query.also.items() if (now := today(place, moves)) not in (*first, *meant)}
    return replace(query, first=first, meant=meant, never=never, also=also)


def places_of(content: Content) -> set[str]:
    """Every address that a search may show."""
    whole = {address(page) for page in content.pages}
    return whole | {f"{address(page)}#{anchor}" for page, known in anchors(content).items() for anchor in known}


def queries(content: Content) -> tuple[Query, ...]:
    """Every judged query with its addresses of today."""
    moves = moves_of(content)
    return tuple(followed(query, moves) for query in load())


def outgrown(content: Content) -> dict[str, str]:
    """The judged queries that no longer fit the content, each with why: a developer judges them anew, and no editor has to."""
    judge = _Judge(content)
    found = {query.text: next(judge.against(query), "") for query in queries(content)}
    return {text: why for text, why in found.items() if why}


def fitting(content: Content) -> tuple[Query, ...]:
    """The judged queries that the content of today can be held to."""
    gone = outgrown(content)
    return tuple(query for query in queries(content) if query.text not in gone)


class _Judge:
    """What the judgements lean on, worked out once."""

    def __init__(self, content: Content) -> None:
        self.places, self.meanings, self.names = places_of(content), meanings_of(content), named(content)
        entries = {str(term.id): entry(term) for term in content.terms}
        self.pairs = {frozenset((entry(term), entries[term.retired.say])) for term in content.terms if term.retired}
        rooms = [*(content.root / "docs").rglob("*.*"), *(content.root / "glossary").glob("*.yml")]
        texts = [file.read_text("utf-8") for file in rooms if file.suffix in (".md", ".yml")]
        self.words = {word for text in texts for word in re.findall(r"[a-z]+", text.casefold())}

    def against(self, query: Query) -> Iterator[str]:
        """Why a query does not fit."""
        gone = {*query.first, *query.meant, *query.also, *query.never} - self.places
        if gone:
            yield f"{sorted(gone)} is no place of the site."
        meanings = self.meanings.get(folded(query.text), set())
        if query.kind == "letters" and not set(query.first) <= meanings:
            yield f"The letters mean {sorted(meanings)}."
        if query.kind == "meanings" and set(query.first) != meanings:
            yield f"The letters mean {sorted(meanings)}: judge each of them."
        if query.kind in ("near", "unknown") and meanings:
            yield "The letters are known now: judge them as letters."
        entries = self.names.get(folded(query.text))
        if entries and entries.isdisjoint(query.first):
            yield "It is the name of a term whose entry is not first."
        if query.kind == "retired" and frozenset(query.first) not in self.pairs:
            yield "The name is not retired, or another one is used today."
        if query.kind == "slip" and self.words.issuperset(query.text.split()):
            yield "The site writes these words: they are no slip."
