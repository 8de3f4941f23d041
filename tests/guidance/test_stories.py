"""The stories and the table of the law are held to each other: what a story wants said follows from the rows, and nothing is missing."""

from __future__ import annotations

import pytest

from macros.topics.working_days import Calendar, bank_holidays
from tests.guidance.law import Row
from tests.guidance.law import load as load_law
from tests.guidance.stories import Said, Story, due, load

LAW = load_law()
STORIES = load()
AT_LEAST = 60
COUNCILS = {"newcastle": "Newcastle City Council", "gateshead": "Gateshead Council"}
# Owed by law, and no part of the first answer: they hold always, or come after the Rapid Review, or without anybody's asking.
AFTERWARDS = {"yearly-report", "consider-local-review", "national-review", "child-death-review"}
IN_CARE = ("notify-death-in-care", "notify-care-leaver-death")


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return bank_holidays("england-and-wales")


def test_there_are_enough_stories_and_no_two_have_one_name() -> None:
    assert len({story.id for story in STORIES}) == len(STORIES) >= AT_LEAST


def test_a_story_has_its_reason_and_answers_what_there_is() -> None:
    for story in STORIES:
        assert story.why.endswith("."), story.id
        assert story.say, story.id
        assert story.never, story.id
        for fact, value in story.told.items():
            assert value in LAW.facts[fact].values, (story.id, fact)


def test_a_story_settles_every_duty_that_the_table_holds_whole() -> None:
    settled = {story.id: {row.duty for row in LAW.holding(story.told)} for story in STORIES}
    assert {name: set(LAW.whole) - duties for name, duties in settled.items() if not set(LAW.whole) <= duties} == {}


def test_what_is_to_be_said_follows_from_the_table(calendar: Calendar) -> None:
    for story in STORIES:
        owed = LAW.owed(story.told)
        holding = {row.id for row in LAW.holding(story.told)}
        for said in story.say:
            assert bool(said.duty) != bool(said.words), (story.id, said)
            if said.words:
                assert bool(said.page) != (said.row in holding), (story.id, said)
                continue
            assert said.duty in owed, (story.id, said)
            assert said.binding == owed[said.duty].binding, (story.id, said)
            assert said.by in ("", due(owed[said.duty], story, calendar)), (story.id, said)


def test_nothing_is_missing_that_the_law_wants_said() -> None:
    for story in STORIES:
        owed = LAW.owed(story.told)
        wanted = {duty for duty, row in owed.items() if duty in LAW.whole or row.binding == "must"}
        assert wanted - AFTERWARDS - set(story.said) == set(), story.id


def test_a_notification_is_said_with_its_day_and_the_council_that_the_place_names() -> None:
    """The council of the place notifies the Panel; where it was responsible too, it tells of the death in care or of the care leaver."""
    for story in STORIES:
        here, owed = COUNCILS.get(story.told.get("place", "")), LAW.owed(story.told)
        for duty, said in story.said.items():
            if duty in ("notify-panel", *IN_CARE):
                by = owed[duty].by
                assert by is not None, (story.id, duty)
                assert bool(said.by) == (by.clock in story.days or story.told["happened"] != "not-known"), (
                    story.id,
                    duty,
                )
            if here and duty == "notify-panel":
                assert said.who == here, (story.id, duty)
            if here and duty in IN_CARE:
                assert (said.who == here) == (story.told.get("responsible") == "where-it-happened"), (story.id, duty)
            assert not said.who or said.who in COUNCILS.values(), (story.id, duty)


def test_what_must_not_be_said_does_not_follow() -> None:
    for story in STORIES:
        owed = LAW.owed(story.told)
        for said in story.never:
            assert bool(said.duty) != bool(said.words), (story.id, said)
            assert not said.duty or LAW.of(said.duty), (story.id, said)
            assert not said.duty or does_not_follow(said, owed.get(said.duty), story), (story.id, said)


def does_not_follow(said: Said, row: Row | None, story: Story) -> bool:
    """Whether the duty is not owed at all; or not with that binding word, or not by that council, where one is named."""
    if said.who:
        return row is not None and COUNCILS.get(story.told["place"]) != said.who
    return row is None if not said.binding else row is not None and row.binding != said.binding


def test_the_days_of_a_story_agree_with_each_other(calendar: Calendar) -> None:
    """The day of becoming aware is in time or past as the story answers, and no day that has been comes after the story's own."""
    for story in STORIES:
        assert all(clock == "publication" or day <= story.today for clock, day in story.days.items()), story.id
        owed = LAW.owed(story.told)
        first = next((owed[duty] for duty in ("notify-panel", *IN_CARE) if duty in owed), None)
        end = due(first, story, calendar) if first else ""
        if end and story.told["aware"] != "not-known":
            assert story.told["aware"] == ("past" if story.today > end else "in-time"), (story.id, end)


def test_the_stories_together_meet_every_answer_and_every_row() -> None:
    told = {(fact, value) for story in STORIES for fact, value in LAW.filled(story.told).items()}
    asked = {(name, value) for name, fact in LAW.facts.items() if fact.told != "words" for value in fact.values}
    assert asked - told == set()
    assert {row.id for row in LAW.rows} - {row.id for story in STORIES for row in LAW.holding(story.told)} == set()
