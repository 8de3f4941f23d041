"""Timelines of the pathways and tables of dates: what the calculator's page holds, and what needs no script."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros.content.load import Content
from macros.source.ids import DutyId
from macros.topics.dates import MONTHS
from macros.topics.decisions import Decision, Outcome
from macros.topics.duties import BINDING_WORDS, Duty, Otherwise, Period
from macros.topics.pathways import Column, Pathway, Start
from macros.topics.working_days import DAY, BeyondCalendarError, Calendar, count


@dataclass(frozen=True)
class Step:
    """A duty on a timeline: the number that it is counted by, back where it is negative, and from which clock.

    With `after` it is counted from the last day of that duty, as long as the day of its own clock is not given.
    """

    duty: Duty
    number: int
    earliest: int | None
    unit: str
    kind: str
    clock: str
    after: str = ""
    note: str = ""
    otherwise: Otherwise | None = None


@dataclass(frozen=True)
class Field:
    """A field for a date: the clocks that the date starts, its question, and the field `against` which it is checked."""

    id: str
    clocks: tuple[str, ...]
    ask: str
    hint: str = ""
    future: bool = False
    order: str = ""
    against: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Due:
    """What an outcome counts: a field for each clock, that of the most binding duty first, and the steps of each duty.

    The first `before` duties, such as to make the child safe, have no date and stay in front of the field.
    """

    before: int
    fields: tuple[Field, ...]
    steps: dict[str, tuple[Step, ...]]


@dataclass(frozen=True)
class Dues:
    """What each outcome of a decision counts, by its key; every field that one of them asks, each once, and which are its own."""

    of: dict[str, Due]
    fields: tuple[Field, ...]
    asked: dict[str, str]


@dataclass(frozen=True)
class Month:
    """A month of start dates, each with the dates that are counted from it; nothing where they are not known yet."""

    name: str
    rows: tuple[tuple[date, tuple[date | None, ...]], ...]


def steps(content: Content, pathway: Pathway) -> Iterator[Step]:
    """Every step of a pathway, in the order of the duties, those last that follow from another."""
    clocks = {clock for start in pathway.starts for clock in start.clocks}
    for duty in content.duties.duties:
        if duty.period and duty.period.number is not None and duty.period.clock in clocks:
            yield from _steps(duty, duty.period)
    for follower in pathway.then:
        duty = content.duty[follower.duty]
        if duty.period and duty.period.number is not None:
            yield from (_after(step, follower.after, follower.note) for step in _steps(duty, duty.period))


def _steps(duty: Duty, period: Period) -> Iterator[Step]:
    sign = -1 if period.kind == "before" else 1
    number, earliest = sign * (period.number or 0), period.earliest
    own = Step(duty, number, earliest, period.unit, period.kind, str(period.clock))
    yield own
    for other in period.otherwise:
        number = own.number if other.number is None else sign * other.number
        yield Step(duty, number, earliest, period.unit, period.kind, str(other.clock or period.clock), otherwise=other)


def _after(step: Step, after: DutyId, note: str) -> Step:
    return replace(step, after=str(after), note=note)


def fields(content: Content, pathway: Pathway) -> list[Field]:
    """The fields of a pathway: its own words for each start, or else those of the clock."""
    asked: list[Field] = []
    for number, start in enumerate(pathway.starts, start=1):
        clock = content.clock[start.clocks[0]]
        ask, hint = start.ask or clock.ask, start.hint or clock.hint or ""
        field = Field(f"{pathway.id}-{number}", start.clocks, ask, hint, clock.future)
        asked.append(_against(field, start, asked[0].id) if asked else field)
    return asked


def _against(field: Field, start: Start, first: str) -> Field:
    return replace(field, order=start.order, against=first, fault=start.fault) if start.fault else field


def due(content: Content, outcome: Outcome) -> Due:
    """What can be counted of the duties of an outcome; a duty that follows from another of them is counted from that too."""
    duties = sorted((content.duty[name] for name in outcome.by), key=lambda duty: BINDING_WORDS.index(duty.binding))
    steps = {str(duty.id): tuple(_counted(content, duty, outcome)) for duty in duties}
    own = [step.clock for rows in steps.values() for step in rows if not (step.otherwise and step.otherwise.clock)]
    clocks = dict.fromkeys(own + [step.clock for rows in steps.values() for step in rows])
    before = next((place for place, name in enumerate(outcome.by) if steps[name]), len(outcome.by))
    return Due(before, tuple(_field(content, outcome, clock, clocks) for clock in clocks), steps)


def dues(content: Content, decision: Decision) -> Dues:
    """What can be counted of a decision; a field is the same wherever its question and what it is checked against are."""
    of, ids, asked = {key: due(content, one) for key, one in decision.outcomes.items()}, dict[Field, str](), {}
    for key, one in of.items():
        same = [replace(field, id="", against=field.against.replace(f"{key}-", "due-")) for field in one.fields]
        for field in same:  # due.js names its copies after the outcome, where a clock stands once
            before = sum(other.clocks == field.clocks for other in ids)
            ids.setdefault(field, f"due{before or ''}-{field.clocks[0]}")
        asked[key] = " ".join(ids[field] for field in same)
    return Dues(of, tuple(replace(field, id=name) for field, name in ids.items()), asked)


def _counted(content: Content, duty: Duty, outcome: Outcome) -> Iterator[Step]:
    if duty.period and duty.period.number is not None and duty.period.clock:
        yield from _steps(duty, duty.period)
        for follower in (follower for pathway in content.duties.pathways for follower in pathway.then):
            if content.duty[follower.duty] is duty and follower.after in outcome.by:
                yield from (_after(step, follower.after, follower.note) for step in _steps(duty, duty.period))


def _field(content: Content, outcome: Outcome, clock: str, asked: Container[str]) -> Field:
    own = content.clock[clock]
    field = Field(f"{outcome.key}-{clock}", (clock,), own.ask, own.hint or "", own.future)
    for first, *later in (pathway.starts for pathway in content.duties.pathways):
        start = next((start for start in later if clock in start.clocks), None)
        if start and first.clocks[0] in asked:
            return _against(field, start, f"{outcome.key}-{first.clocks[0]}")
    return field


def maker(name: str) -> str:
    """How a calendar file names what made it; a calendar reads some signs of a name as its own."""
    return re.sub(r"[\\;,]", r"\\\g<0>", f"-//{name}//Deadlines//EN")


def ordinal(number: int) -> str:
    """A number as it counts days: "5th", "21st"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number % 100 not in (11, 12, 13) else "th"
    return f"{number}{ending}"


