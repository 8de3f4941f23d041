"""What changed between two built sites, in the words of an editor: pages, decisions, duties, terms and sizes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from macros.changes.compare import changed_ways
from macros.source.parsing import parse_yaml
from macros.source.schema import build
from macros.topics.decisions import Decision

_MOST = 40  # lines of one kind
_RANK = {"locally": 0, "expected": 1, "should": 2, "must": 3}


def changed(before: Path | None, after: Path, address: str) -> list[str]:
    """The lines an editor reads once a push is live; `before` is the site that was live until then."""
    if before is None:
        return ["This is the first release.", *_sizes(after)]
    lines = list(_pages(before, after, address))
    lines += _capped("ways through the decisions", list(_decisions(before, after)))
    lines += _capped("duties", list(_duties(before, after)))
    lines += _capped("terms", list(_terms(before, after)))
    return (lines or ["No page changed."]) + _sizes(after)


def _capped(what: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    more = [f"  … and {len(lines) - _MOST} more"] if len(lines) > _MOST else []
    return [f"Changed {what}: {len(lines)}", *(f"  {line}" for line in lines[:_MOST]), *more]


def _main(file: Path) -> str:
    """The part of a page that is its own: what all pages share is left out."""
    text = file.read_text("utf-8")
    return text[text.find("<main") : text.find("</main>")] + text[: text.find("</head>")]


def _pages(before: Path, after: Path, address: str) -> Iterator[str]:
    old = {file.relative_to(before): file for file in before.rglob("*.html")}
    new = {file.relative_to(after): file for file in after.rglob("*.html")}
    lines = []
    for path in sorted(old.keys() | new.keys(), key=lambda path: path.as_posix().removesuffix("index.html")):
        shown = address + path.as_posix().removesuffix("index.html")
        if path not in new:
            lines.append(f"{shown} (gone)")
        elif path not in old:
            lines.append(f"{shown} (new)")
        elif _main(old[path]) != _main(new[path]):
            lines.append(shown)
    yield from _capped("pages", lines)


def _json(site: Path, name: str) -> Any:
    file = site / name
    return json.loads(file.read_text("utf-8")) if file.is_file() else None


def _decisions(before: Path, after: Path) -> Iterator[str]:
    for file in sorted((after / "decisions").glob("*.json")):
        old = before / "decisions" / file.name
        if not old.is_file():
            yield f"{file.stem}: is a new decision"
        elif old.read_bytes() != file.read_bytes():
            yield from (f"{file.stem}: {line}" for line in changed_ways(_decision(old), _decision(file)))


def _decision(file: Path) -> Decision:
    node, _ = parse_yaml(file.read_text("utf-8"), file.name)
    assert node is not None
    return build(Decision, node, file.name, [])


def _by_id(entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {entry["id"]: entry for entry in entries}


def _differences(
    old: dict[str, dict[str, Any]],
    new: dict[str, dict[str, Any]],
    told: Callable[[dict[str, Any], dict[str, Any]], str],
) -> Iterator[str]:
    for key in sorted(old.keys() | new.keys()):
        if key not in new:
            yield f"{key}: is gone"
        elif key not in old:
            yield f"{key}: is new"
        elif old[key] != new[key]:
            yield f"{key}: {told(old[key], new[key])}"


def _duties(before: Path, after: Path) -> Iterator[str]:
    old, new = ((_json(site, "deadlines.json") or {}).get("duties", []) for site in (before, after))
    yield from _differences(_by_id(old), _by_id(new), _duty)


def _duty(old: dict[str, Any], new: dict[str, Any]) -> str:
    parts = []
    if old.get("binding") != new.get("binding"):
        raised = _RANK.get(new.get("binding", ""), 0) > _RANK.get(old.get("binding", ""), 0)
        parts.append(f'"{old.get("binding")}" became "{new.get("binding")}"{" – A STRONGER DUTY" if raised else ""}')
    if old.get("by_when") != new.get("by_when"):
        parts.append(f"was {old.get('by_when', 'no time limit')}, is {new.get('by_when', 'no time limit')}")
    return "; ".join(parts) or f"is now: {new.get('sentence', 'worded otherwise')}"


def _terms(before: Path, after: Path) -> Iterator[str]:
    old, new = (_json(site, "glossary.json") or [] for site in (before, after))
    yield from _differences(_by_id(old), _by_id(new), lambda *_: "changed")


def _sizes(site: Path) -> list[str]:
    """How large the site is; what the static checks found is nothing, or it would not be live."""
    files = [file for file in site.rglob("*") if file.is_file() and file.suffix not in (".gz", ".br")]
    pages = [file for file in files if file.suffix == ".html"]
    largest = max(pages, key=lambda file: file.stat().st_size)
    whole = sum(file.stat().st_size for file in files)
    name = largest.parent.relative_to(site).as_posix()
    return [
        f"{len(pages)} pages, {len(files)} files, {whole / 1e6:.1f} MB; the largest page is "
        f"{'the home page' if name == '.' else name + '/'} with {largest.stat().st_size / 1000:.0f} KB. "
        "Links, anchors, parts and markup: 0 problems. The browser tests follow in CI."
    ]
