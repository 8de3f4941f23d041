"""The zip of the whole site, unpacked and opened from a folder: every page, and what readers do on them, with no server."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.content.load import Content

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def folder(site: Path, content: Content, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip unpacked where a path has a space and letters that addresses write otherwise."""
    stick = tmp_path_factory.mktemp("stick") / "Läsning & #1"
    with zipfile.ZipFile(site / content.site.whole) as archive:
        archive.extractall(stick)
    return next(stick.iterdir())


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    context.set_default_timeout(10000)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    # A request that the reader's going on has broken off is no fault.
    page.on(
        "requestfailed",
        lambda asked: faults.append(f"{asked.failure}: {asked.url}") if asked.failure != "net::ERR_ABORTED" else None,
    )
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda asked: None if asked.url.startswith((folder.as_uri(), "blob:", "data:")) else faults.append(asked.url),
    )
    yield page
    context.close()
    assert faults == []


def opened(page: Page, folder: Path, path: str) -> None:
    page.goto((folder / path / "index.html").as_uri())


def test_every_page_opens_whole_and_says_what_it_is(page: Page, folder: Path, content: Content) -> None:
    pages = sorted(folder.rglob("index.html"))
    assert len(pages) == len(content.pages) + len({move.old.partition("#")[0] for move in content.moves.moved})
    for file in pages:
        page.goto(file.as_uri())
        page.wait_for_url(lambda url: url.startswith(folder.as_uri()) and "index.html" in url)  # old addresses lead on
        expect(page.locator("h1"), str(file)).to_have_count(1)
        assert page.locator(".lrp-kept").inner_text().startswith("Copy of the edition of 23 November 2026"), file
        assert page.locator(".lrp-top").evaluate("top => getComputedStyle(top).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_a_reader_goes_from_page_to_page_by_links_alone(page: Page, folder: Path) -> None:
    opened(page, folder, ".")
    page.get_by_role("navigation", name="Parts").get_by_role("link", name="Part One").first.click()
    page.get_by_role("main").get_by_role("link", name="The whole process").first.click()
    expect(page).to_have_url((folder / "part-one" / "flowchart" / "index.html").as_uri())
    page.locator(".lrp-name").click()
    expect(page).to_have_url((folder / "index.html").as_uri())


def test_a_decision_leads_from_question_to_outcome_and_on(page: Page, folder: Path) -> None:
    opened(page, folder, "part-one/notify")
    for _ in range(20):
        if page.locator(".lrp-outcome.lrp-shown").count():
            break
        page.locator(".lrp-shown .lrp-option").first.click()
    outcome = page.locator(".lrp-outcome.lrp-shown")
    expect(outcome).to_be_visible()
    assert "part-one/notify/index.html#" in page.url
    page.go_back()
    expect(page.locator(".lrp-question.lrp-shown")).to_be_visible()
    page.go_forward()
    onward = [link.get_attribute("href") or "" for link in outcome.get_by_role("link").all()]
    assert onward
    assert not [link for link in onward if link.partition("#")[0].endswith("/")]


def test_search_finds_and_its_results_open(page: Page, folder: Path) -> None:
    opened(page, folder, "part-one/flowchart")
    page.get_by_label("Search, or type an abbreviation").fill("report the loss")
    page.keyboard.press("Enter")
    page.get_by_text("results for").first.wait_for()
    expect(page).to_have_url(re.compile("^" + re.escape((folder / "search" / "index.html").as_uri())))
    page.locator("#search-results > li > a").first.click()
    expect(page.locator(".lrp-kept")).to_be_visible()
    page.get_by_label("Search, or type an abbreviation").fill("lkr")
    page.get_by_role("option").first.wait_for()
    page.get_by_role("option").first.click()
    expect(page).to_have_url((folder / "glossary" / "index.html").as_uri() + "#lkr")


def test_the_glossary_finds_terms_as_one_types(page: Page, folder: Path) -> None:
    opened(page, folder, "glossary")
    page.locator("#finder-field").fill("lkr")
    expect(page.locator(".lrp-found > article").first).to_have_id("lkr")


def test_deadlines_are_worked_out_from_a_day(page: Page, folder: Path) -> None:
    page.clock.set_fixed_time("2026-11-23T10:00:00Z")
    opened(page, folder, "deadlines")
    page.locator('[data-module="deadlines"] [value="became-aware"]').check()
    page.locator('[data-pathway="became-aware"] input[required]').fill("2026-11-23")
    page.keyboard.press("Enter")
    expect(page.locator(".lrp-timeline")).to_be_visible()
    days = page.locator('ol[data-line="became-aware"] time').evaluate_all("all => all.map(one => one.dateTime)")
    assert "2026-11-30" in days  # five working days


def test_what_cannot_be_done_from_a_folder_says_so(page: Page, folder: Path) -> None:
    opened(page, folder, "downloads")
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(
        "You are reading a copy from a folder. It needs no network, so there is nothing to keep."
    )
    assert page.locator(".lrp-keep button:visible").count() == 0
    assert page.evaluate("navigator.serviceWorker === undefined || !navigator.serviceWorker.controller")
