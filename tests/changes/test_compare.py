"""What changed in a decision, in words."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.changes.compare import changes
from macros.content.load import load
from tests.project import MINIMAL, change, small_project

FILE = "docs/part-one/notify.yml"
BEFORE = (MINIMAL / FILE).read_text("utf-8")


def told(folder: Path, *replacements: tuple[str, str]) -> list[str]:
    root = small_project(folder)
    change(root, FILE, *replacements)
    return list(changes(load(root), lambda path: BEFORE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Is the person under 18?", "How old was the person?"),
        ("title: Notify.", "title: Notify today."),
        ('{answer: "Yes", next: harm}', "{answer: Under 18, next: harm}"),
    ],
)
def test_other_words_are_no_change(old: str, new: str, tmp_path: Path) -> None:
    assert told(tmp_path, (old, new)) == []


def test_a_way_that_leads_elsewhere_is_told_with_both_outcomes(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        ("{answer: Not sure, not_sure: true, next: advice}", "{answer: Not sure, not_sure: true, next: notify}"),
    )
    assert lines == [
        "docs/part-one/notify.yml: 2 of 7 ways changed:",
        '  Not sure, Not sure: was "Take advice today.", is "Notify."',
        '  Yes, Not sure: was "Take advice today.", is "Notify."',
    ]


def test_a_new_answer_is_a_new_way(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        ('{answer: "Yes", next: notify}', '{answer: "Yes", next: notify}\n      - {answer: Perhaps, next: advice}'),
    )
    assert lines[1:] == [
        '  Not sure, Perhaps: is new, leads to "Take advice today."',
        '  Yes, Perhaps: is new, leads to "Take advice today."',
    ]


def test_an_answer_taken_away_is_a_way_gone(tmp_path: Path) -> None:
    lines = told(
        tmp_path,
        ('      - {answer: "No", next: elsewhere}\n      - {answer: Not sure, hint', "      - {answer: Not sure, hint"),
    )
    assert lines[1:] == ['  No: is gone, led to "Look elsewhere."']


def test_a_question_put_in_between_changes_no_outcome_by_itself(tmp_path: Path) -> None:
    between = """  seen:
    text: Has anybody seen the child?
    why: It helps.
    sources: [statute]
    options:
      - {answer: "Yes", next: harm}
      - {answer: Not sure, not_sure: true, next: harm}
  harm:
"""
    assert told(tmp_path, ('{answer: "Yes", next: harm}', '{answer: "Yes", next: seen}'), ("  harm:\n", between)) == []


def test_a_decision_that_was_not_there_is_new(tmp_path: Path) -> None:
    assert list(changes(load(small_project(tmp_path)), lambda path: "")) == [
        "docs/part-one/notify.yml: is a new decision."
    ]


def test_the_command_reads_the_revision_from_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_project(tmp_path)

    def git(*words: str) -> None:
        author = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
        subprocess.run(["git", *author, *words], cwd=root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "--message", "First")
    here = ["--root", str(root)]
    assert (main(["decisions", "diff", "HEAD", *here]), capsys.readouterr().out) == (0, "")
    change(
        root,
        FILE,
        ("{answer: Not sure, not_sure: true, next: advice}", "{answer: Not sure, not_sure: true, next: notify}"),
    )
    assert main(["decisions", "diff", "HEAD", *here]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "docs/part-one/notify.yml: 2 of 7 ways changed:"
    assert main(["decisions", "diff", "nowhere", *here]) == 2
    unknown = capsys.readouterr()
    assert unknown.err == ""
    assert unknown.out.startswith('git knows no revision "nowhere".')
