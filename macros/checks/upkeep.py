"""What is due for whom: reviews of pages, checks of sources and terms, bank holidays that run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from macros.checks.freshness import LOCK, WARN, next_check, next_look, owner
from macros.content.load import Content
from macros.topics.dates import written
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE
from macros.topics.working_days import Calendar, add_months

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
    lines = [f"{len(late)} overdue, {len(near) - len(late)} due by {written(end)}."]
    for whose, group in groupby(near, key=lambda task: task.owner):
        lines += ["", f"{whose}:"]
        for task in group:
            mark = " OVERDUE" if task.day < today else ""
            lines.append(f"- {task.day}{mark} {task.path}:{task.line}: {task.what}")
    later = min((task for task in tasks if task.day > end), key=lambda task: task.day, default=None)
    if later:
        lines += ["", f"After that, on {written(later.day)}: {later.what} ({later.owner})"]
    return lines, len(late)
