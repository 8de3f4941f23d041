"""The outline of a Markdown page: its headings with their anchors, and its links, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from markdown.extensions.toc import slugify, unique

from macros.source.text import Text

_FENCE = re.compile(r"^ {0,3}(```+|~~~+)")
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_ATTRIBUTES = re.compile(r"\s*\{:?\s+([^{}]*)\}\s*$")
_CODE = re.compile(r"(`+)(?:.+?)\1")
_MACRO = re.compile(r"\{\{.*?\}\}")
_COMMENT = re.compile(r"\{#.*?#\}")
_LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?([^)\s>]*)>?(?:\s+\"[^\"]*\"|\s+'[^']*')?\s*\)")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]^]+)\]:\s*<?(\S+?)>?(?:\s|$)")
_NUMBER = re.compile(r"(\d+)\.(\d+)\s")


@dataclass(frozen=True)
class Heading:
    """A heading: its level (2 for `##`), its words, and the anchor that links to it name."""

    level: int
    text: Text
    anchor: str
    written: bool

    @property
    def number(self) -> tuple[int, int] | None:
        """Part and section of a numbered heading such as "1.4 Who notifies"."""
        found = _NUMBER.match(self.text)
        return (int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Link:
    """A link or picture: what it leads to, as written, and its words."""

    target: Text
    words: str
    image: bool


@dataclass(frozen=True)
class Outline:
    """What a page holds that others refer to, and what it refers to."""

    headings: tuple[Heading, ...]
    links: tuple[Link, ...]


def plain_lines(body: Text) -> list[Text]:
    """The lines of the page outside of code, each knowing its line in the file."""
    lines, fence, path, first = [], "", body.path, body.line
    if "```" not in body and "~~~" not in body:
        return [Text(line, path, first + number) for number, line in enumerate(body.split("\n"))]
    for number, line in enumerate(body.split("\n")):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
            continue
        if mark:
            fence = mark[1]
            continue
        lines.append(Text(line, path, first + number))
    return lines


def without_code(line: Text) -> Text:
    """The line without the code in it."""
    return Text(_CODE.sub("", line), line.path, line.line)


def plain_text(body: Text) -> list[Text]:
    """The lines of the page as readers see them: without code, macros, comments and the targets of links."""
    return [shown(line) for line in plain_lines(body)]


def shown(line: Text) -> Text:
    """The line as readers see it, without macros; most lines hold nothing to leave out, and are looked at once."""
    text = spoken(line)
    return Text(_MACRO.sub("", text) if "{" in text else text, line.path, line.line)


def spoken(line: Text, code: str = "") -> str:
    """A line with its macros, but without comments and the targets of links, and with `code` in the place of code."""
    text = _COMMENT.sub("", line) if "{" in line else str(line)
    text = _CODE.sub(code, text) if "`" in text else text
    return _LINK.sub(r"\2", text) if "[" in text else text


def outline(body: Text) -> Outline:
    """The headings and links of a page's Markdown, code left out."""
    headings: list[Heading] = []
    links: list[Link] = []
    used: set[str] = set()
    for line in plain_lines(body):
        found = _HEADING.match(line)
        if found:
            headings.append(_heading(len(found[1]), Text(found[2], line.path, line.line), used))
        if "[" not in line:
            continue
        text = _CODE.sub("…", _MACRO.sub("…", line))
        for image, words, target in _LINK.findall(text):
            links.append(Link(Text(target, line.path, line.line), words, bool(image)))
        defined = _DEFINITION.match(text)
        if defined:
            links.append(Link(Text(defined[2], line.path, line.line), defined[1], False))
    return Outline(tuple(headings), tuple(links))


def _heading(level: int, text: Text, used: set[str]) -> Heading:
    attributes = _ATTRIBUTES.search(text)
    written = re.search(r"(?:^|\s)#(\S+)", attributes[1]) if attributes else None
    words = Text(_plain(text[: attributes.start()] if attributes else text), text.path, text.line)
    if written:
        return Heading(level, words, written[1], True)
    return Heading(level, words, unique(slugify(words, "-"), used), False)


def _plain(text: str) -> str:
    text = _MACRO.sub("", _LINK.sub(r"\2", text))
    return unescape(re.sub(r"[*_`]", "", text)).strip()
