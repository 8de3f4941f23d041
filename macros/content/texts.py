"""The texts that readers see, each with its file and line, and the allowances that editors write beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.content.load import Content
from macros.source.problems import Problem
from macros.source.text import Text

ALLOWANCE = re.compile(r'#\s*allow "([^"]*)"(?::\s*([^#\s][^#]*?))?\s*(?:#\}|$)')


@dataclass(frozen=True)
class Allowance:
    """Words that may stand on its lines, of which the last is `last`, or on the next one, and why."""

    words: Text
    why: str
    last: int

    def covers(self, words: str, text: Text) -> bool:
        """Whether it allows `words` in `text`."""
        place = self.words
        return place.path == text.path and place.line <= text.line <= self.last + 1 and place == words


def allowances(content: Content) -> Iterator[Allowance]:
    """Every allowance in the pages and lists, as `# allow "words": why`."""
    for comment in (comment for page in content.pages.values() for comment in page.comments):
        if "allow" in comment.text:
            yield from _written(Text(f"#{comment.text}", comment.text.path, comment.text.line), comment.last)
    for path in (path for path, whole in content.texts.items() if path.endswith(".yml") and "allow" in whole):
        for number, text in enumerate(content.texts[path].split("\n"), 1):
            yield from _written(Text(text, path, number), number) if "#" in text else ()


def _written(text: Text, last: int) -> Iterator[Allowance]:
    for words, why in ALLOWANCE.findall(text):
        yield Allowance(Text(" ".join(words.split()), text.path, text.line), why, last)


def check_allowances(
    content: Content, allowances: Iterable[Allowance], used: set[Allowance], wish: str
) -> Iterator[Problem]:
    """Allowances without a reason, which `wish` asks for, and those that nothing makes use of."""
    for allowance in allowances:
        if not allowance.why:
            mend = f'Write it behind a colon: # allow "{allowance.words}": {wish}.'
            yield allowance.words.problem(f'The allowance of "{allowance.words}" has no reason.', mend)
        elif allowance not in used and allowance.words.path not in content.unread:
            yield allowance.words.problem(f'The allowance of "{allowance.words}" is not needed.', "Remove it.")


def how_to_allow(words: str, text: Text) -> str:
    """How an editor allows `words` in a text, to end a sentence with."""
    if text.path.endswith(".md"):
        return f'allow it on this line: {{# allow "{words}": why #}}.'
    return f'allow it on the line above: # allow "{words}": why.'


def page_texts(content: Content) -> Iterator[Text]:
    """The texts of the pages, one paragraph, item, cell or heading after the other, without code, macros and comments."""
    for page in content.pages.values():
        yield from (page.front.title, page.front.description)
        yield from page.shown
