"""What an outcome counts: its fields, their order, and the steps of its duties."""

from __future__ import annotations

from dataclasses import replace

from macros.content.load import Content
from macros.render.calculator import due, fields
from macros.source.ids import DutyId
from macros.topics.decisions import Outcome


def outcome(content: Content, *duties: str) -> Outcome:
    some = next(iter(content.decisions["part-one/notify.md"].outcomes.values()))
    return replace(some, key=type(some.key)("end"), by=tuple(DutyId(duty) for duty in duties))


def clocks(content: Content, *duties: str) -> list[str]:
    return [field.clocks[0] for field in due(content, outcome(content, *duties)).fields]


def test_an_outcome_without_a_counted_period_has_no_field(content: Content) -> None:
    found = due(content, outcome(content, "tell-keeper", "lock-up"))
    assert found.fields == ()
    assert found.before == 2


def test_the_day_of_the_most_binding_duty_is_asked_for_first_and_that_of_another_source_last(content: Content) -> None:
    found = ["lock-up", "find-report", "send-papers", "report-loss"]
    assert clocks(content, *found) == ["aware", "reported", "meeting", "loss"]
    assert due(content, outcome(content, *found)).before == 1, "locking up comes before any field"


def test_a_field_asks_in_the_words_of_its_clock_and_its_id_is_the_outcomes_own(content: Content) -> None:
    (field, _) = due(content, outcome(content, "report-loss")).fields
    assert field.id == "end-aware"
    assert field.ask == content.clock["aware"].ask == "On which day did the office become aware?"
    assert field.hint.startswith("The first day on which anyone of the office")


def test_two_days_in_an_order_are_checked_against_each_other_where_both_are_asked(content: Content) -> None:
    aware, loss = due(content, outcome(content, "report-loss")).fields
    assert (aware.against, loss.against, loss.order) == ("", "end-aware", "before")
    (alone,) = due(content, outcome(content, "find-report")).fields
    assert (alone.against, alone.fault) == ("", "")


def test_a_duty_that_follows_from_another_of_the_outcome_is_counted_from_it_too(content: Content) -> None:
    findings = due(content, outcome(content, "report-loss", "find-report")).steps["find-report"]
    assert [(step.after, step.clock, bool(step.otherwise)) for step in findings] == [
        ("", "reported", False),
        ("", "reported", True),
        ("report-loss", "reported", False),
        ("report-loss", "reported", True),
    ]
    alone = due(content, outcome(content, "find-report")).steps["find-report"]
    assert {step.after for step in alone} == {""}


def test_each_counted_duty_of_each_outcome_has_a_field_for_its_clock(content: Content) -> None:
    for decision in content.decisions.values():
        for end in decision.outcomes.values():
            found = due(content, end)
            asked = {field.clocks[0] for field in found.fields}
            assert asked == {step.clock for steps in found.steps.values() for step in steps}


def test_the_calculator_asks_in_its_own_words_where_it_has_them(content: Content) -> None:
    theft = next(pathway for pathway in content.duties.pathways if pathway.id == "theft")
    first, later = fields(content, theft)
    assert first.ask == content.clock["theft"].ask
    assert later.ask != content.clock["theft-aware"].ask
    assert (later.against, later.order) == (first.id, "after")
