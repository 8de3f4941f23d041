"""The macro calls of a page, read from its text without running it, and checked before MkDocs starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from macros.content.addresses import page_meant
from macros.content.macro_list import MACROS, WORDS, Macro
from macros.source.characters import check_characters
from macros.source.ids import PagePath, Reference
from macros.source.problems import Problem, one_of, suggest
from macros.source.text import Text

BRACES = ("{{", "{%", "{#")  # a text without them holds nothing to run
_RAW = re.compile(r"\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}", re.DOTALL)
_PLAIN = 'Write a macro as {{ name("id") }}, with straight quotation marks.'
_OPEN = "The braces that open here are never closed."
_ODD = "The braces here hold something else than a word or a macro."


@dataclass(frozen=True)
class Call:
    """One use of a macro in a page, with the plain values it was given."""

    name: Text
    values: tuple[Text, ...]
    block: bool

    def named(self, kind: type[Text]) -> tuple[Text, ...]:
        """The values that name something of a kind: the duties, sources or words that the call is about."""
        macro = MACROS[self.name]
        kinds = macro.values * len(self.values) if macro.repeats else macro.values
        return tuple(value for value, known in zip(self.values, kinds, strict=False) if known is kind)


@dataclass(frozen=True)
class Unrun:
    """A page's text before its macros are run: one letter of a private range stands for each, and comments are left out.

    `numbers` are the lines of the file that its lines begin at. `uses` are what the letters stand for, in their order: a
    call, a binding word, or nothing where that cannot be told. `comments` are what nobody reads, each at its lines.
    """

    text: str
    numbers: tuple[int, ...]
    uses: tuple[Call | Text | None, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def calls(self) -> tuple[Call, ...]:
        """The macro calls in their order."""
        return tuple(use for use in self.uses if isinstance(use, Call))


@dataclass(frozen=True)
class Comment:
    """What editors say to each other in a page, and the last line that it stands on."""

    text: Text
    last: int


INLINE, BLOCK = 0xF0000, 0x100000  # the first letters of the private ranges: of a sentence, of a part of the page
PLACES = re.compile(r"[\U000f0000-\U0010ffff]")


def number_of(letter: str) -> int:
    """The number of the use that a letter stands for."""
    return ord(letter) % 0x10000


def read_calls(body: Text) -> tuple[Unrun, list[Problem]]:
    """A page's text with its macro calls, and what in it is not a plain call: the text is not run to find out."""
    if not any(mark in body for mark in BRACES):
        count = body.count("\n") + 1
        return Unrun(str(body), tuple(range(body.line, body.line + count))), []
    environment = Environment(autoescape=True)
    try:
        tree, tokens = environment.parse(body), list(environment.lex(body))
    except TemplateSyntaxError as error:
        return Unrun("", ()), [_unreadable(body, body.line + error.lineno - 1, "comment" in str(error.message))]
    except RecursionError:
        return Unrun("", ()), [body.problem("Braces stand in each other without end here.", _PLAIN)]
    uses: list[Call | Text | None] = []
    problems: list[Problem] = []
    for node in _expressions(tree):
        place = Text("", body.path, body.line + node.lineno - 1)
        call = _call(node, place)
        uses.append(None if isinstance(call, Problem) else call)
        if isinstance(call, Problem):
            problems.append(call)
        elif isinstance(call, Call):
            problems += _check_alone(call, body)
            for value in call.values:  # Jinja reads \u202e in a text as the character
                problems += check_characters(value, value.path, value.line)
    return _unrun(body, tokens, uses), problems


def _unrun(body: Text, tokens: list[tuple[int, str, str]], uses: list[Call | Text | None]) -> Unrun:
    """The text of a page from the parts that Jinja reads it in."""
    lines, numbers, comments, number = [""], [body.line], list[Comment](), 0
    for line, kind, value in tokens:
        at = body.line + line - 1
        if kind == "data":
            first, *more = value.split("\n")
            numbers[-1] = numbers[-1] if lines[-1] else at
            lines[-1] += first
            lines += more
            numbers += range(at + 1, at + 1 + len(more))
        elif kind == "variable_begin":
            use = uses[number] if number < len(uses) else None
            numbers[-1] = numbers[-1] if lines[-1] else at
            lines[-1] += chr((BLOCK if isinstance(use, Call) and use.block else INLINE) + min(number, 0xFFFF))
            number += 1
        elif kind == "comment":
            comments.append(Comment(Text(value, body.path, at), at + value.count("\n")))
    return Unrun("\n".join(lines), tuple(numbers), tuple(uses), tuple(comments))


def _unreadable(body: Text, line: int, comment: bool) -> Problem:
    """Why the braces of a page cannot be read, at the first of them that cannot; Jinja gave up at `line`."""
    text = _RAW.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    for found in re.finditer(r"\{[{%]", text):
        end = text.find("}}" if found[0] == "{{" else "%}", found.end())
        wrong = _wrong_in_braces(text[found.start() : end + 2]) if end > 0 else _OPEN
        if wrong:
            return Text("", body.path, body.line + text.count("\n", 0, found.start())).problem(wrong, _PLAIN)
    place = Text("", body.path, line)
    if comment:
        wrong, wish = "An anchor is written without a space.", 'Write "{ #s1-4 }", with a space after the brace.'
        return place.problem(wrong, wish)
    return place.problem(_ODD, _PLAIN)


