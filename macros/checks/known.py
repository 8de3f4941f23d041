"""What files of a project may name: ids, pages, made files, and the anchors of each page."""

from __future__ import annotations

from macros.content.data_kinds import kind_of
from macros.content.load import TOGETHER, Content
from macros.content.macro_list import MACROS, MadeFile
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
from macros.source.text import Text
from macros.topics.contacts import Contacts
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE


class _Anything(frozenset[str]):
    """Stands for the names in a file that could not be read: one mistake gives one message."""

    def __contains__(self, name: object) -> bool:
        return True


def known_names(content: Content) -> dict[type[Text], frozenset[str]]:
    """The names of each kind of thing that files may refer to."""
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
    homes |= {MadeFile.home} if lost_beside(content) else set()
    return known | {kind: _Anything() for kind in known if issubclass(kind, Reference) and kind.home in homes}


def lost_beside(content: Content) -> bool:
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
    lost = {page_of(path) for path in content.unread}
    return {
        path: _Anything() if path in lost else frozenset(own | set(given.get(path, [])))
        for path, own in headings.items()
    }


def page_of(path: str) -> str:
    """The page that a file feeds: itself, or the one of the same stem; all of the glossary feeds one."""
    return (
        GLOSSARY_PAGE
        if path.startswith("glossary/")
        else path.removeprefix("docs/").removesuffix(".yml").removesuffix(".md") + ".md"
    )
