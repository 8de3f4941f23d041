"""Markdown as the site is made with it, where each text knows the line of the file that it stands on."""

from __future__ import annotations

import re
from typing import Any, Self, cast
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.inlinepatterns import BACKTICK_RE, BacktickInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from macros.content.dialect import SETTINGS, extensions
from macros.content.line_marks import MARK, STASHED, line_of, mark, number_tags, numbered, opened, unmarked
from macros.content.lined_parser import LinedParser
from macros.content.macro_calls import BLOCK


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
        self.md.fences = []
        known = [line_of(at) if at else 0 for at in map(MARK.search, lines)]
        for place, line in enumerate(lines):
            if known[place]:
                continue
            after = known[place + 1] if place + 1 < len(known) else 0
            before = known[place - 1] if place else self.md.numbers[0] - 1
            away = STASHED.search(line)
            known[place] = after - 1 if after and not away else before + 1
            if away:
                self.md.fences.append((known[place], max(after - 1, known[place])))
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
        for number in away:
            stash[number] = numbered(stash[number], self.md.numbers[-1])
        return kept


class _Extractor(HTMLExtractorExtra):
    """Markdown's own reader of HTML, which knows at which lines what is open now began."""

    def __init__(self, md: Markdown) -> None:
        self.began: list[tuple[str, int]] = []
        super().__init__(md)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        """Notes the line of a tag that holds what follows."""
        super().handle_starttag(tag, attrs)
        found = MARK.search(self.rawdata, self.line_offset + self.offset)
        self._follow(tag, line_of(found) if found else 1)

    def handle_endtag(self, tag: str) -> None:
        """Forgets what a tag has closed."""
        super().handle_endtag(tag)
        self._follow(tag, 1)

    def _follow(self, tag: str, line: int) -> None:
        depth = len(cast(Any, self).mdstack)
        del self.began[depth:]
        self.began += [(tag, line)] * (depth - len(self.began))


class _Html(Preprocessor):
    """Puts blocks of HTML away as Markdown does, and notes those that are never closed."""

    md: LinedMarkdown

    def run(self, lines: list[str]) -> list[str]:
        self.md.unclosed = []
        if not any("<" in line or "&" in line for line in lines):
            return lines
        extractor = _Extractor(self.md)
        extractor.feed("\n".join(lines))
        self.md.unclosed = list(extractor.began)
        extractor.close()
        return "".join(extractor.cleandoc).split("\n")


class _Code(BacktickInlineProcessor):
    """Keeps the marks in code of running text, from whose ends Markdown strips blanks."""

    def handleMatch(self, m: re.Match[str], data: str) -> Any:  # type: ignore[override] # noqa: N802 - as Python-Markdown has it
        element, start, end = super().handleMatch(m, data)
        if isinstance(element, Element) and "\x1f" in data[start:end]:
            marks = "".join(found[0] for found in MARK.finditer(data[start:end]))
            element.text = AtomicString(marks + unmarked(element.text or ""))
        return element, start, end


class LinedMarkdown(Markdown):
    """Markdown with the site's own extensions.

    `numbers` are the lines of the page that is being read, `tags` its elements that are written as HTML, `named` those
    whose anchor the editor has written. `indented` are the lines of code without fences, `fences` the first and the last
    line of each piece of code in them, `code` the numbers under which code was put away, `unclosed` the tags that are never
    closed, with their lines.
    """

    parser: LinedParser

    def __init__(self) -> None:
        self.numbers: tuple[int, ...] = (1,)
        self.indented: list[int] = []
        self.fences: list[tuple[int, int]] = []
        self.code: set[int] = set()
        self.unclosed: list[tuple[str, int]] = []
        self.tags: set[Element] = set()
        self.named: set[Element] = set()
        super().__init__(extensions=extensions(), extension_configs=SETTINGS)
        self.inlinePatterns.register(_Code(BACKTICK_RE), "backtick", 190)
        self.preprocessors.register(_Numbered(self), "lrp-numbered", 26)  # before fences are read, at 25
        self.preprocessors.register(_Renumbered(self), "lrp-renumbered", 22)
        self.preprocessors.register(_Html(self), "html_block", 20)
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
        number_tags(root, self.tags, self.parser.began, numbers[-1])
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
