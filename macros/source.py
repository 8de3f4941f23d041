"""Files as editors write them, read into values that know their file and line.

YAML is read strictly: every value is text until a model asks for more, so that `Yes`, `No` and `12:30` stay what
they are; a key written twice, an alias or a file of more than one megabyte is a problem, never a surprise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, cast

import yaml

from macros.problems import Problem

LARGEST = 1_000_000  # bytes; the longest real file has under 100,000
DEEPEST = 12  # levels of lists and keys; the deepest real file has 6
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: ten times faster


class Text(str):
    """A piece of text that knows the file and the line (counted from 1) it was read from."""

    path: str
    line: int

    def __new__(cls, value: str, path: str = "", line: int = 1) -> Self:
        """The text `value`, read from `line` of the file `path`."""
        text = super().__new__(cls, value)
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


@dataclass
class _Reader:
    path: str
    problems: list[Problem]
    seen: set[int] = field(default_factory=set)

    def problem(self, line: int, wrong: str, mend: str) -> None:
        self.problems.append(Problem(self.path, line, wrong, mend))

    def node(self, node: yaml.Node, depth: int = 0) -> Node:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            return Text(node.value, self.path, line)
        if id(node) in self.seen:
            self.problem(line, "This part is used again by an alias (& and *).", "Write it out in both places.")
            return Text("", self.path, line)
        self.seen.add(id(node))
        if depth > DEEPEST:
            self.problem(
                line, f"This is nested more than {DEEPEST} levels deep.", "Check the indentation and the brackets."
            )
            return Text("", self.path, line)
        if isinstance(node, yaml.SequenceNode):
            return Listed(tuple(self.node(item, depth + 1) for item in node.value), self.path, line)
        return self.mapping(cast(yaml.MappingNode, node), depth, line)

    def mapping(self, node: yaml.MappingNode, depth: int, line: int) -> Keyed:
        items: dict[Text, Node] = {}
        for key_node, value_node in node.value:
            key = Text(str(key_node.value), self.path, key_node.start_mark.line + 1)
            first = next((known for known in items if known == key), None)
            if first is None:
                items[key] = self.node(value_node, depth + 1)
            else:
                self.problem(key.line, f'"{key}" is written twice (first at line {first.line}).', "Keep one of them.")
        return Keyed(items, self.path, line)


def read_text(file: Path, path: str) -> tuple[str, list[Problem]]:
    """The text of `file`, its line ends made plain, and what is wrong with it as a file."""
    data = file.read_bytes()
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
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem(path, line, "This line is not UTF-8 text.", "Save the file again with the encoding UTF-8.")]
    if not text.strip():
        return "", [Problem(path, 1, "The file is empty.", "Write its content, or remove the file.")]
    return text.replace("\r\n", "\n").replace("\r", "\n"), []


def parse_yaml(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The YAML in `text`, with line numbers as in `text`, and its problems; no value where it cannot be read."""
    reader = _Reader(path, [])
    try:
        node = yaml.compose(text, Loader=_LOADER)
        return (reader.node(node) if node is not None else None), reader.problems
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or "the text ends too early"
        problem = Problem(
            path,
            mark.line + 1 if mark else 1,
            f"This cannot be read as YAML: {why}.",
            "Check the indentation, the quotation marks and the colons here and on the line above.",
        )
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        problem = Problem(
            path,
            line,
            "A character here is not allowed in YAML.",
            "Remove it; it is often invisible, so type the line again.",
        )
    except RecursionError:
        problem = Problem(
            path, 1, f"This is nested more than {DEEPEST} levels deep.", "Check the indentation and the brackets."
        )
    return None, [*reader.problems, problem]


def read_yaml(file: Path, path: str) -> tuple[Node | None, list[Problem]]:
    """The content of a YAML file and what is wrong with it."""
    text, problems = read_text(file, path)
    return (None, problems) if problems else parse_yaml(text, path)


@dataclass(frozen=True)
class Document:
    """A Markdown file: its front matter, its body, and the line of the file that the body begins at."""

    front: Node | None
    body: Text


def read_document(file: Path, path: str) -> tuple[Document | None, list[Problem]]:
    """The front matter and the body of a Markdown file, and what is wrong with them."""
    text, problems = read_text(file, path)
    if problems:
        return None, problems
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
    front, problems = parse_yaml("\n" + "\n".join(lines[1:end]) + "\n", path)
    return Document(front, Text("\n".join(lines[end + 1 :]), path, end + 2)), problems
