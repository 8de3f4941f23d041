"""What changed since the last release and has to be told: each needs a revision on a page that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from macros.changes.compare import changed_decision, changed_duty, changed_form, changed_group
from macros.changes.figures import changed_figure, figures
from macros.checks.binding_words import BARE, words_of
from macros.checks.terminology import is_abbreviation, words_with_capitals
from macros.content.load import Content, load
from macros.content.pages import Page
from macros.content.relations import named
from macros.source.ids import SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.case_review_group import CaseReviewGroup
from macros.topics.dates import full_date
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import PATH as DEADLINES
from macros.topics.glossary import by_letters
from macros.topics.revisions import LONGEST, Revision


@dataclass(frozen=True)
class _Change:
    """Something that changed: where, what is said of it, the text suggested, its source, and the pages that show it.

    It is `major` where somebody has to act otherwise than before.
    """

    place: Text
    wrong: str
    text: str
    why: str
    pages: tuple[str, ...]
    major: bool = True


@dataclass(frozen=True)
class Released:
    """The last release: the folder that holds its docs/ and glossary/, and its day."""

    folder: Path
    day: date


def owed(content: Content, today: date, released: Released) -> list[Problem]:
    """What the content owes its readers since the last release: each change that no revision tells, with the text of one."""
    return _Debt(load(released.folder), content, released.day, today).problems()


class _Debt:
    """What the content `new` owes its readers since `old`, the content of the last release, whose day was `since`."""

    def __init__(self, old: Content, new: Content, since: date, today: date) -> None:
        self.old, self.new, self.since, self.today = old, new, since, today
        self.unlike = {problem.path for problem in old.problems}  # written for another generator: not to be compared
        self.before = {path: self._before(path) for path in new.pages}
        self.history = {_told(revision) for page in old.pages.values() for revision in page.front.revisions}
        self.fresh = {path: self._fresh(page) for path, page in new.pages.items()}

    def problems(self) -> list[Problem]:
        """Each change that no revision tells, with the text of one; and revisions that were published and are gone."""
        problems = [problem for page in self.new.pages.values() for problem in self._kept(page)]
        problems += self._forms()
        told = [*self._new_pages(), *self._duties(), *self._decisions(), *self._groups()]
        owed = {change.pages for change in told}
        words = [*self._words(), *self._figures()]
        told += [change for change in words if change.pages not in owed]  # the same revision tells both
        for change in told:
            revisions = [revision for path in change.pages for revision in self.fresh[path]]
            if not revisions:
                problems.append(change.place.problem(change.wrong, self._wish(change)))
            elif change.major and all(revision.change == "minor" for revision in revisions):
                problems.append(self._too_small(revisions[0], change))
        return sorted({(problem.path, problem.line): problem for problem in reversed(problems)}.values())

    def _before(self, path: str) -> Page | None:
        """What a page was at the last release, under its path or, where it has moved, under an earlier one."""
        paths = [path, *self.new.moves.earlier(path)]
        return next((self.old.pages[name] for name in paths if name in self.old.pages), None)

    def _fresh(self, page: Page) -> list[Revision]:
        """The revisions that readers have not seen yet; what a page brings along from another one they have."""
        before = self.before[page.path]
        known = {_told(revision) for revision in before.front.revisions} if before else self.history
        return [revision for revision in page.front.revisions if _told(revision) not in known]

    def _too_small(self, revision: Revision, change: _Change) -> Problem:
        wrong = f'This revision is "minor", and somebody has to act otherwise: {self._in_words(change.text)}'
        wish = 'Write "change: major", have the page approved, and write the day as "approved" and a new "review".'
        return revision.place.problem(wrong, wish, "change")

    def _kept(self, page: Page) -> Iterator[Problem]:
        before = self.before[page.path]
        now = {_told(revision) for revision in page.front.revisions}
        for revision in before.front.revisions if before and before.path.path not in self.unlike else ():
            if _told(revision) not in now:
                wrong = f'The revision of {full_date(revision.date)} was published and is gone: "{revision.what}"'
                wish = "Put it back word for word; to correct it, add a newer one."
                yield page.front.place.problem(wrong, wish, "revisions")
        for revision in self.fresh[page.path]:
            if revision.date < self.since:
                wrong = (
                    f"The revision is of {full_date(revision.date)}, before the last release ({full_date(self.since)})."
                )
                yield revision.place.problem(wrong, "Write the day on which readers will see it.", "date")

    def _wish(self, change: _Change) -> str:
        text = " ".join(self._in_words(change.text).split())[:LONGEST].replace("'", "''")
        entry = f"- {{date: {self.today}, change: major, why: {change.why}, what: '{text}'}}"
        return f'Tell readers in your words at the top of docs/{change.pages[0]}, under "revisions:", such as: {entry}'

    def _in_words(self, text: str) -> str:
        """The text without letters that feeds cannot explain, and with binding words quoted."""
        known = by_letters(self.new.terms)
        for word in filter(is_abbreviation, words_with_capitals(text)):
            text = text.replace(word, str(known[word][0].expansion)) if word in known else text
        return BARE.sub(r'"\g<0>"', text)

    def _new_pages(self) -> Iterator[_Change]:
        for path, page in self.new.pages.items():
            if not self.before[path]:
                text = f"This page is new. {page.front.description}"
                wrong = "The page is new, and it does not say so."
                yield _Change(page.path, wrong, text, self._source(path), (path,), major=False)

    def _duties(self) -> Iterator[_Change]:
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
                yield _Change(place, wrong, text, _first(duty.sources), tuple(pages))

    def _decisions(self) -> Iterator[_Change]:
        for path, new in self.new.decisions.items():
            old = self.old.decisions.get(self._was(path))
            if old and old.place.path not in self.unlike:
                differences = changed_decision(old, new)
                if differences:
                    more = f" (and {len(differences) - 1} more)" if len(differences) > 1 else ""
                    wrong = "The decision has changed since the last release, and its page does not say so: "
                    wrong += f"{differences[0]}{more}."
                    text = f"{new.title}: {differences[0]}."
                    yield _Change(Text("", new.place.path, new.place.line), wrong, text, self._source(path), (path,))

    def _groups(self) -> Iterator[_Change]:
        for path, new in self.new.beside.items():
            old = self.old.beside.get(self._was(path))
            if isinstance(new, CaseReviewGroup) and isinstance(old, CaseReviewGroup):
                text = changed_group(old, new) if old.place.path not in self.unlike else ""
                if text:
                    place = Text("", new.place.path, new.quorum.place.line)
                    wrong = f"Who can decide has changed since the last release, and the page does not say so. {text}"
                    yield _Change(place, wrong, text, self._source(path), (path,))

    def _forms(self) -> Iterator[Problem]:
        """Forms that older drafts no longer fit, under the version that those were written for."""
        for path, new in self.new.forms.items():
            old = self.old.forms.get(self._was(path))
            if old and old.place.path not in self.unlike and new.version <= old.version:
                changed = changed_form(old, new)
                if changed:
                    wrong = f"Since the last release {changed}, and the version of the form is still {new.version}."
                    wish = f'Write "version: {old.version + 1}", and under "moved" the field that asks it now, if one does.'
                    yield new.place.problem(wrong, wish, "version")

    def _was(self, path: str) -> str:
        """The path of a page at the last release."""
        before = self.before[path]
        return str(before.path) if before else path

    def _figures(self) -> Iterator[_Change]:
        for path, page in self.new.pages.items():
            before = self.before[path]
            if not before or before.path.path in self.unlike:
                continue
            old, new = ([(f, line) for line in one.shown for f in figures(line)] for one in (before, page))
            other = changed_figure((figure for figure, _ in old), (figure for figure, _ in new))
            if other:
                text = f"This page says {other[1]} where it said {other[0]}."
                place = next(line for figure, line in new if figure == other[1])
                wrong = f"A number has changed on this page since the last release, and it does not say so. {text}"
                yield _Change(place, wrong, text, self._source(path), (path,))

    def _words(self) -> Iterator[_Change]:
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
                    yield _Change(place, wrong, text, self._source(path), (path,))
                    break

    def _source(self, path: str) -> str:
        return _first(self.new.pages[path].front.guidance)


def _told(revision: Revision) -> tuple[date, str, str]:
    return revision.date, revision.change, str(revision.what)


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
