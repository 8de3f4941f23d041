"""Whether what is drawn or listed in an order keeps to the order of the duties behind it."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.load import Content
from macros.source.problems import Problem
from macros.topics.duties import PATH as DEADLINES
from macros.topics.order import Order
from macros.topics.process import Process, Step


def check_sequences(content: Content) -> Iterator[Problem]:
    """The steps of a process that stand above a step whose duty comes before theirs."""
    order = Order(content.duties)
    for process in content.listed(Process):
        steps: list[Step] = []
        for step in process.steps:
            steps.append(step)
            before = set(order.before(step.by or ""))
            for above in (
                other for other in steps if other.by and step.by in order.before(other.by) and other.by not in before
            ):
                wrong = f'The step "{above.id}" stands above "{step.id}", and its duty "{above.by}" comes after "{step.by}".'
                yield above.place.problem(wrong, f'Move one of the two, or change "after" in {DEADLINES}.')
