"""Forms: groups of fields with their labels, help, choices and data-protection notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.source.ids import Id, Place
from macros.source.problems import Problem, one_of, suggest
from macros.source.text import Text
from macros.topics.decisions import Decision, decision_id, decisions_among, option_id
from macros.topics.kind import Kind


@dataclass(frozen=True)
class Stop:
    """What is shown before the reader goes on, where one of the choices in `when` was made."""

    place: Place
    when: tuple[Text, ...]
    title: Text
    says: Text


@dataclass(frozen=True)
class Carried:
    """An answer of a decision, and the choice that it ticks where the reader brings the answers along."""

    place: Place
    decision: Text
    question: Text
    answer: Text
    ticks: Text


@dataclass(frozen=True)
class Tied:
    """A choice and what it stands for: pages, or methods and results on them, as "reviews/methods.md#the-id"."""

    place: Place
    choice: Text
    to: tuple[Text, ...]


@dataclass(frozen=True)
class Ties:
    """What the choices of a field stand for; `free` are those that stand for nothing, `left_out` is what no choice stands for."""

    place: Place
    choices: tuple[Tied, ...]
    free: tuple[Text, ...] = ()
    left_out: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Field:
    """One field of a form."""

    place: Place
    id: Id
    label: Text
    type: Literal["text", "long-text", "date", "time", "number", "choice", "choices"]
    required: bool
    help: Text | None = None
    choices: tuple[Text, ...] = ()
    protect: Text | None = None
    office: bool = False
    stop: Stop | None = None
    carried: tuple[Carried, ...] = ()
    ties: Ties | None = None

    @property
    def has_choices(self) -> bool:
        """Whether the answer is one or several of its choices."""
        return self.type in ("choice", "choices")

    def carried_to(self, choice: str) -> str:
        """The answers of decisions that tick a choice, as addresses carry them, with spaces between."""
        answers = (carried for carried in self.carried if carried.ticks == choice)
        return " ".join(f"{decision_id(one.decision)}.{one.question}={option_id(one.answer)}" for one in answers)


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    place: Place
    id: Id
    title: Text
    fields: tuple[Field, ...]
    help: Text | None = None

    @property
    def office(self) -> bool:
        """Whether the reader has nothing to fill in here."""
        return all(field.office for field in self.fields)


@dataclass(frozen=True)
class Moved:
    """The id that a field had in an older version, and the id it has now."""

    place: Place
    old: Text
    now: Text


@dataclass(frozen=True)
class Form:
    """The content of a file of fields.

    `version` goes up when fields or choices change, so that older drafts are told apart; `warning` stands with every
    group, `on_page` with every group on the website alone; `sending` and `keeping` are the advice on the finished form,
    and `saved` is said when a file of it was saved.
    """

    place: Place
    title: Text
    version: int
    warning: tuple[Text, ...]
    on_page: Text
    sending: tuple[Text, ...]
    keeping: tuple[Text, ...]
    groups: tuple[Group, ...]
    saved: Text | None = None
    moved: tuple[Moved, ...] = ()

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field, in order."""
        return tuple(field for group in self.groups for field in group.fields)

    def takes_from(self, decision: str) -> bool:
        """Whether answers of the decision on that page tick choices here."""
        return any(carried.decision == decision for field in self.fields for carried in field.carried)


def check_form(form: Form, decisions: dict[str, Decision]) -> Iterator[Problem]:
    """What is wrong beyond form: repeated fields and choices, stops and moves to nothing, answers that no decision has."""
    first: dict[str, Text] = {}
    for field in form.fields:
        other = first.setdefault(field.id, field.id)
        if other is not field.id:
            wrong = f'"{field.id}" is defined twice (first at line {other.line}).'
            yield field.id.problem(wrong, "Keep one of them, or give this one another id.")
        yield from _check_choices(field)
        yield from _check_carried(field, decisions)
    for group in form.groups:
        if not group.office and any(field.office for field in group.fields):
            wrong = f'The group "{group.id}" mixes fields of the office with fields for the reader.'
            yield group.place.problem(wrong, "Give the fields of the office a group of their own.", "id")
    for move in form.moved:
        if move.old and move.old in first:
            yield move.old.problem(f'The field "{move.old}" has not moved: it is here.', "Remove this entry.")
        if move.now and move.now not in first:
            wish = suggest(move.now, first, "Name the field that asks it now.")
            yield move.now.problem(f'There is no field "{move.now}".', wish)


def _check_choices(field: Field) -> Iterator[Problem]:
    if field.has_choices and len(field.choices) < 2:
        wrong = f'The field "{field.id}" needs choices.'
        yield field.place.problem(wrong, 'Write "choices: [one, two]".', "type")
    if not field.has_choices and field.choices:
        wrong = f'The field "{field.id}" has choices but is of type "{field.type}".'
        yield field.place.problem(wrong, 'Write "type: choice" or "type: choices", or remove them.', "choices")
    for place, choice in enumerate(field.choices):
        if choice in field.choices[:place]:
            yield choice.problem(f'The choice "{choice}" stands twice.', "Keep one of them.")
    ticked = [*(field.stop.when if field.stop else ()), *(carried.ticks for carried in field.carried)]
    if field.ties:
        tied = [*(tied.choice for tied in field.ties.choices), *field.ties.free]
        ticked += tied
        for choice in field.choices:
            if choice not in tied:
                wish = 'Add it to "choices" under "ties", or to "free" where it stands for nothing.'
                yield choice.problem(f'It is not said what the choice "{choice}" stands for.', wish)
    for choice in ticked:
        if choice and choice not in field.choices:
            wish = suggest(choice, field.choices, "Name one of its choices.")
            yield choice.problem(f'The field "{field.id}" has no choice "{choice}".', wish)


def _check_carried(field: Field, decisions: dict[str, Decision]) -> Iterator[Problem]:
    for carried in field.carried:
        decision = decisions.get(carried.decision)
        if not {"decision", "question", "answer"} <= carried.place.keys.keys():
            continue
        if decision is None:
            wish = f"Name one of {one_of(decisions)}." if decisions else "Name a page with a decision."
            yield carried.decision.problem(f'No decision stands beside "{carried.decision}".', wish)
            continue
        question = decision.questions.get(carried.question)
        if question is None:
            wish = suggest(carried.question, decision.questions, "Name one of its questions.")
            yield carried.question.problem(f'"{carried.decision}" has no question "{carried.question}".', wish)
        elif carried.answer not in [option.answer for option in question.options]:
            wish = suggest(carried.answer, [option.answer for option in question.options], "Name one of its answers.")
            yield carried.answer.problem(f'The question "{carried.question}" has no answer "{carried.answer}".', wish)


KIND = Kind(
    "groups",
    Form,
    "form",
    check=lambda form, others: check_form(form, decisions_among(others)),
    anchors=lambda form: [group.id for group in form.groups],
)
