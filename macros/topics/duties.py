"""Duties: who does what, to whom, how binding it is, within which period from which clock start, on what source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from macros.source.ids import ClockId, DutyId, Id, LocalQuestionId, Place, SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.pathways import Column, Examples, Pathway

PATH = "docs/deadlines.yml"
PAGE = "deadlines.md"

Binding = Literal["must", "should", "expected", "locally"]
BINDING_WORDS: tuple[Binding, ...] = ("must", "should", "expected", "locally")
Grade = Literal["V", "S", "R", "C"]


@dataclass(frozen=True)
class Clock:
    """An event that a period is counted from; `text` follows "from", "of" or "before", and `ask` asks for its date.

    `future` is true where the day may well be still to come. `started_by` is the duty that is done on that day.
    """

    place: Place
    id: Id
    text: Text
    ask: Text
    hint: Text | None = None
    future: bool = False
    started_by: DutyId | None = None


@dataclass(frozen=True)
class Otherwise:
    """Another day for the same step: of a source that counts differently, or a safer one; `says` why."""

    place: Place
    says: Text
    sources: tuple[SourceId, ...]
    number: int | None = None
    clock: ClockId | None = None
    start_is_day_one: bool = False


@dataclass(frozen=True)
class Period:
    """A length of time and its clock start, or plain `words` such as "without delay".

    `working days` leave out weekends and bank holidays; the day of the clock start is day 0.
    """

    place: Place
    binding: Binding
    sources: tuple[SourceId, ...]
    grade: Grade
    words: Text | None = None
    number: int | None = None
    earliest: int | None = None
    unit: Literal["working days", "calendar days", "hours", "weeks", "months", "years"] = "working days"
    kind: Literal["within", "at least", "before", "on", "every"] = "within"
    clock: ClockId | None = None
    otherwise: tuple[Otherwise, ...] = ()


@dataclass(frozen=True)
class Duty:
    """One duty; its sentence is `who`, the binding word, `does`, `to`. It follows those in `after`, which are done first."""

    place: Place
    id: Id
    who: Text
    does: Text
    binding: Binding
    sources: tuple[SourceId, ...]
    grade: Grade
    to: Text | None = None
    plural: bool = False
    period: Period | None = None
    note: Text | None = None
    local: tuple[LocalQuestionId, ...] = ()
    after: tuple[DutyId, ...] = ()

    @property
    def unread(self) -> tuple[SourceId, ...]:
        """The sources whose wording has still to be checked (grade R), each once."""
        graded = [(self.grade, self.sources)] + ([(self.period.grade, self.period.sources)] if self.period else [])
        return tuple(dict.fromkeys(source for grade, sources in graded if grade == "R" for source in sources))


@dataclass(frozen=True)
class Duties:
    """The content of docs/deadlines.yml."""

    place: Place
    clocks: tuple[Clock, ...]
    duties: tuple[Duty, ...]
    pathways: tuple[Pathway, ...] = ()
    month_columns: tuple[Column, ...] = ()
    examples: tuple[Examples, ...] = ()


def sentence(duty: Duty) -> str:
    """The duty as one sentence, without its period."""
    be = "are" if duty.plural else "is"
    act = " ".join(filter(None, [duty.does, duty.to]))
    if duty.binding == "locally":
        return f"Locally, {_inside(duty.who)} {be} to {act}."
    return f"{duty.who} {f'{be} expected to' if duty.binding == 'expected' else duty.binding} {act}."


def _inside(who: str) -> str:
    return who[0].lower() + who[1:] if who[:1].isupper() and not who[1:2].isupper() else who


def length(period: Period) -> str:
    """The period's number with its unit: "5 working days", "1 year"; its words where it has no number."""
    if period.number is None:
        return period.words or ""
    unit = period.unit[:-1] if period.number == 1 else period.unit
    number = f"{period.earliest} to {period.number}" if period.earliest is not None else str(period.number)
    if period.kind == "on":
        return f"{unit if period.earliest is not None else unit.removesuffix('s')} {number}"
    return f"{number} {unit}"


def short(period: Period, clocks: dict[str, Clock]) -> str:
    """The period with its clock start, as it stands inside a sentence: "5 working days from becoming aware"."""
    start = clocks[period.clock].text if period.clock in clocks else ""
    if period.number is None:
        return " ".join(filter(None, [period.words, start and f"from {start}"])) if period.words else start
    ways = {
        "within": f"{length(period)} from {start}",
        "at least": f"for at least {length(period)} from {start}",
        "before": f"at least {length(period)} before {start}",
        "on": f"{length(period)} after {start}",
        "every": f"at least once every {length(period)}",
    }
    return ways[period.kind]


def check_deadlines(duties: Duties) -> list[Problem]:
    """What is wrong with the duties beyond their form."""
    problems = []
    for duty in duties.duties:
        if not duty.sources and "sources" in duty.place.keys:
            problems.append(
                duty.place.problem(
                    f'The duty "{duty.id}" has no source.',
                    'Write "sources: [id]" with an id of docs/references.yml.',
                    "sources",
                )
            )
        if duty.period:
            problems += _check_period(duty.period)
    return problems


def _check_period(period: Period) -> list[Problem]:
    if (period.number is None) == (period.words is None):
        return [
            period.place.problem('A period needs either "number" with "unit", or "words".', "Write one of the two.")
        ]
    if period.number is not None and period.clock is None and period.kind != "every":
        return [
            period.place.problem(
                "This period has no clock start.",
                'Write "clock: …" with an id of the clocks at the top of this file.',
                "number",
            )
        ]
    if period.earliest is not None and period.number is not None and period.earliest >= period.number:
        return [
            period.place.problem(
                '"earliest" comes after "number".',
                "Write the first day as earliest and the last as number.",
                "earliest",
            )
        ]
    return []
