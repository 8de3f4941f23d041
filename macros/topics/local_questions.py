"""The questions that the partners have still to answer; an answer takes the mark off every page."""

from __future__ import annotations

from dataclasses import dataclass

from macros.source.ids import Id, Place
from macros.source.text import Text

PATH = "docs/about/local-practice.yml"
PAGE = "about/local-practice.md"


@dataclass(frozen=True)
class LocalQuestion:
    """One matter of local practice: who decides it, why it matters, what the guidance assumes until then."""

    place: Place
    id: Id
    question: Text
    owner: Text
    why: Text
    until_then: Text
    answer: Text | None = None


@dataclass(frozen=True)
class LocalQuestions:
    """The content of docs/about/local-practice.yml."""

    place: Place
    questions: tuple[LocalQuestion, ...]
