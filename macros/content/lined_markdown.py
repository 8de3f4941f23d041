"""Markdown as the site is made with it, where each text knows the line of the file that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, STX, AtomicString

from macros.content.dialect import SETTINGS, extensions
from macros.content.line_marks import MARK, STASHED, Frame, line_of, mark, numbered, opened, unmarked
from macros.content.macro_calls import BLOCK


class LinedParser(BlockParser):
    """Markdown's own parser of blocks, which marks each text with its line.

    `began` is the line at which each part of the page begins, `items` the line of each item of a list and what stood before
    its words, `cells` how many cells were written in a row of a table, `defined` the line of each address that links refer
    to by a name.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.clear()

    def clear(self) -> None:
        """Forgets the page that was read."""
        self.frame: Frame | None = None
        self.began: dict[Element, int] = {}
        self.items: dict[Element, tuple[int, str]] = {}
        self.cells: dict[Element, int] = {}
        self.defined: dict[str, int] = {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Reads the blocks, one step after another, as Python-Markdown does."""
        outer = self.frame
        while blocks:
            rest = len(blocks) - 1
            frame = self.frame = self._frame(blocks[0], outer)
            if parent.tag == "li" and outer and frame.texts[0].strip():
                self.items.setdefault(parent, (frame.numbers[0], frame.before))
            blocks[0] = "\n".join(frame.texts)
            last = parent[-1] if len(parent) else None
            self._step(parent, blocks)
            self._settle(parent, last, frame)
            for place in range(len(blocks) - rest):
                blocks[place] = frame.marked(blocks[place])
            self.frame = outer

    def _frame(self, block: str, outer: Frame | None) -> Frame:
        """The lines of a block without their marks, each with its number."""
        frame = Frame([], [])
        for line in block.split("\n"):
            found = MARK.search(line)
            if found:
                number = line_of(found)
            elif outer and line.strip():
                number = outer.take(line)
                frame.before = frame.before if frame.texts else outer.before
            else:
                number = self._stashed(line) or (frame.numbers[-1] if frame.numbers else 1)
            frame.texts.append(unmarked(line))
            frame.numbers.append(number)
        return frame

    def _stashed(self, line: str) -> int:
        """The line at which HTML that was put away begins."""
        for found in STASHED.finditer(line):
            html: str | Element = self.md.htmlStash.rawHtmlBlocks[int(found[1])]
            begin = MARK.search(html if isinstance(html, str) else "".join(html.itertext()))
            if begin:
                return line_of(begin)
        return 0

    def _step(self, parent: Element, blocks: list[str]) -> None:
        """Has the first block read by the first of Markdown's rules that knows it."""
        for processor in self.blockprocessors:
            if processor.test(parent, blocks[0]):
                if processor is self.blockprocessors["paragraph"]:
                    blocks[0] = "\n".join(self._shielded())
                if processor.run(parent, blocks) is not False:
                    return

    def _shielded(self) -> Iterator[str]:
        """The lines of a paragraph, each with its mark where its words begin; shielded, for Markdown strips blanks."""
        assert self.frame
        for text, number in zip(self.frame.texts, self.frame.numbers, strict=True):
            words = text.lstrip(" ")
            yield f"{text[: len(text) - len(words)]}{STX}{mark(number)}{ETX}{words}" if words else text

    def _settle(self, parent: Element, last: Element | None, frame: Frame) -> None:
        """Marks what a step has made by other ways than as paragraphs: headings, tables, titles, terms, addresses."""
        new = []
        for child in reversed(parent):
            if child is last or child in self.began:
                break
            new.append(child)
        for child in reversed(new):
            self.began[child] = frame.numbers[0]
            if child.tag == "table":
                self._settle_table(child, frame)
            for element in child.iter():
                text = element.text or ""
                if text.strip() and "\x1f" not in text and not isinstance(text, AtomicString):
                    number = frame.find(text)
                    self.began[element] = number
                    element.text = mark(number) + text
        for label in self.md.references.keys() - self.defined.keys():
            self.defined[label] = next(
                (
                    number
                    for line, number in zip(frame.texts, frame.numbers, strict=True)
                    if f"[{label}]:" in line.lower()
                ),
                frame.numbers[0],
            )
            address, title = self.md.references[label]
            self.md.references[label] = (address + mark(self.defined[label]), title)

    def _settle_table(self, table: Element, frame: Frame) -> None:
        """Marks the cells of a table: its second line is the rule, each other one a row."""
        split = cast(Any, self.blockprocessors["table"])._split_row  # it has no public name
        lines = [place for place in range(len(frame.texts)) if place != 1]
        for row, place in zip(table.iter("tr"), lines, strict=False):
            self.began[row] = frame.numbers[place]
            self.cells[row] = len(split(frame.texts[place].strip(" ")))
            for cell in row:
                cell.text = mark(frame.numbers[place]) + (cell.text or "")


class _Numbered(Preprocessor):
    """Marks each line at its end, before code in fences is put away; a line with a fence is left as it is."""

    md: LinedMarkdown

    def run(self, lines: list[str]) -> list[str]:
        numbers = [*self.md.numbers, *[self.md.numbers[-1]] * 2]
        return [
            line if "```" in line or "~~~" in line else line + mark(number)
            for line, number in zip(lines, numbers, strict=False)
        ]


class _Renumbered(Preprocessor):
    """Marks the lines that fences have left, and takes the marks from empty ones."""

    md: LinedMarkdown

    def run(self, lines: list[str]) -> list[str]:
        self.md.code = set(range(self.md.htmlStash.html_counter))
        found = [MARK.search(line) for line in lines]
        known = [line_of(at) if at else 0 for at in found]
        for place, number in enumerate(known):
            if not number:
                after = known[place + 1] if place + 1 < len(known) else 0
                before = known[place - 1] if place else 0
                known[place] = after - 1 if after > 1 and not STASHED.search(lines[place]) else before + 1
                lines[place] += mark(known[place])
        return [line if unmarked(line).strip() else "" for line in lines]


class _Blocks(Preprocessor):
    """Puts away the macros that make a part of the page, as Markdown puts away the HTML that they become."""

    md: LinedMarkdown

    def run(self, lines: list[str]) -> list[str]:
        stash = self.md.htmlStash.rawHtmlBlocks
        self.md.tags = {element for html in stash if isinstance(html, Element) for element in html.iter()}
        kept: list[str] = []
        away: list[int] = []  # what was put away since the last line that knows its number
        for line in lines:
            words, found = unmarked(line), MARK.search(line)
            if found:
                for number in away:
                    stash[number] = numbered(stash[number], line_of(found))
            away = [] if found else away + [int(at[1]) for at in STASHED.finditer(line)]
            if len(words) == 1 and ord(words) >= BLOCK:
                kept += ["", self.md.htmlStash.store(line), "", ""]
            else:
                kept.append(line if words.strip() else "")
        return kept


class LinedMarkdown(Markdown):
    """Markdown with the site's own extensions.

    `numbers` are the lines of the page that is being read, `tags` its elements that are written as HTML, `named` those
    whose anchor the editor has written, `indented` the lines of code without fences, `code` the numbers of what was put
    away of code.
    """

    parser: LinedParser

    def __init__(self) -> None:
        self.numbers: tuple[int, ...] = (1,)
        self.indented: list[int] = []
        self.code: set[int] = set()
        self.tags: set[Element] = set()
        self.named: set[Element] = set()
        super().__init__(extensions=extensions(), extension_configs=SETTINGS)
        self.preprocessors.register(_Numbered(self), "lrp-numbered", 26)  # before fences are read, at 25
        self.preprocessors.register(_Renumbered(self), "lrp-renumbered", 22)
        self.preprocessors.register(_Blocks(self), "lrp-blocks", 19)  # after HTML is read, at 20

    def build_parser(self) -> Self:
        """Python-Markdown's rules for blocks in our parser."""
        super().build_parser()
        parser = LinedParser(self)
        parser.blockprocessors = self.parser.blockprocessors
        for processor in parser.blockprocessors:
            processor.parser = parser
        self.parser = parser
        return self

    def tree(self, text: str, numbers: tuple[int, ...]) -> Element:
        """The page as a tree, its headings named and its tables captioned; what is escaped is so still."""
        self.reset()
        self.parser.clear()
        self.numbers = numbers
        lines = text.split("\n")
        for preprocessor in self.preprocessors:
            lines = preprocessor.run(lines)
        root = cast(Element, self.parser.parseDocument(lines).getroot())
        self.indented = [self.parser.began.get(element, numbers[0]) for element in root.iter("pre")]
        for element in root.iter():
            element.text, element.tail = opened(element.text), opened(element.tail)
        put_away = self.htmlStash.html_counter
        for processor in self.treeprocessors:
            if processor is self.treeprocessors["inline"]:
                self.code |= set(range(put_away, self.htmlStash.html_counter))
            if processor is self.treeprocessors["unescape"]:
                break
            if processor is self.treeprocessors["toc"]:
                self.named = {element for element in root.iter() if "id" in element.attrib}
            changed = processor.run(root)
            root = root if changed is None else changed
        return root
