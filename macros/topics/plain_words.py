"""Words that few readers use, each with the plainer one to write, as docs/about/editing.yml lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.source.ids import Place
from macros.source.problems import Problem
from macros.source.text import Text

PAGE = "about/editing.md"


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
