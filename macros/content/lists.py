"""Lists as they were meant: points that became none, that ended too early, or that are shown under another number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.content.reading import Block, Item, Reading
from macros.source.problems import Problem
from macros.source.text import Text

_POINT = re.compile(r"[-*+] ")
_STEP = re.compile(r"(\d{1,2})\. ")
_BULLET = re.compile("[•◦▪▫‣⁃·●○■□➢✓✔\uf0b7]\\s*|[-‐‑]\u00a0")
_DASH = re.compile(r"[–—−] ")
_GLUED = re.compile(r"([-+])(?=[^\W\d_])|(\d{1,2}\.)(?=[^\W\d_]{2})")
_LETTER = re.compile(r"(?:\d{1,2}|[A-Za-z]|[ivx]{2,4})\)\s|(?!e\. ?g\.|i\. ?e\.)(?:[a-h]|i{1,3})\.\s")
_BRACKETS = re.compile(r"\((?:\d{1,2}|[a-z]|[ivx]{2,4})\)\s")
_IN_CELL = "A cell holds no list: write sentences, or give each point a row."
_STEPS = 'For steps begin the line with "1. ", for points with "- ", and leave an empty line above the list.'


def check_lists(reading: Reading) -> Iterator[Problem]:
    """What looks like a list and is none, and lists whose points are not where they seem to be."""
    ends: list[Problem] = []
    for block in reading.blocks:
        if block.is_prose and not block.is_meant_as_table:
            yield from _check_no_list(block)
            ends += _check_end(block, reading)
    yield from ends
    told, above = False, 0
    for item in reading.items:
        told = any(above < end.line < item.mark.line for end in ends) if item.place == 1 else told
        for problem in [] if told else _check_item(item):
            told = True
            yield problem
        above = item.mark.line
    for line in reading.code:
        wish = "Move it to the left margin; code stands between two lines of three backticks."
        yield line.problem("A tab or four spaces make code of this text.", wish)
    for title in reading.boxes:
        wish = "Write its text below, indented by four spaces."
        yield title.problem(f'The box "{title}" holds nothing.' if title else "The box here holds nothing.", wish)


def _check_no_list(block: Block) -> Iterator[Problem]:
    """The first line of a block that begins like a point of a list."""
    text, before = block.raw, ""
    ends = [*(begin for begin, _ in text.starts[1:]), len(text)]
    for number, ((begin, _), end) in enumerate(zip(text.starts, ends, strict=True)):
        line, place = text[begin:end], text.at(begin)
        wrong = _looks_like(line, before if number else None)
        if wrong:
            mark, mend = wrong
            mend = _IN_CELL if block.kind in ("td", "th") else mend
            yield place.problem(f'"{mark}" makes no list here.', mend)
            return
        before = line


def _looks_like(line: str, before: str | None) -> tuple[str, str] | None:
    """The mark by which a line looks like a point, and what to type; `before` is the line above in the same block."""
    inside = before is not None
    if inside and _POINT.match(line):
        return line[:1], "Leave an empty line above the list, or it is none."
    if inside and (step := _STEP.match(line)) and (step[1] == "1" or _STEP.match(before or "")):
        return step[0].strip(), "Leave an empty line above the list, or it is none."
    if bullet := _BULLET.match(line):
        return bullet[0].replace("\u00a0", " ").strip(), _STEPS
    if (not inside or (before or "").rstrip().endswith(":") or _DASH.match(before or "")) and _DASH.match(line):
        return line[:1], _STEPS
    if letter := _LETTER.match(line):
        return letter[0].strip(), _STEPS
    if inside and (letter := _BRACKETS.match(line)):
        return letter[0].strip(), _STEPS
    glued = _GLUED.match(line)
    return (glued[0], f'Write a space behind "{glued[0]}".') if glued else None


def _check_end(block: Block, reading: Reading) -> Iterator[Problem]:
    """Text behind a list that is indented by too little to be part of it."""
    place = block.text.at(0)
    source = reading.source.get(place.line, "")
    spaces = len(source) - len(source.lstrip(" "))
    if block.behind in ("ul", "ol") and spaces % 4:
        wrong = f"This text is indented by {spaces} spaces, and so ends the list above."
        yield place.problem(wrong, f"Indent it by {spaces + 4 - spaces % 4} to be part of the point above it.")


def _check_item(item: Item) -> Iterator[Problem]:
    """A point or a step that stands in another list, or is shown under another number, than it was written for."""
    mark, digits = item.mark.strip(), re.match(r"\d+", item.mark.strip())
    spaces, first = (len(text) - len(text.lstrip(" ")) for text in (item.mark, item.first))
    if not mark:
        return
    if spaces > first:
        wrong = f"This is indented by {spaces} spaces, and so stands beside the point above, not under it."
        yield item.mark.problem(wrong, "Indent it by four spaces.")
    elif item.ordered and digits:
        yield from _check_number(item.mark, int(digits[0]), item.place, item.first.strip())
    elif item.ordered:
        wrong = f'"{mark}" stands among numbered steps, and becomes step {item.place}.'
        yield item.mark.problem(wrong, "Indent it by four spaces, or number it too.")
    elif digits:
        wrong = f'"{mark}" stands among points, and its number is not shown.'
        yield item.mark.problem(wrong, 'Indent it by four spaces, or begin it with "- " too.')


def _check_number(mark: Text, number: int, place: int, first: str) -> Iterator[Problem]:
    """A step that readers see under another number; where each is written as 1, they are counted."""
    if number == place or (number == 1 and first == "1."):
        return
    wrong = f'Readers see "{place}." where "{number}." is written.'
    if place > 1:
        yield mark.problem(wrong, f'Write "{place}.", or divide the list.')
    elif number > 99:
        yield mark.problem(wrong, f'A line that begins so becomes a list: write "{number}\\.", or begin it otherwise.')
    else:
        wish = f'Indent by four spaces what stands between it and step {number - 1}; if it is no step, write "{number}\\.".'
        yield mark.problem(wrong, wish)
