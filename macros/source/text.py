"""What a file holds as values that know the file and the line they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from macros.source.problems import Problem


class Text(str):
    """A piece of text that knows the file and the line (counted from 1) it was read from."""

    path: str
    line: int

    def __new__(cls, value: str, path: str = "", line: int = 1) -> Self:
        """The text `value`, read from `line` of the file `path`."""
        text = str.__new__(cls, value)
        text.path, text.line = path, line
        return text

    def problem(self, wrong: str, mend: str) -> Problem:
        """A problem at the place this text was read from."""
        return Problem(self.path, self.line, wrong, mend)


@dataclass(frozen=True)
class Listed:
    """A YAML list and the line it begins at."""

    items: tuple[Node, ...]
    path: str
    line: int


@dataclass(frozen=True)
class Keyed:
    """A YAML mapping: each key, a text that knows its line, with its value."""

    items: dict[Text, Node]
    path: str
    line: int


Node = Text | Listed | Keyed
