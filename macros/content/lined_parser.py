"""Markdown's own parser of blocks, in which each text keeps the line of the file that it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import ETX, STX, AtomicString

from macros.content.line_marks import MARK, STASHED, Frame, line_of, mark, unmarked


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
        lines = block.split("\n")
        for place, line in enumerate(lines):
            below = lines[place + 1] if place + 1 < len(lines) and STASHED.search(line) else ""
            found = MARK.search(line) or MARK.search(below)
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
        if last is not None and last.tag == "dl":  # which goes on with more terms
            new += [term for term in reversed(last) if term.tag == "dt" and term not in self.began]
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
