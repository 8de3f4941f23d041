"""A page as its readers take it in: its paragraphs, headings, links, lists and tables, each with the line it is written at."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from macros.content.macro_calls import INLINE, PLACES, Call, number_of
from macros.source.text import Prose, Text

CODE = "\ue000"  # stands for a piece of code
ESCAPED = 0xE100  # the first letter of those that stand for a letter which the editor has written behind a backslash
STANDS = re.compile("[\ue000\ue100-\ue1ff\U000f0000-\U0010ffff]")
TITLES = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "title"])
_NUMBER = re.compile(r"(\d+)\.(\d+)\s")


@dataclass(frozen=True)
class Heading:
    """A heading: its level (2 for `##`), its words, the anchor that links to it name, and whether the editor wrote that.

    `marks` is what makes it a heading, "## " as a rule; `changes` says that a macro stands in it.
    """

    level: int
    text: Text
    anchor: str
    written: bool
    marks: str
    changes: bool

    @property
    def is_meant(self) -> bool:
        """Whether it is written as headings are: by marks and a space."""
        return self.marks.endswith(" ")

    @property
    def number(self) -> tuple[int, int] | None:
        """Part and section of a numbered heading such as "1.4 Who notifies"."""
        found = _NUMBER.match(self.text)
        return (int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Link:
    """A link or picture: what it leads to, as written, its words, and the words in quotation marks behind the address."""

    target: Text
    words: Text
    image: bool
    title: str = ""

    @property
    def is_footnote(self) -> bool:
        """Whether it is a link only because footnotes are written alike."""
        return self.words.startswith("^")


@dataclass(frozen=True)
class Block:
    """A paragraph, an item, a cell or a heading: its tag, "title" for that of a box, and the anchor of its section.

    In `text` one letter of a private range stands for each macro, each piece of code and each letter behind a backslash.
    `behind` is the tag of what stands before it in the same place; empty at the beginning.
    """

    kind: str
    anchor: str
    text: Prose
    behind: str

    @property
    def is_prose(self) -> bool:
        """Whether it holds sentences: headings and titles of boxes do not."""
        return self.kind not in TITLES

    @cached_property
    def is_meant_as_table(self) -> bool:
        """Whether it is a paragraph, a line of which begins like a row."""
        return self.kind == "p" and any(self.text.startswith("|", begin) for begin, _ in self.text.starts)

    @cached_property
    def shown(self) -> Prose:
        """The text without macros and code."""
        return self.said(lambda _: "", "")

    @cached_property
    def raw(self) -> Prose:
        """The text with a sign in the place of all that has become something, so that marks stand in it only by mistake."""
        return self.text.changed(STANDS, lambda _: "…")

    def said(self, macro: Callable[[int], str], code: str = "…") -> Prose:
        """The text as it is read, with what `macro` says for the use of that number."""

        def word(found: re.Match[str]) -> str:
            if found[0] == CODE:
                return code
            return chr(ord(found[0]) - ESCAPED) if ord(found[0]) < INLINE else macro(number_of(found[0]))

        return self.text.changed(STANDS, word)


@dataclass(frozen=True)
class Row:
    """A row of a table: what stands in its line, and how many cells are written there."""

    source: Text
    cells: int


@dataclass(frozen=True)
class Table:
    """A table: its caption where it has one, the names of its columns, whether colons align them, and its rows."""

    line: Text
    caption: Text | None
    names: tuple[Text, ...]
    aligned: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Item:
    """An item of a list: what stands before its words in its line, and where it stands in the list, counted from 1."""

    mark: Text
    place: int
    ordered: bool
    first: str


@dataclass
class Reading:
    """What a page holds: `source` are its lines by their numbers, macros as single letters.

    `code` are the places of text that is code because it is indented, `fences` the first and the last line of each piece of
    code that is marked as such, `boxes` the titles of boxes with nothing in them, `spans` the places of fences that became code in a sentence,
    `tags` what is written as HTML, `unclosed` and `unopened` the names of tags without their other half, `attributes` the names of what braces give, `unused` addresses that no link names.
    """

    path: str
    source: dict[int, str]
    uses: tuple[Call | Text | None, ...]
    blocks: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    code: list[Text] = field(default_factory=list)
    boxes: list[Text] = field(default_factory=list)
    fences: list[tuple[int, int]] = field(default_factory=list)
    tags: list[Text] = field(default_factory=list)
    unclosed: list[Text] = field(default_factory=list)
    unopened: list[Text] = field(default_factory=list)
    spans: list[Text] = field(default_factory=list)
    attributes: list[Text] = field(default_factory=list)
    unused: list[Text] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def use(self, number: int) -> Call | Text | None:
        """What the letter of that number stands for: a call, a binding word, or nothing where that cannot be told."""
        return self.uses[number] if number < len(self.uses) else None

    def words(self) -> list[Text]:
        """The binding words that the page states, in their order; none in code."""
        found = []
        for block in self.blocks:
            for letter in PLACES.finditer(block.text):
                use = self.use(number_of(letter[0]))
                if use is not None and not isinstance(use, Call):
                    found.append(Text(use, self.path, block.text.at(letter.start()).line))
        return found
