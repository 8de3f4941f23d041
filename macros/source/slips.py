"""Why data cannot be read, in an editor's words: the slip that stopped the reader, at the line on which it was made.

A reader of YAML says where it gave up, which may be pages below the slip. So lines are looked at from there upwards for what
editors mistype, and a slip is named only where its line, mended, lets the reader get further. The mended line is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from macros.source.quoting import mended_value, quoted

ODD_BLANKS = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"  # that look like a blank and are none for a program
NO_BREAK = "A no-break space stands on this line, as Word makes it."
TAB = "A tab stands at the beginning of this line."
_BUDGET = 3_000_000  # letters read again in all, so that no file takes long to explain
_ODD = f"[{ODD_BLANKS}]"
_BLANKS = re.compile(rf"(?P<begin>^[ \t{ODD_BLANKS}]*(?:-[ \t{ODD_BLANKS}]+)*)(?P<key>[\w-]+[ {ODD_BLANKS}]*:(?=\s))?")
_LINE = re.compile(r"(?P<begin> *(?:- +)*)(?P<key>[^\s#'\"\[\]{}&*!|>%@`,:-][^#:]*:(?= |$) *)?(?P<value>.*)")

_NEAR = 4  # lines above the one where the reader gave up, among which may be one that begins at a wrong place
Reads = Callable[
    [str], int | None
]  # the line, counted from 0, at which a reader gives up; nothing where it reads to the end


@dataclass(frozen=True)
class Slip:
    """What was mistyped on a line (counted from 0), how to mend it, and the line as it could stand; `shows` offers it."""

    line: int
    wrong: str
    mend: str
    mended: str
    shows: bool = True
    of: int = 0  # the line that is written anew, counted from the slip's
    likely: int = 2  # among those that let the reader get as far


def slip_in(lines: list[str], reads: Reads) -> Slip | None:
    """The slip whose mending lets a reader get furthest, the likeliest and nearest first; nothing where none helps."""
    stopped, best, furthest, budget = reads("\n".join(lines)), None, (0, 0), _BUDGET
    last = min(stopped, len(lines) - 1) if stopped is not None else -1
    for number in range(last, -1, -1):
        near = number > last - _NEAR
        if best and not near and furthest[0] == len(lines):
            break
        for slip in _slips(number, lines, near):
            budget -= sum(map(len, lines)) + len(lines)
            if budget < 0:
                return best
            place = number + slip.of
            reach = reads("\n".join([*lines[:place], slip.mended, *lines[place + 1 :]]))
            gained = (len(lines) if reach is None else reach, slip.likely)
            if gained[0] > last and gained > furthest:
                best, furthest = slip, gained
    return best


def _slips(number: int, lines: list[str], near: bool) -> Iterator[Slip]:
    """What may be mistyped on a line, with the line mended; the likeliest first. Where it begins is doubted if it is `near`."""
    line = lines[number].rstrip()
    if not line.strip() or line.lstrip().startswith("#"):
        return
    yield from _blanks(number, line)
    plain = _tidy(line, 2)
    found = _LINE.fullmatch(plain)
    begin, key, value = (found["begin"], found["key"] or "", found["value"]) if found else ("", "", plain)
    for wrong, mend, text in mended_value(value) if value else ():
        yield Slip(number, wrong, mend, f"{begin}{key}{text}", shows=mend.endswith(":"))
    if not key:
        yield from _colon(number, begin, value)
    if near and number and plain.lstrip().startswith("- "):
        yield from _under_text(number, lines)
    if near:
        yield from _indentation(number, lines, plain)
    if line == "...":
        yield Slip(number, "The file ends too early here.", 'Remove the line "...".', "", shows=False)


def _tidy(line: str, width: int) -> str:
    """A line with ordinary blanks where its place and its key are told from its text."""
    found = _BLANKS.match(line)
    if not found:
        return line
    begin = re.sub(_ODD, " ", found[0]).expandtabs(width)
    rest = line[found.end() :]
    after = re.match(rf"[\t{ODD_BLANKS}]+", rest) if found["key"] else None
    return f"{begin} {rest[after.end() :].lstrip()}" if after else begin + rest


def _blanks(number: int, line: str) -> Iterator[Slip]:
    for width in (2, 4, 8):
        plain = _tidy(line, width)
        if plain == line:
            return
        if "\t" in line[: len(line) - len(line.lstrip())] or re.match(r" *-[ -]*\t", line):
            wrong, mend = TAB, "Type blanks in its place:"
        else:
            wrong, mend = NO_BREAK, "Type an ordinary blank:"
        yield Slip(number, wrong, mend, plain)


def _colon(number: int, begin: str, value: str) -> Iterator[Slip]:
    """A key whose colon has no blank behind it, or is not there."""
    found = re.match(r"([\w-]+) ?:(?![\s/])", value)
    if found:
        wrong = "The blank behind the colon is missing."
        yield Slip(number, wrong, "Write:", f"{begin}{found[1]}: {value[found.end() :]}")
    elif re.match(r"[\w-]+ ?", value) and not re.search(r":(?:\s|$)", value):
        wrong = "No colon stands on this line."
        mend = "Write a key with a colon, or move the line to the right where it goes on with the text above."
        first, _, rest = value.partition(" ")
        yield Slip(number, wrong, mend, f"{begin}{first}: {quoted(rest)}", shows=False)


def _under_text(number: int, lines: list[str]) -> Iterator[Slip]:
    """A list below a key that has a text of its own."""
    above = next((place for place in range(number - 1, -1, -1) if lines[place].strip()), 0)
    found = _LINE.fullmatch(lines[above])
    if found and found["key"] and re.match(r"\w", found["value"]):
        wrong = f'"{found["key"].strip().rstrip(":")}" has a text, and a list begins here below it.'
        mend = "Take one of the two away, or give the list a key of its own."
        bare = found["begin"] + found["key"].rstrip()
        yield Slip(number, wrong, mend, bare, shows=False, of=above - number)


def _indentation(number: int, lines: list[str], plain: str) -> Iterator[Slip]:
    """A line that begins where none of those around it does."""
    text = plain.lstrip()
    own = len(plain) - len(text)
    for blanks, place in _begun(number, lines, text):
        if blanks != own:
            wrong = f"This line begins after {_blanks_in_words(own)}, where no line belongs."
            mend = f"Let it begin after {_blanks_in_words(blanks)}, as in line {place + 1}:"
            yield Slip(number, wrong, mend, " " * blanks + text, likely=int(own % 2 > blanks % 2))


def _begun(number: int, lines: list[str], text: str) -> list[tuple[int, int]]:
    """Where the lines around one begin, each with a line of its kind that does: the nearest first, those above before those below."""
    begun: dict[int, int] = {}
    for place in sorted(
        range(max(0, number - 60), min(len(lines), number + 30)), key=lambda place: abs(place - number)
    ):
        other = lines[place].lstrip()
        if place != number and other and not other.startswith("#"):
            blanks = len(lines[place]) - len(other)
            inner = other[1:].lstrip() if other.startswith("- ") else other
            for start in (other, inner):
                if _alike(start, text):
                    begun.setdefault(blanks + len(other) - len(start), place)
    return sorted(begun.items(), key=lambda item: (abs(item[1] - number), item[1]))


def _alike(one: str, other: str) -> bool:
    """Whether two lines are of one kind: entries in braces, other entries of a list, or keys."""
    return (
        one[:3] == other[:3]
        if one.startswith("- {")
        else one[:2] == "- " == other[:2] or "- " not in (one[:2], other[:2])
    )


def _blanks_in_words(count: int) -> str:
    return "no blank" if not count else "1 blank" if count == 1 else f"{count} blanks"
