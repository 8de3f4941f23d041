"""Capitals that need no entry in the glossary, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.source.ids import Place
from macros.source.problems import Problem
from macros.source.text import Text

PATH = "docs/about/glossary-health.yml"
PAGE = "about/glossary-health.md"


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
