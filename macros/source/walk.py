"""What stands in an entry, at any depth: the one walk over what editors wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from functools import cache
from typing import Any, cast

from macros.source.ids import Place, Reference
from macros.source.text import Text


@cache
def _fields(kind: type[Any]) -> tuple[str, ...]:
    """The names of the fields of a dataclass; none of what holds no text."""
    named = dataclasses.is_dataclass(kind) and not issubclass(kind, Place)
    return tuple(field.name for field in dataclasses.fields(kind)) if named else ()


def parts(entry: object) -> Iterator[tuple[str, object]]:
    """The parts of a list, a mapping or a dataclass, each with the name of its field; texts, days and places have none."""
    if isinstance(entry, (tuple, list)):
        yield from (("", part) for part in entry)
    elif isinstance(entry, dict):
        yield from (("", part) for part in entry.values())
    else:
        yield from ((name, getattr(entry, name)) for name in _fields(cast(Any, type(entry))))


def texts_in(entry: object, left_out: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Text]:
    """Every text in `entry`, ids and references among them; `left_out` names fields by their class and their own name."""
    texts: list[Text] = []
    _gather(entry, left_out, texts)
    return iter(texts)


def _gather(entry: object, left_out: frozenset[tuple[str, str]], texts: list[Text]) -> None:
    """Adds the texts of an entry, in their order; it is the same walk, without a step between, for it is walked often."""
    if isinstance(entry, Text):
        texts.append(entry)
    elif isinstance(entry, (tuple, list, dict)):
        for part in entry.values() if isinstance(entry, dict) else entry:
            _gather(part, left_out, texts)
    else:
        kind = type(entry)
        for name in _fields(cast(Any, kind)):
            if (kind.__name__, name) not in left_out:
                _gather(getattr(entry, name), left_out, texts)


def references(entry: object) -> Iterator[Reference]:
    """Every reference to another entry that stands in `entry`."""
    return (text for text in texts_in(entry) if isinstance(text, Reference) and text)
