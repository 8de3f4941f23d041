"""Lists of words that editors keep: capitals that need no entry in the glossary, and words with the plainer one to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.source.ids import Place
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.kind import Kind

CAPITALS_PATH = "docs/about/glossary-health.yml"


@dataclass(frozen=True)
class Capitals:
    """Letters that pages may write without a term, and why."""

    place: Place
    letters: Text
    why: Text


@dataclass(frozen=True)
class Allowed:
    """The content of docs/about/glossary-health.yml."""

    place: Place
    allowed: tuple[Capitals, ...]


def check_allowed(allowed: Allowed) -> Iterator[Problem]:
    """Letters that are allowed twice."""
    first: dict[str, Text] = {}
    for entry in allowed.allowed:
        known = first.setdefault(str(entry.letters), entry.letters)
        if known is not entry.letters:
            wrong = f'"{entry.letters}" is allowed twice (first at line {known.line}).'
            yield entry.letters.problem(wrong, "Keep one of them.")


@dataclass(frozen=True)
class PlainWord:
    """A word or phrase, and what to write in its place."""

    place: Place
    word: Text
    say: Text


@dataclass(frozen=True)
class PlainWords:
    """The content of docs/about/editing.yml."""

    place: Place
    plainer: tuple[PlainWord, ...]


def check_plain_words(words: PlainWords) -> Iterator[Problem]:
    """Words that are listed twice."""
    first: dict[str, Text] = {}
    for entry in words.plainer:
        known = first.setdefault(entry.word.casefold(), entry.word)
        if known is not entry.word:
            yield entry.word.problem(
                f'"{entry.word}" is listed twice (first at line {known.line}).', "Keep one of them."
            )


CAPITALS = Kind("allowed", Allowed, "glossary_health", check=lambda allowed, _: check_allowed(allowed))
PLAIN_WORDS = Kind("plainer", PlainWords, "plain_words", check=lambda words, _: check_plain_words(words))
