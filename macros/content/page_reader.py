"""Reads pages: one walk over the tree that Markdown makes of each, into what the checks and the search for terms work on."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from macros.content.line_marks import MARK, line_of, unmarked
from macros.content.lined_markdown import LinedMarkdown
from macros.content.macro_calls import PLACES, Unrun
from macros.content.reading import Block, Heading, Item, Reading, Row, Table
from macros.content.running_text import Run, RunningText, plain
from macros.source.text import Prose, Text

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOX = "admonition"


class PageReader:
    """Reads one page after another with the site's own Markdown."""

    def __init__(self) -> None:
        self.markdown = LinedMarkdown()

    def read(self, unrun: Unrun, path: str) -> Reading:
        """What a page holds."""
        source = dict(zip(unrun.numbers, unrun.text.split("\n"), strict=False))
        reading = Reading(path, source, unrun.uses)
        if unrun.text.strip():
            _Walk(self.markdown, self.markdown.tree(unrun.text, unrun.numbers), reading).page()
        return reading


class _Walk(RunningText):
    """One walk over the tree of a page, in the order of its text."""

    def __init__(self, markdown: LinedMarkdown, root: Element, reading: Reading) -> None:
        super().__init__(markdown, reading)
        self.root, self.anchor, self.kind = root, "", "p"
        self.behind = ""

    def page(self) -> None:
        """Reads the whole page."""
        self._into(self.root, "p")
        self.reading.code += [Text("", self.path, line) for line in self.markdown.indented]
        self.reading.fences += self.markdown.fences
        self.reading.unclosed += [Text(tag, self.path, line) for tag, line in self.markdown.unclosed]
        for line in self.parser.defined.values():
            if line not in self.used:
                label, end, _ = self.reading.source.get(line, "").strip().partition("]")
                self.reading.unused.append(Text(f"{label}{end}", self.path, line))
        self.reading.tags += [
            Text(f"<{tag.tag} {' '.join(tag.attrib)}>", self.path, self.first(tag)) for tag in self.markdown.tags
        ]

    def _flush(self) -> Prose:
        """Ends the paragraph, item or cell that is being read."""
        prose = self.run.prose(self.path)
        if prose:
            self.reading.blocks.append(Block(self.kind, self.anchor, prose, self.behind))
        self.reading.unclosed += self.open
        self.open = []
        self.run = Run(self.run.line)
        return prose

    def _into(self, element: Element, kind: str) -> Prose:
        """Reads what an element of the page's frame holds: its own text, and parts in it; its first text comes back."""
        self._flush()
        outer, self.kind = self.kind, kind
        self.text(element.text)
        first: Prose | None = None
        before = ""
        for child in element:
            if self.markdown.is_block_level(child.tag):
                text = self._flush()
                first = text if first is None else first
                self.behind = before
                self._part(child)
                self.kind, self.behind = kind, child.tag
                before = child.tag
            else:
                self.inline(child)
            self.text(child.tail)
        last = self._flush()
        self.kind = outer
        return last if first is None else first

    def _part(self, element: Element) -> None:
        """Reads a part of the page: a paragraph, a list, a table, a box."""
        tag = element.tag
        self.attributes(element)
        line = self.parser.began.get(element)
        if line:
            self.run.line = line
        if tag in _HEADINGS:
            self._heading(element)
        elif tag == "table":
            self._table(element)
        elif tag in ("ul", "ol"):
            self._list(element)
        elif tag == "div" and _BOX in (element.get("class") or "").split() and element not in self.markdown.tags:
            self._box(element)
        else:
            title = "title" if (element.get("class") or "") == f"{_BOX}-title" else tag
            self._into(element, title)

    def _heading(self, element: Element) -> None:
        self._flush()
        self.anchor = plain(element.get("id") or "")
        text = self._into(element, element.tag)
        words = text and self.reading.blocks[-1].shown.strip()
        heading = Text(" ".join(words.split()), self.path, self.run.line)
        source = self.reading.source.get(heading.line, "").lstrip(" >")
        marks = source[: len(source) - len(source.lstrip("#").lstrip())] if source.startswith("#") else ""
        changes, level = bool(PLACES.search(text)), _HEADINGS[element.tag]
        written = element in self.markdown.named
        self.reading.headings.append(Heading(level, heading, self.anchor, written, marks, changes))

    def _list(self, element: Element) -> None:
        self._flush()
        first = ""
        for place, item in enumerate(element, 1):
            line, before = self.parser.items.get(item, (self.run.line, ""))
            first = first if place > 1 else before
            self.reading.items.append(Item(Text(before, self.path, line), place, element.tag == "ol", first))
            self.run.line, self.behind = line, ""
            self.attributes(item)
            self._into(item, "li")

    def _box(self, element: Element) -> None:
        title = element[0] if len(element) and element[0].get("class") == f"{_BOX}-title" else None
        if len(element) == (title is not None) and not (element.text or "").strip():
            found = MARK.search(title.text or "") if title is not None else None
            words = unmarked(title.text or "") if title is not None else ""
            line = line_of(found) if found else self.run.line
            self.reading.boxes.append(Text(words, self.path, line))
        self._into(element, "div")

    def _table(self, element: Element) -> None:
        self._flush()
        begin, rows = self.run.line, list[Row]()
        names: tuple[Text, ...] = ()
        above = element.find("caption")
        caption = self._into(above, "caption") if above is not None else None
        for row in element.iter("tr"):
            self.run.line = self.parser.began.get(row, self.run.line)
            source = self.reading.source.get(self.run.line, "")
            rows.append(Row(Text(source, self.path, self.run.line), self.parser.cells.get(row, len(row))))
            texts = []
            for cell in row:
                self.attributes(cell)
                texts.append(self._into(cell, cell.tag))
            names = tuple(texts) if len(rows) == 1 else names
        aligned = any("style" in cell.attrib for cell in element.iter("th"))
        self.reading.tables.append(Table(Text("", self.path, begin), caption, names, aligned, tuple(rows)))
