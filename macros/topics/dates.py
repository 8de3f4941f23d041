"""Dates in words, as readers write them, and the day that it is for them."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
HERE = ZoneInfo("Europe/London")  # where readers, their time limits and their bank holidays are


def day_at(moment: datetime) -> date:
    """The day that it is for readers at a moment: in summer it begins an hour before that of universal time."""
    return moment.astimezone(HERE).date()


def with_weekday(day: date) -> str:
    """The date with its weekday first: "Monday 23 November 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {full_date(day)}"


def in_short(day: date, year: int) -> str:
    """The date as it stands in a narrow column: "Mon 23 Nov", with its year where that is not `year`."""
    ending = "" if day.year == year else f" {day.year}"
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{ending}"


def full_date(day: date) -> str:
    """The date with its month in words: "23 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