def _wrong_in_braces(span: str) -> str:
    """What is wrong with a text from its opening braces to the next that close; empty where it can be read."""
    if "{{" in span[2:]:
        return _OPEN
    if re.search("[“”„‘’]", span):
        return "Curly quotation marks stand in the braces here."
    try:
        Environment(autoescape=True).parse(span)
    except TemplateSyntaxError:
        return "A quotation mark in the braces here is never closed." if span.count('"') % 2 else _ODD
    return ""


def _expressions(tree: nodes.Template) -> Iterator[nodes.Node]:
    for node in tree.body:
        if isinstance(node, nodes.Output):
            yield from (part for part in node.nodes if not isinstance(part, nodes.TemplateData))
        else:
            yield node


def _call(node: nodes.Node, place: Text) -> Call | Text | Problem:
    if isinstance(node, nodes.Name):
        if node.name in WORDS:
            return Text(node.name, place.path, place.line)
        near = suggest(node.name, [*WORDS, *MACROS], f"The words are {one_of(WORDS)}.")
        return place.problem(f'"{node.name}" in braces is neither a word nor a macro call.', near)
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        wish = 'Write {{ name("id") }}; about/editing.md lists the macros.'
        return place.problem("Only plain macro calls may stand in braces here.", wish)
    name = node.node.name
    if name not in MACROS:
        near = suggest(name, MACROS, f"The macros are {one_of(MACROS)}.")
        return place.problem(f'There is no macro "{name}".', near)
    values = _plain_values(node, place)
    if values is None:
        wrong = f'The macro "{name}" was called with something other than texts in quotation marks.'
        return place.problem(wrong, f"Write {MACROS[name].example}.")
    macro = MACROS[name]
    inline = bool(macro.forms) and len(values) > len(macro.values)
    return Call(Text(name, place.path, place.line), values, macro.block and not inline)


def _plain_values(node: nodes.Call, place: Text) -> tuple[Text, ...] | None:
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        return None
    values = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    if len(values) != len(node.args) or not all(isinstance(value, str) for value in values):
        return None
    return tuple(Text(value, place.path, place.line) for value in values)


def _check_alone(call: Call, body: Text) -> list[Problem]:
    line = body.split("\n")[call.name.line - body.line]
    if not call.block or (line.startswith("{{") and line.rstrip().endswith("}}") and line.count("{{") == 1):
        return []
    return [
        call.name.problem(
            f'The macro "{call.name}" does not stand alone.',
            "Put it on a line of its own, at the left margin, not in a list or a table.",
        )
    ]


def check_call(call: Call, known: dict[type[Text], frozenset[str]], beside: str | None) -> list[Problem]:
    """What is wrong with a call's values; `beside` names the macro of the data beside the page, None where it is unread."""
    macro = MACROS[call.name]
    if macro.parts:
        problems = _check_part(call, macro.parts)
    else:
        fewest, most = len(macro.values), 99 if macro.repeats else len(macro.values) + bool(macro.forms)
        if not fewest <= len(call.values) <= most:
            given = "no value" if not call.values else f"{len(call.values)} value{'s' if len(call.values) > 1 else ''}"
            return [call.name.problem(f'The macro "{call.name}" was given {given}.', f"Write {macro.example}.")]
        problems = list(_check_values(call, macro, known))
    if macro.beside and beside is not None and macro.beside != beside:
        wish = "Add a .yml file with the page's own name in the same folder."
        return [call.name.problem(f'No data for "{call.name}" stands beside this page.', wish)]
    return problems


def _check_part(call: Call, parts: tuple[str, ...]) -> list[Problem]:
    if len(call.values) == 1 and call.values[0] in parts:
        return []
    wrong = f'"{call.values[0]}" is not a part of "{call.name}".' if call.values else f'"{call.name}" names no part.'
    return [call.name.problem(wrong, f"Use {one_of(parts)}.")]


def _check_values(call: Call, macro: Macro, known: dict[type[Text], frozenset[str]]) -> Iterator[Problem]:
    for number, value in enumerate(call.values):
        if number >= len(macro.values) and macro.forms:
            if value not in macro.forms:
                yield value.problem(f'"{value}" is not a form of "{call.name}".', f"Use {one_of(macro.forms)}.")
            continue
        kind = macro.values[min(number, len(macro.values) - 1)]
        if issubclass(kind, Reference) and value not in known[kind]:
            yield unknown(kind(value, value.path, value.line), known[kind])


def unknown(reference: Reference, known: frozenset[str]) -> Problem:
    """The problem of a reference to an entry that is not there."""
    wish = suggest(reference, known, f"Name one that stands in {reference.home}.")
    if isinstance(reference, PagePath):
        near = page_meant(reference, "", known)
        wish = f'Did you mean "{near}"?' if near else wish
    return reference.problem(f'The {reference.known_as} "{reference}" does not exist.', wish)
