"""Draws a process as swimlanes in SVG: time runs down, each step has a row with its words, and a mark in its role's lane."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

from macros.charts.process_layout import GAP, LANE, MARK, NUMBER, TARGET, TOP, Chart, Exit, Row, compose, successors
from macros.charts.svg import (
    LINE,
    PAD,
    SIZE,
    Arrow,
    Point,
    arrows,
    element,
    lines,
    moved,
    path,
    picture,
    rectangle,
    shape,
    turned,
    way,
)
from macros.charts.text_width import width, wrap
from macros.source.ids import DutyId
from macros.topics.process import Process

RING, TURN = 7.0, 3.0


def process_chart(process: Process, short_of: Callable[[DutyId], str]) -> Markup:
    """The process as one picture; `short_of` gives the period of a duty with its clock start."""
    chart = compose(process, short_of)
    about = (
        f"{len(process.steps)} steps in the lanes of {len(process.roles)} roles, from the first at the top to the last at the bottom. "
        "The list under the picture says each step in full."
    )
    parts = [*_lanes(chart), *(_words(chart, row) for row in chart.rows), *_marks(chart)]
    return picture("The process, step by step", about, *chart.size, parts)


def _lanes(chart: Chart) -> Iterator[Markup]:
    wide, high = chart.size
    for row in chart.rows:
        yield rectangle("band", 0, row.top, wide, row.height)
    for role in chart.process.roles:
        x = chart.lane(role.id)
        words = wrap(role.name, TOP - 24, SIZE)
        yield path("lane", (x, TOP - 6), (x, high))
        yield turned(words, x - LINE * len(words) / 2, TOP - 12, "")
    for heading, left in (("Who does what", NUMBER), ("By when", NUMBER + chart.room + PAD)):
        yield lines([heading], left, TOP - 28, "end")
    yield from _key()


def _key() -> Iterator[Markup]:
    """What the marks mean."""
    said = [
        "The role that acts, in its lane",
        "A decision, with its answers",
        "Takes over from the role that acts",
        "A way out to another part",
    ]
    x, y = float(NUMBER + MARK), 12.0
    yield rectangle("mark", x - 8, y - 8, 16, 16, 3)
    yield shape("choice", _diamond(x, y + 26, 10))
    yield rectangle("bar", x - 14, y + 49, 14, 6, 0) + element(
        "circle", class_="lrp-chart__ring", cx=x, cy=y + 52, r=RING
    )
    yield shape("out", [(x - 13, y + 70), (x + 5, y + 70), (x + 13, y + 78), (x + 5, y + 86), (x - 13, y + 86)])
    for n, words in enumerate(said):
        yield lines([words], x + 26, y + 26 * n - LINE / 2)


def _words(chart: Chart, row: Row) -> Markup:
    x, y = float(NUMBER), 6.0
    ground = rectangle("ground", 0, 0, chart.left - PAD, row.height)
    number = lines([str(row.number)], PAD, y, "end")
    *above, last = row.role
    spans = [element("tspan", escape(last), class_="lrp-chart__text--end"), Markup("  "), escape(row.text[0])]
    first = lines([Markup("").join(spans)], x, y + LINE * len(above))
    rest = [lines(above, x, y, "end"), first, lines(row.text[1:], x, y + LINE * (len(above) + 1))]
    due = lines(row.when, x + chart.room + PAD, y, "when")
    seen = Markup(" ").join([number, *rest, due])
    parts = [element("a", ground, seen, href=f"#{row.step.id}")]
    if row.asks:
        top = y + LINE * (len(row.role) + len(row.text) - 1)
        parts += [shape("choice", _diamond(x + 6, top + LINE / 2, 6)), lines(row.asks, x + 18, top, "end")]
    return element("g", *parts, *(_exit(leaves, x, row.top) for leaves in row.exits), transform=moved((0, row.top)))


def _exit(leaves: Exit, left: float, top: float) -> Markup:
    x, y, wide = left + leaves.x, leaves.y - top, width(leaves.words, SIZE, bold=True)
    words = lines([leaves.words], x + (8 if leaves.out else 0), y, "end" if leaves.out else "jump")
    high, low = y + LINE / 2 - TARGET / 2, y + LINE / 2 + TARGET / 2
    if not leaves.out:
        ground = rectangle("touch", x, high, wide, TARGET, 3)
        return element("a", ground, words, href=f"#{leaves.goal}")
    right = x + wide + 22
    sign = shape("out", [(x, high), (right - 9, high), (right, y + LINE / 2), (right - 9, low), (x, low)])
    return element("a", sign, words, href=f"#{leaves.goal}", aria_label=f"Way out: {leaves.words}")


def _diamond(x: float, y: float, half: float) -> list[tuple[float, float]]:
    return [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]


def _marks(chart: Chart) -> Iterator[Markup]:
    """In the lanes: a bar to whoever takes over, the arrows, and the number of each step on top."""
    for row in chart.rows:
        if row.step.to:
            yield from _handed_over(chart.lane(row.step.role), chart.lane(row.step.to), row.middle)
    yield arrows(_arrow(chart, tail, head) for tail, head in successors(chart.process))
    for row in chart.rows:
        x, y, half = chart.lane(row.step.role), row.middle, _half(row)
        drawn = (
            shape("choice", _diamond(0, 0, half))
            if row.asks
            else rectangle("mark", -half, -half, 2 * half, 2 * half, 5)
        )
        number = lines([str(row.number)], 0, -LINE / 2, "number", anchor="middle")
        yield element("g", drawn, number, transform=moved((x, y)))


def _half(row: Row) -> float:
    return MARK + 5 if row.asks else MARK


def _handed_over(x: float, goal: float, y: float) -> Iterator[Markup]:
    yield rectangle("bar", min(x, goal), y - 4, abs(goal - x), 8, 0)
    yield element("circle", class_="lrp-chart__ring", cx=goal, cy=y, r=RING)


def _arrow(chart: Chart, tail: int, head: int) -> Arrow:
    """From mark to mark: down, across between two rows, and down the lane of the goal, or beside a mark in its way."""
    start, end = chart.rows[tail], chart.rows[head]
    handed = head == tail + 1 and start.step.to == end.step.role
    x = chart.lane(end.step.role if handed else start.step.role)
    begin, turn = (x, start.middle + (RING if handed else _half(start))), start.top + start.height + GAP / 2
    goal, tip = chart.lane(end.step.role), end.middle - _half(end)
    if any(row.step.role == end.step.role for row in chart.rows[tail + 1 : head]):
        track, side = goal - LANE * 0.44, goal - _half(end)
        line = way(begin, *_across(x, track, turn), (track, end.middle), (side - 6, end.middle))
        return Arrow((line,), (side, end.middle))
    return Arrow((way(begin, *_across(x, goal, turn), (goal, tip - 6)),), (goal, tip), down=True)


def _across(x: float, goal: float, turn: float) -> list[str | Point]:
    """From one lane to another at the height of `turn`, with round corners."""
    if abs(goal - x) < 1:
        return []
    side = min(TURN, abs(goal - x) / 2) * (1 if goal > x else -1)
    there: list[str | Point] = [(goal - side, turn), "Q", (goal, turn), (goal, turn + TURN), "L"]
    return [(x, turn - TURN), "Q", (x, turn), (x + side, turn), "L", *there]
