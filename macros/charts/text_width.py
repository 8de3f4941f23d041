"""How wide words are in a picture, and where their lines break: estimated without a font, and rather too wide than cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

# Widths in hundredths of the letter size, rounded up, of the widest font that usual systems read with: DejaVu Sans, plain and bold.
_PLAIN_WIDTHS = {
    28: "ijl'",
    32: " ,.‘’·IJ",
    36: "/:;\\|f",
    40: "t()[]-",
    46: 'r!"',
    50: "*_`–§",
    54: "“”sz?",
    60: "cLkFvxy",
    64: "aeoPTYbdghnpquES0123456789${}£",
    70: "KABCRVXZ",
    78: "UHNDG&",
    84: "OQw#+<=>^~→×",
    98: "M%m",
    100: "W@—…",
}
_BOLD_WIDTHS = {
    32: "'",
    38: "ijl IJ,./\\|‘’·",
    42: ":;-",
    46: "f!()[]",
    50: "tr_`–§",
    54: '"*',
    60: "csz?",
    66: "Lvxy“”",
    70: "aekoEFT0123456789$£",
    74: "bdghnpqu{}CPSYZ",
    78: "ABKRVX",
    84: "UDGHN#+<=>^~→×",
    88: "OQ&",
    94: "w",
    102: "M@—…%",
    106: "m",
    112: "W",
}
_PLAIN, _BOLD = (
    {letter: width / 100 for width, letters in widths.items() for letter in letters}
    for widths in (_PLAIN_WIDTHS, _BOLD_WIDTHS)
)
_MARGIN = 1.03  # Verdana's spaces, and letters that a screen sets on whole pixels
_SMALL, _CAPITAL, _WIDE, _PICTURE = 1.0, 1.3, 1.05, 1.4  # letters of other scripts, and emoji


def width(words: str, size: float, bold: bool = False) -> float:
    """The most that words take in letters of this size."""
    return sum(_letter(letter, bold) for letter in words) * size * _MARGIN


@cache  # pictures measure the same letters some hundred thousand times
def _letter(letter: str, bold: bool) -> float:
    measured = _BOLD if bold else _PLAIN
    bare = unicodedata.normalize("NFD", letter)[0]  # an accent takes no room of its own
    if bare in measured:
        return measured[bare]
    if _joins(letter):
        return 0
    if unicodedata.category(letter) == "So" and unicodedata.east_asian_width(letter) == "W":
        return _PICTURE
    return _other(letter)


def _other(letter: str) -> float:
    """The width of a letter of another script, plain or bold."""
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return _WIDE
    return _CAPITAL if letter.isupper() else _SMALL


def _joins(letter: str) -> bool:
    """Whether the character stands on the one before it: accents, joiners, marks of direction."""
    return unicodedata.category(letter) in ("Mn", "Me", "Cf")


def wrap(words: str, room: float, size: float, bold: bool = False, indent: float = 0) -> list[str]:
    """The lines of a text, none wider than `room`, the first shorter by `indent`; a word too long for a line is broken."""
    lines = [""] if indent else []
    used, space = indent, width(" ", size, bold)
    for word in words.split():
        for piece in _pieces(word, room, size, bold):
            wide = width(piece, size, bold)
            if lines and used + space + wide <= room:
                lines[-1] = f"{lines[-1]} {piece}".strip()
                used += space + wide
            else:
                lines.append(piece)
                used = wide
    return lines or [""]


def _pieces(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    if width(word, size, bold) <= room:
        yield word
        return
    piece, used = "", 0.0
    for letter in word:
        wide = width(letter, size, bold)
        if piece and wide and used + wide > room:
            yield piece
            piece, used = "", 0.0
        piece, used = piece + letter, used + wide
    yield piece
