"""Decisions: a plain graph of questions, options and outcomes, and the ways through it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from macros.source.ids import DutyId, Id, LocalQuestionId, PagePath, Place, SourceId
from macros.source.text import Text


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
    local: tuple[LocalQuestionId, ...] = ()


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
    local: tuple[LocalQuestionId, ...] = ()


@dataclass(frozen=True)
class Example:
    """A case in plain words: the answers it takes, in order, and the outcome it has to lead to."""

    place: Place
    case: Text
    answers: tuple[Text, ...]
    outcome: Text


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
    examples: tuple[Example, ...]


def decision_id(page: str) -> str:
    """The name of a decision across the site: "reviews-begin" for "reviews/begin.md"."""
    return page.removesuffix(".md").replace("/", "-")


def option_id(answer: str) -> str:
    """The id of an option in addresses: the words of its answer in small letters, as decision.js makes it."""
    letters = unicodedata.normalize("NFC", answer.lower())
    return "-".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in letters).split())


def count_paths(decision: Decision) -> int:
    """How many ways lead from the start to an outcome, counted in time linear in the options; circles count none."""
    counts: dict[str, int] = dict.fromkeys(decision.outcomes, 1)
    for key in reversed(in_order(decision)):
        counts[key] = sum(counts.get(option.next, 0) for option in decision.questions[key].options)
    return counts.get(decision.start, 0)


def in_order(decision: Decision) -> list[str]:
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


Step = tuple[Question, Option]


def walk(decision: Decision) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Every way from the start to an outcome: the options taken, and the outcome's id; a way in a circle is left out."""
    steps = {key: [(question, option) for option in question.options] for key, question in decision.questions.items()}
    ends = decision.outcomes
    trail: list[Step] = []
    passed = {str(decision.start)}
    stack = [iter(steps.get(decision.start, []))]
    while stack:
        for step in stack[-1]:
            goal = step[1].next
            if goal in ends:
                yield (*trail, step), str(goal)
            elif goal in steps and goal not in passed:
                trail.append(step)
                passed.add(goal)
                stack.append(iter(steps[goal]))
                break
        else:
            stack.pop()
            if trail:
                passed.discard(trail.pop()[1].next)


def decisions_among(data: Mapping[str, object]) -> dict[str, Decision]:
    """The decisions among the data beside pages, by the paths of their pages."""
    return {page: one for page, one in data.items() if isinstance(one, Decision)}
