"""Lays a decision out as cards: its questions with their answers in rows, its outcomes, and where each stands.

Every card has one arrow that leads to it; any further answer that leads there names it ("→ Outcome 3"), so that no two
arrows cross, whatever the decision.
"""

from __future__ import annotations

from dataclasses import dataclass

from macros.charts.svg import LINE, PAD, SIZE
from macros.charts.text_width import width, wrap
from macros.charts.tree_layout import Box, Child, Placed, place
from macros.topics.decisions import Decision, Outcome, Question

KINDS = {"act": "Act", "advice": "Take advice", "elsewhere": "Elsewhere"}
CARD, END, CUT, TITLE = 236, 250, 12, 15
ENOUGH, CUTS, WORTH, MOST = 0.6, 3, 1.04, 60
SHEETS = ((734, 1010), (1063, 680))


@dataclass(frozen=True)
class Row:
    """The answers of a question that lead to one goal, as drawn; `jump` names the goal where no arrow leads to it."""

    goal: str
    words: tuple[str, ...]
    jump: str
    top: float
    height: float


@dataclass(frozen=True)
class Card:
    """A question or an outcome as drawn."""

    key: str
    name: str
    title: tuple[str, ...]
    head: float
    rows: tuple[Row, ...] = ()
    kind: str = ""
    origin: str = ""
    root: bool = False

    @property
    def lead(self) -> float:
        """The room above the box for the words that say where it is reached from."""
        return LINE + 5 if self.origin else 0

    @property
    def door(self) -> float:
        """How far down the side an arrow arrives."""
        return (self.lead + self.head) / 2

    @property
    def height(self) -> float:
        """Of the head and the rows together."""
        return self.head + sum(row.height for row in self.rows)


def compose(decision: Decision) -> tuple[list[Card], Placed]:
    """The cards and where they stand; a large decision is cut into columns where that prints clearly larger."""
    cuts: frozenset[str] = frozenset()
    cards = _cards(decision, cuts)
    placed = _lay_out(cards)
    while placed.scale < ENOUGH and len(cuts) < CUTS and len(decision.questions) <= MOST:
        tried = []
        for key in decision.questions:
            if key != decision.start and key not in cuts:
                other = _cards(decision, cuts | {key})
                tried.append((_lay_out(other), other, key))
        best = max(tried, key=lambda way: way[0].scale, default=None)
        if best is None or best[0].scale < placed.scale * WORTH:
            break
        placed, cards, cuts = best[0], best[1], cuts | {best[2]}
    return cards, placed


def _lay_out(cards: list[Card]) -> Placed:
    places = {card.key: n for n, card in enumerate(cards)}
    boxes = []
    for card in cards:
        children = tuple(
            Child(places[row.goal], row.top + row.height / 2, not cards[places[row.goal]].kind)
            for row in card.rows
            if not row.jump
        )
        boxes.append(Box(END if card.kind else CARD, card.height, card.door, children))
    return place(boxes, [n for n, card in enumerate(cards) if card.root], SHEETS)


def _cards(decision: Decision, cuts: frozenset[str]) -> list[Card]:
    """The questions, the first one first, and the outcomes, with their words in lines; no arrow leads to `cuts`."""
    names = {key: f"Question {n}" for n, key in enumerate(decision.questions, 1)}
    names |= {key: f"Outcome {n}" for n, key in enumerate(decision.outcomes, 1)}
    arrows = _arrows(decision) | dict.fromkeys([decision.start, *cuts], "")
    order = sorted(decision.questions.values(), key=lambda question: question.key != decision.start)
    return [
        _question(question, names, arrows, _from(decision, question.key) if question.key in cuts else "")
        for question in order
    ] + [_outcome(outcome, names[outcome.key]) for outcome in decision.outcomes.values()]


def _from(decision: Decision, key: str) -> str:
    """Words for the questions that lead to one: "From questions 4 and 9"."""
    numbers = [
        str(n)
        for n, other in enumerate(decision.questions.values(), 1)
        if any(option.next == key for option in other.options)
    ]
    if len(numbers) == 1:
        return f"From question {numbers[0]}"
    return f"From questions {', '.join(numbers[:-1])} and {numbers[-1]}"


def _arrows(decision: Decision) -> dict[str, str]:
    """The question from which the one arrow to each box is drawn: the first whose answer is no "not sure"."""
    arrows: dict[str, str] = {}
    for unsure in (False, True):
        for question in decision.questions.values():
            for option in question.options:
                if option.not_sure == unsure:
                    arrows.setdefault(str(option.next), str(question.key))
    return arrows


def _question(question: Question, names: dict[str, str], arrows: dict[str, str], origin: str) -> Card:
    title = tuple(wrap(question.text, CARD - 2 * PAD, TITLE, bold=True))
    lead = LINE + 5 if origin else 0
    top = head = lead + 8 + LINE + (LINE + 1) * len(title) + 7
    rows = []
    for goal in dict.fromkeys(str(option.next) for option in question.options):
        jump = "" if arrows[goal] == question.key else f"→ {names[goal]}"
        words = _answers([str(option.answer) for option in question.options if option.next == goal])
        high = LINE * (len(words) + (bool(jump) and not has_room(words[-1], jump))) + 10
        rows.append(Row(goal, words, jump, top, high))
        top += high
    return Card(
        question.key, names[question.key], title, head, tuple(rows), origin=origin, root=not arrows[question.key]
    )


def _answers(answers: list[str]) -> tuple[str, ...]:
    """The lines of the answers: in one line where they have room together."""
    together, room = " · ".join(answers), CARD - 2 * PAD
    if width(together, SIZE) <= room:
        return (together,)
    return tuple(line for answer in answers for line in wrap(answer, room, SIZE))


def has_room(words: str, jump: str) -> bool:
    """Whether the name of the goal has room behind the last line of the answers."""
    return width(words, SIZE) + 12 + width(jump, SIZE, bold=True) <= CARD - 2 * PAD


def _outcome(outcome: Outcome, name: str) -> Card:
    title = tuple(wrap(outcome.title, END - 2 * (PAD + CUT), SIZE, bold=True))
    return Card(
        outcome.key, f"{KINDS[outcome.kind]} · {name}", title, 8 + LINE * (len(title) + 1) + 9, kind=outcome.kind
    )
