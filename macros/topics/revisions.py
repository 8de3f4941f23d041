"""Revisions: what changed on a page for its readers, when, how much it matters and why; written by editors, kept for good."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.source.ids import Place, SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.dates import full_date

SHORTEST, LONGEST = 20, 300  # characters


@dataclass(frozen=True)
class Revision:
    """One change of a page: the day readers first saw it, `major` where somebody has to act otherwise, and its source."""

    place: Place
    date: datetime.date
    change: Literal["major", "minor"]
    what: Text
    why: SourceId


def check_revisions(revisions: tuple[Revision, ...], approved: datetime.date) -> Iterator[Problem]:
    """What is wrong with the revisions of one page beyond their form; `approved` is the day of the page's approval."""
    for place, revision in enumerate(revisions):
        if revision.what and not SHORTEST <= len(revision.what) <= LONGEST:
            wrong = f"The revision has {len(revision.what)} characters."
            wish = f"Say in {SHORTEST} to {LONGEST} what is different for readers."
            yield revision.what.problem(wrong, wish)
        if "date" not in revision.place.keys:
            continue
        if place and revision.date > revisions[place - 1].date > datetime.date.min:
            wrong = f"The revision of {full_date(revision.date)} stands below an older one."
            yield revision.place.problem(wrong, "Put the newest first.", "date")
        if revision.change == "major" and revision.date > approved > datetime.date.min:
            wrong = f"The page was approved on {full_date(approved)}, before this major change."
            yield revision.place.problem(wrong, 'Have it approved, and write the day as "approved" and a new "review".')


def check_dates(revisions: tuple[Revision, ...], today: datetime.date) -> Iterator[Problem]:
    """The revisions of a day that has not come yet."""
    for revision in revisions:
        if revision.date > today:
            wrong = f"The revision is of {full_date(revision.date)}, which has not come yet."
            yield revision.place.problem(
                wrong, "Write the day on which readers will see it, and publish it then.", "date"
            )
