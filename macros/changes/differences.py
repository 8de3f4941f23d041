"""What is different for readers since the last release: duties, decisions, who can decide, binding words, figures, pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros.changes.compare import changed_decision, changed_duty, changed_group
from macros.changes.figures import changed_figure, figures
from macros.checks.binding_words import words_of
from macros.content.addresses import address
from macros.content.load import Content
from macros.content.pages import Page
from macros.content.relations import named
from macros.source.ids import Id, Reference, SourceId
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.case_review_group import CaseReviewGroup
from macros.topics.decisions import Decision
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import PATH as DEADLINES
from macros.topics.methods import Methods, Reviews
from macros.topics.process import Process


@dataclass(frozen=True)
class Change:
    """Something that changed: where, what is said of it, the text suggested, its source, and the pages that show it.

    It is `major` where somebody has to act otherwise than before.
    """

    place: Text
    wrong: str
    text: str
    why: str
    pages: tuple[str, ...]
    major: bool = True


class Differences:
    """What `new` has that `old`, the content of the last release, had not; moved pages are compared under both names."""

    def __init__(self, old: Content, new: Content) -> None:
        self.old, self.new = old, new
        self.unlike = {problem.path for problem in old.problems}  # written for another generator: not to be compared
        self.gone = dict(self._gone())
        self.before = {path: self._before(path) for path in new.pages}

    def changes(self) -> list[Change]:
        """Each change that has to be told; where one revision can tell two of a page, the first of them."""
        found = [*self._new_pages(), *self._duties(), *self._decisions(), *self._groups()]
        told = {change.pages for change in found}
        return found + [change for change in (*self._words(), *self._figures()) if change.pages not in told]

    def was(self, path: str) -> str:
        """The path of a page at the last release."""
        before = self.before[path]
        return str(before.path) if before else path

    def _before(self, path: str) -> Page | None:
        """What a page was at the last release, under its path or, where it has moved, under an earlier one."""
        heir_of = [was for was, heir in self.gone.items() if heir == path]
        paths = [path, *self.new.moves.earlier(path), *heir_of]
        return next((self.old.pages[name] for name in paths if name in self.old.pages), None)

    def _gone(self) -> Iterator[tuple[str, str]]:
        """Pages that are gone and said to have moved nowhere, each with the new page of its title; empty where none is."""
        moved = {str(move.old) for move in self.new.moves.moved}
        fresh = {str(page.front.title): path for path, page in self.new.pages.items() if path not in self.old.pages}
        for path, page in self.old.pages.items():
            if path not in self.new.pages and address(path) not in moved:
                yield path, fresh.get(str(page.front.title), "")

    def _new_pages(self) -> Iterator[Change]:
        for path, page in self.new.pages.items():
            if not self.before[path]:
                text = f"This page is new. {page.front.description}"
                wrong = "The page is new, and it does not say so."
                yield Change(page.path, wrong, text, self._source(path), (path,), major=False)

    def _duties(self) -> Iterator[Change]:
        if DEADLINES in self.unlike:
            return
        shown = {path: named(self.new, page) for path, page in self.new.pages.items()}
        for name in dict.fromkeys((*self.new.duty, *self.old.duty)):
            old, new = self.old.duty.get(name), self.new.duty.get(name)
            text, duty = changed_duty(self.old, old, self.new, new), new or old
            pages = [path for path, names in shown.items() if f"DutyId:{name}" in names or path == DEADLINES_PAGE]
            pages.sort(key=DEADLINES_PAGE.__eq__)  # it shows every duty, so another one says it better
            if text and duty and pages:
                what = "is new" if not old else "has changed" if new else "is gone"
                wrong = f'The duty "{name}" {what} since the last release, and no page that shows it tells readers.'
                place = Text("", DEADLINES, new.place.line if new else 1)
                yield Change(place, wrong, text, _first(duty.sources), tuple(pages))

    def _decisions(self) -> Iterator[Change]:
        for path, new in self.new.decisions.items():
            old = self.old.decisions.get(self.was(path))
            if old and old.place.path not in self.unlike:
                differences = changed_decision(old, new)
                if differences:
                    more = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
                    wrong = "The decision has changed since the last release, and its page does not say so: "
                    wrong += f"{differences[0]}{more}."
                    text = f"{new.title}: {differences[0]}."
                    yield Change(Text("", new.place.path, new.place.line), wrong, text, self._source(path), (path,))

    def _groups(self) -> Iterator[Change]:
        for path, new in self.new.beside.items():
            old = self.old.beside.get(self.was(path))
            if isinstance(new, CaseReviewGroup) and isinstance(old, CaseReviewGroup):
                text = changed_group(old, new) if old.place.path not in self.unlike else ""
                if text:
                    place = Text("", new.place.path, new.quorum.place.line)
                    wrong = f"Who can decide has changed since the last release, and the page does not say so. {text}"
                    yield Change(place, wrong, text, self._source(path), (path,))

    def _figures(self) -> Iterator[Change]:
        for path, page in self.new.pages.items():
            before = self.before[path]
            if not before or {before.path.path, _beside(before.path)} & self.unlike:
                continue
            old, new = list(_counted(self.old, before)), list(_counted(self.new, page))
            other = changed_figure((figure for figure, _ in old), (figure for figure, _ in new))
            if other:
                text = f"This page says {other[1]} where it said {other[0]}."
                place = next(line for figure, line in new if figure == other[1])
                wrong = f"A number has changed on this page since the last release, and it does not say so. {text}"
                yield Change(place, wrong, text, self._source(path), (path,))

    def _words(self) -> Iterator[Change]:
        for path, page in self.new.pages.items():
            before = self.before[path]
            if not before or {before.path.path, _beside(before.path)} & self.unlike:
                continue
            old, new = words_of(self.old, before), words_of(self.new, page)
            for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
                if kind != "equal":
                    was, now = ", ".join(old[a:b]), ", ".join(new[c:d])
                    text = _word(was, now)
                    place = new[min(c, len(new) - 1)] if new else page.path
                    wrong = f"A binding word has changed on this page since the last release, and it does not say so. {text}"
                    yield Change(place, wrong, text, self._source(path), (path,))
                    break

    def _source(self, path: str) -> str:
        return _first(self.new.pages[path].front.guidance)


def _counted(content: Content, page: Page) -> Iterator[tuple[str, Text]]:
    """The figures that readers see on a page and in the lists beside it that tell them what to do, each with its text."""
    data = content.beside.get(page.path)
    texts = texts_in(data) if isinstance(data, (Decision, Process, Methods, Reviews)) else iter(())
    for text in (*page.shown, *(text for text in texts if not isinstance(text, (Id, Reference)))):
        yield from ((figure, text) for figure in figures(text))


def _first(sources: tuple[SourceId, ...]) -> str:
    return str(next(iter(sources), "…"))


def _beside(path: str) -> str:
    return f"docs/{path.removesuffix('.md')}.yml"


def _word(was: str, now: str) -> str:
    if not was:
        return f'This page now says "{now}" where it did not bind.'
    return (
        f'This page says "{now}" where it said "{was}".' if now else f'This page no longer says "{was}" in one place.'
    )
