"""The process from incident to publication: roles, steps in order, the duty that times each, and the ways off it."""

from __future__ import annotations

from dataclasses import dataclass

from macros.source.ids import DutyId, Id, LocalQuestionId, PagePath, Place
from macros.source.problems import Problem, suggest
from macros.source.text import Text
from macros.topics.kind import Kind


@dataclass(frozen=True)
class Role:
    """A lane of the process: somebody who acts in it."""

    place: Place
    id: Id
    name: Text


@dataclass(frozen=True)
class Way:
    """An answer to a step's decision and the step that follows it."""

    place: Place
    answer: Text
    next: Text


@dataclass(frozen=True)
class OffRamp:
    """Where the process is left for another page."""

    place: Place
    text: Text
    page: PagePath


@dataclass(frozen=True)
class Step:
    """One step: who acts, what they do, by when; `to` names who takes over."""

    place: Place
    id: Id
    role: Text
    text: Text
    to: Text | None = None
    by: DutyId | None = None
    when: Text | None = None
    decision: Text | None = None
    ways: tuple[Way, ...] = ()
    off_ramp: OffRamp | None = None
    local: tuple[LocalQuestionId, ...] = ()


@dataclass(frozen=True)
class Process:
    """The content of a file of steps."""

    place: Place
    roles: tuple[Role, ...]
    steps: tuple[Step, ...]


def check_process(process: Process) -> list[Problem]:
    """Roles and steps that are named but not here, and steps without a time."""
    roles = [role.id for role in process.roles]
    steps = [step.id for step in process.steps]
    problems = []
    for step in process.steps:
        for role in filter(None, [step.role, step.to]):
            if role not in roles:
                problems.append(
                    role.problem(
                        f'The step "{step.id}" names the role "{role}", which is not here.',
                        suggest(role, roles, "Add it to the roles above."),
                    )
                )
        for way in step.ways:
            if way.next not in steps:
                problems.append(
                    way.next.problem(
                        f'The answer "{way.answer}" leads to "{way.next}", which is not here.',
                        suggest(way.next, steps, "Name a step of this file."),
                    )
                )
        if not step.by and not step.when:
            problems.append(
                step.place.problem(
                    f'The step "{step.id}" does not say by when.', 'Write "by: duty-id", or "when: …" in plain words.'
                )
            )
    return problems


KIND = Kind(
    "steps",
    Process,
    "process",
    check=lambda process, _: check_process(process),
    anchors=lambda process: [step.id for step in process.steps],
)
