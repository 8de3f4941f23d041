"""Words and the forms they are looked up by."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros.tokens import KIN, sense, stem, stems, words
from tests.project import ROOT

CASES = yaml.safe_load((ROOT / "tests" / "examples" / "tokens.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_words_are_brought_to_one_form(case: dict[str, Any]) -> None:
    assert stems(case["text"]) == case["stems"]


def test_each_kin_word_leads_to_one_that_leads_no_further() -> None:
    assert not set(KIN) & set(KIN.values())
    assert all(sense(to) == to != form for form, to in KIN.items())


@given(st.text(max_size=60))
def test_any_text_gives_plain_words(text: str) -> None:
    for word in words(text):
        assert word
        assert stem(word)
