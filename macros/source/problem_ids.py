"""The short names of problems, such as LRP-012: what people may cite stays the same, whatever the words around it become.

`problem_ids.txt` has one line for each kind of problem, with "{}" for what differs. A new kind is one more line at its end; no line is
removed, and no id is given twice. Where the words of a kind change, its line changes and keeps its id.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")
_HOLE = "{}"


@cache
def kinds() -> dict[str, str]:
    """What each kind of problem says, by its id."""
    return dict(line.split(" ", 1) for line in _FILE.read_text("utf-8").splitlines())


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """How each kind is known, the one with the most words of its own first."""
    ordered = sorted(kinds().items(), key=lambda item: -len(item[1].replace(_HOLE, "")))
    return tuple((re.compile(".*".join(map(re.escape, said.split(_HOLE))), re.DOTALL), name) for name, said in ordered)


def id_of(wrong: str) -> str:
    """The id of the kind of problem that says this; empty where none does."""
    return next((name for pattern, name in _patterns() if pattern.fullmatch(wrong)), "")
