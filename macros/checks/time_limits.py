"""Figures of time that stand in words: each belongs to a duty, or carries an allowance with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

from macros.content.load import Content
from macros.content.texts import Allowance, allowances, check_allowances, how_to_allow, page_texts
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.duties import length

_NUMBER = (
    r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)"
)
_HYPHEN = r"\-" + "\u2010\u2011\u2012\u2013\u2014"
_GAP = rf"[\s{_HYPHEN}]+"
_KIND = "working|calendar|business|school|clear|full|whole|consecutive|further|more|additional"
_UNIT = r"(?:(?:day|week|month|hour|fortnight)s?|hrs?|wks?|mths?)"
_COUNTED = rf"\b{_NUMBER}(?:[\s{_HYPHEN}]*(?:to|or|and|[{_HYPHEN}])[\s{_HYPHEN}]*{_NUMBER})?(?:\s*\(\s*{_NUMBER}\s*\))?"
FIGURE = re.compile(
    rf"{_COUNTED}{_GAP}(?:(?:{_KIND}){_GAP}){{0,2}}{_UNIT}\b|\b\d+(?:hrs?|(?-i:h)|wks?|mths?|days?|weeks?|months?|hours?)\b"
    rf"|\b(?:a|an|one|each|every|per|next){_GAP}fortnight\b|(?:(?<=\bwithin\s)|(?<=\binside\s))an?{_GAP}(?:(?:{_KIND}){_GAP}){{0,2}}{_UNIT}\b",
    re.I,
)
_UNITS = ("day", "week", "month", "hour", "fortnight", "hr", "wk", "mth")
_SHORT = re.compile(r"\dh\b")
DATA = frozenset({("Source", "check_every"), ("Method", "length")})  # lengths of time that are data themselves


def check_figures(content: Content) -> Iterator[Problem]:
    """Figures of time outside of deadlines.yml without an allowance, and allowances without a figure or a reason."""
    allowed = [allowance for allowance in allowances(content) if FIGURE.fullmatch(allowance.words)]
    used: set[Allowance] = set()
    for text in filter(_names_a_time, _texts(content)):
        for time in FIGURE.finditer(text):
            figure, place = " ".join(time[0].split()), text.at(time.start())
            wrong = f'The time "{figure}" is written here.'
            near = [allowance for allowance in allowed if allowance.covers(figure, place, wrong)]
            used.update(near)
            if not near:
                yield place.problem(wrong, _wish(content, figure, place, wrong))
    yield from check_allowances(content, allowed, used, "why it is no time limit of ours")


def _names_a_time(text: str) -> bool:
    """Whether a text can hold a figure of time: most hold none of its words, and are looked at once."""
    folded = text.lower()
    return any(unit in folded for unit in _UNITS) or _SHORT.search(folded) is not None


def _wish(content: Content, figure: str, text: Text, wrong: str) -> str:
    """How to mend it: the duty with the same length where there is one."""
    allow = how_to_allow(figure, text, wrong)
    same = [str(duty.id) for duty in content.duties.duties if duty.period and length(duty.period) == figure]
    if len(same) == 1 and text.path.endswith(".md"):
        return f'Write {{{{ duty("{same[0]}", "short") }}}}, or {allow}'
    return f"Name the duty by its id, reword it, or {allow}"


def _texts(content: Content) -> Iterator[Text]:
    """Every text that readers see, but for the duties, whose periods are data."""
    yield from page_texts(content)
    yield from texts_in(
        (content.sources, content.local_questions, content.categories, list(content.beside.values())), DATA
    )
