"""The reading ease: by known examples, and of our own pages."""

from __future__ import annotations

from statistics import median

import pytest

from macros.checks.plain_language import LONGEST, advise, eases
from macros.checks.readability import PLAIN, WORD, reading_ease, syllables
from macros.checks.sentences import sentences
from macros.content.addresses import address
from macros.content.load import Content
from tests.evidence import record

# What stands today, all of it in duties and outcomes, whose wording is the partners' to change. Lower these, never raise them.
LONG, MOST_WORDS, PASSIVE, HARDEST, MIDDLE = 5, 39, 10, 51, 70
HARD = {"glossary.md"}  # its entries hold the names of bodies and laws; it alone may be harder than plain English
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


def test_our_pages_are_no_harder_than_they_were(content: Content) -> None:
    figures, told = eases(content), [text for _, found in sentences(content) for text in found]
    said = [problem.wrong for problem in advise(content)]
    lengths = [len(WORD.findall(text)) for text in told]
    passive, jargon = sum("who does it" in wrong for wrong in said), sum("is not plain" in wrong for wrong in said)
    assert set(figures) == set(content.pages)
    assert {path for path, ease in figures.items() if ease < PLAIN} <= HARD
    assert min(figures.values()) >= HARDEST
    assert round(median(figures.values())) >= MIDDLE
    assert max(lengths) <= MOST_WORDS
    assert sum(length > LONGEST for length in lengths) <= LONG
    assert passive <= PASSIVE
    assert jargon == 0
    names = {path: address(path).strip("/").replace("/", "-") or "home" for path in figures}
    record(
        "reading",
        pages=len(figures),
        sentences=len(told),
        middle=round(median(figures.values())),
        hardest=round(min(figures.values())),
        long=sum(length > LONGEST for length in lengths),
        longest=max(lengths),
        passive=passive,
        jargon=jargon,
        **{f"ease-of-{names[path]}": round(ease) for path, ease in list(figures.items())[:50]},
    )
