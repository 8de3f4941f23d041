"""Working days in Python: the cases that a lawyer can read, and two independent oracles over every day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import holidays
import numpy
import pytest

from macros.topics.working_days import BeyondCalendarError, Calendar, Region, add_working_days, bank_holidays, count
from tests.evidence import record
from tests.examples import EXAMPLES, read

CASES = read(EXAMPLES / "deadlines.yml")
CALENDAR = bank_holidays("england-and-wales")


def every_day(calendar: Calendar) -> list[date]:
    return [calendar.first + timedelta(days=n) for n in range((calendar.last - calendar.first).days + 1)]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['from']} {case['number']}: {case['why']}" for case in CASES])
def test_comes_to_the_day(case: dict[str, Any]) -> None:
    if case["due"] == "refused":
        with pytest.raises(BeyondCalendarError) as refused:
            count(case["from"], case["number"], case["unit"], CALENDAR)
        assert refused.value.last == date(2028, 12, 31)
    else:
        assert count(case["from"], case["number"], case["unit"], CALENDAR) == case["due"]


def test_every_case_says_why_and_stands_once() -> None:
    keys = [(case["from"], case["number"], case["unit"]) for case in CASES]
    assert len(set(keys)) == len(keys)
    assert all(len(case["why"]) > 5 for case in CASES)


@pytest.mark.parametrize("days", [1, 5, 7, 8, 15, 16])
def test_agrees_with_numpy_on_every_day_to_the_horizon(days: int) -> None:
    off = numpy.array(sorted(CALENDAR.holidays), dtype="datetime64[D]")
    starts = every_day(CALENDAR)
    days_of = numpy.array(starts, dtype="datetime64[D]")
    for sign, roll in ((1, "backward"), (-1, "forward")):
        told = numpy.busday_offset(days_of, sign * days, roll=roll, holidays=off)  # type: ignore[call-overload]
        for start, oracle in zip(starts, told.tolist(), strict=True):
            if CALENDAR.first <= oracle <= CALENDAR.last:
                assert add_working_days(start, sign * days, CALENDAR) == oracle
            else:
                with pytest.raises(BeyondCalendarError):
                    add_working_days(start, sign * days, CALENDAR)


@pytest.mark.parametrize(
    ("region", "name"), [("england-and-wales", "ENG"), ("scotland", "SCT"), ("northern-ireland", "NIR")]
)
def test_the_bank_holidays_are_those_that_another_list_works_out(region: Region, name: str) -> None:
    known = bank_holidays(region)
    years = range(2024, known.last.year + 1)
    worked_out = set(holidays.country_holidays("GB", subdiv=name, years=years))
    assert {day for day in known.holidays if day.year in years} == {day for day in worked_out if day.weekday() < 5}


def told(case: dict[str, Any]) -> object:
    try:
        return count(case["from"], case["number"], case["unit"], CALENDAR)
    except BeyondCalendarError:
        return "refused"


def test_what_was_compared_is_kept_as_evidence() -> None:
    off = numpy.array(sorted(CALENDAR.holidays), dtype="datetime64[D]")
    starts = [day for day in every_day(CALENDAR) if (CALENDAR.last - day).days > 31]
    oracle = numpy.busday_offset(numpy.array(starts, "datetime64[D]"), 15, roll="backward", holidays=off).tolist()
    wrong = [case for case in CASES if told(case) != case["due"]]
    wrong += [day for day, due in zip(starts, oracle, strict=True) if add_working_days(day, 15, CALENDAR) != due]
    assert wrong == []
    record("deadlines", cases=len(CASES), days=len(starts), wrong=len(wrong))


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 23), 25),
        (date(2028, 1, 1), 12),
        (date(2028, 1, 2), 11),
        (date(2028, 10, 1), 3),
        (date(2029, 2, 1), -1),
    ],
)
def test_counts_the_months_that_are_left(today: date, left: int) -> None:
    assert CALENDAR.months_left(today) == left
