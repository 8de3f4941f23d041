"""The texts that readers see, each with its file and line, and the allowances that editors write beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.content.load import Content
from macros.source.problem_ids import id_of
from macros.source.problems import Problem
from macros.source.text import Text

ALLOWANCE = re.compile(r'#\s*allow (?:(LRP-\d+) )?"([^"]*)"(?::\s*([^#\s][^#]*?))?\s*(?:#\}|$)')


@dataclass(frozen=True)
class Allowance:
    """Words that may stand on its lines, of which the last is `last`, or on the next one, and why.

    `kind` is the id of the kind of problem that it allows, where the editor names one.
    """

    words: Text
    why: str
    last: int
    kind: str

    def covers(self, words: str, text: Text, wrong: str) -> bool:
        """Whether it allows `words` in `text`, of which a problem would say that they are `wrong`."""
        place = self.words
        return (
            self.kind in ("", id_of(wrong))
            and place.path == text.path
            and place.line <= text.line <= self.last + 1
            and place == words
        )


def allowances(content: Content) -> Iterator[Allowance]:
    """Every allowance in the pages and lists, as `# allow LRP-001 "words": why`."""
    for comment in (comment for page in content.pages.values() for comment in page.comments):
        if "allow" in comment.text:
            yield from _written(Text(f"#{comment.text}", comment.text.path, comment.text.line), comment.last)
    for path in (path for path, whole in content.texts.items() if path.endswith(".yml") and "allow" in whole):
        for number, text in enumerate(content.texts[path].split("\n"), 1):
            yield from _written(Text(text, path, number), number) if "#" in text else ()


def _written(text: Text, last: int) -> Iterator[Allowance]:
    for kind, words, why in ALLOWANCE.findall(text):
        yield Allowance(Text(" ".join(words.split()), text.path, text.line), why, last, kind)


def check_allowances(
    content: Content, allowances: Iterable[Allowance], used: set[Allowance], wish: str
) -> Iterator[Problem]:
    """Allowances without a reason, which `wish` asks for, and those that nothing makes use of."""
    for allowance in allowances:
        if not allowance.why:
            kind = f"{allowance.kind} " if allowance.kind else ""
            mend = f'Write it behind a colon: # allow {kind}"{allowance.words}": {wish}.'
            yield allowance.words.problem(f'The allowance of "{allowance.words}" has no reason.', mend)
        elif allowance not in used and allowance.words.path not in content.unread:
            yield allowance.words.problem(f'The allowance of "{allowance.words}" is not needed.', "Remove it.")


def how_to_allow(words: str, text: Text, wrong: str) -> str:
    """How an editor allows `words` in a text, of which a problem says that they are `wrong`, to end a sentence with."""
    if text.path.endswith(".md"):
        return f'allow it on this line: {{# allow {id_of(wrong)} "{words}": why #}}.'
    return f'allow it on the line above: # allow {id_of(wrong)} "{words}": why.'


def page_texts(content: Content) -> Iterator[Text]:
    """The texts of the pages, one paragraph, item, cell or heading after the other, without code, macros and comments."""
    for page in content.pages.values():
        yield from (page.front.title, page.front.description)
        yield from page.shown
