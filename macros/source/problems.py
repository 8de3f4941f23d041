"""What editors have to mend: a problem names its file, its line, what is wrong and how to mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from macros.source.problem_ids import id_of

Wrong = tuple[str, str]  # what is wrong, and how to mend it
_LIKE = 0.75  # from which on a word may be a slip of another; two words of four letters share three
_FEWEST = 3  # letters of a word that can be a slip


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend, at a line (counted from 1) of a file named from the project's folder.

    `paste` is what can be put there as it stands: whole lines, with their blanks.
    """

    path: str
    line: int
    wrong: str
    mend: str
    paste: str = ""

    def __str__(self) -> str:
        said = visible(f"{self.path}:{self.line}: {self.wrong} {self.mend}")
        return "\n".join([said, *map(visible, self.paste.split("\n"))]) if self.paste else said


def told(problem: Problem) -> str:
    """A problem as people read it, with the id of its kind in brackets."""
    name = id_of(problem.wrong)
    if not name:
        return str(problem)
    first, *below = str(problem).split("\n")
    said = f"{first[:-1]} ({name}):" if below and first.endswith(":") else f"{first} ({name})"
    return "\n".join([said, *below])


def visible(text: str) -> str:
    """A text for a terminal: what cannot be seen, or would command it, stands there by its number."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def nearest(word: str, known: Iterable[str]) -> str:
    """The entry of `known` that `word` is most like, in small letters or capitals; empty where all are strangers to it."""
    others = {other.casefold(): other for other in known if other != word}
    if sum(map(str.isalpha, word)) < _FEWEST:
        return ""  # "s1-3" is no slip of "s1-2"
    turned = [other for other in others if sorted(other) == sorted(word.casefold())]  # "aeg" for "age"
    near = turned or get_close_matches(word.casefold(), others, n=1, cutoff=_LIKE)
    return others[near[0]] if near else ""


def suggest(word: str, known: Iterable[str], otherwise: str) -> str:
    """The sentence that names the entry of `known` nearest to `word`, or `otherwise` where none is near."""
    near = nearest(word, known)
    return f'Did you mean "{near}"?' if near else otherwise


def one_of(words: Iterable[str]) -> str:
    """The words in quotation marks, as a choice: "a", "b" or "c"."""
    quoted = [f'"{word}"' for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]])) if quoted else "nothing"


def warned(problems: Iterable[Problem]) -> str:
    """What stops nothing but is to be looked at, counted first; empty where there is nothing."""
    lines = [told(problem) for problem in sorted(set(problems))]
    count = "1 warning." if len(lines) == 1 else f"{len(lines)} warnings."
    return "\n".join([count, *lines]) if lines else ""


def report(problems: Iterable[Problem]) -> str:
    """All problems, counted first, then one a line in the order of their files and lines."""
    ordered = sorted(set(problems))
    if not ordered:
        return "No problems found."
    count = "1 problem." if len(ordered) == 1 else f"{len(ordered)} problems."
    return "\n".join([f"{count} Nothing was published.", *map(told, ordered)])


def reported(lines: Iterable[str]) -> list[str]:
    """The problems among lines that were printed, each with what can be pasted below it."""
    problems: list[str] = []
    for line in lines:
        if re.match(r"\S+:\d+: ", line):
            problems.append(line)
        elif problems and line.startswith(" "):
            problems[-1] += f"\n{line}"
    return problems
