"""Working days, counted forward or back from a day that is day 0, and never past the bank holidays that are published."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Unit = Literal["working days", "calendar days", "hours", "weeks", "months", "years"]
Region = Literal["england-and-wales", "scotland", "northern-ireland"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Calendar:
    """The bank holidays of whole years, and the first and the last day of those years."""

    holidays: frozenset[date]
    first: date
    last: date

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a weekday and no bank holiday."""
        return day.weekday() < 5 and day not in self.holidays

    def months_left(self, today: date) -> int:
        """The whole months from `today` to the end of the published bank holidays; negative past it."""
        end = self.last + DAY
        months = (end.year - today.year) * 12 + end.month - today.month
        return months - (end.day < today.day)


class BeyondCalendarError(ValueError):
    """A date outside of the years whose bank holidays are published; `first` and `last` are the sure days."""

    def __init__(self, calendar: Calendar) -> None:
        super().__init__(f"Bank holidays are published from {calendar.first} to {calendar.last}.")
        self.first, self.last = calendar.first, calendar.last


def bank_holidays(region: Region) -> Calendar:
    """The bank holidays of a region that come with the package: official, bundled, no network asked."""
    from govuk_bank_holidays.bank_holidays import BankHolidays

    events = BankHolidays.load_backup_data()[region]["events"]
    days = frozenset(date.fromisoformat(event["date"]) for event in events)
    return Calendar(days, date(min(days).year, 1, 1), date(max(days).year, 12, 31))


def _sure(day: date, calendar: Calendar) -> date:
    if not calendar.first <= day <= calendar.last:
        raise BeyondCalendarError(calendar)
    return day


def add_working_days(start: date, days: int, calendar: Calendar) -> date:
    """The date `days` working days after `start`, which is day 0; a negative number counts back."""
    day, step = _sure(start, calendar), DAY if days > 0 else -DAY
    left = abs(days)
    while left:
        day = _sure(day + step, calendar)
        left -= calendar.is_working_day(day)
    return day


def add_months(start: date, months: int) -> date:
    """The same day `months` later, or the last day of that month where it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def count(start: date, number: int, unit: Unit, calendar: Calendar) -> date:
    """The date `number` units from `start`, back where it is negative; hours end on the day they run into."""
    if unit == "working days":
        return add_working_days(start, number, calendar)
    _sure(start, calendar)
    if unit in ("months", "years"):
        return _sure(add_months(start, number * (12 if unit == "years" else 1)), calendar)
    days = {"calendar days": number, "weeks": 7 * number, "hours": -(-number // 24)}[unit]
    return _sure(start + days * DAY, calendar)
