"""Reads running text: words, links, pictures, code and what was put away, into letters that know their lines."""

from __future__ import annotations

import re
from html import unescape
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX

from macros.content.line_marks import MARK, line_of, unmarked
from macros.content.lined_markdown import LinedMarkdown
from macros.content.macro_calls import PLACES
from macros.content.reading import CODE, ESCAPED, STANDS, Link, Reading
from macros.source.text import Prose, Text

_PIECE = re.compile(f"(\x1f[\x1c-\x1e]+)|{STX}wzxhzdk:([0-9]+){ETX}|{STX}([0-9]+){ETX}|({STX}amp{ETX})|[ \\t\\n]+")
_TAG = re.compile(r"<[^>]*>")
_STX = re.compile(f"{STX}([0-9]+){ETX}")
_OURS = {  # what Markdown and the site itself write, beside "id" and "class"
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "table": set[str](),
    "th": {"scope", "style", "data-label"},
    "td": {"style", "data-label"},
    "section": {"tabindex", "aria-label"},
}


class Run:
    """A stretch of running text: its letters so far, and where in them each line begins."""

    def __init__(self, line: int) -> None:
        self.text, self.line = "", line
        self.starts: list[tuple[int, int]] = []

    def add(self, letters: str) -> None:
        """Adds letters as they are."""
        if letters and not self.starts:
            self.starts.append((0, self.line))
        self.text += letters

    def blank(self) -> None:
        """Adds the space between two words, once."""
        if self.text and not self.text.endswith(" "):
            self.text += " "

    def begin(self, line: int) -> None:
        """Goes on at a line."""
        self.line = line
        if self.starts:
            self.blank()
            self.starts.append((len(self.text), line))

    def pass_over(self, unread: str) -> None:
        """Goes on behind what is not read, which may run over lines."""
        for found in MARK.finditer(unread):
            self.line = line_of(found)
            if self.starts:
                self.starts.append((len(self.text), self.line))

    def prose(self, path: str) -> Prose:
        """What it holds."""
        return Prose.of(self.text.rstrip(" "), path, tuple(self.starts))


class RunningText:
    """Reads running text of a page into its `reading`; `run` is the stretch that it is at."""

    def __init__(self, markdown: LinedMarkdown, reading: Reading) -> None:
        self.markdown, self.parser = markdown, markdown.parser
        self.reading, self.path = reading, reading.path
        self.run = Run(min(reading.source, default=1))
        self.open: list[Text] = []  # the tags of this stretch that wait for their other half
        self.used: set[int] = set()  # the lines of addresses that links name

    def first(self, element: Element) -> int:
        """The line that an element begins at, as far as its text tells."""
        found = MARK.search(element.text or "")
        return line_of(found) if found else self.parser.began.get(element, self.run.line)

    def inline(self, element: Element) -> None:
        """Reads an element of running text."""
        self.attributes(element)
        tag, begin, line = element.tag, len(self.run.text), self.run.line
        if tag == "code":
            source = self.reading.source.get(line, "")
            if source.lstrip(" >").startswith("```") and "\n" in (element.text or ""):
                self.reading.spans.append(Text("```", self.path, line))
            self.run.add(CODE)
            self.run.pass_over(element.text or "")
        elif tag == "img":
            self.run.add(plain(element.get("alt") or ""))
            self._link(element, "src", plain(element.get("alt") or ""), line)
        elif tag == "br":
            self.run.blank()
        else:
            self.text(element.text)
            for child in element:
                self.inline(child)
                self.text(child.tail)
        if tag == "a":
            words = STANDS.sub("…", self.run.text[begin:])
            self._link(element, "href", words, line)

    def _link(self, element: Element, key: str, words: str, line: int) -> None:
        target, title = element.get(key) or "", plain(element.get("title") or "")
        defined = MARK.search(target)
        at = line_of(defined) if defined else line
        self.used.add(at)
        self.reading.links.append(
            Link(Text(plain(target), self.path, at), Text(words, self.path, line), key == "src", title)
        )

    def attributes(self, element: Element) -> None:
        """Notes what braces have given to an element, but for anchors and classes, and its anchor."""
        if element.get("id"):
            self.reading.anchors.add(plain(element.get("id") or ""))
        for key, value in element.attrib.items():
            ours = key in _OURS.get(element.tag, ()) and (key != "style" or value.startswith("text-align"))
            if key in ("width", "height") and not value.strip("0").isdecimal():
                key = f"{key}={value}"
            if key not in ("id", "class") and not ours and element not in self.markdown.tags:
                self.reading.attributes.append(Text(key, self.path, self.first(element)))

    def text(self, text: str | None) -> None:
        """Reads running text, letter by letter where something else stands in it."""
        if not text:
            return
        if f"{STX}amp{ETX}" in text:
            text = unescape(text.replace(f"{STX}amp{ETX}", "&"))
        done = 0
        for found in _PIECE.finditer(text):
            self.run.add(text[done : found.start()])
            done = found.end()
            if found[1]:
                self.run.begin(line_of(MARK.match(found[1]) or found))
            elif found[2]:
                self._stashed(int(found[2]))
            elif found[3]:
                self.run.add(_escaped(chr(int(found[3]))))
            else:
                self.run.blank()
        self.run.add(text[done:])

    def _stashed(self, number: int) -> None:
        """Reads HTML that was put away: a letter by its number or name, or tags, and the text between them."""
        html = self.markdown.htmlStash.rawHtmlBlocks[number]
        if number in self.markdown.code or not isinstance(html, str) or PLACES.match(html):
            return  # code, a part of the page that was read in its place, or a macro
        if html.startswith("&"):
            self.run.add("".join(map(_escaped, unescape(html))))
            return
        done, runs = 0, html.lstrip("\x1c\x1d\x1e\x1f").lower().startswith(("<script", "<style"))
        for tag in _TAG.finditer(html):
            self.text("" if runs else html[done : tag.start()])
            done = tag.end()
            self.reading.tags.append(Text(" ".join(unmarked(tag[0]).split()), self.path, self.run.line))
            self.run.pass_over(tag[0])
            self._tag(tag[0])
        self.text(html[done:])

    def _tag(self, tag: str) -> None:
        """Reads a tag: some part words, and each needs its other half."""
        name = "".join(tag.strip("</>").split()[:1]).lower()
        if name == "br" or self.markdown.is_block_level(name):
            self.run.blank()
        if tag.startswith("</"):
            same = [number for number, other in enumerate(self.open) if other == name]
            if same:
                del self.open[same[-1]]
            else:
                self.reading.unopened.append(Text(name, self.path, self.run.line))
        elif name.isalpha() and name != "br" and not tag.endswith("/>"):
            self.open.append(Text(name, self.path, self.run.line))


def _escaped(letter: str) -> str:
    """What stands for a letter that is meant as itself, whatever Markdown makes of it elsewhere."""
    return chr(ESCAPED + ord(letter)) if letter.isascii() and not letter.isalnum() else letter


def plain(text: str) -> str:
    """An attribute as it is read: without marks, and with what was written behind backslashes."""
    plain = unmarked(text).replace(f"{STX}amp{ETX}", "&")
    return _STX.sub(lambda found: chr(int(found[1])), plain)
