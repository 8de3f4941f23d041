"""JSON Schemas made from the models, so that editors' tools complete keys and mark mistakes while they type."""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import date
from inspect import getdoc
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from macros.content import BESIDE
from macros.deadlines import Duties
from macros.glossary import Category
from macros.ids import Id
from macros.localpractice import Questions
from macros.model import KEBAB
from macros.navigation import Moves, Navigation
from macros.references import Sources
from macros.values import Text

TOGETHER: dict[str, type[Any]] = {
    "references": Sources,
    "deadlines": Duties,
    "local-practice": Questions,
    "glossary": Category,
    "navigation": Navigation,
    "moved": Moves,
}


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the schema of each kind of file that editors write."""
    for name, kind in {**TOGETHER, **dict(BESIDE.values())}.items():
        yield name, {"$schema": "https://json-schema.org/draft/2020-12/schema", **_schema(kind)}


def _schema(hint: Any) -> dict[str, Any]:
    origin, args = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _schema(next(a for a in args if a is not type(None)))
    if origin is tuple:
        return {"type": "array", "items": _schema(args[0])}
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^{KEBAB.pattern}$"},
            "additionalProperties": _schema(args[1]),
        }
    if origin is Literal:
        return {"enum": list(args)}
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    simple: dict[Any, dict[str, Any]] = {
        bool: {"type": "boolean"},
        int: {"type": "integer", "minimum": 0},
        date: {"type": "string", "format": "date"},
        Id: {"type": "string", "pattern": f"^{KEBAB.pattern}$"},
        Text: {"type": "string", "minLength": 1},
    }
    return simple.get(hint) or {"type": "string", "minLength": 1, "description": getdoc(hint)}


def _object(kind: type[Any]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    own = [field for field in dataclasses.fields(kind) if field.name not in ("place", "key")]
    required = [f.name for f in own if f.default is dataclasses.MISSING and f.default_factory is dataclasses.MISSING]
    return {
        "type": "object",
        "description": getdoc(kind),
        "properties": {field.name: _schema(hints[field.name]) for field in own},
        "required": required,
        "additionalProperties": False,
    }
