"""What time has overtaken: bank holidays that run out, sources and terms that have not been looked at for too long."""

from __future__ import annotations

from datetime import date

from macros.content.load import Content
from macros.source.problems import Problem
from macros.topics.dates import written
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Category, Term
from macros.topics.sources import PAGE as REFERENCES_PAGE
from macros.topics.sources import Source
from macros.topics.working_days import Calendar, add_months

LOCK = "requirements.lock"
WARN, FAIL = 12, 3  # months of known bank holidays
TERMS = {"high": 12, "medium": 12, "low": 6}  # months: words change seldom, but what is unconfirmed is not left so


def next_check(source: Source) -> date:
    """The day on which a source is to be looked at again."""
    months = source.check_every.split()[0]
    return add_months(source.checked, int(months)) if months.isdigit() else date.max


def next_look(term: Term) -> date:
    """The day on which a term is to be looked at again, the sooner where it is not confirmed."""
    return add_months(term.checked, TERMS[term.confidence])


def _late(category: Category, today: date, whose: str) -> list[Problem]:
    """One warning for all terms of a file, at the one that has waited longest."""
    late = [term for term in category.terms if term.checked > date.min and next_look(term) < today]
    if not late:
        return []
    first = min(late, key=next_look)
    by = f"was to be checked by {written(next_look(first))}"
    more = f"; {len(late) - 1} more in this file are late" if len(late) > 1 else ""
    wrong = f'The term "{first.id}" {by}{more}.'
    wish = f"{whose}: compare each with its source, then write the day as checked."
    return [first.place.problem(wrong, wish, "checked")]


def _running_out(calendar: Calendar) -> Problem:
    wrong = f"The bank holidays are known until {written(calendar.last)} only."
    return Problem(LOCK, 1, wrong, "Ask a developer to run make lock for a newer govuk-bank-holidays.")


def check_horizon(today: date, calendar: Calendar) -> list[Problem]:
    """A problem where so few months of bank holidays are left that readers' dates run past them."""
    return [_running_out(calendar)] if calendar.months_left(today) < FAIL else []


def owner(content: Content, page: str) -> str:
    """Who owns a page, by their role."""
    return str(content.pages[page].front.owner) if page in content.pages else "The editor"


def warnings(content: Content, today: date, calendar: Calendar) -> list[Problem]:
    """What has to be looked at soon but stops nothing: bank holidays that run out, checks that are overdue."""
    whose = owner(content, REFERENCES_PAGE)
    found = [_running_out(calendar)] if FAIL <= calendar.months_left(today) < WARN else []
    for source in content.sources.references:
        if next_check(source) < today:
            wrong = f'The source "{source.id}" was to be checked by {written(next_check(source))}.'
            wish = f"{whose}: compare our text with it, then write the day as checked."
            found.append(source.place.problem(wrong, wish, "checked"))
    for category in content.categories:
        found += _late(category, today, owner(content, GLOSSARY_PAGE))
    return sorted(found)
