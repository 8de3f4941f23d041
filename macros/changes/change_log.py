"""What changed for readers: the revisions of all pages by day, the briefing for teams, the editions and their times."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from macros.content.load import Content
from macros.content.macro_list import UPDATES_PAGE
from macros.content.pages import Page
from macros.topics.revisions import Revision
from macros.topics.working_days import DAY

PAGE = UPDATES_PAGE
TOLD = 3  # how many changes a briefing tells, and the foot of a page shows


@dataclass(frozen=True)
class Change:
    """One revision with its page, and its place among those of the page, counted from the oldest."""

    page: Page
    revision: Revision
    number: int

    @property
    def is_major(self) -> bool:
        """Whether somebody has to act otherwise than before."""
        return self.revision.change == "major"


@dataclass(frozen=True)
class Briefing:
    """What a team is told: the newest major changes after the edition `since`, how many more there are, and minor ones."""

    told: tuple[Change, ...]
    more: int
    minor: int
    since: date | None


@dataclass(frozen=True)
class Edition:
    """An edition, the last day on which it was the newest one, and the major changes that were made to it until then."""

    begins: date
    ends: date | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Kept:
    """The editions that are kept beside a site; `as_at` is the day of this one where it is one, `site` its address."""

    editions: tuple[date, ...] = ()
    as_at: str = ""
    site: str = ""


ALONE = Kept()


def changes(content: Content) -> list[Change]:
    """Every revision, the newest first; of one day the major ones first, in the order of the pages."""
    listed = [
        Change(page, revision, len(page.front.revisions) - place)
        for page in content.in_order()
        for place, revision in enumerate(page.front.revisions)
    ]
    return sorted(listed, key=lambda change: (-change.revision.date.toordinal(), not change.is_major))


def by_day(listed: list[Change]) -> list[tuple[date, list[Change]]]:
    """The changes under their days."""
    return [(day, list(group)) for day, group in groupby(listed, key=lambda change: change.revision.date)]


def briefing(content: Content, editions: tuple[date, ...]) -> Briefing:
    """The briefing of what changed after the last of the `editions` that is older than the newest change."""
    listed = changes(content)
    newest = listed[0].revision.date if listed else date.min
    since = max((day for day in editions if day < newest), default=None)
    fresh = [change for change in listed if since is None or change.revision.date > since]
    major = [change for change in fresh if change.is_major]
    return Briefing(tuple(major[:TOLD]), len(major[TOLD:]), len(fresh) - len(major), since)


def in_force(content: Content, editions: tuple[date, ...]) -> Iterator[Edition]:
    """The editions, the newest first, each with its time."""
    major = [change for change in changes(content) if change.is_major]
    for place, begins in enumerate(days := sorted(editions, reverse=True)):
        ends = days[place - 1] - DAY if place else None
        inside = (
            change for change in major if begins < change.revision.date and (not ends or change.revision.date <= ends)
        )
        yield Edition(begins, ends, tuple(inside))


def folders(editions: tuple[date, ...]) -> tuple[str, ...]:
    """The addresses under which the editions are kept beside the site."""
    return tuple(f"as-at/{day}/" for day in editions)
