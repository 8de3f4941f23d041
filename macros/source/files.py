"""Files as editors write them, read into values that know their file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from macros.source.bounds import too_much
from macros.source.characters import check_characters, check_entities
from macros.source.parsing import parse_yaml
from macros.source.problems import Problem
from macros.source.text import Node, Text

_MERGED = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)", re.M)
LARGEST = 1_000_000  # bytes; the longest real file has under 100,000


def read_text(file: Path, path: str) -> tuple[str, list[Problem]]:
    """The text of `file`, its line ends made plain, and what is wrong with it as a file."""
    try:
        data = file.read_bytes()
    except OSError as error:
        wish = "See to it that you may read it."
        return "", [Problem(path, 1, f"The file cannot be read: {(error.strerror or 'unknown').lower()}.", wish)]
    if len(data) > LARGEST:
        return "", [
            Problem(
                path,
                1,
                f"The file has {len(data):,} bytes; the most is {LARGEST:,}.",
                "Split it, or remove what does not belong here.",
            )
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return "", [_encoded_otherwise(data, path, error.start)]
    if not text.strip():
        return "", [Problem(path, 1, "The file is empty.", "Write its content, or remove the file.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    over = too_much(text, path)
    if over:
        return "", [over]
    wrong = [*check_merged(text, path)] or [*check_characters(text, path), *check_entities(text, path)]
    return ("", wrong) if wrong else (text, [])


def check_merged(text: str, path: str) -> Iterator[Problem]:
    """The marks that git leaves where two people have changed the same lines, told once a file."""
    mark = _MERGED.search(text)
    if mark:
        wrong = f'"{mark[0].strip()}" is a mark of an unfinished merge: two wordings stand here, one below the other.'
        wish = 'Keep one of them, and remove the lines that begin with "<<<<<<<", "|||||||", "=======" and ">>>>>>>".'
        yield Problem(path, text.count("\n", 0, mark.start()) + 1, wrong, wish)


def _encoded_otherwise(data: bytes, path: str, place: int) -> Problem:
    """What is wrong with a file whose letters are not written as UTF-8: the first of them, as Windows would read it."""
    wish = "Save it again with the encoding UTF-8."
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem(path, 1, "The file is saved with the encoding UTF-16.", wish)
    letter = data[place : place + 1].decode("cp1252", "replace")
    wrong = f'The file is not saved with the encoding UTF-8: this line has "{letter}" as Windows writes it.'
    return Problem(path, data.count(b"\n", 0, place) + 1, wrong, wish)


def read_yaml(file: Path, path: str) -> tuple[Node | None, list[Problem]]:
    """The content of a YAML file and what is wrong with it."""
    text, problems = read_text(file, path)
    return (None, problems) if problems else parse_yaml(text, path)


@dataclass(frozen=True)
class Markdown:
    """A Markdown file: its front matter, its body, and the line of the file that the body begins at."""

    front: Node | None
    body: Text


def _braces(front: list[str], path: str) -> Iterator[Problem]:
    """The lines of front matter, comments too, that MkDocs could take for the page's text, and run."""
    for number, line in enumerate(front, 2):
        if any(mark in line for mark in ("{{", "{%", "{#")):
            yield Problem(path, number, "Braces stand in the front matter.", "Use macros in the page's text only.")
        if line.startswith("..."):
            yield Problem(path, number, "The front matter ends too early here.", 'Remove the line "...".')


def parse_markdown(text: str, path: str) -> tuple[Markdown | None, list[Problem]]:
    """The front matter and the body in the text of a page, and what is wrong with them."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, [
            Problem(
                path,
                1,
                "The page does not begin with front matter.",
                'Begin it with a line "---", then title, description and the other keys, then "---".',
            )
        ]
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return None, [Problem(path, 1, "The front matter has no end.", 'Write a line "---" after its last key.')]
    braces = list(_braces(lines[1:end], path))
    front, problems = (None, braces) if braces else parse_yaml("\n" + "\n".join(lines[1:end]) + "\n", path)
    return Markdown(front, Text("\n".join(lines[end + 1 :]), path, end + 2)), problems
