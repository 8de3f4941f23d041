"""The record of a build: what the site was made from, and the fingerprint of each of its files."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path

from macros.source.writing import add
from macros.topics.evidence import Evidence, digest

RECORD = "release.json"


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
