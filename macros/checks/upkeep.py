"""What time has overtaken, and what is due for whom: bank holidays, sources, terms and pages to look at again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from macros.content.load import Content
from macros.source.ids import Place
from macros.source.problems import Problem
from macros.topics.contacts import Contacts
from macros.topics.dates import full_date
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Category, Term
from macros.topics.revisions import check_dates
from macros.topics.sources import PAGE as REFERENCES_PAGE
from macros.topics.sources import Source
from macros.topics.working_days import Calendar, add_months

LOCK = "requirements.lock"
WARN, FAIL = 12, 3  # months of known bank holidays
TERMS = {"high": 12, "medium": 12, "low": 6}  # months: words change seldom, but what is unconfirmed is not left so


def next_check(source: Source) -> date:
    """The day on which a source is to be looked at again."""
    return add_months(source.checked, source.months) if source.months else date.max


def next_look(term: Term) -> date:
    """The day on which a term is to be looked at again, the sooner where it is not confirmed."""
    return add_months(term.checked, TERMS[term.confidence])


def _late(category: Category, today: date, whose: str) -> list[Problem]:
    """One warning for all terms of a file, at the one that has waited longest."""
    late = [term for term in category.terms if term.checked > date.min and next_look(term) < today]
    if not late:
        return []
    first = min(late, key=next_look)
    by = f"was to be checked by {full_date(next_look(first))}"
    more = f"; {len(late) - 1} more in this file are late" if len(late) > 1 else ""
    wrong = f'The term "{first.id}" {by}{more}.'
    wish = f"{whose}: compare each with its source, then write the day as checked."
    return [first.place.problem(wrong, wish, "checked")]


def _running_out(calendar: Calendar) -> Problem:
    wrong = f"The bank holidays are known until {full_date(calendar.last)} only."
    return Problem(LOCK, 1, wrong, "Ask a developer to run make lock for a newer govuk-bank-holidays.")


def check_horizon(today: date, calendar: Calendar) -> list[Problem]:
    """A problem where so few months of bank holidays are left that readers' dates run past them."""
    return [_running_out(calendar)] if calendar.months_left(today) < FAIL else []


def check_look_backs(content: Content, today: date) -> Iterator[Problem]:
    """Days on which something is said to have been done, such as an approval, and that have not come yet."""
    for source in content.sources.references:
        yield from _ahead(source.place, "checked", source.checked, today, f'The source "{source.id}" was checked')
    for term in content.terms:
        yield from _ahead(term.place, "checked", term.checked, today, f'The term "{term.id}" was checked')
    for page in content.pages.values():
        yield from _ahead(page.front.place, "approved", page.front.approved, today, "The page was approved")
        yield from check_dates(page.front.revisions, today)
    for contact in (contact for contacts in content.listed(Contacts) for contact in contacts.contacts):
        confirmed = contact.confirmed or date.min
        yield from _ahead(
            contact.place, "confirmed", confirmed, today, f'The number of the contact "{contact.id}" was confirmed'
        )


def _ahead(place: Place, key: str, day: date, today: date, what: str) -> Iterator[Problem]:
    if day > today:
        wish = "Write the day on which it was done, and not the one on which it will be."
        yield place.problem(f"{what} on {full_date(day)}, which has not come yet.", wish, key)


def owner(content: Content, page: str) -> str:
    """Who owns a page, by their role."""
    return str(content.pages[page].front.owner) if page in content.pages else "The editor"


def warnings(content: Content, today: date, calendar: Calendar) -> list[Problem]:
    """What has to be looked at soon but stops nothing: bank holidays that run out, checks that are overdue."""
    whose = owner(content, REFERENCES_PAGE)
    problems = [_running_out(calendar)] if FAIL <= calendar.months_left(today) < WARN else []
    for source in content.sources.references:
        if source.checked > date.min and next_check(source) < today:
            wrong = f'The source "{source.id}" was to be checked by {full_date(next_check(source))}.'
            wish = f"{whose}: compare our text with it, then write the day as checked."
            problems.append(source.place.problem(wrong, wish, "checked"))
    for category in content.categories:
        problems += _late(category, today, owner(content, GLOSSARY_PAGE))
    return sorted(problems)


SOON = 60  # days


@dataclass(frozen=True, order=True)
class Task:
    """Something to look at by a day: who, where, and what to do."""

    owner: str
    day: date
    path: str
    line: int
    what: str


def agenda(content: Content, calendar: Calendar) -> list[Task]:
    """Everything that falls due, by owner and then by day."""
    return sorted([*_pages(content), *_sources(content), *_terms(content), _holidays(calendar)])


def _pages(content: Content) -> Iterator[Task]:
    for page in content.pages.values():
        front = page.front
        line = front.place.keys.get("review", front.place.line)
        yield Task(str(front.owner), front.review, page.path.path, line, f'Review the page "{front.title}".')


def _sources(content: Content) -> Iterator[Task]:
    whose = owner(content, REFERENCES_PAGE)
    for source in content.sources.references:
        line = source.place.keys.get("checked", source.place.line)
        yield Task(whose, next_check(source), source.place.path, line, f'Check the source "{source.short}".')


def _terms(content: Content) -> Iterator[Task]:
    """One task for the terms of a file that fall due on one day."""
    whose = owner(content, GLOSSARY_PAGE)
    for category in content.categories:
        terms = sorted(category.terms, key=lambda term: (next_look(term), term.place.line))
        for day, group in groupby(terms, key=next_look):
            same = list(group)
            many = f"{len(same)} terms" if len(same) > 1 else f'the term "{same[0].id}"'
            yield Task(whose, day, same[0].place.path, same[0].place.line, f"Check {many} of {category.category}.")


def _holidays(calendar: Calendar) -> Task:
    return Task("A developer", add_months(calendar.last, -WARN), LOCK, 1, "Fetch newer bank holidays: make lock.")


def told(tasks: list[Task], today: date, days: int) -> tuple[list[str], int]:
    """The lines that tell what is due within so many days, under each owner; and how many tasks are overdue."""
    end = today + timedelta(days)
    late = [task for task in tasks if task.day < today]
    near = [task for task in tasks if task.day <= end]
    lines = [f"{len(late)} overdue, {len(near) - len(late)} due by {full_date(end)}."]
    for whose, group in groupby(near, key=lambda task: task.owner):
        lines += ["", f"{whose}:"]
        for task in group:
            mark = " OVERDUE" if task.day < today else ""
            lines.append(f"- {task.day}{mark} {task.path}:{task.line}: {task.what}")
    later = min((task for task in tasks if task.day > end), key=lambda task: task.day, default=None)
    if later:
        lines += ["", f"After that, on {full_date(later.day)}: {later.what} ({later.owner})"]
    return lines, len(late)
