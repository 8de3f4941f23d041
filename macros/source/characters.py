"""Characters that no text of the guidance may hold: those that cannot be seen, that turn its direction, or that pass for others.

Text in any language is welcome. What gives a slip or a trick away is letters of two alphabets within one word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from macros.source.problems import Problem

# Looked at closely is only what holds something else than plain letters, signs of prose, and letters with accents.
UNUSUAL = re.compile(
    "[^\\t\\n -~\u00a0-\u00ac\u00ae-\u024f\u2010-\u2015\u2018-\u201e\u2020-\u2027\u20ac\u2122\u2190-\u21ff\u2212]"
)
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f\u0483-\u0487])+")
_ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);?")
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # whatever stands between them
_MARKS = frozenset("\u200e\u200f\u061c")  # directions of one place, which Arabic and Hebrew need beside figures
_JOINERS = frozenset("\u200c\u200d")  # which Persian and the scripts of India need within words
_SEEN = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_UNSEEN = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc\ufffd")  # by no category
_ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "GEORGIAN", "DESERET", "OSAGE")
_LOOK_ALIKE = frozenset("аеорсухіјѕԁһАВЕЅІЈКМНОРСТУХοΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")  # Cyrillic and Greek
_CALLED = {
    "\0": "nothing, as programs write it",
    "\a": "a bell",
    "\b": "a step back",
    "\v": "a line break within a paragraph, as Word makes it",
    "\f": "a page break",
    "\r": "a line break",
    "\x1b": "a command to a terminal",
    "\u00ad": "a hyphen that cannot be seen",
    "\u0085": "a line break of other computers",
    "\ufeff": "the mark of the beginning of a file",
    "\ufffd": "the mark of a letter that got lost",
}


def check_characters(text: str, path: str, first: int = 1) -> Iterator[Problem]:
    """The characters of a text that may not stand in it, by their lines, of which `first` is the number of its first."""
    if not UNUSUAL.search(text):
        return
    for number, line in enumerate(text.split("\n"), first):
        wrong = _wrong(line) if UNUSUAL.search(line) else None
        if wrong:
            yield Problem(path, number, *wrong)


def check_entities(text: str, path: str, first: int = 1) -> Iterator[Problem]:
    """The same of characters that are written as HTML has it, such as &#8238; or &zwj;."""
    for number, line in enumerate(text.split("\n") if "&" in text else (), first):
        read = unescape(line)
        mixed = next(filter(None, map(_mixed, _words(read))), None) if read != line else None
        if mixed:
            yield Problem(path, number, *mixed)
        for entity in _ENTITY.findall(line):
            if _is_hidden(entity) or any(_refused(letter, line, 0) for letter in unescape(entity)):
                wrong = f'"{entity}" stands for a character that cannot be seen, or that passes for another.'
                yield Problem(path, number, wrong, "Remove it, and type the words around it again.")


def _is_hidden(entity: str) -> bool:
    """Whether HTML reads a number as nothing or as another character than the one of that number."""
    number = re.fullmatch(r"&#(?:[xX]([\da-fA-F]+)|(\d+));?", entity)
    value = int(number[1], 16) if number and number[1] else int(number[2]) if number else 32
    return value not in (9, 10) and (value < 32 or 127 <= value < 160 or value > 0x10FFFF or 0xD800 <= value < 0xE000)


def _wrong(line: str) -> tuple[str, str] | None:
    """What is wrong with the first such character or word of a line, and how to mend it."""
    for place, letter in enumerate(line):
        if UNUSUAL.match(letter):
            refused = _refused(letter, line, place)
            if refused:
                return refused
    return next(filter(None, map(_mixed, _words(line))), None) or _disguised(line)


def _words(line: str) -> list[str]:
    return [word for word in _WORD.findall(line) if not word.isascii()]


