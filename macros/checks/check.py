"""The check of everything that editors wrote: all problems of one run, in the order of files and lines."""

from __future__ import annotations

from collections.abc import Iterator

from macros.checks.binding_words import check_borne, check_words, count_words
from macros.checks.citations import check_citations
from macros.checks.files import check_files
from macros.checks.needs import check_needs
from macros.checks.owners import check_owners
from macros.checks.pictures import check_pictures
from macros.checks.sequences import check_sequences
from macros.checks.terminology import audit
from macros.checks.ties import check_ties
from macros.checks.time_limits import check_figures
from macros.content.data_kinds import kind_of
from macros.content.left_over import check_plain
from macros.content.load import TOGETHER, Content
from macros.content.macro_calls import check_call, unknown
from macros.content.macro_list import MACROS, MadeFile
from macros.content.navigation import PATH as NAVIGATION
from macros.content.navigation import check_moves, check_navigation
from macros.content.pages import Page, check_links, check_page
from macros.content.section_numbers import check_numbers
from macros.source.ids import (
    ClockId,
    ContactKindId,
    CouncilId,
    DutyId,
    KindName,
    LocalQuestionId,
    PagePath,
    Reference,
    SourceId,
    TermId,
)
from macros.source.names import wrong_name
from macros.source.personal import check_personal
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import references, texts_in
from macros.terms.ambiguous import check_meanings
from macros.topics.contacts import Contacts
from macros.topics.decision_proof import check_across
from macros.topics.decisions import walk
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import check_deadlines
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import check_glossary
from macros.topics.identity import PATH as SITE
from macros.topics.identity import check_site
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.order import check_order
from macros.topics.sources import PAGE as REFERENCES_PAGE
from macros.topics.sources import check_references


class _Anything(frozenset[str]):
    """Stands for the names in a file that could not be read: one mistake gives one message."""

    def __contains__(self, name: object) -> bool:
        return True


def _known(content: Content) -> dict[type[Text], frozenset[str]]:
    known: dict[type[Text], frozenset[str]] = {
        SourceId: frozenset(source.id for source in content.sources.references),
        DutyId: frozenset(duty.id for duty in content.duties.duties),
        ClockId: frozenset(clock.id for clock in content.duties.clocks),
        LocalQuestionId: frozenset(question.id for question in content.local_questions.questions),
        KindName: frozenset(kind.name for kind in content.site.kinds),
        CouncilId: frozenset(council.id for council in content.site.councils),
        ContactKindId: frozenset(kind.id for contacts in content.listed(Contacts) for kind in contacts.kinds),
        TermId: frozenset(term.id for term in content.terms),
        PagePath: frozenset(content.pages),
        MadeFile: frozenset(content.made_files()),
    }
    homes = {f"{path.split('/')[0]}/" if path.startswith("glossary/") else path for path in content.unread}
    homes |= {MadeFile.home} if _lost_beside(content) else set()
    return known | {kind: _Anything() for kind in known if issubclass(kind, Reference) and kind.home in homes}


def _lost_beside(content: Content) -> bool:
    """Whether data beside a page could not be read: files are made of them, and other data name their parts."""
    return any(path.endswith(".yml") and path.startswith("docs/") for path in content.unread.difference(TOGETHER))


def anchors(content: Content) -> dict[str, frozenset[str]]:
    """The anchors of each page: those in its text and those that its data gives it."""
    headings = {path: set(page.reading.anchors) for path, page in content.pages.items()}
    given: dict[str, list[str]] = {
        GLOSSARY_PAGE: [term.id for term in content.terms],
        REFERENCES_PAGE: [source.id for source in content.sources.references],
        DEADLINES_PAGE: [duty.id for duty in content.duties.duties],
        LOCAL_PAGE: [question.id for question in content.local_questions.questions],
    }
    for path, data in content.beside.items():
        given[path] = list(kind_of(data).anchors(data))
    for path, page in content.pages.items():
        given.setdefault(path, []).extend(anchor for call in page.calls for anchor in MACROS[call.name].anchors)
    lost = {_page_of(path) for path in content.unread}
    return {
        path: _Anything() if path in lost else frozenset(own | set(given.get(path, [])))
        for path, own in headings.items()
    }


def _page_of(path: str) -> str:
    """The page that a file feeds: itself, or the one of the same stem; all of the glossary feeds one."""
    return (
        GLOSSARY_PAGE
        if path.startswith("glossary/")
        else path.removeprefix("docs/").removesuffix(".yml").removesuffix(".md") + ".md"
    )


def check(content: Content) -> list[Problem]:
    """Every problem of the content: of form, of each topic, and of what its parts say of each other.

    What hangs on a file that could not be read is not judged: one mistake gives one message.
    """
    known = _known(content)
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
    lost = {_page_of(path) for path in content.unread}
    for page in content.pages.values():
        problems += check_page(page)
        problems += check_links(page, named)
        beside = None if page.path in lost else _beside(content, page.path)
        problems += [problem for call in page.calls for problem in check_call(call, known, beside)]
    problems += [*check_plain(_said_in_lists(content)), *check_figures(content), *check_words(content)]
    if not content.unread:
        problems += _check_together(content, named)
    return sorted(set(problems))


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
    lost = _lost_beside(content)
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
