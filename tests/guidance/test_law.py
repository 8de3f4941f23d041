"""The table of the law is well formed, nowhere at odds with itself, and whole where it says so."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import get_args, get_type_hints

import pytest

from macros.topics.duties import BINDING_WORDS, Period
from macros.topics.working_days import Unit
from tests.guidance.law import NONE, Law, Row, load, meet

LAW = load()
GRADES = ("V law", "V 2023", "V", "S", "R", "C")
KINDS = get_args(get_type_hints(Period)["kind"])
NOTIFIED = [  # what is told to the same people, so that one of them may stand in for another where something is not known
    ("notify-panel",),
    ("rapid-review-report",),
    ("notify-death-in-care", "notify-care-leaver-death"),
    ("child-death-notification",),
]
NOTHING_MORE = {  # values that no row asks for, since nothing more is owed where they hold, and why
    ("danger", "no"): "Nobody is in danger.",
    ("aware", "in-time"): "The time runs.",
    ("responsible", "where-it-happened"): "There is no other council to tell.",
    ("lived-in", "hospital"): "The providers' own rules were not read.",
    ("lived-in", "custody"): "The joint agency response asks for it in words of its own.",
    ("lived-in", "elsewhere"): "Nobody there has a duty of this table.",
}


def test_no_id_stands_twice() -> None:
    assert [name for name, times in Counter(row.id for row in LAW.rows).items() if times > 1] == []


def test_every_fact_can_be_told_and_a_question_can_be_left_open() -> None:
    for name, fact in LAW.facts.items():
        assert fact.told in ("question", "later", "words"), name
        assert fact.means, name
        assert len(fact.values) > 1, name
        assert fact.told != "question" or name == "partners" or len(fact.unsure) == 1, name


def test_a_row_asks_for_facts_and_values_that_there_are() -> None:
    for row in LAW.rows:
        for fact, values in (pair for one in row.when for pair in one.items()):
            assert fact in LAW.facts, (row.id, fact)
            assert set(values) <= set(LAW.facts[fact].values), (row.id, fact)
            assert 0 < len(set(values)) == len(values) < len(LAW.facts[fact].values), (row.id, fact)


def test_every_value_of_every_fact_decides_something() -> None:
    asked = {(fact, value) for row in LAW.rows for one in row.when for fact in one for value in one[fact]}
    known = {(name, value) for name, fact in LAW.facts.items() for value in fact.values}
    unsaid = {(name, fact.unsaid) for name, fact in LAW.facts.items()}
    assert known - asked - unsaid == set(NOTHING_MORE)


def test_a_row_is_one_whole_sentence() -> None:
    for row in LAW.rows:
        assert row.binding in (*BINDING_WORDS, "may", NONE), row.id
        assert bool(row.who and row.does) == (row.binding != NONE), row.id
        assert row.binding != NONE or not (row.who or row.does or row.by), row.id
        assert row.says.endswith("."), row.id
        assert not row.doubt or row.doubt.endswith("."), row.id


def test_a_time_is_a_number_with_its_unit_and_clock_or_words() -> None:
    for row in LAW.rows:
        if row.by and row.by.words:
            assert not any((row.by.number, row.by.unit, row.by.kind, row.by.clock)), row.id
        elif row.by:
            assert row.by.number.isdigit(), row.id
            assert bool(row.by.clock) == (row.by.kind != "every"), row.id
            assert row.by.unit in get_args(Unit), row.id
            assert row.by.kind in KINDS, row.id


def test_a_row_and_its_time_say_how_sure_they_are_and_where_it_was_read() -> None:
    for row in LAW.rows:
        for part in row.bound:
            assert part.grade in GRADES, row.id
            assert part.sources, row.id
            assert part.at or part.grade not in ("V law", "V 2023"), row.id


def test_what_is_concluded_without_a_source_of_the_law_is_no_must() -> None:
    """A must that was concluded says what is open about it."""
    assert [row.id for row in LAW.rows if row.binding == "must" and row.grade in ("C", "R") and not row.doubt] == []


def test_every_duty_of_the_table_s_own_has_a_row() -> None:
    assert set(LAW.duties) <= {row.duty for row in LAW.rows}
    assert set(LAW.whole) <= {row.duty for row in LAW.rows}


def test_no_two_rows_say_different_things_of_one_duty_in_one_case() -> None:
    pairs = ((one, other) for one, other in combinations(LAW.rows, 2) if one.duty == other.duty)
    assert [(one.id, other.id) for one, other in pairs if one.verdict != other.verdict and meet(one, other)] == []


@pytest.mark.parametrize("duty", LAW.whole)
def test_a_whole_duty_is_settled_in_every_mixture_of_facts(duty: str) -> None:
    rows = LAW.of(duty)
    assert [case for case in LAW.mixtures([duty]) if not any(row.fits(case) for row in rows)] == []


@pytest.mark.parametrize("duties", NOTIFIED, ids=lambda duties: duties[0])
def test_not_knowing_never_ends_what_knowing_would_owe(duties: tuple[str, ...]) -> None:
    """Where an answer is open, nothing is owed only if nothing would be owed whatever it turned out to be.

    The three partners may end it together: that is what "not-met" says.
    """
    rows = [row for duty in duties for row in LAW.of(duty) if row.binding != NONE]
    owed = {tuple(case.values()): any(row.fits(case) for row in rows) for case in LAW.mixtures(duties)}
    for case in LAW.mixtures(duties):
        if not owed[tuple(case.values())] and case.get("partners") != "not-met":
            for fact in (fact for fact, value in case.items() if value in LAW.facts[fact].unsure):
                known = set(LAW.facts[fact].values) - set(LAW.facts[fact].unsure)
                assert not any(owed[tuple((case | {fact: value}).values())] for value in known), (fact, case)


def test_what_is_left_out_is_named_with_its_reason() -> None:
    assert LAW.left_out
    assert all(set(entry) == {"what", "why"} and entry["why"].endswith(".") for entry in LAW.left_out)


def small(*rows: Row) -> Law:
    return Law(LAW.facts, {}, {}, {}, (), (), rows)


def row(name: str, binding: str, *when: dict[str, tuple[str, ...]]) -> Row:
    return Row(name, "So it is.", when, "notify-panel", binding, ("s",), "C", 1)


def test_a_case_takes_the_rows_that_fit_it_and_what_holds_where_nothing_is_said() -> None:
    told = row("told", "must", {"happened": ("death",), "now-adult": ("no",)})
    other = row("other", "must", {"happened": ("worry",)}, {"happened": ("death",), "now-adult": ("yes",)})
    law = small(told, other, row("none", NONE, {"age": ("25-or-over",)}))
    assert law.holding({"happened": "death"}) == (told,)
    assert law.holding({"happened": "death", "now-adult": "yes"}) == (other,)
    assert law.owed({"happened": "near-miss", "age": "25-or-over"}) == {}
    assert law.holding({}) == ()


def test_rows_meet_where_no_fact_keeps_them_apart() -> None:
    death = row("death", "must", {"happened": ("death",)})
    assert meet(death, row("young", "should", {"age": ("under-16",)}))
    assert not meet(death, row("harm", "should", {"happened": ("serious-harm",), "age": ("under-16",)}))
    assert meet(death, row("either", "should", {"happened": ("worry",)}, {"happened": ("death", "worry")}))
