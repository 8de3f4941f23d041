"""How pages are written: the Markdown extensions and settings that the site is built with, and that every check reads with."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify, slugify_unicode
from markdown.inlinepatterns import HTML_RE, HtmlInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

CAPTION = "Table: "  # how the line above a table begins that holds its caption
PICTURE = "Picture: "  # and above a picture that stands alone


def anchor_of(words: str, separator: str) -> str:
    """The anchor of a heading: its words in plain letters, or in its own where they are of another alphabet."""
    letters = unicodedata.normalize("NFKD", words)
    plain = all(letter.isascii() for letter in letters if letter.isalnum())
    return slugify(words, separator) if plain else slugify_unicode(words, separator)


SETTINGS: dict[str, dict[str, Any]] = {
    "toc": {"slugify": anchor_of},
    "pymdownx.highlight": {"use_pygments": False},
}
_EXTENSIONS = (
    "admonition",
    "attr_list",
    "def_list",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.superfences",
    "pymdownx.highlight",
)


def extensions(more: Sequence[Extension] = ()) -> list[str | Extension]:
    """The extensions in their order, `more` among them; ours that take the place of others come last."""
    return [*_EXTENSIONS, Tables(), *more, Shortcuts()]


WIDE = 8  # columns; more do not fit beside the menu of a page, and scroll in a frame of their own
ENDLESS = 40  # letters; a longer word is broken, where others keep their column as wide as they are


class _Rows(Treeprocessor):
    def run(self, root: Element) -> None:
        """Gives each table its caption and its rows' names; one that is too wide for the page a frame as well."""
        for above in list(root.iter()):
            _captions(above)
        for table in root.iter("table"):
            _name(table)
        for parent in list(root.iter()):
            for place, child in enumerate(parent):
                if child.tag == "table" and len(child.findall("./thead/tr/th")) > WIDE:
                    parent[place] = _framed(child)


def _name(table: Element) -> None:
    """Gives each cell the name of its column, makes the first cell of a row its header, and marks endless words."""
    table.set("class", "lrp-rows")
    labels = ["".join(cell.itertext()).strip() for cell in table.iterfind("./thead/tr/th")]
    for cell in table.iterfind("./thead/tr/th"):
        cell.set("scope", "col")
    for row in table.iterfind("./tbody/tr"):
        for number, cell in enumerate(row):
            if number == 0:
                cell.tag = "th"
                cell.set("scope", "row")
            elif number < len(labels):
                cell.set("data-label", labels[number])
    for cell in [*table.iter("th"), *table.iter("td")]:
        if any(len(word) > ENDLESS for word in "".join(cell.itertext()).split()):
            cell.set("class", "lrp-endless")


def _framed(table: Element) -> Element:
    """The table in a frame that scrolls sideways, which keys reach and screen readers name by its caption, else its first column."""
    caption = table.find("caption")
    named = "".join((next(table.iter("th")) if caption is None else caption).itertext()).strip()
    frame = Element("section", {"class": "lrp-scroll", "tabindex": "0", "aria-label": f"Wide table: {named}"})
    frame.append(table)
    return frame


def _captions(above: Element) -> None:
    """Moves each paragraph that holds a caption into what it is of, among the parts of an element."""
    for line, below in list(pairwise(above)):
        if line.tag == "p" and below.tag == "table" and _begins(line, CAPTION):
            _move(line, CAPTION, "caption", above, below)
        elif line.tag == "p" and _begins(line, PICTURE) and _is_picture(below):
            _move(line, PICTURE, "figcaption", above, below)
            below.tag = "figure"
            below.set("class", "lrp-picture-frame")


def _begins(line: Element, words: str) -> bool:
    return (line.text or "").lstrip().startswith(words)


def _move(line: Element, beginning: str, tag: str, above: Element, below: Element) -> None:
    above.remove(line)
    line.tag, line.tail, line.text = tag, "\n", (line.text or "").replace(beginning, "", 1)
    below.insert(0, line)


def _is_picture(element: Element) -> bool:
    """Whether a paragraph holds a picture, or a picture that is a link, and no word beside it."""
    words = "".join([element.text or "", *(part.tail or "" for part in element)])
    shown = [part for part in element for part in (part if part.tag == "a" else [part])]
    return element.tag == "p" and [part.tag for part in shown] == ["img"] and not words.strip()


class Tables(Extension):
    """Adds captions, row headers and column labels to every table of a page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the step after inline text is read and before attributes are written."""
        md.treeprocessors.register(_Rows(md), "lrp-tables", 5)


_NAME, _PLACE = "html_block", 20  # as Python-Markdown and its md_in_html register it


class _Blocks(Preprocessor):
    def __init__(self, md: Markdown, inner: Preprocessor) -> None:
        super().__init__(md)
        self.inner = inner

    def run(self, lines: list[str]) -> list[str]:
        """The lines with blocks of HTML put away; where no sign could begin any, the lines as they are."""
        if any("<" in line or "&" in line for line in lines):
            return self.inner.run(lines)
        return lines


# How Markdown reads a tag in a line, said for Pythons before 3.11.5 too: these read a repeated group that gives nothing back,
# "(?: … )*+", wrongly where there is more in it than a letter, and an atomic group, "(?> … )", which means the same, rightly.
TAG = (
    HTML_RE.replace(r"(?:\s+[^", r"(?>(?:\s+[^").replace(r"(?:\s*+=", r"(?>(?:\s*+=").replace(")?+)*+", ")?))*)")
)  # fmt: skip


class Shortcuts(Extension):
    """Goes last, so that it finds what other extensions registered."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Puts itself before what looks for blocks of HTML, and reads tags alike on every Python."""
        md.preprocessors.register(_Blocks(md, md.preprocessors[_NAME]), _NAME, _PLACE)
        md.inlinePatterns.register(HtmlInlineProcessor(TAG, md), "html", 90)  # 90 is its place in Python-Markdown
