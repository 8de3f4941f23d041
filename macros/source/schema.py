"""Frozen dataclasses built from what editors wrote: the class is the schema, and each departure from it is a problem.

A field without a default is required. A value that is missing or of the wrong kind is reported and replaced by a
harmless stand-in, so that one mistake gives one message; content with problems is never built.
"""

from __future__ import annotations

import dataclasses
import re
import types
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from macros.source.ids import Id, Place
from macros.source.problems import Problem, nearest, one_of, suggest
from macros.source.text import Keyed, Listed, Node, Text

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
T = TypeVar("T")
_hints = cache(get_type_hints)  # reading them anew for each entry took half of the check


def build(kind: type[T], node: Node | None, path: str, problems: list[Problem]) -> T:
    """A `kind` made from `node`; what is wrong with it is added to `problems`."""
    if not isinstance(node, Keyed):
        line = node.line if node is not None else 1
        problems.append(
            Problem(
                path,
                line,
                "Keys are expected here.",
                f"Write {one_of(_keys(cast(Any, kind)))} with a colon and a value.",
            )
        )
        return cast(T, _stand_in(kind, path, line))
    return _fields(kind, node, problems)


@cache
def _keys(kind: type[Any], required: bool = False) -> tuple[str, ...]:
    own = [f for f in dataclasses.fields(kind) if f.name not in ("place", "key")]
    return tuple(f.name for f in own if not required or _is_required(f))


def _is_required(field: dataclasses.Field[Any]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _fields(kind: type[T], node: Keyed, problems: list[Problem], key: Text | None = None) -> T:
    place = Place(node.path, node.line, {str(name): name.line for name in node.items}, node.blanks)
    allowed = _keys(cast(Any, kind))
    meant: set[str] = set()
    for written in node.items:
        if written not in allowed:
            near = nearest(written, [name for name in allowed if name not in node.items])
            meant.add(near)
            wish = f'Did you mean "{near}"?' if near else f"Use {one_of(allowed)}."
            problems.append(written.problem(f'"{written}" is not a key here.', wish))
    values: dict[str, Any] = {"place": place}
    if key is not None:
        values["key"] = Id(key, key.path, key.line)
    hints = _hints(cast(Any, kind))
    for name in allowed:
        if name in node.items:
            before = len(problems)
            values[name] = _value(hints[name], node.items[Text(name)], name, problems)
            if len(problems) > before:
                del place.keys[name]  # what is not read right is not judged further
        elif name in _keys(cast(Any, kind), required=True):
            if name not in meant:  # mistyped, it is told already
                problems.append(place.problem(f'"{name}" is missing.', f'Add a line "{name}: …".'))
            values[name] = _stand_in(hints[name], node.path, node.line)
    return kind(**values)


def _value(hint: Any, node: Node, name: str, problems: list[Problem]) -> Any:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _value(next(a for a in args if a is not type(None)), node, name, problems)
    if origin is tuple:
        return _list(args[0], node, name, problems)
    if origin is dict:
        return _mapping(args[1], node, name, problems)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return build(hint, node, node.path, problems)
    if not isinstance(node, Text):
        problems.append(
            Problem(node.path, node.line, f'"{name}" needs a single value.', f'Write it on one line: "{name}: …".')
        )
        return _stand_in(hint, node.path, node.line)
    return _scalar(hint, node, name, problems)


def _list(hint: Any, node: Node, name: str, problems: list[Problem]) -> tuple[Any, ...]:
    if not isinstance(node, Listed):
        problems.append(
            Problem(node.path, node.line, f'"{name}" needs a list.', 'Begin each entry with "- ", or write [one, two].')
        )
        return ()
    entries = tuple(_value(hint, item, name, problems) for item in node.items)
    first: dict[str, Id] = {}
    for entry in entries:
        mark = getattr(entry, "id", None)
        if not isinstance(mark, Id) or not mark:
            continue
        if mark in first:
            problems.append(
                mark.problem(
                    f'"{mark}" is defined twice (first at line {first[mark].line}).',
                    "Keep one of them, or give this one another id.",
                )
            )
        first.setdefault(str(mark), mark)
    return entries


def _mapping(hint: Any, node: Node, name: str, problems: list[Problem]) -> dict[str, Any]:
    if not isinstance(node, Keyed):
        problems.append(
            Problem(
                node.path,
                node.line,
                f'"{name}" needs named entries.',
                "Write each as an id with a colon, its keys indented under it.",
            )
        )
        return {}
    entries: dict[str, Any] = {}
    for key, value in node.items.items():
        _check_id(key, problems)
        if isinstance(value, Keyed):
            entries[str(key)] = _fields(hint, value, problems, key)
        else:
            problems.append(
                key.problem(f'"{key}" has no keys.', f"Write {one_of(_keys(hint, required=True))} under it, indented.")
            )
    return entries


def _check_id(text: Text, problems: list[Problem]) -> None:
    if not KEBAB.fullmatch(text):
        problems.append(
            text.problem(
                f'"{text}" cannot be an id.', "Use small letters, figures and single hyphens, for example rapid-review."
            )
        )


def _day(text: str) -> date:
    """The day of a text; years before the web or after the century are slips of the finger."""
    day = date.fromisoformat(_matching(r"\d{4}-\d\d-\d\d", text))
    if not 2000 <= day.year < 2100:
        raise ValueError(text)
    return day


def _wish(hint: Any, text: str, wish: str) -> str:
    """What to write instead of a value: a date of the right form is of a day that there is not."""
    is_day = hint is date and re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)
    return "There is no such day in this century. Check the day, the month and the year." if is_day else wish


