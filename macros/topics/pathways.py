"""What the calculator and the tables of dates show: the pathways, the dates they start from, and the worked examples."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.source.ids import ClockId, DutyId, Id, Place
from macros.source.text import Text


@dataclass(frozen=True)
class Start:
    """A date that the reader gives; duties that run from one of `clocks` are counted from it.

    The first start of a pathway is needed; where a later one is left empty, its duties are counted from the first.
    It asks in the words of the first of its clocks, unless it has its own in `ask` and `hint`. `order` says on which side of the first date it lies, and `fault` what the reader is told where it does not.
    """

    place: Place
    clocks: tuple[ClockId, ...]
    told: Text
    ask: Text | None = None
    hint: Text | None = None
    order: Literal["before", "after"] = "after"
    fault: Text | None = None


@dataclass(frozen=True)
class Follower:
    """A duty that is counted from the last day of another, as if the other were done on that day."""

    place: Place
    duty: DutyId
    after: DutyId
    note: Text


@dataclass(frozen=True)
class Pathway:
    """One timeline: every duty with a number that runs from its dates, those to do at once, those that follow on."""

    place: Place
    id: Id
    name: Text
    starts: tuple[Start, ...]
    at_once: tuple[DutyId, ...] = ()
    then: tuple[Follower, ...] = ()
    note: Text | None = None


@dataclass(frozen=True)
class Column:
    """A column of dates: the last day of a duty, its earliest day, or another day that it names.

    With `follows` it is counted from the date in the column before it, else from the first column.
    """

    place: Place
    head: Text
    duty: DutyId
    day: Literal["last", "earliest", "otherwise"] = "last"
    follows: bool = False


@dataclass(frozen=True)
class Examples:
    """A table of worked examples: the days of the first column, and the dates that follow from them."""

    place: Place
    caption: Text
    head: Text
    days: tuple[date, ...]
    columns: tuple[Column, ...]
