"""The home page, a pathway, the glossary, the decision page and the A to Z in a real browser, scripts on and off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.content.load import Content
from macros.topics.decisions import Decision

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(params=[True, False], ids=["scripts on", "scripts off"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(
        base_url=address, java_script_enabled=request.param, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith((address, "data:")) else None)
    page.on("response", lambda given: faults.append(f"{given.status} {given.url}") if given.status >= 400 else None)
    yield page
    context.close()
    assert faults == []


def test_the_person_in_a_hurry_finds_the_way_at_the_top(page: Page) -> None:
    page.goto("")
    heading = page.get_by_role("heading", name="A child has died or been seriously harmed: what now?")
    box = heading.bounding_box()
    assert box
    assert box["y"] < 500
    page.get_by_role("link", name="Which part do I need?").first.click()
    expect(page).to_have_url(re.compile("#which-part$"))


def test_the_home_page_fits_a_phone(lettered: Browser, address: str) -> None:
    page = lettered.new_page(viewport={"width": 390, "height": 844})
    page.goto(address)
    go = page.locator(".lrp-go").first.bounding_box()
    assert go
    assert go["y"] + go["height"] < 844, "the first button is below the first screen"
    page.close()


def test_a_pathway_opens_with_who_acts_by_when_and_on_what_source(page: Page) -> None:
    page.goto("part-one/rapid-review/")
    glance = page.locator(".lrp-glance")
    assert "15 working days" in glance.inner_text()
    assert glance.locator("tbody tr").count() >= 2
    assert page.locator("h2").first.inner_text() == "At a glance"
    page.goto("part-one/notify/#s1-8")
    assert page.locator("#s1-8").is_visible()


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("part-one/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))


def test_the_menu_opens_by_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(address)
    page.get_by_text("Menu", exact=True).focus()
    page.keyboard.press("Enter")
    entry = page.locator(".lrp-menu").get_by_role("link", name="Rapid Review")
    assert entry.is_visible()
    entry.click()
    expect(page).to_have_url(address + "part-one/rapid-review/")
    page.close()


def test_every_term_has_its_address(page: Page, content: Content) -> None:
    page.goto("glossary/#lcspr")
    entry = page.locator("#lcspr")
    assert "local child safeguarding practice review" in entry.inner_text()
    assert page.locator(".lrp-term").count() == len(content.terms)


def test_an_abbreviation_is_explained_where_it_is_used_first(page: Page) -> None:
    page.goto("part-one/local-review/")
    first = page.locator("a.lrp-abbr").first
    first.focus()
    if first.get_attribute("aria-expanded") is not None:  # with scripts it opens the meaning, whose link comes next
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#*")


def test_every_outcome_says_who_acts_by_when_and_on_what_source(page: Page, content: Content) -> None:
    decision = content.beside["part-one/notify.md"]
    assert isinstance(decision, Decision)
    page.goto("part-one/notify/")
    for outcome in decision.outcomes.values():
        page.evaluate("where => { location.hash = where }", outcome.key)
        card = page.locator(f"#{outcome.key}")
        names = [name.strip() for name in card.locator("dt").all_inner_texts()]
        assert names == [
            "What applies",
            "Who acts",
            "By when",
            "What to send, and where",
            "Not yet",
            "May run beside it",
            "Source",
            "Next",
        ]
        assert all(text.strip() for text in card.locator("dd").all_inner_texts())


def test_the_header_s_box_leads_to_the_a_to_z_and_sends_nothing(page: Page, request: pytest.FixtureRequest) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("part-one/")
    page.get_by_label("Search, or type an abbreviation").fill("lcspr")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.wait_for_load_state()
    assert not [url for url in asked if "lcspr" in url.partition("#")[0]]
    if "scripts on" in request.node.name:
        page.locator("#search-results > li").first.wait_for()
        expect(page).to_have_url(re.compile("#q=lcspr$"))
    else:
        assert page.locator(".lrp-index li:visible").count() > 400


def test_a_moved_section_is_explained_to_who_follows_its_old_address(browser: Browser) -> None:
    page = browser.new_page()
    style = "<style>.lrp-moved:not(:target) { display: none; }</style>"
    page.set_content(f"{style}<a href='#s1-9'>old</a><p class='lrp-moved' id='s1-9'>Moved.</p>")
    assert not page.get_by_text("Moved.").is_visible()
    page.close()


def test_the_site_works_under_a_base_path_and_from_a_folder(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "part-one" / "notify" / "index.html").as_uri())
    page.locator(".lrp-option").first.click()
    assert "#" in page.url
    assert page.locator(".lrp-top").bounding_box()
    page.close()
