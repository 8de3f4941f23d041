"""The reading ease: by known examples."""

from __future__ import annotations

import pytest

from macros.checks.readability import reading_ease, syllables

# Spoken by the Carnegie Mellon Pronouncing Dictionary with so many syllables.
SPOKEN = {
    1: "the child harm law school through known guides asked sent lives case reached named what's",
    2: "review decide police after safeguard agreed wanted people table children statements widely something",
    3: "notify incident partnership suicide agency recorded area safeguarding terrible previous",
    4: "authority independent evaluate information",
    5: "notification representative opportunity immediately",
    6: "accountability responsibility",
}


@pytest.mark.parametrize(("count", "words"), SPOKEN.items())
def test_syllables_are_those_that_people_speak(count: int, words: str) -> None:
    wrong = {word: syllables(word) for word in words.split() if syllables(word) != count}
    assert wrong == {}


def test_letters_are_spoken_one_by_one() -> None:
    assert syllables("LCSPR") == 5


@pytest.mark.parametrize(
    ("text", "ease"),
    [  # worked examples that are printed with the formula in works on it
        (["The cat sat on the mat."], 116.1),
        (["The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."], 37.5),
    ],
)
def test_the_ease_is_that_of_known_examples(text: list[str], ease: float) -> None:
    found = reading_ease(text)
    assert found is not None
    assert round(found, 1) == ease


def test_longer_sentences_and_longer_words_are_harder() -> None:
    short, joined = reading_ease(["We act.", "We tell you."]), reading_ease(["We act and we tell you."])
    longer = reading_ease(["We act.", "We notify you."])
    assert short is not None and joined is not None and longer is not None  # noqa: PT018
    assert short > joined
    assert short > longer


def test_no_words_have_no_ease() -> None:
    assert reading_ease([]) is None
    assert reading_ease(["2026 – 16"]) is None
