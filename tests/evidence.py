"""What a run of the tests found, written outside of git for the evidence page; a figure gets there by being measured, never by hand."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from macros.changes.git import commit
from tests.project import GUIDANCE, ROOT

FOLDER = GUIDANCE / ".evidence"


def record(topic: str, **figures: float | str) -> None:
    """Keeps the figures of one topic, with the commit and the day (UTC) that they were measured on, in `.evidence/<topic>.json`.

    Called at the end of a test that has passed; a later run of the same topic replaces it.
    """
    FOLDER.mkdir(exist_ok=True)
    kept = {"commit": commit(ROOT), "measured": datetime.now(UTC).date().isoformat(), "figures": figures}
    (FOLDER / f"{topic}.json").write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", "utf-8")
