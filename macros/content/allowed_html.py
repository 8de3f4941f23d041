"""What HTML may stand in a page: the short list for editors, and the long one that every built page is held to.

Built pages are read strictly: whatever browsers and parsers could take in two ways is refused, not guessed at. So no
way of writing HTML, in Markdown, in its attribute lists or in data, gets code into a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.content.outline import plain_lines
from macros.source.problems import Problem, one_of
from macros.source.text import Text

RAW = {"div", "span", "br", "sup", "sub", "kbd", "details", "summary"}  # what editors may write by hand
_RAW_ATTRIBUTES = {"class", "id", "markdown", "lang"}
_LISTED = {"lang", "width", "height"}  # keys of attribute lists, beside #id and .class

_OPEN = re.compile(r"<([A-Za-z!/?][^\s>/]*)([^>]*)")
_LIST = re.compile(r"\{:?\s*([^{}%#\n][^{}\n]*|#[^{}\n]*[^{}#\n])\}")
_CODE = re.compile(r"(`+)(?:.+?)\1")
_MACRO = re.compile(r"\{\{.*?\}\}|\{#.*?#\}")


def check_text(body: Text) -> Iterator[Problem]:
    """The HTML of a page that editors may not write, and keys of attribute lists that are none."""
    for line in (line for line in plain_lines(body) if "<" in line or "{" in line):
        shown = _MACRO.sub("", _CODE.sub("", line))
        for tag in _OPEN.finditer(shown):
            wrong = _raw(tag[1].lower().lstrip("/"), tag[2])
            if wrong and not re.match(r"https?:", tag[1]):
                wish = f"Write it in Markdown; the HTML for pages is {one_of(sorted(RAW))}."
                yield line.problem(wrong, wish)
        for listed in _LIST.finditer(shown):
            for key in re.findall(r"([^\s=#.\"']+)\s*=", listed[1]):
                if key.lower() not in _LISTED:
                    yield line.problem(f'The attribute "{key}" may not stand in a page.', "Remove it from the braces.")


def _raw(name: str, rest: str) -> str:
    if name not in RAW:
        return f'"<{name}>" may not stand in a page.'
    for key in re.findall(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+))?", rest):
        if key.lower() not in _RAW_ATTRIBUTES:
            return f'The attribute "{key}" may not stand in a page.'
    return ""
