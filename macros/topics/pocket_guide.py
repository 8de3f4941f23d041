"""The pocket guide: the two sides of one sheet, whose panels show duties, and questions and outcomes of a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros.source.ids import DutyId, Id, LocalQuestionId, PagePath, Place
from macros.source.problems import Problem, one_of, suggest
from macros.source.text import Text
from macros.topics.decisions import Decision, decisions_among
from macros.topics.kind import Kind


@dataclass(frozen=True)
class Test:
    """A question of the decision, by its id, and those of its answers that lead on."""

    place: Place
    question: Text
    answers: tuple[Text, ...]


@dataclass(frozen=True)
class Panel:
    """One box of the sheet."""

    place: Place
    id: Id
    title: Text
    text: tuple[Text, ...] = ()
    tests: tuple[Test, ...] = ()
    outcomes: tuple[Text, ...] = ()
    duties: tuple[DutyId, ...] = ()
    points: tuple[Text, ...] = ()
    then: Text | None = None
    see: PagePath | None = None
    local: tuple[LocalQuestionId, ...] = ()


@dataclass(frozen=True)
class Side:
    """One side of the sheet, its panels in the order of reading."""

    place: Place
    name: Text
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class PocketGuide:
    """The content of docs/pocket-guide.yml."""

    place: Place
    decision: PagePath
    sides: tuple[Side, ...]

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The panels of all sides, in the order of reading."""
        return tuple(panel for side in self.sides for panel in side.panels)


def check_pocket(guide: PocketGuide, decisions: dict[str, Decision]) -> Iterator[Problem]:
    """What is wrong with the sheet beyond its form: sides, empty panels, and what the decision does not hold."""
    if "sides" in guide.place.keys and len(guide.sides) != 2:
        wish = "Give it two, so that it prints on one sheet of paper."
        count = f"{len(guide.sides)} side{'' if len(guide.sides) == 1 else 's'}"
        yield guide.place.problem(f"The sheet has {count}.", wish, "sides")
    yield from _check_repeated(guide)
    for panel in guide.panels:
        if not any((panel.text, panel.tests, panel.outcomes, panel.duties, panel.points, panel.then)):
            wish = "Give it text, tests, outcomes, duties or points."
            yield panel.title.problem(f'The panel "{panel.title}" is empty.', wish)
    decision = decisions.get(guide.decision)
    if decision is not None:
        yield from _against(guide, decision)
    elif guide.decision and "decision" in guide.place.keys:
        wish = f"Name one of {one_of(decisions)}." if decisions else "Name a page with a decision."
        yield guide.decision.problem(f'No decision stands beside "{guide.decision}".', wish)


def _check_repeated(guide: PocketGuide) -> Iterator[Problem]:
    """Ids that stand on both sides; one that stands twice on a side is found where lists are read."""
    sides: dict[str, Side] = {}
    for side in guide.sides:
        for panel in side.panels:
            if sides.setdefault(panel.id, side) is not side:
                yield panel.id.problem(f'Both sides have a panel "{panel.id}".', "Give one of them another id.")


def _against(guide: PocketGuide, decision: Decision) -> Iterator[Problem]:
    for panel in guide.panels:
        for name in panel.outcomes:
            if name not in decision.outcomes:
                wish = suggest(name, decision.outcomes, "Name one of its outcomes.")
                yield name.problem(f'The decision of "{guide.decision}" has no outcome "{name}".', wish)
        for test in panel.tests:
            question = decision.questions.get(test.question)
            if question is None:
                wish = suggest(test.question, decision.questions, "Name one of its questions.")
                yield test.question.problem(
                    f'The decision of "{guide.decision}" has no question "{test.question}".', wish
                )
                continue
            given = [str(option.answer) for option in question.options]
            for answer in test.answers:
                if answer not in given:
                    wish = f"Write one of {one_of(given)}."
                    yield answer.problem(f'"{answer}" is no answer to "{question.text}"', wish)


KIND = Kind(
    "sides",
    PocketGuide,
    "pocket_guide",
    check=lambda guide, others: check_pocket(guide, decisions_among(others)),
    anchors=lambda guide: [panel.id for panel in guide.panels],
)
