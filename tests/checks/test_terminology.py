"""The audit of words beyond its messages: what counts as letters, how near is near, and how the glossary fares."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.checks.check import check
from macros.checks.terminology import is_abbreviation, words_with_capitals
from macros.content.load import load
from macros.terms.near_duplicates import near_duplicates
from macros.topics.glossary import Term
from tests.project import change, small_project


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("An LCSPR, two LCSPRs and the LCSPR’s end", ["LCSPR", "LCSPRs", "LCSPR"]),
        ("SUDI/SUDC at A&E (CP-IS) for LGBTQ+ people", ["SUDI", "SUDC", "A&E", "CP-IS", "LGBTQ+"]),
        ("eCDOP, LeDeR and DfE", ["eCDOP", "LeDeR", "DfE"]),
        ("GOV.UK, https://example.org/ABC and a@EXAMPLE.org", []),
        ("Form A, part B, A4 and 16C", []),
    ],
)
def test_finds_words_with_capitals_and_leaves_addresses_out(text: str, words: list[str]) -> None:
    assert list(words_with_capitals(text)) == words


@pytest.mark.parametrize("word", ["DfE", "LeDeR", "eCDOP", "LCSPRs", "A&E", "RoSH", "ViSOR"])
def test_half_of_an_abbreviation_is_capitals(word: str) -> None:
    assert is_abbreviation(word)


@pytest.mark.parametrize("word", ["JavaScript", "GitHub", "McDonald", "WhatsApp", "As"])
def test_a_name_with_a_few_capitals_is_none(word: str) -> None:
    assert not is_abbreviation(word)


def pairs(folder: Path, one: str, other: str) -> list[tuple[Term, Term]]:
    root = small_project(folder)
    change(root, "glossary/reviews.yml", ("expansion: the Panel", f'expansion: "{one}"'))
    change(root, "glossary/reviews.yml", ("expansion: serious case review", f'expansion: "{other}"'))
    return list(near_duplicates(load(root).terms))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("multi-agency meeting", "Multi agency meetings"),
        ("safeguarding partner", "safe-guarding partner"),
        ("children’s guardian", "childrens guardian"),
        ("practice review", "practise review"),
        ("learning review", "learnnig review"),
        ("learning review", "learning rview"),
        ("teams around the child", "team around the child"),
    ],
)
def test_nearly_the_same_words_are_found(one: str, other: str, tmp_path: Path) -> None:
    assert len(pairs(tmp_path, one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("section 16C of the Act", "section 16E of the Act"),
        ("adult practice review", "child practice review"),
        ("area", "care"),
    ],
)
def test_other_words_are_not(one: str, other: str, tmp_path: Path) -> None:
    assert pairs(tmp_path, one, other) == []


def test_says_nothing_of_words_while_a_file_of_terms_cannot_be_read(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(root, "docs/index.md", ("An LCSPR may follow.", "An XQZ may follow."))
    (root / "glossary" / "reviews.yml").write_text("terms: [", "utf-8")
    assert [problem.path for problem in check(load(root))] == ["glossary/reviews.yml"]
