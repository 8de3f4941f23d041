"""What is due for whom."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.build import epoch
from macros.checks.upkeep import agenda, told
from macros.content.load import load
from macros.topics.working_days import bank_holidays
from tests.project import change, small_project


def test_what_is_due_stands_under_its_owner_by_day(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(
        root,
        "docs/search.md",
        ("owner: Partnership business manager", "owner: Editor"),
        ("review: 2027-05-23", "review: 2027-03-01"),
    )
    lines, overdue = told(agenda(load(root), bank_holidays()), date(2027, 2, 24), 10)
    assert overdue == 2
    assert lines == [
        "2 overdue, 1 due by 6 March 2027.",
        "",
        "Editor:",
        '- 2027-03-01 docs/search.md:6: Review the page "Search".',
        "",
        "Partnership business manager:",
        '- 2027-02-23 OVERDUE docs/references.yml:8: Check the source "Act of 2004".',
        '- 2027-02-23 OVERDUE docs/references.yml:16: Check the source "Guidance 2026".',
        "",
        'After that, on 23 May 2027: Review the page "Local practice". (Partnership business manager)',
    ]


def test_terms_that_fall_due_on_one_day_are_one_line_and_holidays_are_a_developers(tmp_path: Path) -> None:
    lines, _ = told(agenda(load(small_project(tmp_path)), bank_holidays()), date(2027, 11, 20), 60)
    assert "- 2027-11-23 glossary/reviews.yml:3: Check 3 terms of Reviews." in lines
    assert lines[2:4] == ["A developer:", "- 2027-12-31 requirements.lock:1: Fetch newer bank holidays: make lock."]


@pytest.mark.parametrize(
    ("day", "status", "first"),
    [
        (date(2026, 11, 24), 0, "0 overdue, 0 due by 23 January 2027."),
        (date(2027, 2, 23), 0, "0 overdue, 2 due by 24 April 2027."),
        (date(2027, 2, 24), 1, "2 overdue, 0 due by 25 April 2027."),
    ],
)
def test_the_command_ends_badly_only_where_something_is_overdue(
    day: date,
    status: int,
    first: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(day)))
    words = ["due", "--root", str(small_project(tmp_path))]
    assert main(words) == status
    assert capsys.readouterr().out.splitlines()[0] == first


def test_the_command_asks_for_content_without_problems(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_project(tmp_path)
    change(root, "docs/search.md", ("title: Search", "titel: Search"))
    assert main(["due", "--root", str(root)]) == 2
    assert capsys.readouterr().out == "The content has problems. Mend them first: make check\n"
