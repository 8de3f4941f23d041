"""The sources: statutes, guidance, services and local documents that the guidance rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.source.cells import check_cell
from macros.source.ids import Id, KindName, Place, SourceId
from macros.source.problems import Problem
from macros.source.text import Text

PATH = "docs/references.yml"
PAGE = "references.md"


@dataclass(frozen=True)
class Source:
    """A document or service that statements rest on; `checked` is the day its link and edition were last looked at."""

    place: Place
    id: Id
    title: Text
    short: Text
    kind: KindName
    publisher: Text
    checked: date
    check_every: Text
    status: Literal["current", "superseded", "expected-to-change"]
    edition: Text | None = None
    link: Text | None = None
    superseded_by: SourceId | None = None
    why_listed: Text | None = None
    note: Text | None = None


@dataclass(frozen=True)
class Sources:
    """The content of docs/references.yml."""

    place: Place
    references: tuple[Source, ...]


def check_references(sources: Sources) -> list[Problem]:
    """What is wrong with the sources beyond their form."""
    problems: list[Problem] = []
    for source in sources.references:
        problems += check_cell(source.title)
        if source.link and not source.link.startswith(("https://", "http://")):
            problems.append(source.link.problem(f'"{source.link}" is not a web address.', "Begin it with https://."))
        if (source.status == "superseded") != bool(source.superseded_by):
            problems.append(
                source.place.problem(
                    f'"{source.id}" needs "status: superseded" and "superseded_by" together.',
                    "Write both, or neither.",
                    "status",
                )
            )
        words = source.check_every.split()
        if len(words) != 2 or not words[0].isdigit() or words[1] not in ("month", "months"):
            problems.append(
                source.check_every.problem(
                    f'"{source.check_every}" is not a length of time here.', 'Write months, for example "3 months".'
                )
            )
    return problems
