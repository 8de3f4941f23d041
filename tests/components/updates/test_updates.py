"""What changed, in the browser: at the foot of each page, on one sheet for teams, in the feed that each page names."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_the_briefing_is_one_sheet_whatever_it_tells(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "updates/briefing/")
    assert page.locator(".lrp-briefing ol > li").count() == 3
    sheets = [page.pdf(prefer_css_page_size=True)]
    page.locator(".lrp-briefing li p:not(.lrp-source)").evaluate_all(
        "all => all.forEach(one => { one.textContent = 'Longer words of thirty letters '.repeat(10).slice(0, 300); })"
    )
    page.locator(".lrp-briefing li :is(h3, .lrp-source a)").evaluate_all(
        "all => all.forEach(one => { one.textContent = 'Learning and review pathways for safeguarding incidents'; })"
    )
    sheets.append(page.pdf(prefer_css_page_size=True))
    assert [len(PdfReader(io.BytesIO(sheet)).pages) for sheet in sheets] == [1, 1]
    page.close()


def test_a_page_tells_its_changes_on_paper_too_and_names_the_feed(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(address + "part-one/notify/")
    feed = page.locator("head link[rel=alternate]")
    assert feed.get_attribute("type") == "application/atom+xml"
    assert feed.evaluate("link => link.href") == address + "updates.xml"
    page.emulate_media(media="print")
    told = page.locator(".lrp-changed")
    assert told.is_visible()
    assert '20 November 2026 major: The office "must" now report itself' in told.inner_text()
    page.emulate_media(media="screen")
    told.get_by_role("link").click()
    expect(page).to_have_url(address + "updates/")
    assert page.locator(".lrp-updates__major").count() == 3
    page.close()


def test_a_site_without_earlier_editions_says_so(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "as-at/")
    assert (
        "The present edition, of 23 November 2026, is the first that is kept here." in page.locator("main").inner_text()
    )
    assert page.get_by_label("Date of the incident").count() == 0
    page.close()
