"""Decision pages: a plain graph of questions, options and outcomes, proven to lead every reader to an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.ids import DutyId, Id, PagePath, Place, QuestionId, SourceId
from macros.problems import Problem, suggest
from macros.values import Text


@dataclass(frozen=True)
class Option:
    """An answer that the reader may give, and the question or outcome it leads to."""

    place: Place
    answer: Text
    next: Text
    hint: Text | None = None
    not_sure: bool = False


@dataclass(frozen=True)
class Question:
    """A question, why it is asked, and its options; one of them is for the reader who does not know."""

    place: Place
    key: Id
    text: Text
    why: Text
    options: tuple[Option, ...]
    sources: tuple[SourceId, ...]
    help: Text | None = None
    local: tuple[QuestionId, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Where a way through the decision ends: who acts, by when, on what source, and what to do next."""

    place: Place
    key: Id
    kind: Literal["act", "advice", "elsewhere"]
    title: Text
    applies: Text
    who: Text
    by: tuple[DutyId, ...]
    send: Text
    not_yet: Text
    beside: tuple[Text, ...]
    sources: tuple[SourceId, ...]
    next: tuple[PagePath, ...]
    local: tuple[QuestionId, ...] = ()


@dataclass(frozen=True)
class Decision:
    """One decision: what it answers, for whom, what it does not decide, and its graph."""

    place: Place
    title: Text
    answers: Text
    audience: Text
    does_not_decide: Text
    start: Text
    questions: dict[str, Question]
    outcomes: dict[str, Outcome]


def count_paths(decision: Decision) -> int:
    """How many ways lead from the start to an outcome, counted in time linear in the options; circles count none."""
    counts: dict[str, int] = dict.fromkeys(decision.outcomes, 1)
    for key in reversed(_in_order(decision)):
        counts[key] = sum(counts.get(option.next, 0) for option in decision.questions[key].options)
    return counts.get(decision.start, 0)


def _in_order(decision: Decision) -> list[str]:
    """The questions reached from the start, each before those it leads to (where there is no circle)."""
    order: list[str] = []
    done: set[str] = set()
    stack: list[tuple[str, Iterator[Option]]] = []
    if decision.start in decision.questions:
        done.add(decision.start)
        stack.append((decision.start, iter(decision.questions[decision.start].options)))
    while stack:
        key, options = stack[-1]
        step = next((o.next for o in options if o.next in decision.questions and o.next not in done), None)
        if step is None:
            order.append(key)
            stack.pop()
        else:
            done.add(str(step))
            stack.append((str(step), iter(decision.questions[step].options)))
    return order[::-1]


def check_decision(decision: Decision) -> list[Problem]:
    """What is wrong with the graph: every option leads on, everything is reached, nothing turns in a circle."""
    known = [*decision.questions, *decision.outcomes]
    problems = []
    if decision.start and decision.questions and decision.start not in decision.questions:
        problems.append(
            decision.start.problem(
                f'The decision starts at "{decision.start}", which is not here.',
                suggest(decision.start, decision.questions, "Name one of its questions."),
            )
        )
    for key in set(decision.questions) & set(decision.outcomes):
        problems.append(
            decision.outcomes[key].key.problem(
                f'"{key}" is a question and an outcome.', "Give one of the two another id."
            )
        )
    for question in decision.questions.values():
        problems += _check_question(question, known)
    for outcome in decision.outcomes.values():
        problems += _check_outcome(outcome)
    return problems + _check_reach(decision) + _check_circles(decision)


def _check_question(question: Question, known: list[str]) -> Iterator[Problem]:
    for option in question.options:
        if option.next and option.next not in known:
            wrong = f'The option "{option.answer}" leads to "{option.next}", which is not here.'
            yield option.next.problem(wrong, suggest(option.next, known, "Name a question or an outcome of this file."))
        if sum(other.answer == option.answer for other in question.options) > 1:
            wrong = f'The option "{option.answer}" stands more than once in "{question.key}".'
            yield option.answer.problem(wrong, "Keep one of them, or word them apart.")
    unsure = sum(option.not_sure for option in question.options)
    if unsure != 1 and "options" in question.place.keys:
        ways = f"{unsure} ways" if unsure else "no way"
        wrong = f'The question "{question.key}" has {ways} for a reader who is not sure.'
        wish = 'Mark exactly one option with "not_sure: true"; it leads to a safe outcome or to advice.'
        yield question.key.problem(wrong, wish)
    if not question.sources and "sources" in question.place.keys:
        wish = 'Write "sources: [id]" with an id of docs/references.yml.'
        yield question.place.problem(f'The question "{question.key}" has no source.', wish, "sources")


def _check_outcome(outcome: Outcome) -> list[Problem]:
    slots = {"by": outcome.by, "beside": outcome.beside, "sources": outcome.sources, "next": outcome.next}
    return [
        outcome.place.problem(
            f'The outcome "{outcome.key}" has nothing in "{slot}".',
            "Fill it; every outcome says who acts, by when, on what source and what comes next.",
            slot,
        )
        for slot, entries in slots.items()
        if not entries and slot in outcome.place.keys
    ]


def _check_reach(decision: Decision) -> list[Problem]:
    if decision.start not in decision.questions:
        return []
    reached = set(_in_order(decision))
    reached |= {str(option.next) for key in reached for option in decision.questions[key].options}
    entries: list[Question | Outcome] = [*decision.questions.values(), *decision.outcomes.values()]
    return [
        entry.key.problem(f'Nobody reaches "{entry.key}".', "Lead an option to it, or remove it.")
        for entry in entries
        if entry.key not in reached
    ]


def _check_circles(decision: Decision) -> list[Problem]:
    rank = {key: number for number, key in enumerate(_in_order(decision))}
    return [
        option.next.problem(
            f'The option "{option.answer}" of "{key}" leads back to "{option.next}", in a circle.',
            "Lead it forward, to a later question or an outcome.",
        )
        for key in rank
        for option in decision.questions[key].options
        if rank.get(option.next, len(rank)) <= rank[key]
    ]
