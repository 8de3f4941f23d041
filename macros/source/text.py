"""What a file holds as values that know the file and the line they were read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from macros.source.problems import Problem


class Text(str):
    """A piece of text that knows the file and the line (counted from 1) it was read from, and whether a comment cuts it off."""

    path: str
    line: int
    is_cut: bool = False

    def __new__(cls, value: str, path: str = "", line: int = 1) -> Self:
        """The text `value`, read from `line` of the file `path`."""
        text = str.__new__(cls, value)
        text.path, text.line = path, line
        return text

    def problem(self, wrong: str, mend: str, paste: str = "") -> Problem:
        """A problem at the place this text was read from, with what can be pasted."""
        return Problem(self.path, self.line, wrong, mend, paste)

    def at(self, place: int) -> Text:
        """This text as read from the line of the letter at `place`."""
        return self


class Prose(Text):
    """A text of several lines of its file: `starts` are the places in it at which a line begins, each with its number."""

    starts: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, value: str, path: str, starts: tuple[tuple[int, int], ...]) -> Prose:
        """The text `value`, whose lines begin at `starts`."""
        prose = cls(value, path, starts[0][1] if starts else 1)
        prose.starts = starts
        return prose

    def at(self, place: int) -> Text:
        """This text as read from the line of the letter at `place`."""
        number = bisect_right(self.starts, place, key=lambda start: start[0]) - 1
        return Text(self, self.path, self.starts[max(0, number)][1])

    def part(self, begin: int, end: int) -> Prose:
        """The letters between two places, which know their lines."""
        first = max(0, bisect_right(self.starts, begin, key=lambda start: start[0]) - 1)
        within = ((max(0, at - begin), line) for at, line in self.starts[first:] if at < max(end, begin + 1))
        return Prose.of(self[begin:end], self.path, tuple(within))

    def changed(self, pattern: re.Pattern[str], into: Callable[[re.Match[str]], str]) -> Prose:
        """The text with what `pattern` finds put into other words."""
        pieces: list[str] = []
        starts = list(self.starts)
        done = longer = 0
        for found in pattern.finditer(self):
            word = into(found)
            pieces += [self[done : found.start()], word]
            done, longer = found.end(), longer + len(word) - len(found[0])
            first = bisect_right(self.starts, done - 1, key=lambda start: start[0])
            starts[first:] = [(at + longer, line) for at, line in self.starts[first:]]
        return Prose.of("".join([*pieces, self[done:]]), self.path, tuple(starts)) if pieces else self


@dataclass(frozen=True)
class Listed:
    """A YAML list and the line it begins at."""

    items: tuple[Node, ...]
    path: str
    line: int


@dataclass(frozen=True)
class Keyed:
    """A YAML mapping: each key, a text that knows its line, with its value; `blanks` stand before it on its line."""

    items: dict[Text, Node]
    path: str
    line: int
    blanks: int = 0


Node = Text | Listed | Keyed