def _refused(letter: str, line: str, place: int) -> tuple[str, str] | None:
    """Why a character may not stand at its place in a line."""
    code, kind = f"U+{ord(letter):04X}", unicodedata.category(letter)
    again = "Remove it: type the words around it again."
    if letter in _TURNS:
        return f"A character that turns the direction of writing stands here ({code}, {_name(letter)}).", again
    if letter == "\uf0b7":
        return f"A bullet of Word stands here ({code}).", 'Write "- " at the beginning of the line.'
    if kind == "Co":
        return f"A character of a font of its own stands here ({code}).", "Type what it shows."
    if _is_unseen(letter, kind) and not _may_stand(letter, line, place):
        return f"A character that cannot be seen stands here ({code}, {_name(letter)}).", again
    plain = unicodedata.normalize("NFKC", letter)
    if kind in ("Lu", "Ll", "Nd") and plain.isascii() and plain != letter:
        return f'A character that only looks like "{plain}" stands here ({code}, {_name(letter)}).', f'Type "{plain}".'
    return None


def _is_unseen(letter: str, kind: str) -> bool:
    number = ord(letter)
    nothing = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    varies = 0xFE00 <= number <= 0xFE0F or 0xE0100 <= number <= 0xE01EF
    hidden = kind in ("Cc", "Cf", "Cs", "Zl", "Zp") and letter not in ("\n", "\t")
    return letter not in _SEEN and (hidden or nothing or varies or letter in _UNSEEN)


def _may_stand(letter: str, line: str, place: int) -> bool:
    """Whether the script or the sign beside it needs a character that cannot be seen."""
    before, after = line[place - 1 : place], line[place + 1 : place + 2]
    if letter in _MARKS:
        return any(unicodedata.bidirectional(other) in ("R", "AL") for other in line if other.isalpha())
    if letter in _JOINERS:
        signs = unicodedata.category(before or " ") in ("So", "Sk") or before == "\ufe0f"
        return (letter == "\u200d" and signs) or (_joins(before) and (_joins(after) or not after.isalnum()))
    if 0xFE00 <= ord(letter) <= 0xFE0F or ord(letter) >= 0xE0100:
        return unicodedata.category(before or " ") in ("So", "Sm", "Po") or unicodedata.name(before, "").startswith(
            "CJK"
        )
    return False


def _joins(letter: str) -> bool:
    """Whether a letter or its mark is of a script whose words may need joiners."""
    name = unicodedata.name(letter, "") if letter else ""
    return bool(name) and unicodedata.category(letter)[0] in "LM" and not name.startswith((*_ALPHABETS, "COMBINING"))


def _mixed(word: str) -> tuple[str, str] | None:
    """What is wrong with a word whose letters come from two alphabets, or whose figures do from two kinds."""
    scripts: dict[str, str] = {}
    for letter in word:
        kind = unicodedata.category(letter)
        name = unicodedata.name(letter, "")
        script = "figures" + name.split(" DIGIT ")[0] if kind == "Nd" else name.partition(" ")[0]
        if kind == "Nd" or (kind[0] == "L" and script in _ALPHABETS):
            scripts.setdefault(script, letter)
    letters = {script: letter for script, letter in scripts.items() if not script.startswith("figures")}
    mixed = letters if len(letters) > 1 else {name: sign for name, sign in scripts.items() if name not in letters}
    if len(mixed) < 2:
        return None
    odd = next(letter for letter in reversed(mixed.values()) if not letter.isascii())
    wrong = f'The word "{word}" mixes alphabets: "{odd}" (U+{ord(odd):04X}, {_name(odd)}) is of another than the rest.'
    return wrong, "Type the word again."


def _disguised(line: str) -> tuple[str, str] | None:
    """A word all of whose letters look like ours and are none, in a line that holds no other letters than ours."""
    words = [word for word in _words(line) if len(word) > 1 and set(word) <= _LOOK_ALIKE]
    rest = {letter for letter in line if letter.isalpha()} - set("".join(words))
    if not words or not rest or not all(unicodedata.name(letter, "").startswith("LATIN") for letter in rest):
        return None
    wrong = f'The word "{words[0]}" is of letters that only look like ours: {_name(words[0][0])}, for example.'
    return wrong, "Type the word again."


def _name(letter: str) -> str:
    """A character in words."""
    kinds = {"Cc": "a control character", "Cs": "half of a character"}
    known = _CALLED.get(letter) or unicodedata.name(letter, "").lower()
    return known or kinds.get(unicodedata.category(letter), "no character of any script")
