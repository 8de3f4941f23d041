"""Where the letters of terms stand in a text: exact letters and whole words, found by one look-up for each word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from macros.topics.glossary import Term, by_letters

# The text is HTML's: "&" is "&amp;" there. A hyphen or an ampersand between letters is part of a word.
_MORE = r"(?:\w|-(?=\w)|&amp;(?=\w))*"
_WORD = re.compile(rf"[^\W\d_]{_MORE}")
_CAPITAL = r"[^\Wa-z_]"  # a capital, a figure, an accent: most words have none, and are passed over at no cost
_BEFORE = re.compile(r"[\w&#-]")
_EDGES = ' \n\t\u00a0<>()"“”'  # what an address does not hold
_RIGHT = re.compile(f"[^{_EDGES}]*")
_ADDRESS = re.compile(r"@|://|=|\bwww\.|[\w-]\.[A-Za-z]{2}|\A(?:\.{0,2}/|[A-Za-z]:\\|\\)")
_ACCENT = re.compile(r"[\u0300-\u036f]")  # written after its letter, where the text is decomposed
_CLOCKS = ("AM", "PM", "BST", "GMT")
_FIGURE = re.compile(r"\d(?:\s|&nbsp;|&#160;)*\Z")
_LONGEST = 240  # characters of context looked at


@dataclass(frozen=True)
class Occurrence:
    """The letters of a term, as the glossary writes them, and where they stand."""

    letters: str
    start: int
    end: int


class Spellings:
    """Every spelling of every term, by its first word."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = {str(term.id): term for term in reversed(terms)}
        self.known = by_letters(tuple(term for term in terms if self.terms[term.id] is term))
        self.usual = {letters: known[0] for letters, known in self.known.items() if stands_alone(known)}
        self.first: dict[str, list[tuple[str, re.Pattern[str] | None]]] = {}
        for letters in sorted(self.known, key=len, reverse=True):
            spelling = escape(letters, quote=False)
            word = _WORD.match(spelling)
            if word:
                rest = spelling[word.end() :]
                self.first.setdefault(word[0], []).append((letters, _rest(rest) if rest else None))
        small = [rf"(?<![\w&#-]){re.escape(word)}(?![\w-])" for word in self.first if not re.search(_CAPITAL, word)]
        self.words = re.compile("|".join([_CAPITAL + _MORE, *small]))

    def occurrences(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Occurrence]:
        """The spellings that stand in a run of text without tags, the longest at each place."""
        done, first = start, self.first
        for word in self.words.finditer(text, start, len(text) if end is None else end):
            begin = word.start()
            while begin > start and "a" <= text[begin - 1] <= "z":
                begin -= 1  # "eCDOP", "s47"
            known = first.get(text[begin : word.end()])
            if known is None or begin < done or (begin > start and _BEFORE.match(text, begin - 1)):
                continue
            occurrence = _longest(known, text, begin, word)
            if occurrence:
                done = occurrence.end
                yield occurrence


def stands_alone(known: tuple[Term, ...]) -> bool:
    """Whether letters are explained without more words: one meaning or a usual one, and no word of their own."""
    return (len(known) == 1 or known[0].usual) and not known[0].explicit


def is_unclear(known: tuple[Term, ...]) -> bool:
    """Whether a page has to say which meaning it means: several that would be explained, and none usual."""
    return len(known) > 1 and not known[0].usual and not all(term.explicit for term in known)


def _rest(spelling: str) -> re.Pattern[str]:
    words = (re.escape(word) for word in spelling.split(" "))
    return re.compile(r"(?:\s|&nbsp;|&#160;)+".join(words) + r"(?!\w|-\w)")


def _longest(
    known: list[tuple[str, re.Pattern[str] | None]], text: str, begin: int, word: re.Match[str]
) -> Occurrence | None:
    for letters, rest in known:
        more = rest.match(text, word.end()) if rest else word
        if more:
            return Occurrence(letters, begin, more.end())
    return None


def elsewhere(text: str, occurrence: Occurrence) -> bool:
    """Whether the letters are part of an address, of a time or of another word."""
    if (
        occurrence.letters not in _CLOCKS
        and text[occurrence.start - 1] in " \n>("
        and text[occurrence.end : occurrence.end + 1] in " \n<,;)"
    ):
        return False  # the usual case, told at once
    before, after = (
        text[max(0, occurrence.start - _LONGEST) : occurrence.start],
        text[occurrence.end : occurrence.end + _LONGEST],
    )
    left, right = before[max(map(before.rfind, _EDGES)) + 1 :], _RIGHT.match(after)
    around = f"{left}{occurrence.letters}{right[0] if right else ''}".rstrip(".")
    return (
        bool(_ACCENT.match(after))
        or bool(_ADDRESS.search(around))
        or (occurrence.letters in _CLOCKS and bool(_FIGURE.search(before)))
    )
