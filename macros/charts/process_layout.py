"""Lays a process out in lanes: a row for each step with its words in lines, as wide as prints largest, and what follows what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from macros.charts.svg import LINE, PAD, SIZE
from macros.charts.text_width import width, wrap
from macros.source.ids import DutyId
from macros.topics.process import Process, Step

NUMBER, LANE, GAP, TOP, MARK, ENOUGH = 36, 38, 6, 180, 13, 40
TARGET = 24  # the height of a link that a finger hits
SHEET = (734, 1010)


@dataclass(frozen=True)
class Exit:
    """Words that lead away from a step: an answer of its decision, or a way out of the process."""

    words: str
    goal: str
    x: float
    y: float
    out: bool = False


@dataclass(frozen=True)
class Row:
    """A step with its words in lines, and where its row stands."""

    step: Step
    number: int
    role: tuple[str, ...]
    text: tuple[str, ...]
    when: tuple[str, ...]
    asks: tuple[str, ...]
    exits: tuple[Exit, ...]
    top: float
    height: float

    @property
    def middle(self) -> float:
        """The height at which its marks stand in the lanes."""
        return self.top + self.height / 2


@dataclass(frozen=True)
class Chart:
    """The rows of a process; `room` is the width of their words, `due` that of their times."""

    process: Process
    room: float
    due: float
    rows: tuple[Row, ...]

    @property
    def left(self) -> float:
        """Where the lanes begin."""
        return NUMBER + self.room + self.due + 3 * PAD

    @property
    def size(self) -> tuple[float, float]:
        """Width and height."""
        return self.left + LANE * len(self.process.roles), max((row.top + row.height for row in self.rows), default=TOP)

    def lane(self, role: str) -> float:
        """The middle of a role's lane."""
        return self.left + LANE * ([str(other.id) for other in self.process.roles].index(role) + 0.5)


def compose(process: Process, short_of: Callable[[DutyId], str]) -> Chart:
    """The chart with room for words that prints largest."""
    charts = [_chart(process, short_of, room, due) for room in range(360, 801, 40) for due in (180, 210, 240, 270, 300)]
    return max(charts, key=lambda chart: min(SHEET[0] / chart.size[0], SHEET[1] / chart.size[1]))


def _chart(process: Process, short_of: Callable[[DutyId], str], room: float, due: float) -> Chart:
    rows: list[Row] = []
    top = float(TOP)
    for number, step in enumerate(process.steps, 1):
        when = short_of(step.by) if step.by else str(step.when or "")
        rows.append(_row(process, step, number, room, top, wrap(when[:1].upper() + when[1:], due, SIZE, bold=True)))
        top += rows[-1].height + GAP
    return Chart(process, room, due, tuple(rows))


def _row(process: Process, step: Step, number: int, room: float, top: float, when: list[str]) -> Row:
    names = {str(role.id): str(role.name) for role in process.roles}
    role = wrap(names[step.role], room, SIZE, bold=True)
    lead = width(f"{role[-1]}  ", SIZE, bold=True)
    text = wrap(in_brief(step.text), room, SIZE, indent=lead if lead < room * 0.6 else room)
    asks = wrap(step.decision, room - 18, SIZE, bold=True) if step.decision else []
    depth = top + 6 + LINE * (len(role) + len(text) - 1 + len(asks))
    exits, end = _exits(process, step, room, depth, width(asks[-1], SIZE, bold=True) + 34 if asks else 0)
    height = max(max(end, depth, top + 6 + LINE * len(when)) - top + 6, 2 * MARK + 10)
    return Row(step, number, tuple(role), tuple(text), tuple(when), tuple(asks), exits, top, height)


def in_brief(text: str) -> str:
    """The first sentences of a text, as many as it takes to say something; the list has the rest."""
    brief = ""
    for sentence in text.split(". "):
        brief = f"{brief}. {sentence}" if brief else sentence
        if len(brief) >= ENOUGH:
            break
    return brief if brief.endswith(".") else f"{brief}."


def _exits(process: Process, step: Step, room: float, y: float, x: float) -> tuple[tuple[Exit, ...], float]:
    """The answers behind the question, as many in a line as have room, then the way out; and where the last line ends."""
    numbers = {str(other.id): n for n, other in enumerate(process.steps, 1)}
    exits: list[Exit] = []
    top = y - LINE
    for way in step.ways:
        words = f"{way.answer} → {numbers[str(way.next)]}"
        wide = width(words, SIZE, bold=True)
        if x + wide > room:
            x, top = 18.0, top + TARGET
        exits.append(Exit(words, str(way.next), x, top))
        x += wide + 18
    if step.off_ramp:
        top += TARGET
        exits.append(Exit(str(step.off_ramp.text), str(step.id), 0, top, out=True))
    return tuple(exits), top + (LINE + TARGET) / 2 if exits else y


def successors(process: Process) -> list[tuple[int, int]]:
    """Which step leads to which, by their places in the list.

    A decision leads where its ways say; any other step to the next that no decision leads to. A step that is not
    the first way of a decision and has a way out ends there.
    """
    places = {str(step.id): n for n, step in enumerate(process.steps)}
    first = {step.ways[0].next for step in process.steps if step.ways}
    chosen = {way.next for step in process.steps for way in step.ways}
    pairs = []
    for n, step in enumerate(process.steps):
        if step.ways:
            pairs += [(n, places[goal]) for goal in dict.fromkeys(str(way.next) for way in step.ways)]
        elif not (step.id in chosen - first and step.off_ramp):
            pairs += [(n, m) for m in range(n + 1, len(places)) if process.steps[m].id not in chosen][:1]
    return pairs
