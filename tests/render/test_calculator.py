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
    found = due(content, outcome(content, "act-on-risk", "tell-safeguarding-lead"))
    assert found.fields == ()
    assert found.before == 2


def test_the_day_of_the_most_binding_duty_is_asked_for_first_and_that_of_another_source_last(content: Content) -> None:
    found = ["act-on-risk", "partners-discuss", "child-death-notification", "notify-panel"]
    assert clocks(content, *found) == ["aware", "death", "referral", "incident"]
    assert due(content, outcome(content, *found)).before == 1, "making the child safe comes before any field"


def test_a_field_asks_in_the_words_of_its_clock_and_its_id_is_the_outcomes_own(content: Content) -> None:
    (field, _) = due(content, outcome(content, "notify-panel")).fields
    assert field.id == "end-aware"
    assert field.ask == content.clock["aware"].ask == "On which day did the local authority become aware?"
    assert field.hint.startswith("The first day on which any of its staff")


def test_two_days_in_an_order_are_checked_against_each_other_where_both_are_asked(content: Content) -> None:
    aware, incident = due(content, outcome(content, "notify-panel")).fields
    assert (aware.against, incident.against, incident.order) == ("", "end-aware", "before")
    (alone,) = due(content, outcome(content, "notify-death-in-care")).fields
    assert (alone.against, alone.fault) == ("", "")


def test_a_duty_that_follows_from_another_of_the_outcome_is_counted_from_it_too(content: Content) -> None:
    report = due(content, outcome(content, "notify-panel", "rapid-review-report")).steps["rapid-review-report"]
    assert [(step.after, step.clock, bool(step.otherwise)) for step in report] == [
        ("", "notified", False),
        ("", "notified", True),
        ("notify-panel", "notified", False),
        ("notify-panel", "notified", True),
    ]
    alone = due(content, outcome(content, "rapid-review-report")).steps["rapid-review-report"]
    assert {step.after for step in alone} == {""}


def test_each_counted_duty_of_each_outcome_has_a_field_for_its_clock(content: Content) -> None:
    for decision in content.decisions.values():
        for end in decision.outcomes.values():
            found = due(content, end)
            asked = {field.clocks[0] for field in found.fields}
            assert asked == {step.clock for steps in found.steps.values() for step in steps}


def test_the_calculator_asks_in_its_own_words_where_it_has_them(content: Content) -> None:
    death = next(pathway for pathway in content.duties.pathways if pathway.id == "death")
    first, later = fields(content, death)
    assert first.ask == content.clock["death"].ask
    assert later.ask != content.clock["death-aware"].ask
    assert (later.against, later.order) == (first.id, "after")
