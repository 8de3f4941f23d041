"""What time has overtaken: bank holidays that run out, and sources that have not been looked at for too long."""

from __future__ import annotations

from datetime import date

from macros.content import Content
from macros.dates import written
from macros.problems import Problem
from macros.references import PAGE as REFERENCES_PAGE
from macros.references import Source
from macros.workingdays import Calendar, add_months

LOCK = "requirements.lock"
WARN, FAIL = 12, 3  # months of known bank holidays


def next_check(source: Source) -> date:
    """The day on which a source is to be looked at again."""
    months = source.check_every.split()[0]
    return add_months(source.checked, int(months)) if months.isdigit() else date.max


def _running_out(calendar: Calendar) -> Problem:
    wrong = f"The bank holidays are known until {written(calendar.last)} only."
    return Problem(LOCK, 1, wrong, "Ask a developer to run make lock for a newer govuk-bank-holidays.")


def check_horizon(today: date, calendar: Calendar) -> list[Problem]:
    """A problem where so few months of bank holidays are left that readers' dates run past them."""
    return [_running_out(calendar)] if calendar.months_left(today) < FAIL else []


def warnings(content: Content, today: date, calendar: Calendar) -> list[Problem]:
    """What has to be looked at soon but stops nothing: bank holidays that run out, checks of sources that are overdue."""
    page = content.pages.get(REFERENCES_PAGE)
    owner = page.front.owner if page else "The editor"
    found = [_running_out(calendar)] if FAIL <= calendar.months_left(today) < WARN else []
    for source in content.sources.references:
        if next_check(source) < today:
            wrong = f'The source "{source.id}" was to be checked by {written(next_check(source))}.'
            wish = f"{owner}: compare our text with it, then write the day as checked."
            found.append(source.place.problem(wrong, wish, "checked"))
    return sorted(found)
