"""The pocket guide in the browser: one sheet of paper, in large type, and whole on a telephone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.pdfs import sheets

pytestmark = pytest.mark.browser
LEAST = 11.5 * 96 / 72  # pixels of 11.5 points: text that is read at arm's length

SAID = ".lrp-pocket :is(p:not(.lrp-source), li, h3)"


def too_small(page: Page) -> list[str]:
    """What is printed smaller than can be read at arm's length."""
    page.emulate_media(media="print")
    small: list[str] = page.locator(SAID).evaluate_all(
        "(nodes, least) => nodes.filter(n => parseFloat(getComputedStyle(n).fontSize) < least).map(n => n.textContent)",
        LEAST,
    )
    return small


def test_it_prints_on_one_sheet_both_sides_in_large_type(lettered: Browser, address: str) -> None:
    page = lettered.new_page()
    page.goto(address + "pocket-guide/")
    assert len(sheets(page.pdf(format="A4", prefer_css_page_size=True))) == 2
    assert page.locator(SAID).count() > 15
    assert too_small(page) == []
    page.close()


def test_each_side_begins_a_page_and_its_panels_stay_whole(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "pocket-guide/")
    page.emulate_media(media="print")
    style = "(node, name) => getComputedStyle(node)[name]"
    assert page.locator(".lrp-pocket__side").last.evaluate(style, "breakBefore") == "page"
    panels = page.locator(".lrp-pocket__panel")
    assert panels.evaluate_all("nodes => nodes.map(n => getComputedStyle(n).breakInside)") == ["avoid"] * panels.count()
    page.close()
