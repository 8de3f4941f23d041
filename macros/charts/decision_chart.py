"""Draws a decision as a flowchart in SVG: questions as cards, outcomes as shapes of their own, every one with its link."""

from __future__ import annotations

from markupsafe import Markup

from macros.charts.decision_layout import CARD, CUT, END, TITLE, Card, Row, compose, has_room
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
    way,
)
from macros.charts.tree_layout import Placed
from macros.topics.decisions import Decision


def decision_chart(decision: Decision) -> Markup:
    """The decision as one picture with its links, its title and its description."""
    cards, placed = compose(decision)
    about = (
        f"{len(decision.questions)} questions and {len(decision.outcomes)} outcomes. Every box leads to its place on this page, "
        "where the same stands in words. An answer without an arrow names the box that it leads to."
    )
    places = {card.key: n for n, card in enumerate(cards)}
    drawn = [_draw(card, placed.corners[n]) for n, card in enumerate(cards)]
    ways = [
        _arrow(placed, n, row, places[row.goal], cards)
        for n, card in enumerate(cards)
        for row in card.rows
        if not row.jump
    ]
    return picture(decision.title, about, placed.width, placed.height, [arrows(ways), *drawn])


def _draw(card: Card, corner: Point) -> Markup:
    side, y = PAD + (CUT if card.kind else 0), card.lead
    size, line, kind = (SIZE, LINE, "end") if card.kind else (TITLE, LINE + 1, "title")
    drawn = _drawn(card) if card.kind else [rectangle("question", 0, y, CARD, card.height - card.lead)]
    words = [
        lines([card.name], side, y + 8, "name"),
        lines(card.title, side, y + 8 + LINE, kind, size=size, line=line),
    ]
    link = element("a", *drawn, Markup(" ").join(words), href=f"#{card.key}")
    origin = [lines([card.origin], PAD, 0, "name")] if card.origin else []
    return element("g", *origin, link, *map(_draw_row, card.rows), transform=moved(corner))


def _draw_row(row: Row) -> Markup:
    parts = [path("rule", (0, 0), (CARD, 0)), lines(row.words, PAD, 5.5)]
    if row.jump:
        beside = has_room(row.words[-1], row.jump)
        top = 5.5 + LINE * (len(row.words) - beside)
        words = lines([row.jump], CARD - PAD, top, "jump", anchor="end")
        label = f"{' '.join(row.words)} {row.jump}"
        parts.append(element("a", words, href=f"#{row.goal}", aria_label=label))
    return element("g", *parts, transform=moved((0, row.top)))


def _drawn(card: Card) -> list[Markup]:
    """The shape of an outcome: corners cut off to act, pointed at both sides for advice, a signpost for elsewhere."""
    x, y, right, low, middle = 0.0, 0.0, float(END), card.height, card.height / 2
    if card.kind == "act":
        near, far, top, end = x + CUT, right - CUT, y + CUT, low - CUT
        points = [(near, y), (far, y), (right, top), (right, end), (far, low), (near, low), (x, end), (x, top)]
        return [shape("act", points)]
    if card.kind == "advice":
        outer = [(x + CUT, y), (right - CUT, y), (right, middle), (right - CUT, low), (x + CUT, low), (x, middle)]
        near, far = x + CUT + 2.5, right - CUT - 2.5
        inner = [(near, y + 4), (far, y + 4), (right - 5, middle), (far, low - 4), (near, low - 4), (x + 5, middle)]
        return [shape("advice", outer), shape("inner", inner)]
    return [shape("elsewhere", [(x, y), (right - CUT, y), (right, middle), (right - CUT, low), (x, low)])]


def _arrow(placed: Placed, tail: int, row: Row, head: int, cards: list[Card]) -> Arrow:
    """From the answer's row to the goal: at the right in a curve, or down along the left side."""
    (x, y), (goal_x, goal_y) = placed.corners[tail], placed.corners[head]
    start, end = y + row.top + row.height / 2, goal_y + cards[head].door
    if head in placed.below:
        left = x - 13
        down = way((x, start), "h-7q-6,0 -6,6V", f"{end - 6:.1f}")
        foot = way((left, end - 6), "q0,6 6,6h1")
        return Arrow((down, foot), (x, end))
    wide, high = goal_x - x - CARD, end - start
    curve = way((x + CARD, start), "c", (wide / 2, 0), (wide / 2, high), (wide - 7, high))
    return Arrow((curve,), (goal_x, end))
