"""The sources: statutes, guidance, services and local documents that the guidance rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.source.cells import check_cell
from macros.source.ids import Id, KindName, Place, SourceId
from macros.source.problems import Problem
from macros.source.text import Text

PATH = "docs/references.yml"
PAGE = "references.md"
_MONTHS = re.compile("1 months?|([2-9]|1[0-9]|2[0-4]) months?")


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

    @property
    def months(self) -> int:
        """How many months the source is trusted after it was checked; 0 where `check_every` says none."""
        return int(self.check_every.split()[0]) if _MONTHS.fullmatch(self.check_every) else 0


@dataclass(frozen=True)
class Sources:
    """The content of docs/references.yml."""

    place: Place
    references: tuple[Source, ...]


def check_references(sources: Sources) -> list[Problem]:
    """What is wrong with the sources beyond their form."""
    problems: list[Problem] = []
    known = {str(source.id): source for source in sources.references}
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
        if source.check_every and not source.months:
            wish = 'Write 1 to 24 months, for example "3 months".'
            problems.append(source.check_every.problem(f'"{source.check_every}" is not a length of time here.', wish))
        if leads_back(source, known):
            wrong = f'"{source.id}" is superseded by "{source.superseded_by}", which leads back to it.'
            problems.append(source.place.problem(wrong, "Name the newer source.", "superseded_by"))
    return problems


def leads_back(source: Source, known: Mapping[str, Source]) -> bool:
    """Whether a source is superseded by itself, at once or by way of others."""
    passed, step = set[str](), source
    while step.superseded_by in known and step.superseded_by not in passed:
        passed.add(str(step.superseded_by))
        step = known[str(step.superseded_by)]
    return source.id in passed
