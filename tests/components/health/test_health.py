"""The state of the glossary in a browser: on one screen, whole on paper, and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from macros.content.load import Content

pytestmark = [pytest.mark.browser, pytest.mark.site]
WHERE = "about/glossary-health/"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_state_stands_on_one_screen(scripts: bool, browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + WHERE)
    state = page.locator(".lrp-health > dl").first.bounding_box()
    assert state
    assert state["y"] + state["height"] <= 900
    context.close()


def test_on_paper_every_list_is_open(browser: Browser, address: str, content: Content) -> None:
    page = browser.new_page()
    page.goto(address + WHERE)
    low = sum(term.confidence == "low" for term in content.terms)
    first = page.locator(".lrp-health details li").first
    assert page.locator(".lrp-health details li").count() == low
    assert not first.is_visible()
    page.emulate_media(media="print")
    assert first.is_visible()
    page.close()


def test_each_number_leads_to_its_list(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + WHERE)
    links = page.locator(".lrp-health > dl").first.get_by_role("link").all()
    assert len(links) >= 6
    for link in links:
        target = link.get_attribute("href") or ""
        assert page.locator(target).count() == 1, target
    page.close()
