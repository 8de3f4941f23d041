"""Marks by which the lines of a page are known while Markdown reads it.

A mark is white space of a kind that no page may hold: Markdown reads it as nothing. Each line carries one at its end until
it is part of a block; each text of a block carries one where a line of the file begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from markdown.util import ETX, STX, AtomicString

MARK = re.compile("\x1f([\x1c-\x1e]+)")
_DIGITS = "\x1c\x1d\x1e"
STASHED = re.compile(f"{STX}wzxhzdk:([0-9]+){ETX}")  # what stands for HTML and for code while the rest is read
_SHIELDED = re.compile(f"{STX}(\x1f[\x1c-\x1e]+){ETX}")


def mark(number: int) -> str:
    """The mark of a line."""
    digits = ""
    while number:
        number, digit = divmod(number, 3)
        digits += _DIGITS[digit]
    return f"\x1f{digits}"


def line_of(found: re.Match[str]) -> int:
    """The number of the line that a mark names."""
    return sum(_DIGITS.index(digit) * int(3**place) for place, digit in enumerate(found[1]))


def unmarked(text: str) -> str:
    """A text without its marks."""
    return MARK.sub("", text) if "\x1f" in text else text


class Frame:
    """The lines of the block that is being read, and how far what was made of them has come."""

    def __init__(self, texts: list[str], numbers: list[int]) -> None:
        self.texts, self.numbers = texts, numbers
        self.next = 0  # the first line that nothing was made of yet
        self.before = ""  # what stood before the line that was taken last

    def take(self, line: str) -> int:
        """The number of the next line that ends so; Markdown takes away what stands before, never what stands behind."""
        words = line.strip()
        for place in range(self.next, len(self.texts)):
            whole = self.texts[place].rstrip()
            if whole.endswith(words):
                self.next, self.before = place + 1, whole[: len(whole) - len(words)]
                return self.numbers[place]
        return self.numbers[min(self.next, len(self.numbers) - 1)]

    def find(self, words: str) -> int:
        """The number of the next line that holds the words, or of the first that does."""
        holding = [place for place, text in enumerate(self.texts) if words in text]
        place = next((place for place in holding if place >= self.next), holding[0] if holding else 0)
        if holding:
            self.next = max(self.next, place + 1)
        return self.numbers[place]

    def marked(self, block: str) -> str:
        """A block that is still to be read, with a mark at the end of each of its lines."""
        return "\n".join(line + mark(self.take(line)) if line.strip() else line for line in block.split("\n"))


def numbered(html: str | Element, last: int) -> str | Element:
    """HTML that was put away, each line of it marked at its beginning; `last` is the line of its end."""
    if not isinstance(html, str):
        return html
    lines = html.rstrip("\n").split("\n")
    number, marked = last - len(lines), list[str]()
    for line in lines:
        own = MARK.search(line)
        number = line_of(own) if own else number + 1
        marked.append(mark(number) + unmarked(line))
    return "\n".join(marked)


def number_tags(root: Element, tags: set[Element], began: Mapping[Element, int], last: int) -> None:
    """Marks text within HTML that Markdown leaves as it is, by the line that its element began at, or by the next mark."""
    number = last
    for element, part in reversed([*_pieces(root)] if tags else []):
        text = getattr(element, part) or ""
        own = MARK.search(text)
        number = line_of(own) if own else number
        if isinstance(text, AtomicString) and text.strip() and element in tags:
            line = began.get(element, number) if part == "text" else number
            setattr(element, part, AtomicString(opened(str(text) if own else text + mark(line))))


def _pieces(element: Element) -> Iterator[tuple[Element, str]]:
    """The texts and tails in an element, in the order of the page."""
    yield element, "text"
    for child in element:
        yield from _pieces(child)
        yield child, "tail"


def opened(text: str | None) -> str | None:
    """A text whose lines begin with their marks, unshielded; in HTML they stood at the ends."""
    if not text or "\x1f" not in text or isinstance(text, AtomicString):
        return text
    if STX + "\x1f" in text:
        return _SHIELDED.sub(r"\1", text)
    return "\n".join("".join([*(at[0] for at in MARK.finditer(line)), unmarked(line)]) for line in text.split("\n"))
