"""What is known only once files are made, put into the pages: sizes, pages, dates, in the places that `data-made` names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

_SLOT = re.compile(r'(<[a-z]+[^>]* data-made="([^"]+)"[^>]*>)[^<]*')


def fill(html: str, facts: Mapping[str, str]) -> str:
    """The page with each fact in its slots; a slot of another fact stays as it is."""
    return _SLOT.sub(lambda slot: slot[1] + escape(facts[slot[2]]) if slot[2] in facts else slot[0], html)


def facts(html: str) -> dict[str, str]:
    """What stands in the slots of a page."""
    return {slot[2]: unescape(slot[0].removeprefix(slot[1])) for slot in _SLOT.finditer(html)}


def size(count: int) -> str:
    """A number of bytes as readers read it."""
    return f"{count / 1_000_000:.1f}\u00a0MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))}\u00a0KB"
