"""What readers type into a date field by mistake, and what both the calculator and an outcome say to it."""

from __future__ import annotations

BAD_ENTRIES = [
    ("", "Give the date first: day, month and year."),
    ("31/02/2027", "This is not a date. Give day, month and the year in four figures, for example with the calendar of the field."),
    ("01/02/27", "This is not a date. Give day, month and the year in four figures, for example with the calendar of the field."),
    ("next Tuesday", "This is not a date. Give day, month and the year in four figures, for example with the calendar of the field."),
    ("2027-13-01", "There is no such day. Check the day and the month."),
    ("2027-02-31", "There is no such day. Check the day and the month."),
    ("0001-01-01", "Dates before 1 January 2012 cannot be worked out here. Check the year."),
    ("9999-12-31", "Bank holidays are known until 31 December 2028. Later dates cannot be worked out. Check the year."),
    ("12027-01-01", "Bank holidays are known until 31 December 2028. Later dates cannot be worked out. Check the year."),
]  # fmt: skip
