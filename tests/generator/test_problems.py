"""Every mistake that editors make, with the whole message that they read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.build import problems_of, problems_on
from macros.content.load import load
from macros.source.problems import Problem, one_of, report, suggest
from macros.topics.working_days import bank_holidays
from tests.examples import read
from tests.project import ROOT, put, small_project

TODAY, CALENDAR = date(2026, 11, 27), bank_holidays("england-and-wales")

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['why']}")
    for file in sorted((ROOT / "tests" / "examples" / "problems").glob("*.yml"))
    for case in read(file)
]


def test_the_small_site_has_no_problems(tmp_path: Path) -> None:
    assert problems_of(small_project(tmp_path)) == []


@pytest.mark.parametrize("case", CASES)
def test_says_what_is_wrong_and_how_to_mend_it(case: dict[str, Any], tmp_path: Path) -> None:
    root = small_project(tmp_path)
    put(root, case)
    problems = sorted(problems_on(load(root), TODAY, CALENDAR))
    assert [str(problem) for problem in problems] == case["says"]
    if len(problems) == 1 and problems[0].paste:
        paste(root, problems[0])
        assert problems_on(load(root), TODAY, CALENDAR) == []


def paste(root: Path, problem: Problem) -> None:
    """Does literally what a problem offers: its lines stand in the place of the one that it names, or at the end of a file."""
    other = re.search(r"Add (?:this line|these lines) to ([\w./-]+)", problem.mend)
    file = root / (other[1] if other else problem.path)
    lines = file.read_text("utf-8").rstrip("\n").split("\n")
    first, last = (len(lines), len(lines)) if other else (problem.line - 1, problem.line)
    lines[first:last] = problem.paste.split("\n")
    file.write_text("\n".join([*lines, ""]), "utf-8")


def test_counts_first_and_keeps_the_order_of_files_and_lines() -> None:
    problems = [
        Problem("b.yml", 2, "Second.", "Mend it."),
        Problem("b.yml", 10, "Third.", "Mend it."),
        Problem("a.yml", 9, "First.", "Mend it."),
    ]
    assert (
        report([*problems, problems[0]])
        == "3 problems. Nothing was published.\na.yml:9: First. Mend it.\nb.yml:2: Second. Mend it.\nb.yml:10: Third. Mend it."
    )


def test_says_so_when_there_is_nothing_to_mend() -> None:
    assert report([]) == "No problems found."


def test_names_the_nearest_word_or_falls_back() -> None:
    assert suggest("agree-frist", ["agree-first", "notify"], "Name one.") == 'Did you mean "agree-first"?'
    assert suggest("zzz", ["agree-first"], "Name one.") == "Name one."
    assert one_of(["a", "b", "c"]) == '"a", "b" or "c"'
