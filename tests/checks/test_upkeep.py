"""What time overtakes and for whom it is due; today comes from outside."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.build import epoch
from macros.checks.upkeep import agenda, check_horizon, told, warnings
from macros.content.load import load
from macros.source.problem_ids import id_of
from macros.topics.working_days import bank_holidays
from tests.project import change, small_project

CALENDAR = bank_holidays("england-and-wales")
UNTIL = (
    "requirements.lock:1: The bank holidays are known until 31 December 2028 only. "
    "Ask a developer to run make lock for a newer govuk-bank-holidays."
)


def test_what_is_due_stands_under_its_owner_by_day(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(
        root,
        "docs/search.md",
        ("owner: Partnership business manager", "owner: Editor"),
        ("review: 2027-05-23", "review: 2027-03-01"),
    )
    lines, overdue = told(agenda(load(root), CALENDAR), date(2027, 2, 24), 10)
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
    lines, _ = told(agenda(load(small_project(tmp_path)), CALENDAR), date(2027, 11, 20), 60)
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


@pytest.mark.parametrize(
    ("today", "warns", "fails"),
    [
        (date(2026, 11, 23), False, False),
        (date(2028, 1, 1), False, False),
        (date(2028, 1, 2), True, False),
        (date(2028, 10, 1), True, False),
        (date(2028, 10, 2), False, True),
        (date(2029, 6, 1), False, True),
    ],
)
def test_warns_at_twelve_months_and_fails_at_three(today: date, warns: bool, fails: bool, tmp_path: Path) -> None:
    content = load(small_project(tmp_path))
    warned = [str(problem) for problem in warnings(content, today, CALENDAR) if problem.path == "requirements.lock"]
    assert warned == ([UNTIL] if warns else [])
    assert id_of(UNTIL.partition(":1: ")[2].partition(" Ask")[0])
    assert [str(problem) for problem in check_horizon(today, CALENDAR)] == ([UNTIL] if fails else [])


def test_a_check_of_a_source_that_is_overdue_is_a_warning_with_its_owner(tmp_path: Path) -> None:
    content = load(small_project(tmp_path))
    assert warnings(content, date(2027, 2, 23), CALENDAR) == []
    assert str(warnings(content, date(2027, 2, 24), CALENDAR)[0]) == (
        'docs/references.yml:8: The source "statute" was to be checked by 23 February 2027. '
        "Partnership business manager: compare our text with it, then write the day as checked."
    )


def test_checks_of_terms_that_are_overdue_are_one_warning_for_each_file(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    assert not [p for p in warnings(load(root), date(2027, 11, 23), CALENDAR) if p.path.startswith("glossary/")]
    late = [p for p in warnings(load(root), date(2027, 11, 24), CALENDAR) if p.path.startswith("glossary/")]
    assert all(id_of(problem.wrong) for problem in late)
    assert [str(problem) for problem in late] == [
        'glossary/reviews.yml:9: The term "lcspr" was to be checked by 23 November 2027; 2 more in this file are late. '
        "Partnership business manager: compare each with its source, then write the day as checked."
    ]


def test_a_term_that_is_not_confirmed_is_due_sooner_and_named_first(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(
        root,
        "glossary/reviews.yml",
        ("    link: https://example.org/manual\n", "    link: https://example.org/manual\n    note: Not confirmed.\n"),
    )
    text = (root / "glossary" / "reviews.yml").read_text("utf-8")
    (root / "glossary" / "reviews.yml").write_text(text[::-1].replace("hgih", "wol", 1)[::-1], "utf-8")
    late = [p for p in warnings(load(root), date(2027, 5, 24), CALENDAR) if p.path.startswith("glossary/")]
    assert [problem.wrong for problem in late] == ['The term "scr" was to be checked by 23 May 2027.']


@pytest.mark.parametrize(("today", "status", "warned"), [(date(2027, 6, 1), 0, 2), (date(2028, 12, 1), 1, 3)])
def test_the_command_ends_well_on_warnings_and_badly_near_the_horizon(
    today: date,
    status: int,
    warned: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(today)))
    assert main(["check", "--root", str(small_project(tmp_path))]) == status
    told = capsys.readouterr().out
    assert f"{warned} warnings.\ndocs/references.yml:8: " in told
    assert (UNTIL in told) == (status == 1)


def test_a_reader_who_has_heard_enough_ends_nothing(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "macros", "due", "--root", str(small_project(tmp_path)), "--days", "9999"]
    reading, writing = os.pipe()
    os.close(reading)  # as head does once it has its lines
    run = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, text=True)
    os.close(writing)
    assert run.returncode in (0, 1)
    assert run.stderr == ""