def _matching(pattern: str, text: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise ValueError(text)
    return text


_READERS: dict[Any, tuple[Callable[[Text], Any], str]] = {
    bool: (lambda text: {"true": True, "false": False}[text], 'Write "true" or "false".'),
    int: (lambda text: int(_matching(r"[0-9]{1,6}", text)), "Write a whole number in figures."),
    date: (
        _day,
        "Write a date as year, month and day, for example 2026-11-23.",
    ),
}


def _scalar(hint: Any, text: Text, name: str, problems: list[Problem]) -> Any:
    if get_origin(hint) is Literal:
        if text in get_args(hint):
            return str(text)
        wish = suggest(text, get_args(hint), f"Use {one_of(get_args(hint))}.")
    elif hint in _READERS:
        read, wish = _READERS[hint]
        try:
            return read(text)
        except (ValueError, KeyError):
            wish = _wish(hint, text, wish)
    else:
        return _text(hint, text, name, problems)
    problems.append(text.problem(f'"{name}" cannot be "{text}".', wish))
    return _stand_in(hint, text.path, text.line)


def _text(hint: type[Text], text: Text, name: str, problems: list[Problem]) -> Text:
    if text.is_cut and hint is Text:
        problems.append(text.problem("Everything after # is left out.", "Put the text in quotation marks."))
    elif not text.strip():
        problems.append(
            text.problem(f'"{name}" is empty.', "Write its text, or remove the line where it is not needed.")
        )
    elif hint is Id:
        _check_id(text, problems)
    return hint(text.strip(), text.path, text.line)


def _stand_in(hint: Any, path: str, line: int) -> Any:
    if get_origin(hint) is Literal:
        return get_args(hint)[0]
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _fields(
            hint,
            Keyed({}, path, line),
            [],
            Text("", path, line) if "key" in {f.name for f in dataclasses.fields(hint)} else None,
        )
    stand_ins: dict[Any, Any] = {bool: False, int: 0, date: date.min, tuple: (), dict: {}}
    if (get_origin(hint) or hint) in stand_ins:
        return stand_ins[get_origin(hint) or hint]
    return hint("", path, line) if isinstance(hint, type) and issubclass(hint, Text) else None
