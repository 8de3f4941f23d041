"""Duties in words."""

from __future__ import annotations

from typing import Any

import pytest

from macros.source.ids import ClockId, Id, Place
from macros.source.text import Text
from macros.topics.duties import Clock, Duty, Period, length, sentence, short

PLACE = Place("", 1)
CLOCKS = {"aware": Clock(PLACE, Id("aware"), Text("becoming aware of the incident"), Text("When?"))}


def duty(binding: Any, who: str = "The local authority", plural: bool = False, to: str | None = "the Panel") -> Duty:
    return Duty(
        PLACE, Id("x"), Text(who), Text("report the incident to"), binding, (), "V", Text(to) if to else None, plural
    )


def period(**parts: Any) -> Period:
    return Period(PLACE, "should", (), "V", **{"clock": ClockId("aware"), **parts})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (duty("must"), "The local authority must report the incident to the Panel."),
        (duty("should"), "The local authority should report the incident to the Panel."),
        (duty("expected"), "The local authority is expected to report the incident to the Panel."),
        (
            duty("expected", "The partners", plural=True),
            "The partners are expected to report the incident to the Panel.",
        ),
        (duty("locally"), "Locally, the local authority is to report the incident to the Panel."),
        (duty("locally", "GSCP"), "Locally, GSCP is to report the incident to the Panel."),
    ],
)
def test_a_duty_is_a_sentence_with_its_binding_word(given: Duty, said: str) -> None:
    assert sentence(given) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (period(number=5), "5 working days from becoming aware of the incident"),
        (period(number=1), "1 working day from becoming aware of the incident"),
        (period(number=12, earliest=10, kind="on"), "working days 10 to 12 after becoming aware of the incident"),
        (period(number=7, kind="before"), "at least 7 working days before becoming aware of the incident"),
        (period(number=1, unit="years", kind="at least"), "for at least 1 year from becoming aware of the incident"),
        (period(number=12, unit="months", kind="every", clock=None), "at least once every 12 months"),
        (period(words=Text("without delay")), "without delay from becoming aware of the incident"),
        (period(words=Text("promptly"), clock=None), "promptly"),
    ],
)
def test_a_period_never_stands_without_its_clock(given: Period, said: str) -> None:
    assert short(given, CLOCKS) == said


def test_a_length_has_its_unit() -> None:
    assert length(period(number=5)) == "5 working days"
