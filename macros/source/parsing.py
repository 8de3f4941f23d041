"""Data as editors write it, read into values that know their file and line.

It is read strictly: every value is text until a model asks for more, so that `Yes`, `No` and `12:30` stay what they are; a key
written twice or an alias is a problem, never a surprise. What YAML would take for something else than it looks like is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

import yaml

from macros.source.characters import check_characters
from macros.source.problems import Problem
from macros.source.quoting import CURLY, quoted, unwrapped
from macros.source.slips import NO_BREAK, ODD_BLANKS, slip_in
from macros.source.text import Keyed, Listed, Node, Text

DEEPEST = 12  # levels of lists and keys; the deepest real file has 6
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where the wheel has it: ten times faster


_COMMENT = re.compile(r'[ \t]*#\s*allow "|(?:\t|  )[ \t]*#\s')  # what is meant as one, though it stands behind a text
_QUOTE = "Put them around the whole text."


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _column(event: yaml.Event) -> int:
    return event.start_mark.column if event.start_mark else 0


def _end(event: yaml.Event) -> tuple[int, int]:
    """The line, counted from 0, and the column at which an event ends."""
    return (event.end_mark.line, event.end_mark.column) if event.end_mark else (0, 0)


class _TooDeepError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


class _Reader:
    """Builds nodes from the events of YAML's parser; composing them in C crashes on brackets nested without end.

    `slips` are what YAML takes for something else than it looks like: a file that has one is not judged any further.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path, self.problems, self.slips = path, list[Problem](), list[Problem]()
        self.lines = text.split("\n")
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node | None:
        """The file's one value; nothing where it holds none."""
        read = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and event.explicit and read is not None:
                self.slip(_line(event), "Everything below this line is left out.", 'Remove the line "---".')
                break
            if isinstance(event, yaml.NodeEvent):
                empty = isinstance(event, yaml.ScalarEvent) and not event.value and not event.style
                read = None if empty else self.node(event, 0)
        return read

    def problem(self, event: yaml.Event, wrong: str, mend: str) -> None:
        self.problems.append(Problem(self.path, _line(event), wrong, mend))

    def slip(self, line: int, wrong: str, mend: str) -> None:
        """Notes what is mistyped on a line, once for each line."""
        if all(line != slip.line for slip in self.slips):
            self.slips.append(Problem(self.path, line, wrong, mend))

    def node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            wrong = f'"*{event.anchor}" would repeat what stands elsewhere.'
            self.slip(line, wrong, "Write that out here, or put a text that begins with a star in quotation marks.")
            return Text("", self.path, line)
        sign = "&" if getattr(event, "anchor", None) else "!" if getattr(event, "tag", None) else ""
        if sign:
            wish = "Put them around the whole text, or take the sign away."
            self.slip(line, f'A text that begins with "{sign}" has to stand in quotation marks.', wish)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, line)
        if depth > DEEPEST:
            raise _TooDeepError(line)  # and read no further: the parser's time grows with the square of the depth
        if isinstance(event, yaml.SequenceStartEvent):
            parts = iter(self.events.__next__, None)
            items = takewhile(lambda part: not isinstance(part, yaml.SequenceEndEvent), parts)
            return Listed(tuple(self.node(part, depth + 1) for part in items), self.path, line)
        return self.mapping(event, line, depth)

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Text:
        """A piece of text; in double quotation marks a character may be written by its number, and is judged then."""
        if not event.style:
            bare = Text(self.plain(event, line), self.path, line)
            bare.is_cut = self.is_cut(event)
            return bare
        found = list(check_characters(event.value, self.path)) if event.style == '"' else []
        self.problems += [replace(problem, line=line) for problem in found]
        text = "".join(filter(str.isprintable, event.value)) if found else event.value
        return Text(text, self.path, line)

    def is_cut(self, event: yaml.ScalarEvent) -> bool:
        """Whether words follow a value that YAML takes for a comment, and that were not set apart as one."""
        line, column = _end(event)
        behind = self.lines[line][column:]
        return behind.lstrip(" \t").startswith("#") and not _COMMENT.match(behind)

    def plain(self, event: yaml.ScalarEvent, line: int) -> str:
        """A text without quotation marks; curly ones around it were meant to be straight, and a list does not go on with it."""
        text: str = event.value
        inner = unwrapped(text)
        if inner is not None:
            wish = f"Type straight ones: {quoted(inner)}"
            self.problem(event, CURLY, wish)
        elif text.startswith("“") and "”" not in text:
            wish = "Put straight ones around the whole text."
            self.slip(line, "Curly quotation marks do not hold a text together.", wish)
        self.below(line, self.lines[line : _end(event)[0] + 1])
        return text if inner is None else inner

    def below(self, line: int, lines: list[str]) -> None:
        """Notes a list that a text without quotation marks would go on with, on the lines below its first."""
        number = next((number for number, text in enumerate(lines, line + 1) if text.lstrip().startswith("- ")), 0)
        if number and self.lines[line - 1].lstrip().startswith("- "):
            wish = "Let all entries of a list begin after the same number of blanks."
            self.slip(line, "The entry below begins further to the right than this one.", wish)
        elif number:
            wish = "Take the text away, give the list a key of its own, or put all of it in quotation marks."
            self.slip(number, "A list begins here below a text, which would go on with it.", wish)

    def mapping(self, begun: yaml.Event, line: int, depth: int) -> Keyed:
        items: dict[Text, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self.key(event)
            key = Text(str(self.node(event, depth + 1)), self.path, _line(event))
            value = self.node(next(self.events), depth + 1)
            first = next((known for known in items if known == key), None)
            if first is None:
                items[key] = value
            else:
                wrong = f'"{key}" is written twice (first at line {first.line}).'
                self.problem(event, wrong, "Keep one of them.")
        return Keyed(items, self.path, line, _column(begun))

    def key(self, event: yaml.Event) -> None:
        """Notes what is no key, though it stands where one does."""
        line, (below, end) = _line(event), _end(event)
        before, behind = self.lines[line - 1][: _column(event)].rstrip(), self.lines[below][end:].lstrip()
        key = event.value if isinstance(event, yaml.ScalarEvent) and not event.style else ""
        if before.endswith("?"):
            self.slip(line, 'A text that begins with "?" has to stand in quotation marks.', _QUOTE)
        elif re.search(f"[{ODD_BLANKS}]", key):
            wish = "Type an ordinary blank in its place."
            self.slip(line, NO_BREAK, wish)
        elif re.match(r"[\w-]+:", key):
            self.slip(line, "The blank behind the colon is missing.", f"Write {key.replace(':', ': ', 1)}")
        elif not isinstance(event, yaml.ScalarEvent) or (before.endswith("{") and not behind.startswith(":")):
            self.slip(line, "A text that begins with a bracket has to stand in quotation marks.", _QUOTE)
        elif '"' in key:
            self.slip(line, "No colon stands before the quotation mark.", "Write a key with a colon before it.")
        elif not behind.startswith(":"):
            wish = "Put the text that holds the comma in quotation marks, or write a key with a colon."
            self.slip(line, f'The comma before "{event.value}" ends a text here.', wish)


def _stopped(text: str) -> int | None:
    """The line, counted from 0, at which YAML's parser gives up on a text; nothing where it reads to the end."""
    try:
        for _ in yaml.parse(text, Loader=_LOADER):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.context_mark if "simple key" in (error.context or "") else error.problem_mark
        return mark.line if mark else 0
    return None


def _unreadable(error: yaml.MarkedYAMLError, path: str, text: str) -> Problem:
    """Why a text is no data, in an editor's words, at the line that the editor has to mend."""
    mark, why = error.problem_mark or error.context_mark, error.problem or ""
    line = mark.line + 1 if mark else 1
    if "escape code" in why:
        return Problem(path, line, "The number of a character here is of none.", "Type the character itself.")
    if "escape" in why or "hexdecimal" in why:
        wish = "Put single quotation marks around the text."
        return Problem(path, line, 'A "\\" stands between double quotation marks.', wish)
    slip = slip_in(text.split("\n"), _stopped)
    if slip:
        paste = slip.mended if slip.shows else ""
        return Problem(path, slip.line + 1, slip.wrong, slip.mend, paste)
    if error.context_mark and "quoted scalar" in (error.context or ""):
        line, wish = error.context_mark.line + 1, "Close it at the end of the value, or remove it."
        return Problem(path, line, "The quotation mark here is never closed.", wish)
    wish = "Compare it with an entry that is right: where it begins, its colon, its quotation marks and brackets."
    return Problem(path, line, "This line does not go with the lines above it.", wish)


def parse_yaml(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """The value of `text`, with line numbers as in `text`, and its problems; no value where it cannot be read."""
    try:
        reader = _Reader(text, path)
        node = reader.document()
    except _TooDeepError as error:
        wrong = f"This is nested more than {DEEPEST} levels deep."
        return None, [Problem(path, error.line, wrong, "Check the indentation and the brackets.")]
    except yaml.MarkedYAMLError as error:
        return None, [_unreadable(error, path, text)]
    return (None, reader.slips) if reader.slips else (node, reader.problems)
