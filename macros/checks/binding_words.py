"""The binding words in texts: written so that they are marked, counted, and each on a source that can bear it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, is_dataclass

from macros.checks.terminology import is_abbreviation, words_with_capitals
from macros.content.load import Content
from macros.content.pages import Page
from macros.source.ids import DutyId, SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import parts
from macros.topics.duties import BINDING_WORDS, Duty
from macros.topics.identity import wish_for

BARE = re.compile(r"(?<![\"“'‘])\b(?:must|should)\b(?![\"”'’])")
STATED = re.compile(rf"{BARE.pattern}|\bexpected(?= to\b)")  # in data, which holds no braces


@dataclass(frozen=True)
class _Statement:
    """A binding word where it is stated, and the sources that are named for it; none where they cannot be known."""

    word: Text
    sources: frozenset[str] | None


def count_words(content: Content) -> dict[str, int]:
    """How often each binding word is stated: in pages, in the data beside them, and by duties and their periods."""
    counted = Counter[str](statement.word for statement in _statements(content))
    for duty in content.duties.duties:
        counted.update({duty.binding, duty.period.binding} if duty.period else {duty.binding})
    return {word: counted[word] for word in BINDING_WORDS}


def check_words(content: Content) -> Iterator[Problem]:
    """Binding words of pages without their braces, and what revisions say in words that nothing explains there."""
    for page in content.pages.values():
        for text in page.shown:
            for bare in BARE.finditer(text):
                wish = (
                    f"Write {{{{ {bare[0]} }}}}, reword it, or put the word in quotation marks where you speak of it."
                )
                yield text.at(bare.start()).problem(f'"{bare[0]}" is written here without braces.', wish)
        for revision in page.front.revisions:
            yield from _check_told(revision.what)


def check_borne(content: Content) -> Iterator[Problem]:
    """The words that none of their sources can bear: of duties and their periods, and in texts once a place."""
    for duty in content.duties.duties:
        for entry, name in ((duty, "duty"), (duty.period, "period of the duty")):
            if entry and entry.binding in BINDING_WORDS and "binding" in entry.place.keys:
                sources = _known(content, set(entry.sources), [])
                if sources and not _borne(content, entry.binding, sources):
                    wrong = f'The {name} "{duty.id}" is "{entry.binding}", and none of its sources can bear that.'
                    yield entry.place.problem(wrong, wish_for(content.site, entry.binding), "binding")
    said: set[tuple[str, frozenset[str]]] = set()
    for statement in _statements(content):
        word, sources = statement.word, statement.sources
        if sources is not None and (word, sources) not in said and not _borne(content, word, sources):
            said.add((word, sources))
            wrong = f'"{word}" is stated here, and none of the sources that are named can bear it.'
            yield word.problem(wrong, wish_for(content.site, word))


def _borne(content: Content, word: str, sources: frozenset[str]) -> bool:
    """Whether one of the sources can bear the word; of a kind that is mistyped, nothing is known."""
    known, bearers = {kind.name for kind in content.site.kinds}, content.site.bearers(word)
    kinds = [source.kind for source in content.sources.references if source.id in sources]
    return any(kind in bearers or kind not in known for kind in kinds)


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
    yield from (_Statement(word, named) for word in page.reading.words())
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
