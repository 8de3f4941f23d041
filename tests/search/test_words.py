"""Words and the forms they are looked up by."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.search.words import IRREGULAR, stem, stems, words
from tests.examples import EXAMPLES, read

CASES = read(EXAMPLES / "tokens.yml")


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_words_are_brought_to_one_form(case: dict[str, Any]) -> None:
    assert stems(case["text"]) == case["stems"]


def test_an_irregular_form_is_looked_up_as_its_word_is() -> None:
    assert {form for form, to in IRREGULAR.items() if stem(form) != stem(to)} == set()


@given(st.text(max_size=60))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in words(text):
        assert word
        assert stem(word)
