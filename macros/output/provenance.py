"""Where a build comes from: what it was made from and the fingerprint of each file, and the packages that made it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from macros.source.writing import add
from macros.topics.evidence import Evidence, digest

RECORD = "release.json"
BILL = "sbom.json"
LOCK = "requirements.lock"
_PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;\\]+)([^\\\n]*)", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_EXPRESSION = re.compile(r"[A-Za-z0-9.+() -]+")


def write_record(site: Path, evidence: Evidence, edition: date) -> None:
    """Writes release.json beside the pages; called when every other file is there."""
    files = {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }
    record = {
        "commit": evidence.commit,
        "build_date": evidence.today.isoformat(),
        "edition": edition.isoformat(),
        "evidence": digest(evidence.text()),
        "files": files,
    }
    add(site, RECORD, json.dumps(record, indent=1) + "\n")


def materials(root: Path, name: str, commit: str, today: date) -> tuple[str, str]:
    """The address and the text of the bill; a project without a lock lists no parts. The same inputs give the same bytes."""
    lock = root / LOCK
    return BILL, bill(lock.read_text("utf-8") if lock.is_file() else "", name, commit, today)


def bill(lock: str, name: str, commit: str, today: date) -> str:
    """The bill of materials of a lock, in CycloneDX 1.6; `name` is what the whole is called."""
    parts = [_part(*pin) for pin in pins(lock)]
    whole = {"type": "application", "bom-ref": name, "name": name, "version": commit}
    made = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, commit + digest(lock))}",
        "version": 1,
        "metadata": {"timestamp": f"{today.isoformat()}T00:00:00Z", "component": whole},
        "components": parts,
        "dependencies": _dependencies(lock, name, {part["name"]: part["bom-ref"] for part in parts}),
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def pins(lock: str) -> Iterator[tuple[str, str, str]]:
    """Each package of a lock with its version and what follows: its marker, the hashes of its files, who asked for it."""
    matches = list(_PIN.finditer(lock))
    ends = [*(pin.start() for pin in matches[1:]), len(lock)][: len(matches)]
    for pin, end in zip(matches, ends, strict=True):
        yield pin[1], pin[2], lock[pin.end(2) : end]


def _part(name: str, version: str, rest: str) -> dict[str, Any]:
    """One package; the hashes of its files tell apart which of them were let in, so they stand as properties."""
    purl = f"pkg:pypi/{name}@{version}"
    part: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl}
    licence = _licence(name)
    if licence:
        part["licenses"] = [licence]
    hashes = sorted(_HASH.findall(rest))
    part["properties"] = [{"name": "lock:sha256", "value": " ".join(hashes)}]
    return part


def _licence(name: str) -> dict[str, Any] | None:
    """The licence that an installed package states; nothing where it is not installed here or states none."""
    try:
        known = metadata(name)
    except PackageNotFoundError:
        return None
    stated = _first(known, "License-Expression")
    if stated and _EXPRESSION.fullmatch(stated):
        return {"expression": stated}
    classes = [entry for entry in known.get_all("Classifier") or [] if entry.startswith("License :: ")]
    words = classes[0].rsplit(" :: ", 1)[-1] if classes else _first(known, "License").strip().split("\n")[0]
    return {"license": {"name": words[:100]}} if words else None


def _first(known: PackageMetadata, name: str) -> str:
    return str((known.get_all(name) or [""])[0])


def _dependencies(lock: str, whole: str, refs: dict[str, str]) -> list[dict[str, Any]]:
    """Who needs whom, as the lock's own notes say."""
    needs: dict[str, list[str]] = {ref: [] for ref in [whole, *refs.values()]}
    for name, _, rest in pins(lock):
        for asker, project in re.findall(r"#\s+(?:via\s+)?([a-z0-9][a-z0-9._-]*)(?: \((pyproject\.toml))?", rest):
            by = whole if project else refs.get(asker, "")
            if by in needs:
                needs[by].append(refs[name])
    return [{"ref": ref, "dependsOn": sorted(needed)} for ref, needed in needs.items()]
