"""Today is the day in the United Kingdom, in whatever zone a server, a desk or a moment was written down."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from macros.__main__ import _today
from macros.build import epoch
from macros.topics.dates import day_at
from macros.topics.working_days import DAY


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 6, 30, 23, 30, tzinfo=UTC), date(2027, 7, 1)),  # half past midnight in summer time
        (datetime(2027, 6, 30, 22, 59, tzinfo=UTC), date(2027, 6, 30)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), date(2027, 3, 28)),  # a minute before the clocks go forward
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),  # the night in which they go back
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2027, 7, 1, 8, 0, tzinfo=timezone(timedelta(hours=12))), date(2027, 6, 30)),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_united_kingdom(moment: datetime, day: date) -> None:
    assert day_at(moment) == day


def test_the_build_date_is_that_day_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(datetime(2027, 6, 30, 23, 30, tzinfo=UTC).timestamp())))
    assert _today() == date(2027, 7, 1)
    day = date(2026, 1, 1)
    while day.year == 2026:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(day)))
        assert _today() == day  # what MkDocs is told is the same day again
        day += DAY
