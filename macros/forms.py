"""Forms: groups of fields with their labels, help, choices and data-protection notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from macros.ids import Id, Place
from macros.problems import Problem
from macros.values import Text


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


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    place: Place
    id: Id
    title: Text
    fields: tuple[Field, ...]
    help: Text | None = None


@dataclass(frozen=True)
class Form:
    """The content of a form file such as docs/form-a.yml; `warning` stands with every group."""

    place: Place
    title: Text
    warning: tuple[Text, ...]
    groups: tuple[Group, ...]


def check_form(form: Form) -> list[Problem]:
    """Fields repeated across groups, choices missing or not wanted."""
    problems = []
    first: dict[str, Text] = {}
    for field in (field for group in form.groups for field in group.fields):
        other = first.setdefault(field.id, field.id)
        if other is not field.id:
            problems.append(
                field.id.problem(
                    f'"{field.id}" is defined twice (first at line {other.line}).',
                    "Keep one of them, or give this one another id.",
                )
            )
        if field.type in ("choice", "choices") and len(field.choices) < 2:
            problems.append(
                field.place.problem(f'The field "{field.id}" needs choices.', 'Write "choices: [one, two]".', "type")
            )
        if field.type not in ("choice", "choices") and field.choices:
            problems.append(
                field.place.problem(
                    f'The field "{field.id}" has choices but is of type "{field.type}".',
                    'Write "type: choice" or "type: choices", or remove them.',
                    "choices",
                )
            )
    return problems
