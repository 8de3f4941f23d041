"""JSON Schemas made from the models.

For what editors write, so that their tools complete keys and mark mistakes while they type; and for the open data, so
that its users know what to expect.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator
from datetime import date
from inspect import getdoc
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from macros.content.data_kinds import KINDS
from macros.content.navigation import Moves, Navigation
from macros.source.ids import Id
from macros.source.schema import KEBAB
from macros.source.text import Text
from macros.topics.duties import Clock, Duties, Duty
from macros.topics.glossary import Category, Term
from macros.topics.identity import Site
from macros.topics.local_questions import LocalQuestions
from macros.topics.pathways import Pathway
from macros.topics.sources import Source, Sources

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TOGETHER: dict[str, type[Any]] = {
    "site": Site,
    "references": Sources,
    "deadlines": Duties,
    "local-practice": LocalQuestions,
    "glossary": Category,
    "navigation": Navigation,
    "moved": Moves,
}


def schemas(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the schema of each kind of file that editors write; `site` says which kinds of source there are."""
    for name, model in {**TOGETHER, **{kind.macro: kind.model for kind in KINDS}}.items():
        schema = _schema(model)
        if name == "references":
            schema["properties"]["references"]["items"] = _of_kinds(_schema(Source), site)
        yield name, {"$schema": DIALECT, **schema}


def data_schemas(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the schema of each file of open data: what its readers may rely on."""
    text = {"type": "string", "minLength": 1}
    terms = _list_of(_with(_data(Term), {"category": text, "address": text}))
    duty = _with(_data(Duty), {"sentence": text})
    duty["properties"]["by_when"] = text
    duties = {"clocks": _list_of(_data(Clock)), "duties": _list_of(duty), "pathways": _list_of(_data(Pathway))}
    whole = _with({"type": "object", "properties": {}, "required": [], "additionalProperties": False}, duties)
    sources = _list_of(_of_kinds(_data(Source), site))
    for name, schema in (("glossary", terms), ("references", sources), ("deadlines", whole)):
        yield name, {"$schema": DIALECT, **schema}


def _of_kinds(source: dict[str, Any], site: Site) -> dict[str, Any]:
    """The schema of a source, with the kinds of source that the site knows."""
    kinds = {"enum": [str(kind.name) for kind in site.kinds]}
    return {**source, "properties": {**source["properties"], "kind": kinds}}


def _list_of(schema: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": schema}


def _with(schema: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has some more properties, each required."""
    return {**schema, "properties": {**schema["properties"], **more}, "required": [*schema["required"], *more]}


def _data(kind: type[Any]) -> dict[str, Any]:
    """The schema of an entry as open data hold it."""
    return _without_empty(_schema(kind))


def _without_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema where lists need not be there: open data leave empty ones out."""
    if schema.get("type") == "array":
        return _list_of(_without_empty(schema["items"]))
    if "properties" not in schema:
        return schema
    parts = {name: _without_empty(part) for name, part in schema["properties"].items()}
    required = [name for name in schema["required"] if parts[name].get("type") != "array"]
    return {**schema, "properties": parts, "required": required}


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
