"""Files as editors write them, read into values that know their file and line.

YAML is read strictly: every value is text until a model asks for more, so that `Yes`, `No` and `12:30` stay what
they are; a key written twice, an alias or a file of more than one megabyte is a problem, never a surprise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

import yaml

from macros.source.bounds import too_much
from macros.source.characters import check_characters, check_entities
from macros.source.problems import Problem
from macros.source.text import Keyed, Listed, Node, Text

LARGEST = 1_000_000  # bytes; the longest real file has under 100,000
DEEPEST = 12  # levels of lists and keys; the deepest real file has 6
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: ten times faster


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class _Reader:
    """Builds nodes from the events of YAML's parser; composing them in C crashes on brackets nested without end."""

    def __init__(self, text: str, path: str) -> None:
        self.path, self.problems = path, list[Problem]()
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        """The file's one value; nothing where it holds none."""
        read = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and event.explicit and read is not None:
                self.problem(event, "A second document begins here.", 'Remove the line "---".')
                break
            if isinstance(event, yaml.NodeEvent):
                empty = isinstance(event, yaml.ScalarEvent) and not event.value and event.style is None
                read = None if empty else self.node(event, 0)
        return read

    def problem(self, event: yaml.Event, wrong: str, mend: str) -> None:
        self.problems.append(Problem(self.path, _line(event), wrong, mend))

    def node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        if isinstance(event, yaml.AliasEvent):
            self.problem(event, f'"*{event.anchor}" repeats what stands elsewhere.', "Write it out here.")
            return Text("", self.path, line)
        if depth > DEEPEST:
            raise _TooDeepError(line)  # and read no further: the parser's time grows with the square of the depth
        if isinstance(event, yaml.SequenceStartEvent):
            parts = iter(self.events.__next__, None)
            items = takewhile(lambda part: not isinstance(part, yaml.SequenceEndEvent), parts)
            return Listed(tuple(self.node(part, depth + 1) for part in items), self.path, line)
        return self.mapping(line, depth)

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Text:
        """A piece of text; in double quotation marks a character may be written by its number, and is judged then."""
        found = list(check_characters(event.value, self.path)) if event.style == '"' else []
        self.problems += [replace(problem, line=line) for problem in found]
        text = "".join(filter(str.isprintable, event.value)) if found else event.value
        return Text(text, self.path, line)

    def mapping(self, line: int, depth: int) -> Keyed:
        items: dict[Text, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                self.problem(event, "A key is a single word here.", "Write a word with a colon.")
            key = Text(str(self.node(event, depth + 1)), self.path, _line(event))
            value = self.node(next(self.events), depth + 1)
            first = next((known for known in items if known == key), None)
            if first is None:
                items[key] = value
            else:
                wrong = f'"{key}" is written twice (first at line {first.line}).'
                self.problem(event, wrong, "Keep one of them.")
        return Keyed(items, self.path, line)


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
        line = data.count(b"\n", 0, error.start) + 1
        return "", [Problem(path, line, "This line is not UTF-8 text.", "Save the file again with the encoding UTF-8.")]
    if not text.strip():
        return "", [Problem(path, 1, "The file is empty.", "Write its content, or remove the file.")]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    over = too_much(text, path)
    if over:
        return "", [over]
    hidden = [*check_characters(text, path), *check_entities(text, path)]
    return ("", hidden) if hidden else (text, [])


def _unreadable(error: yaml.MarkedYAMLError, path: str) -> Problem:
    mark = error.problem_mark or error.context_mark
    if mark and "escape code" in (error.problem or ""):
        wrong = "The number of a character here is of none."
        return Problem(path, mark.line + 1, wrong, "Type the character itself.")
    if error.context_mark and "quoted scalar" in (error.context or ""):
        line, wish = error.context_mark.line + 1, "Close it at the end of the value, or remove it."
        return Problem(path, line, "The quotation mark here is never closed.", wish)
    why = error.problem or "the text ends too early"
    wish = "Check the indentation, the quotation marks and the colons here and on the line above."
    return Problem(path, mark.line + 1 if mark else 1, f"This cannot be read as YAML: {why}.", wish)


def parse_yaml(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The YAML in `text`, with line numbers as in `text`, and its problems; no value where it cannot be read."""
    try:
        reader = _Reader(text, path)
        return reader.document(), reader.problems
    except _TooDeepError as error:
        wrong = f"This is nested more than {DEEPEST} levels deep."
        return None, [Problem(path, error.line, wrong, "Check the indentation and the brackets.")]
    except yaml.MarkedYAMLError as error:
        return None, [_unreadable(error, path)]


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


def read_markdown(file: Path, path: str) -> tuple[Markdown | None, list[Problem]]:
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
    braces = list(_braces(lines[1:end], path))
    front, problems = (None, braces) if braces else parse_yaml("\n" + "\n".join(lines[1:end]) + "\n", path)
    return Markdown(front, Text("\n".join(lines[end + 1 :]), path, end + 2)), problems
