"""How wide words are in a picture, and where their lines break: estimated without a font, and rather too wide than cut."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

# Widths of Arial in hundredths of the letter size; the other system fonts are within the margin of it.
_WIDTHS = {
    24: "ijl'|",
    30: ' !,./:;I[\\]ft"',
    36: "()-`r{}*",
    50: "Jcksvxyz^",
    58: "+<=>~#$0123456789?L_abdeghnopqu–",
    67: "&ABEKPSVXYFTZ",
    74: "CDHNRUw",
    80: "GOQ",
    90: "Mm%",
    100: "W@—…→",
}
_WIDTH = {letter: width / 100 for width, letters in _WIDTHS.items() for letter in letters}
_MARGIN, _BOLD, _OTHER, _WIDE = 1.05, 1.18, 0.75, 1.05


def width(words: str, size: float, bold: bool = False) -> float:
    """The most that words take in letters of this size."""
    return sum(map(_letter, words)) * size * _MARGIN * (_BOLD if bold else 1)


@cache  # pictures measure the same letters some hundred thousand times
def _letter(letter: str) -> float:
    if letter in _WIDTH:
        return _WIDTH[letter]
    if _joins(letter):
        return 0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else _OTHER


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
