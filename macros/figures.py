"""Figures of time that stand in words: each belongs to a duty, or carries an allowance with its reason."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from dataclasses import dataclass

from macros.content import Content
from macros.deadlines import PATH as DEADLINES
from macros.deadlines import length
from macros.ids import Place
from macros.outline import plain_lines, plain_text
from macros.problems import Problem
from macros.source import read_text
from macros.values import Text

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety)"
)
_GAP = r"[\s\u00a0-]+"
FIGURE = re.compile(
    rf"\b{_NUMBER}(?:[\s-]*(?:to|or|and|-|–)[\s-]*{_NUMBER})?{_GAP}(?:(?:working|calendar){_GAP})?(?:day|week|month|hour)s?\b",
    re.I,
)
ALLOWANCE = re.compile(r'#\s*allow "([^"]*)"(?::\s*([^#\s][^#]*?))?\s*(?:#\}|$)')
DATA = {("Source", "check_every"), ("Method", "length")}  # lengths of time that are data themselves


@dataclass(frozen=True)
class _Allowance:
    """A figure that may stand on its line or on the next one, and why."""

    figure: Text
    why: str


def check_figures(content: Content) -> Iterator[Problem]:
    """Figures of time outside of deadlines.yml without an allowance, and allowances without a figure or a reason."""
    allowances = list(_allowances(content))
    used: set[_Allowance] = set()
    for text in _texts(content):
        for figure in (" ".join(found.split()) for found in FIGURE.findall(text)):
            near = [a for a in allowances if _covers(a, figure, text)]
            used.update(near)
            if not near:
                yield text.problem(f'The time "{figure}" is written here.', _wish(content, figure, text.path))
    for allowance in allowances:
        if not allowance.why:
            wish = f'Write it behind a colon: # allow "{allowance.figure}": why it is no time limit of ours.'
            yield allowance.figure.problem(f'The allowance of "{allowance.figure}" has no reason.', wish)
        elif allowance not in used and allowance.figure.path not in content.unread:
            yield allowance.figure.problem(f'The allowance of "{allowance.figure}" is not needed.', "Remove it.")


def _covers(allowance: _Allowance, figure: str, text: Text) -> bool:
    place = allowance.figure
    return place.path == text.path and place.line in (text.line, text.line - 1) and place == figure


def _wish(content: Content, figure: str, path: str) -> str:
    """How to mend it: the duty with the same length where there is one."""
    if not path.endswith(".md"):
        return f'Name the duty by its id, reword it, or allow it on the line above: # allow "{figure}": why.'
    same = [str(duty.id) for duty in content.duties.duties if duty.period and length(duty.period) == figure]
    name = same[0] if len(same) == 1 else "…"
    return f'Write {{{{ duty("{name}", "short") }}}}, or allow it on this line: {{# allow "{figure}": why #}}.'


def _allowances(content: Content) -> Iterator[_Allowance]:
    for folder in ("docs", "glossary"):
        for file in sorted((content.root / folder).rglob("*")):
            path = file.relative_to(content.root).as_posix()
            if file.suffix not in (".md", ".yml") or path == DEADLINES:
                continue
            for line in _lines(content, path):
                for figure, why in ALLOWANCE.findall(line):
                    yield _Allowance(Text(figure, path, line.line), why)


def _lines(content: Content, path: str) -> list[Text]:
    """The lines of a file in which an allowance may stand: not those of a page's code."""
    if path.endswith(".md"):
        page = content.pages.get(path.removeprefix("docs/"))
        return plain_lines(page.body) if page else []
    text, _ = read_text(content.root / path, path)
    return [Text(line, path, number) for number, line in enumerate(text.split("\n"), 1)]


def _texts(content: Content) -> Iterator[Text]:
    """Every text that readers see, line by line in pages, without code, macros and comments."""
    for page in content.pages.values():
        yield from (page.front.title, page.front.description)
        yield from plain_text(page.body)
    yield from _parts((content.sources, content.questions, content.categories, list(content.beside.values())))


def _parts(entry: object) -> Iterator[Text]:
    if isinstance(entry, Text):
        yield entry
    elif isinstance(entry, (tuple, list)):
        for item in entry:
            yield from _parts(item)
    elif isinstance(entry, dict):
        yield from _parts(list(entry.values()))
    elif dataclasses.is_dataclass(entry) and not isinstance(entry, (type, Place)):
        for field in dataclasses.fields(entry):
            if (type(entry).__name__, field.name) not in DATA:
                yield from _parts(getattr(entry, field.name))
