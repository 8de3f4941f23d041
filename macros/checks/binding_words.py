"""The binding words in texts: written so that they are marked, counted, and each on a source that can bear it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass

from macros.checks.terminology import is_abbreviation, words_with_capitals
from macros.content.load import Content
from macros.content.outline import without_code
from macros.content.pages import Page
from macros.source.ids import DutyId, SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import parts
from macros.topics.duties import BINDING_WORDS, Duty
from macros.topics.sources import PATH as REFERENCES

BARE = re.compile(r"(?<![\"“'‘])\b(?:must|should)\b(?![\"”'’])")
STATED = re.compile(rf"{BARE.pattern}|\bexpected(?= to\b)")  # in data, which holds no braces
_MARKED = re.compile(rf"\{{\{{\s*({'|'.join(BINDING_WORDS)})\s*\}}\}}")
BEARS = {  # the kinds of source that can stand behind a word, and how they are called
    "must": (("statute",), "no Act or regulations"),
    "should": (("statute", "statutory guidance"), "no statutory guidance"),
    "expected": (("statute", "statutory guidance", "panel guidance"), "no guidance of the Panel"),
}
_WISH = "Add the source that says so, or take the word that its sources bear."


@dataclass(frozen=True)
class _Statement:
    """A binding word where it is stated, and the sources that are named for it; none where they cannot be known."""

    word: Text
    sources: frozenset[str] | None


def count_words(content: Content) -> dict[str, int]:
    """How often each binding word is stated: in pages, in the data beside them, and by duties and their periods."""
    found = Counter[str](statement.word for statement in _statements(content))
    for duty in content.duties.duties:
        found.update({duty.binding, duty.period.binding} if duty.period else {duty.binding})
    return {word: found[word] for word in BINDING_WORDS}


def check_words(content: Content) -> Iterator[Problem]:
    """Binding words of pages without their braces, and those whose sources cannot bear them, once a place."""
    for page in content.pages.values():
        for line in page.shown:
            for bare in BARE.findall(line):
                wish = f"Write {{{{ {bare} }}}}, reword it, or put the word in quotation marks where you speak of it."
                yield line.problem(f'"{bare}" is written here without braces.', wish)
        for revision in page.front.revisions:
            yield from _check_told(revision.what)
    if REFERENCES in content.unread:
        return
    said: set[tuple[str, frozenset[str]]] = set()
    for statement in _statements(content):
        word, sources = statement.word, statement.sources
        if word not in BEARS or sources is None or (word, sources) in said:
            continue
        kinds, lack = BEARS[word]
        if not any(source.id in sources and source.kind in kinds for source in content.sources.references):
            said.add((word, sources))
            yield word.problem(f'"{word}" is stated here, but {lack} is named as its source.', _WISH)


def _check_told(what: Text) -> Iterator[Problem]:
    """What a revision says in words that its places cannot explain: the foot of a page, and feeds."""
    for bare in BARE.findall(what):
        yield what.problem(f'"{bare}" stands here without quotation marks.', "A revision speaks of the word: quote it.")
    for word in filter(is_abbreviation, words_with_capitals(what)):
        wish = "Write it in words: the foot of a page and feeds do not explain letters."
        yield what.problem(f'The revision says "{word}".', wish)


def words_of(content: Content, page: Page) -> list[Text]:
    """The binding words that a page and the data beside it state, in their order."""
    return [statement.word for statement in _on_page(content, page)]


def _statements(content: Content) -> Iterator[_Statement]:
    for page in content.pages.values():
        yield from _on_page(content, page)


def _on_page(content: Content, page: Page) -> Iterator[_Statement]:
    named = _named(content, page)
    for line in (line for line in page.lines if "{{" in line):
        for word in _MARKED.findall(without_code(line)):
            yield _Statement(Text(word, line.path, line.line), named)
    yield from _in_data(content, content.beside.get(page.path), named)


def _named(content: Content, page: Page) -> frozenset[str] | None:
    """The sources of a page: those it relies on, those it cites, and those of the duties that it shows."""
    cited = {str(value) for call in page.calls for value in call.named(SourceId)}
    shown = [value for call in page.calls for value in call.named(DutyId)]
    return _known(content, cited | set(page.front.guidance), shown)


def _known(content: Content, sources: set[str], duties: list[Text]) -> frozenset[str] | None:
    for name in duties:
        duty = content.duty.get(name)
        sources = sources | (set(_of_duty(duty)) if duty else set())
    return frozenset(sources) if all(name in content.source for name in sources) else None


def _of_duty(duty: Duty) -> tuple[SourceId, ...]:
    return duty.sources + (duty.period.sources if duty.period else ())


def _in_data(content: Content, entry: object, named: frozenset[str] | None) -> Iterator[_Statement]:
    """The words stated in an entry; an entry with sources or duties of its own answers for its words alone."""
    if type(entry) is Text:
        yield from (_Statement(Text(word, entry.path, entry.line), named) for word in STATED.findall(entry))
    inner = [part for _, part in parts(entry)]
    own = [item for part in inner if isinstance(part, tuple) for item in part] if is_dataclass(entry) else []
    sources = {str(item) for item in own if isinstance(item, SourceId)}
    duties: list[Text] = [item for item in own if isinstance(item, DutyId)]
    here = _known(content, sources, duties) if sources else named
    for part in inner:
        yield from _in_data(content, part, here)
