"""Schemas for editors' tools, made from the models."""

from __future__ import annotations

from typing import Any

import yaml

from macros.content.load import load
from macros.output.schemas import schemas
from tests.project import WHOLE

MADE = dict(schemas(load(WHOLE).site))


def fits(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value fits the few words of JSON Schema that ours use."""
    if "enum" in schema:
        return value in schema["enum"]
    kind = schema["type"]
    if kind == "array":
        return isinstance(value, list) and all(fits(item, schema["items"]) for item in value)
    if kind == "object" and "properties" in schema:
        known = schema["properties"]
        return (
            isinstance(value, dict)
            and set(schema["required"]) <= set(value) <= set(known)
            and all(fits(part, known[name]) for name, part in value.items())
        )
    if kind == "object":
        return isinstance(value, dict) and all(fits(part, schema["additionalProperties"]) for part in value.values())
    return isinstance(value, {"string": str, "boolean": bool, "integer": int}[kind])


def read(path: str) -> Any:
    text = (WHOLE / path).read_text("utf-8")
    loader = type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {}})
    loader.add_implicit_resolver("tag:yaml.org,2002:bool", yaml.resolver.re.compile("^(true|false)$"), list("tf"))  # type: ignore[attr-defined]
    loader.add_implicit_resolver("tag:yaml.org,2002:int", yaml.resolver.re.compile("^[0-9]+$"), list("0123456789"))  # type: ignore[attr-defined]
    return yaml.load(text, Loader=loader)


def test_there_is_a_schema_for_each_kind_of_file() -> None:
    assert set(MADE) == {
        "site", "references", "deadlines", "local-practice", "glossary", "navigation", "moved",
        "decision", "process", "methods", "other_reviews", "form", "pocket_guide", "case_review_group", "contacts",
        "glossary_health", "downloads", "plain_words",
    }  # fmt: skip


def test_the_files_of_a_site_fit_their_schemas() -> None:
    files = {
        "site": "docs/site.yml",
        "references": "docs/references.yml",
        "local-practice": "docs/about/local-practice.yml",
        "navigation": "docs/navigation.yml",
        "moved": "docs/moved.yml",
        "deadlines": "docs/deadlines.yml",
        "decision": "docs/part-one/notify.yml",
        "process": "docs/part-one/flowchart.yml",
        "methods": "docs/part-three/methods.yml",
        "other_reviews": "docs/part-one/other-reviews.yml",
        "form": "docs/form-k.yml",
        "downloads": "docs/downloads.yml",
        "pocket_guide": "docs/pocket-guide.yml",
        "case_review_group": "docs/terms-of-reference.yml",
        "contacts": "docs/contacts.yml",
        "plain_words": "docs/about/editing.yml",
        "glossary_health": "docs/about/glossary-health.yml",
    }
    for name, path in files.items():
        assert fits(read(path), MADE[name]), path


def test_a_mistyped_key_does_not_fit() -> None:
    whole = read("docs/part-one/notify.yml")
    whole["titel"] = whole.pop("title")
    assert not fits(whole, MADE["decision"])
