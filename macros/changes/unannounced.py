"""What changed since the last release and has to be told: each needs a revision on a page that shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.changes.compare import changed_form
from macros.changes.differences import Change, Differences
from macros.checks.binding_words import BARE
from macros.checks.terminology import is_abbreviation, words_with_capitals
from macros.content.addresses import address
from macros.content.load import Content, load
from macros.content.navigation import MOVED
from macros.content.pages import Page
from macros.source.problems import Problem
from macros.topics.dates import full_date
from macros.topics.glossary import by_letters
from macros.topics.revisions import LONGEST, Revision


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
        self.differences = Differences(old, new)
        self.unlike, self.before = self.differences.unlike, self.differences.before
        self.history = {_told(revision) for page in old.pages.values() for revision in page.front.revisions}
        self.fresh = {path: self._fresh(page) for path, page in new.pages.items()}

    def problems(self) -> list[Problem]:
        """Each change that no revision tells, with the text of one; and revisions that were published and are gone."""
        problems = [problem for page in self.new.pages.values() for problem in self._kept(page)]
        small: dict[Revision, Problem] = {}
        for change in self.differences.changes():
            revisions = [revision for path in change.pages for revision in self.fresh[path]]
            if not revisions:
                problems.append(change.place.problem(change.wrong, *self._offer(change)))
            elif change.major and all(revision.change == "minor" for revision in revisions):
                small.setdefault(revisions[0], self._too_small(revisions[0], change))
        return sorted([*problems, *small.values(), *self._forms(), *self._gone()])

    def _fresh(self, page: Page) -> list[Revision]:
        """The revisions that readers have not seen yet; what a page brings along from another one they have."""
        before = self.before[page.path]
        known = {_told(revision) for revision in before.front.revisions} if before else self.history
        return [revision for revision in page.front.revisions if _told(revision) not in known]

    def _too_small(self, revision: Revision, change: Change) -> Problem:
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

    def _offer(self, change: Change) -> tuple[str, str]:
        """What to do about a change that is not told, and the revision to paste."""
        page = self.new.pages[change.pages[0]]
        wish = f"Tell readers in your words: at the top of docs/{page.path}, "
        if change.major and page.front.approved < self.today:
            review = page.front.review + (self.today - page.front.approved)
            wish += f'write "approved: {self.today}" and "review: {review}" once it is approved, and '
        text = _fitting(self._in_words(change.text)).replace("'", "''")
        entry = (
            f"{{date: {self.today}, change: {'major' if change.major else 'minor'}, why: {change.why}, what: '{text}'}}"
        )
        if not page.front.revisions:
            return f'{wish}put this above the second "---":', f"revisions:\n  - {entry}"
        newest = page.front.revisions[0].place
        if newest.line == page.front.place.keys.get("revisions"):
            return f'{wish}put this behind "revisions: [":', f"{entry},"
        return f'{wish}put this under "revisions:":', f"{' ' * max(0, newest.blanks - 2)}- {entry}"

    def _in_words(self, text: str) -> str:
        """The text without letters that feeds cannot explain, and with binding words quoted."""
        known = by_letters(self.new.terms)
        for word in filter(is_abbreviation, words_with_capitals(text)):
            text = text.replace(word, str(known[word][0].expansion)) if word in known else text
        return BARE.sub(r'"\g<0>"', text)

    def _gone(self) -> Iterator[Problem]:
        """Pages of the last release that are gone, and nobody has said where to; their addresses are cited."""
        for path, heir in self.differences.gone.items():
            wrong = f'The address "{address(path)}" was published and is gone.'
            wish = f"Add this line to {MOVED}, with the page that readers are to find, or bring it back:"
            yield Problem(MOVED, 1, wrong, wish, f"  - {{old: {address(path)}, now: {heir or 'index.md'}}}")

    def _forms(self) -> Iterator[Problem]:
        """Forms that older drafts no longer fit, under the version that those were written for."""
        for path, new in self.new.forms.items():
            old = self.old.forms.get(self.differences.was(path))
            if old and old.place.path not in self.unlike and new.version <= old.version:
                changed = changed_form(old, new)
                if changed:
                    wrong = f"Since the last release {changed}, and the version of the form is still {new.version}."
                    wish = f'Write "version: {old.version + 1}", and under "moved" the field that asks it now, if one does.'
                    yield new.place.problem(wrong, wish, "version")


def _told(revision: Revision) -> tuple[date, str, str]:
    return revision.date, revision.change, str(revision.what)


def _fitting(text: str) -> str:
    """A text as long as a revision may be, ended after a whole word."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 2].rpartition(' ')[0]} …"