def column_number(content: Content, column: Column) -> int:
    """The number of units that a column is counted by, back where it is negative."""
    period = content.duty[column.duty].period
    if period is None or period.number is None:
        return 0
    number = {"last": period.number, "earliest": period.earliest, "otherwise": None}[column.day]
    if column.day == "otherwise":
        number = next((other.number for other in period.otherwise if other.number is not None), None)
    return (-1 if period.kind == "before" else 1) * (period.number if number is None else number)


def dates(content: Content, columns: tuple[Column, ...], start: date, calendar: Calendar) -> tuple[date | None, ...]:
    """The date of each column for a start; nothing past the published bank holidays."""
    days: list[date | None] = []
    for column in columns:
        begin = days[-1] if column.follows and days else start
        period = content.duty[column.duty].period
        try:
            unit = period.unit if period else "working days"
            number = column_number(content, column)
            days.append(count(begin, number, unit, calendar) if begin else None)
        except BeyondCalendarError:
            days.append(None)
    return tuple(days)


def months(content: Content, today: date, calendar: Calendar) -> list[Month]:
    """Each month from today's to the end of the published bank holidays, with a row for each day."""
    day, by_month = today.replace(day=1), dict[tuple[int, int], list[tuple[date, tuple[date | None, ...]]]]()
    columns = content.duties.month_columns
    while day <= calendar.last:
        by_month.setdefault((day.year, day.month), []).append((day, dates(content, columns, day, calendar)))
        day += DAY
    return [Month(f"{MONTHS[month - 1]} {year}", tuple(rows)) for (year, month), rows in by_month.items()]
