"""The check of everything that editors wrote: all problems of one run, in the order of files and lines."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.binding_words import check_borne, check_words, count_words
from macros.checks.citations import check_citations
from macros.checks.files import check_files
from macros.checks.known import anchors, known_names, lost_beside, page_of
from macros.checks.needs import check_needs
from macros.checks.owners import check_owners
from macros.checks.pictures import check_pictures
from macros.checks.sequences import check_sequences
from macros.checks.terminology import audit
from macros.checks.ties import check_ties
from macros.checks.time_limits import check_figures
from macros.content.data_kinds import kind_of
from macros.content.left_over import check_plain
from macros.content.load import Content
from macros.content.macro_calls import check_call, unknown
from macros.content.macro_list import MACROS
from macros.content.navigation import PATH as NAVIGATION
from macros.content.navigation import check_moves, check_navigation
from macros.content.pages import Page, check_links, check_page
from macros.content.section_numbers import check_numbers
from macros.source.ids import (
    Reference,
)
from macros.source.names import wrong_name
from macros.source.personal import check_personal
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import references, texts_in
from macros.terms.ambiguous import check_meanings
from macros.topics.decision_proof import check_across
from macros.topics.decisions import walk
from macros.topics.duties import check_deadlines
from macros.topics.glossary import check_glossary
from macros.topics.identity import PATH as SITE
from macros.topics.identity import check_site
from macros.topics.order import check_order
from macros.topics.sources import check_references


def check(content: Content) -> list[Problem]:
    """Every problem of the content: of form, of each topic, and of what its parts say of each other.

    What hangs on a file that could not be read is not judged: one mistake gives one message.
    """
    known = known_names(content)
    problems = list(content.problems)
    problems += [*_check_site(content), *check_files(content), *check_pictures(content), *_check_personal(content)]
    problems += [*check_references(content.sources), *check_deadlines(content.duties)]
    problems += check_glossary(content.categories)
    if NAVIGATION not in content.unread:
        problems += check_navigation(content.navigation, _well_named(content))
    problems += _check_beside(content)
    problems += [
        unknown(reference, known[type(reference)])
        for reference in _references(content)
        if reference not in known[type(reference)]
    ]
    named = anchors(content)
    problems += check_moves(content.moves, named)
    for page in content.pages.values():
        problems += _check_one(content, page, known, named)
    problems += [*check_plain(_said_in_lists(content)), *check_figures(content), *check_words(content)]
    if not content.unread:
        problems += _check_together(content, named)
    return sorted(set(problems))


def check_one(content: Content, path: str) -> list[Problem]:
    """What is wrong with one page by itself: how it is written, what it links to and calls."""
    page = content.pages[path]
    problems = [problem for problem in content.problems if problem.path == page.path.path]
    return sorted({*problems, *_check_one(content, page, known_names(content), anchors(content))})


def _check_one(
    content: Content, page: Page, known: dict[type[Text], frozenset[str]], named: dict[str, frozenset[str]]
) -> Iterator[Problem]:
    yield from check_page(page)
    yield from check_links(page, named)
    lost = page.path in {page_of(path) for path in content.unread}
    for call in page.calls:
        yield from check_call(call, known, None if lost else _beside(content, page.path))


def _check_together(content: Content, named: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """What is wrong between files, where any of them may be what another hangs on."""
    yield from check_across(content.decisions)
    yield from check_order(content.duties)
    yield from check_sequences(content)
    yield from check_ties(content, named)
    yield from audit(content)
    yield from check_citations(content)
    yield from check_needs(content, named)
    yield from check_borne(content)
    yield from check_meanings(content)


def _check_site(content: Content) -> Iterator[Problem]:
    """What is wrong with who publishes and who owns what, and with the numbers of sections in its parts."""
    if SITE not in content.unread:
        yield from check_site(content.site)
        pages = ((page.path, page.reading) for page in content.in_order())
        yield from check_numbers(pages, content.site.numbers())
        yield from check_owners(content)


def _check_personal(content: Content) -> Iterator[Problem]:
    """The personal data in pages and lists, their comments too: the files themselves are public."""
    for path, text in content.texts.items():
        yield from check_personal(text, path)


def _well_named(content: Content) -> dict[str, tuple[Text, Text]]:
    """The pages that stand under a right name, each with the place to report it at and its title."""
    pages = {path: (page.path, page.front.title) for path, page in content.pages.items()}
    return {path: found for path, found in pages.items() if not wrong_name(found[0].path)}


def _beside(content: Content, page: str) -> str:
    """The macro that shows the data beside a page; empty where there is none."""
    return kind_of(content.beside[page]).macro if page in content.beside else ""


def _references(content: Content) -> list[Reference]:
    return list(references(_lists(content)))


def _said_in_lists(content: Content) -> Iterator[Text]:
    """What lists and the tops of pages say; labels of the menu with braces have a message of their own."""
    for text in texts_in(_lists(content)):
        if type(text) is Text and not (text.path == NAVIGATION and "{" in text):
            yield text


def _lists(content: Content) -> tuple[object, ...]:
    """What editors write in lists and at the tops of pages."""
    return (
        content.site,
        content.navigation,
        content.duties,
        content.sources,
        content.categories,
        content.beside,
        [page.front for page in content.pages.values()],
    )


def _check_beside(content: Content) -> list[Problem]:
    problems: list[Problem] = []
    lost = lost_beside(content)
    for page, data in content.beside.items():
        kind = kind_of(data)
        problems += () if lost else kind.check(data, content.beside)
        if content.pages[page].path.path not in content.unread:
            problems += _check_shown(content.pages[page], kind.macro)
    return problems


def _check_shown(page: Page, name: str) -> Iterator[Problem]:
    """The data beside a page, or each part of it, that is not shown once."""
    calls = [call.values for call in page.calls if call.name == name]
    for part in MACROS[name].parts or ("",):
        times = sum(part in values for values in calls) if part else len(calls)
        if times != 1:
            call, what = (f'{name}("{part}")', f'The part "{part}" of the data') if part else (f"{name}()", "The data")
            wish = f"Write {{{{ {call} }}}} once, on a line of its own."
            yield page.path.problem(f"{what} beside this page is shown {times} times.", wish)


def walked(content: Content) -> str:
    """How many ways through how many decisions lead to an outcome, each of them walked, in a sentence."""
    ways = sum(1 for decision in content.decisions.values() for _ in walk(decision))
    count = len(content.decisions)
    return f"Walked {ways:,} ways through {count} {'decision' if count == 1 else 'decisions'}, each to an outcome."


def stated(content: Content) -> str:
    """How often each binding word is stated, in a sentence."""
    return f"Binding words: {', '.join(f'{count} {word}' for word, count in count_words(content).items())}."
