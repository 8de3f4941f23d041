"""What HTML may stand in a page: the short list for editors, and the long one that every built page is held to.

Built pages are read strictly: whatever browsers and parsers could take in two ways is refused, not guessed at. So no
way of writing HTML, in Markdown, in its attribute lists or in data, gets code into a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.content.reading import Reading
from macros.source.problems import Problem, one_of
from macros.source.text import Text

RAW = {"div", "span", "br", "sup", "sub", "kbd", "details", "summary"}  # what editors may write by hand
_RAW_ATTRIBUTES = {"class", "id", "markdown", "lang"}
_LISTED = {"lang", "width", "height"}  # keys of attribute lists, beside #id and .class

_BRACES = re.compile(r"\{[^{}]*\}")
_WISH = f"Write it in Markdown; the HTML for pages is {one_of(sorted(RAW))}."
_INSTEAD = {"img": "Write a picture as ![what it shows](plan.png), with the file beside the page."}
_OPEN = re.compile(r"<([A-Za-z!/?][^\s>/]*)([^>]*)")


def check_html(reading: Reading) -> Iterator[Problem]:
    """The HTML of a page that editors may not write, whether it became any or not, and keys of attribute lists that are none."""
    for text in (*reading.tags, *(block.raw for block in reading.blocks if "<" in block.raw)):
        for tag in _OPEN.finditer(text):
            wrong = _raw(tag[1].lower().lstrip("/"), tag[2])
            if wrong:
                yield text.at(tag.start()).problem(wrong, _INSTEAD.get(tag[1].lower(), _WISH))
    yield from _check_halves(reading)
    for key in (*reading.attributes, *_in_braces(reading)):
        name = key.partition("=")[0].lower()
        if name != key.lower() and name in _LISTED:
            yield key.problem(
                f'"{key}" says no number.', f"Write it in points, for example {name}=300, or leave it out."
            )
        elif name not in _LISTED:
            yield key.problem(f'The attribute "{key}" may not stand in a page.', "Remove it from the braces.")


def _check_halves(reading: Reading) -> Iterator[Problem]:
    """Tags without their other half."""
    for name in (name for name in reading.unclosed if name in RAW):
        yield name.problem(f'"<{name}>" is never closed.', f'Write "</{name}>" behind what it holds, or remove it.')
    for name in (name for name in reading.unopened if name in RAW):
        yield name.problem(f'"</{name}>" closes nothing here.', f'Write "<{name}>" before what it holds, or remove it.')


def _in_braces(reading: Reading) -> Iterator[Text]:
    """The keys in braces that stand in running text, where they became nothing."""
    for text in (block.raw for block in reading.blocks if "{" in block.raw):
        for listed in _BRACES.finditer(text):
            for key in re.findall(r"([^\s=#.\"']+)\s*=", listed[0]):
                yield Text(key, text.path, text.at(listed.start()).line)


def _raw(name: str, rest: str) -> str:
    if name not in RAW:
        return f'"<{name}>" may not stand in a page.'
    for key in re.findall(r"([^\s=\"'/]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"']+))?", rest):
        if key.lower() not in _RAW_ATTRIBUTES:
            return f'The attribute "{key}" may not stand in a page.'
    return ""
