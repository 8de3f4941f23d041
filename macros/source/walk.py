"""What stands in an entry, at any depth: the one walk over what editors wrote."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from macros.source.ids import Place, Reference
from macros.source.text import Text


def parts(entry: object) -> Iterator[tuple[str, object]]:
    """The parts of a list, a mapping or a dataclass, each with the name of its field; texts, days and places have none."""
    if isinstance(entry, (tuple, list)):
        yield from (("", part) for part in entry)
    elif isinstance(entry, dict):
        yield from (("", part) for part in entry.values())
    elif dataclasses.is_dataclass(entry) and not isinstance(entry, (type, Place)):
        yield from ((field.name, getattr(entry, field.name)) for field in dataclasses.fields(entry))


def texts_in(entry: object, left_out: frozenset[tuple[str, str]] = frozenset()) -> Iterator[Text]:
    """Every text in `entry`, ids and references among them; `left_out` names fields by their class and their own name."""
    if isinstance(entry, Text):
        yield entry
    for name, part in parts(entry):
        if (type(entry).__name__, name) not in left_out:
            yield from texts_in(part, left_out)


def references(entry: object) -> Iterator[Reference]:
    """Every reference to another entry that stands in `entry`."""
    yield from (text for text in texts_in(entry) if isinstance(text, Reference) and text)
