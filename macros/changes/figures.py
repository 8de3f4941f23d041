"""The figures in a text, before and after: a number that is another one now makes somebody act otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_WORDS = "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty"
_FIGURE = re.compile(
    r"(?<![\w./-])(?!(?:19|20)\d\d\b)\d+(?![\w/]|[.-]\d)|\b(?:" + _WORDS.replace(" ", "|") + r")\b(?!-)", re.IGNORECASE
)


def figures(text: str) -> list[str]:
    """The figures of a text in their order, without years, dates, numbers of sections and of statutory instruments."""
    return [figure.lower() for figure in _FIGURE.findall(text)]


def changed_figure(old: Iterable[str], new: Iterable[str]) -> tuple[str, str] | None:
    """The first figure that stands in the place of another, with that; nothing where they only came or went."""
    was, now = list(old), list(new)
    for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "replace" and b - a == d - c:
            return was[a], now[c]
    return None
