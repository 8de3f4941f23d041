"""Who relies on what: the pages and duties behind each source, and the pages that hang on each local question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from macros.content.load import Content
from macros.content.pages import Page
from macros.source.ids import DutyId, LocalQuestionId, SourceId
from macros.source.walk import references

NAMED = (SourceId, LocalQuestionId, DutyId)  # what others rely on


@dataclass(frozen=True)
class Uses:
    """The pages (by path) and duties (by id) that refer to an entry, each once, in the site's order."""

    pages: tuple[str, ...]
    duties: tuple[str, ...]


def named(content: Content, page: Page) -> set[str]:
    """Every id that a page, the data beside it and the duties it shows refer to, as "kind:id"."""
    ids = {f"SourceId:{name}" for name in page.front.guidance}
    ids |= {f"{type(reference).__name__}:{reference}" for reference in references(content.beside.get(page.path))}
    for call in page.calls:
        ids |= {f"{kind.__name__}:{value}" for kind in NAMED for value in call.named(kind)}
    shown = [
        content.duty[name.removeprefix("DutyId:")]
        for name in ids
        if name.startswith("DutyId:") and name.removeprefix("DutyId:") in content.duty
    ]
    return ids | {f"{type(reference).__name__}:{reference}" for reference in references(shown)}


def shown(content: Content, page: Page) -> Iterator[tuple[str, object]]:
    """The duties, local questions and sources that a page shows, each with its kind and id in words, in the order of ids."""
    kinds: dict[str, tuple[str, Mapping[str, object]]] = {
        "DutyId": ("duty", content.duty),
        "LocalQuestionId": ("question", content.local_question),
        "SourceId": ("source", content.source),
    }
    for name in sorted(named(content, page)):
        kind, _, entry = name.partition(":")
        if kind in kinds and entry in kinds[kind][1]:
            yield f'{kinds[kind][0]} "{entry}"', kinds[kind][1][entry]


def _uses(content: Content, kind: type[SourceId] | type[LocalQuestionId], names: list[str]) -> dict[str, Uses]:
    named_by = {page.path: named(content, page) for page in content.in_order()}
    duties = {
        duty.id: {
            str(reference)
            for reference in references(duty)
            if isinstance(reference, kind) and not isinstance(reference, DutyId)
        }
        for duty in content.duties.duties
    }
    return {
        name: Uses(
            tuple(str(page) for page, ids in named_by.items() if f"{kind.__name__}:{name}" in ids),
            tuple(str(duty) for duty, ids in duties.items() if name in ids),
        )
        for name in names
    }


def uses_of_sources(content: Content) -> dict[str, Uses]:
    """What relies on each source."""
    return _uses(content, SourceId, [str(source.id) for source in content.sources.references])


def uses_of_questions(content: Content) -> dict[str, Uses]:
    """What hangs on each question for the partners."""
    return _uses(content, LocalQuestionId, [str(question.id) for question in content.local_questions.questions])
