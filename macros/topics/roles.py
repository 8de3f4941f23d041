"""Roles: who does or owns something, said so that it stays true when people change; never the name of a person."""

from __future__ import annotations

from collections.abc import Iterator

from macros.source.problems import Problem
from macros.source.text import Text

_TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "rev"))
_OFFICES = frozenset(
    [
        "manager",
        "lead",
        "leader",
        "chair",
        "director",
        "officer",
        "partner",
        "adviser",
        "editor",
        "coordinator",
        "head",
        "nurse",
        "doctor",
        "worker",
        "reviewer",
        "scrutineer",
        "author",
        "clerk",
        "board",
        "panel",
        "group",
        "team",
        "unit",
        "service",
        "office",
        "notifier",
        "commissioner",
        "guardian",
    ]
)


def check_role(role: Text) -> Iterator[Problem]:
    """A role that looks like a person: it begins with a title, or every word begins with a capital and none is an office."""
    words = [word.strip(".,").lower() for word in role.split()]
    offices = _OFFICES.intersection(word.removesuffix("s") for word in words)
    named = 1 < len(words) < 5 and all(word[0].isupper() for word in role.split()) and not offices
    if named or (words and words[0] in _TITLES):
        wish = "Write the role, in small letters after its first word: Named nurse."
        yield role.problem(f'"{role}" looks like the name of a person.', wish)
