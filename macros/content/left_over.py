"""Marks that became nothing: what stands on a page as it was typed, and was meant as bold words, a link, a table or code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from macros.content.macro_list import MACROS, WORDS
from macros.content.reading import Block, Reading
from macros.content.structure import NO_FOOTNOTES
from macros.source.problems import Problem
from macros.source.text import Prose, Text

_LINK = 'For a link write [words](page.md); for brackets as such write "\\[" and "\\]".'
_BOLD = 'Write **bold** or *stressed*, without spaces inside of the stars; for a star as such write "\\*".'
_LINE = 'Write **bold** or *stressed* with stars; for a low line as such write "\\_".'
_NONE = "No such mark is known here: write **bold**, or remove it."
# What stands in running text only by mistake: its pattern, and how to mend it. The first that is found on a line is told.
_ANYWHERE = [
    (re.compile(pattern), mend)
    for pattern, mend in [
        (r"\[\^[^\[\]]*\]:?", NO_FOOTNOTES),
        (r"!?\[[^\[\]]*\] +\([^()]*\)", 'Leave no space between "]" and "(".'),
        (r"\([^()]+\) ?\[[^\[\]]*\]", "A link is written the other way round: [words](page.md)."),
        (r"!?\[[^\[\]]*\]\([^()]*\)?", "Write the address without spaces, and close its bracket."),
        (r"!?\[[^\[\]]*\] ?\[[^\[\]]*\]", "No address has that name on this page: write [words](page.md)."),
        (r"\[[ xX]\]", "There are no boxes to tick on a page: remove it."),
        (r"!?\[[^\[\]]{0,40}\]?|\]", _LINK),
        (r"`+", "Write one before the code and one behind it, or remove it."),
        (r"\*\*+", _BOLD),
        (r"\*(?=\S)|(?<=\S)\*", _BOLD),
        (r"__+(?=[^\W_])|(?<=[^\W_])__+|(?<!\w)_(?=[^\W_])|(?<=[^\W_])_(?!\w)", _LINE),
        (r"(?:==+|~~+)(?=\w)|(?<=[\w.,;:!?])(?:==+|~~+)", _NONE),
        (r"\|+", 'For a table leave an empty line above it; for a stroke as such write "\\|".'),
        (r"\\(?!@)", 'Write "/" between words; for a stroke like this one write "\\\\".'),
        (r"\{+[^{}]*\}*|\}+", "An anchor stands behind a heading, as { #s1-4 }; a macro has two braces on each side."),
    ]
]
# What begins a line only by mistake.
_BEGINS = [
    (re.compile(pattern), mend)
    for pattern, mend in [
        (r"(?:!!!|\?\?\?\+?|:::) ?\w*", 'Write !!! note "A title", with straight quotation marks, alone on its line.'),
        (r"#{1,6}(?= ?\S)", 'For a heading begin the line with "##", without a space before it, and a space behind.'),
        (r":(?= )", "What it explains stands on the line above."),
    ]
]
_FENCE = re.compile(r"`{3,}|~{3,}")
_LET_BE = re.compile(
    r"\{[^{}]*=[^{}]*\}|\[(?:…|\.\.\.|sic|at|dot)\]"
)  # what the check of attributes names, and what quotations need


_CALLS = "|".join([*WORDS, *MACROS])
_IN_DATA = re.compile(
    rf"\*\*+|`+|!?\[[^\[\]]*\]\(|\[\^|(?<!\w)__|~~|\{{\{{\s*(?:{_CALLS})\b|^(?:!!!|#{{2,}})", re.I | re.M
)


def check_plain(texts: Iterable[Text]) -> Iterator[Problem]:
    """Marks of pages in what is no page: lists and the tops of pages show their texts as they are."""
    for text in texts:
        mark = _IN_DATA.search(text)
        if mark:
            wrong = f'"{mark[0]}" stands on the page as it is typed here.'
            yield text.problem(wrong, "Lists and the tops of pages hold plain words: remove it.")


def check_left_over(reading: Reading) -> Iterator[Problem]:
    """The marks that stand on a page as they were typed, one a line."""
    fences = [text.at(begin) for text, begin in _fences(reading)]
    marks = [text[begin:].split()[0] for text, begin in _fences(reading)]
    for number in range(0, len(fences), 2):  # what was meant to close one is no fault of its own
        wish = f'Write "{marks[number][:3]}" on a line of its own where the code ends.'
        if number + 1 < len(fences):
            wish = f'{wish} "{marks[number + 1]}" at line {fences[number + 1].line} does not close it.'
        yield fences[number].problem(f'"{marks[number]}" begins code that is never closed.', wish)
    for span in reading.spans:
        wish = f'Write "{span}" on a line of its own where the code ends.'
        yield span.problem(f'"{span}" begins code that is never closed.', wish)
    lines = {fence.line for fence in fences}
    for block in reading.blocks:
        if not block.is_meant_as_table:
            yield from _check(block, lines)


def _fences(reading: Reading) -> Iterator[tuple[Prose, int]]:
    """The lines of text that begin like code, each as its block and the place in it."""
    for block in reading.blocks:
        if "```" in block.raw or "~~~" in block.raw:
            yield from ((block.raw, begin) for begin, _ in block.raw.starts if _FENCE.match(block.raw, begin))


def _check(block: Block, fences: set[int]) -> Iterator[Problem]:
    text, told = block.raw.changed(_LET_BE, lambda _: "…"), set(fences)
    for begin in (begin for begin, _ in text.starts) if block.is_prose else ():
        for pattern, mend in _BEGINS:
            match = pattern.match(text, begin)
            if match:
                yield from _once(text, match, mend, told)
    for pattern, mend in _ANYWHERE:
        for match in pattern.finditer(text):
            yield from _once(text, match, mend, told)


def _once(text: Prose, match: re.Match[str], mend: str, told: set[int]) -> Iterator[Problem]:
    place = text.at(match.start())
    if place.line not in told:
        told.add(place.line)
        yield place.problem(f'"{match[0].strip()}" stands on the page as it is typed here.', mend)
