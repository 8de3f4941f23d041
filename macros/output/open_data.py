"""Open data beside the pages: the glossary, the sources, the duties and the decisions as JSON and CSV."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from macros.content.addresses import address
from macros.content.load import Content
from macros.output.schemas import data_schemas, schemas
from macros.source.cells import harmless
from macros.source.ids import Place
from macros.topics.decisions import count_paths, decision_id
from macros.topics.duties import sentence, short
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Term


def plain(value: object) -> Any:
    """A value of the content as JSON holds it: without places, empty parts left out, dates as year-month-day."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        return {
            name: plain(part)
            for name, part in parts.items()
            if not isinstance(part, Place) and part not in (None, (), {})
        }
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (bool, int)) else str(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def made_files(content: Content) -> Iterator[tuple[str, str]]:
    """The address and the text of each file of open data."""
    yield "glossary.json", _json([_term(content, term) for term in content.terms])
    yield "glossary.csv", f"\ufeff{_table(content)}"  # with the mark that a double click on it needs
    yield "references.json", _json([plain(source) for source in content.sources.references])
    yield "deadlines.json", _json(_duties(content))
    for name, schema in schemas(content.site):
        yield f"schemas/{name}.json", _json(schema)
    for name, schema in data_schemas(content.site):
        yield f"schemas/data/{name}.json", _json(schema)
    for page, data in content.decisions.items():
        whole = {"id": decision_id(page), "address": address(page), "paths": count_paths(data), **plain(data)}
        yield f"decisions/{decision_id(page)}.json", _json(whole)


def _term(content: Content, term: Term) -> dict[str, Any]:
    return {**plain(term), "category": content.category[term.id], "address": f"{address(GLOSSARY_PAGE)}#{term.id}"}


def _duties(content: Content) -> dict[str, Any]:
    duties = []
    for duty in content.duties.duties:
        by_when = {"by_when": short(duty.period, content.clock)} if duty.period else {}
        duties.append({**plain(duty), "sentence": sentence(duty), **by_when})
    return {
        "clocks": plain(content.duties.clocks),
        "duties": duties,
        "pathways": plain(content.duties.pathways),
    }


_COLUMNS = [
    "id",
    "abbreviation",
    "expansion",
    "meaning",
    "also called",
    "no longer used say",
    "category",
    "source",
    "checked",
    "confidence",
]


def _table(content: Content) -> str:
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    rows.writerows([harmless(str(cell)) for cell in _row(content, term)] for term in content.terms)
    return table.getvalue()


def _row(content: Content, term: Term) -> list[object]:
    category = content.category[term.id]
    source = content.source[term.source].title if term.source else term.source_title
    also, today = "; ".join(map(harmless, term.also_called)), term.retired.say if term.retired else ""
    words = [term.id, term.abbreviation or "", term.expansion, term.meaning, also, today, category, source]
    return [*words, term.checked, term.confidence]
