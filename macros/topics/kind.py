"""What a kind of data that stands beside a page is: how its file is told apart, its model, and what judges and shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from macros.source.problems import Problem

T = TypeVar("T")
Others = Mapping[str, object]  # the data beside every page, by the page's path


def nothing_more(data: object, others: Others) -> tuple[Problem, ...]:
    """The problems of data whose form says all there is to say."""
    return ()


def no_anchors(data: object) -> tuple[str, ...]:
    """The anchors of data whose parts cannot be linked to."""
    return ()


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A kind of data beside a page; its topic exports one as `KIND`, and content/data_kinds.py lists them.

    `key` is the key that only its files have, `model` its schema, `macro` the name of what shows it. `check` tells what
    is wrong beyond form, given the data beside the other pages too; `anchors` are those that it gives the page.
    """

    key: str
    model: type[T]
    macro: str
    check: Callable[[T, Others], Iterable[Problem]] = nothing_more
    anchors: Callable[[T], Iterable[str]] = no_anchors
