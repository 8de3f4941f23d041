"""The ids of problems: each kind has one, for good, and each stands for a kind that a case or a test shows."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from macros.source.problem_ids import id_of, kinds
from macros.source.problems import Problem, report
from tests.project import ROOT

CASES = [
    case
    for file in sorted((ROOT / "tests" / "examples" / "problems").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
FIRST = 315  # ids that were given when they began; the list goes on behind them
ELSEWHERE = {  # kinds that no single state of the content has: they hang on the day or on the last release
    "tests/changes/test_unannounced.py": [f"LRP-{number}" for number in range(297, 308)],
    "tests/publishing/test_report.py": ["LRP-306"],
    "tests/checks/test_upkeep.py": ["LRP-308", "LRP-309", "LRP-310"],
}


def said(case: dict[str, Any]) -> list[str]:
    """What the messages of a case say is wrong and how to mend it, without their places."""
    return [re.sub(r"^[^\n]*?:\d+: ", "", line, count=1) for line in case["says"]]


def id_in(message: str) -> str:
    """The id of a message, of which only the beginning says what is wrong: the longest beginning that is known."""
    ends = [found.end() for found in re.finditer(r"""[.?"](?= |$)""", message)]
    return next(filter(None, (id_of(message[:end]) for end in ends)), "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["why"]))
def test_every_message_of_a_case_has_an_id(case: dict[str, Any]) -> None:
    for message in said(case):
        assert id_in(message), f'Add a line to macros/source/problem_ids.txt, at its end, for: "{message}"'


def test_every_id_has_a_case_or_a_test() -> None:
    shown = {id_in(message) for case in CASES for message in said(case)}
    for path, names in ELSEWHERE.items():
        assert "id_of(" in (ROOT / path).read_text("utf-8"), f"{path} does not ask for the ids of its problems"
        shown |= set(names)
    assert sorted(kinds().keys() - shown) == []


def test_ids_are_given_in_order_and_once() -> None:
    names = list(kinds())
    assert names == [f"LRP-{number:03}" for number in range(1, len(names) + 1)]
    assert len(names) >= FIRST
    lines = (ROOT / "macros" / "source" / "problem_ids.txt").read_text("utf-8").splitlines()
    assert len(lines) == len(names) == len(set(kinds().values()))


def test_an_id_stands_behind_the_message_and_before_what_can_be_pasted() -> None:
    problems = [
        Problem("docs/a.md", 1, 'There is no macro "x".', "Write another."),
        Problem("docs/b.yml", 2, "A text that holds a colon has to stand in quotation marks.", "Write:", '  a: "b: c"'),
        Problem("docs/c.yml", 3, "A new kind.", "Mend it."),
    ]
    assert report(problems).split("\n")[1:] == [
        f'docs/a.md:1: There is no macro "x". Write another. ({id_of(problems[0].wrong)})',
        f"docs/b.yml:2: {problems[1].wrong} Write ({id_of(problems[1].wrong)}):",
        '  a: "b: c"',
        "docs/c.yml:3: A new kind. Mend it.",
    ]
