"""Each decision of this guidance in a real browser: every answer leads, and every outcome counts, as its file says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from macros.content.addresses import address as address_of
from macros.content.load import Content
from tests.components.decision.test_decision import opened, walk_every_way
from tests.components.due.test_due import ask_every_outcome

pytestmark = [pytest.mark.browser, pytest.mark.site]
LINKS = """() => [...document.querySelectorAll(".lrp-question, .lrp-outcome")].map(section =>
  [section.id, [...section.querySelectorAll(".lrp-option")].map(option => option.getAttribute("href"))])"""


def test_every_way_lands_on_the_outcome_that_its_file_says(browser: Browser, address: str, content: Content) -> None:
    for path, decision in content.decisions.items():
        walk_every_way(decision, browser, address + address_of(path))


def test_without_scripts_every_answer_is_a_link_to_what_its_file_says(
    browser: Browser, address: str, content: Content
) -> None:
    for path, decision in content.decisions.items():
        questions = [
            [key, [f"#{option.next}" for option in question.options]] for key, question in decision.questions.items()
        ]
        with opened(browser, address + address_of(path), java_script_enabled=False) as page:
            assert page.evaluate(LINKS) == [*questions, *([key, []] for key in decision.outcomes)], path


def test_every_outcome_counts_as_python_does(browser: Browser, address: str, content: Content) -> None:
    assert ask_every_outcome(browser, address, content) > 0
