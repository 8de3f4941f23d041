"""Dates in words, as readers write them."""

from __future__ import annotations

from datetime import date

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


def written(day: date) -> str:
    """The date with its month in words: "23 November 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
