"""How much a text may hold, judged before anything else reads it.

What reads Markdown looks for the end of each bracket that opens, and of each that opens meanwhile: twenty thousand that are
never closed take it hours. No page comes near these figures; the most in ours are 3 brackets, 80 marks and 520 letters.
"""

from __future__ import annotations

import re

from macros.source.problems import Problem

OPEN = 20  # brackets of one kind that are open at once in a paragraph
UNCLOSED = 40  # brackets of one kind that a file never closes
MARKS = 2_000  # marks of one kind in a paragraph; a long table has many strokes, which cost nothing
LINE = 5_000  # letters of a line
LINES = 10_000
BRACKETS = 20_000  # that open on a page, closed or not; the most in ours are some 800
BLANKS = 60  # before the first letter of a line
QUOTED = 10  # quotations in each other

_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">"}
_CLOSES = {end: begin for begin, end in _PAIRS.items()}
_BRACKET = re.compile(r"[\[\](){}<>]")
_MARK = "*_`~&\\"
_QUOTES = re.compile(r"[ \t]*(?:>[ \t]*)+")


def too_much(text: str, path: str) -> Problem | None:
    """What of a text is more than any page needs, at its line; nothing where all is well."""
    many_brackets = any(
        text.count(begin) > OPEN for begin in _PAIRS
    )  # what a whole text has few of, no part has many of
    many_marks = any(text.count(mark) > MARKS for mark in _MARK)
    open_now, unclosed, marks = dict.fromkeys(_PAIRS, 0), dict.fromkeys(_PAIRS, 0), dict.fromkeys(_MARK, 0)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            unclosed = {begin: unclosed[begin] + open_now[begin] for begin in _PAIRS}
            open_now, marks = dict.fromkeys(_PAIRS, 0), dict.fromkeys(_MARK, 0)
        wrong = _line(line, number)
        if many_brackets and not wrong:
            wrong = _brackets(line, open_now, unclosed)
        if many_marks and not wrong:
            wrong = _marks(line, marks)
        if wrong:
            return Problem(path, number, *wrong)
    if path.endswith(".md") and sum(map(text.count, _PAIRS)) > BRACKETS:
        many = f"The page opens more than {BRACKETS:,} brackets."
        return Problem(path, 1, many, "Split it, or remove what does not belong here.")
    return None


def _line(line: str, number: int) -> tuple[str, str] | None:
    """What of one line is too much."""
    if number > LINES:
        return f"The file has more than {LINES:,} lines.", "Split it, or remove what does not belong here."
    if len(line) > LINE:
        wish = "Break it, or remove what does not belong here."
        return f"This line has {len(line):,} letters; the most is {LINE:,}.", wish
    begin = line[: len(line) - len(line.lstrip(" \t"))]
    if len(begin) < len(line) and len(begin.expandtabs(4)) > BLANKS:
        return f"This line begins after more than {BLANKS} blanks.", "Move it to the left."
    quotes = _QUOTES.match(line) if ">" in line else None
    if quotes and quotes[0].count(">") > QUOTED:
        return f"More than {QUOTED} quotations stand in each other here.", 'Remove some of the ">" before the words.'
    return None


def _brackets(line: str, open_now: dict[str, int], unclosed: dict[str, int]) -> tuple[str, str] | None:
    """What is too much of the brackets that a line opens; counts them on."""
    for match in _BRACKET.finditer(_QUOTES.sub("", line, count=1) if line.lstrip().startswith(">") else line):
        mark = match[0]
        if mark in _CLOSES:
            begin = _CLOSES[mark]
            open_now[begin] = max(0, open_now[begin] - 1)
            continue
        open_now[mark] += 1
        wish = f'Close each with "{_PAIRS[mark]}", or remove it.'
        if open_now[mark] > OPEN:
            return f'More than {OPEN} "{mark}" are open here.', wish
        if open_now[mark] + unclosed[mark] > UNCLOSED:
            return f'More than {UNCLOSED} "{mark}" of this file are never closed.', wish
    return None


def _marks(line: str, marks: dict[str, int]) -> tuple[str, str] | None:
    """What is too much of the marks in a paragraph; counts them on."""
    for mark in _MARK:
        marks[mark] += line.count(mark)
        if marks[mark] > MARKS:
            return f'This paragraph holds more than {MARKS:,} "{mark}".', "Part it by empty lines, or remove them."
    return None
