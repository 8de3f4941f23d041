"""Cells of a table that spreadsheets would take for a formula: refused where editors wrote them, harmless where they are written out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.source.problems import Problem
from macros.source.text import Text

_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_NAME = re.compile(r"[+\-@]\w[\w .'’&/-]*")


def harmless(cell: str) -> str:
    """A cell that is text for every spreadsheet: what would be a formula stands behind an apostrophe."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def check_cell(text: Text, *, is_name: bool = False) -> Iterator[Problem]:
    """A text that begins like a formula; a name may begin with a sign where plain words follow it, as in "-in" or "@home"."""
    if _FORMULA.match(text) and not (is_name and _NAME.fullmatch(text)):
        short = text if len(text) <= 40 else f"{text[:40]}…"
        wrong = f'"{short}" begins with "{text[:1]}", which spreadsheets take for a formula.'
        yield text.problem(wrong, "Begin it with a word.")
