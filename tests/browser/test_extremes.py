"""What a page has to bear: very wide tables, endless words, very long pages, old browsers, wrong clocks, no room to store."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from macros.build import build
from tests.browser.access import judge, opened, press, visit
from tests.built import DAY
from tests.loopback import served
from tests.project import change, small_project

pytestmark = [pytest.mark.browser, pytest.mark.site]
WORDS = 200_000
HEADING = ("A heading that nobody would write by hand but that a file may hold all the same " * 5)[:399].strip() + "."
WORD = "Incident" * 38  # 304 letters
COLUMNS = 40
LONG = """---
title: A very long page
description: A page of two hundred thousand words, which no reader wants and which the build has to bear.
owner: Partnership business manager
approved: 2026-11-23
review: 2027-05-23
guidance: [statute]
---

"""
# A browser of about 2018: what our scripts may ask for is not there.
OLD = """() => {
  for (const name of ["showPopover", "hidePopover", "togglePopover", "popover"]) delete HTMLElement.prototype[name];
  for (const name of ["showModal", "show", "close"]) delete HTMLDialogElement.prototype[name];
  delete window.HTMLDialogElement;
  delete window.Highlight;
  delete CSS.highlights;
  delete window.trustedTypes;
  delete window.IntersectionObserver;
  delete window.requestIdleCallback;
  delete Navigator.prototype.serviceWorker;
  delete Navigator.prototype.clipboard;
  const supports = CSS.supports.bind(CSS);
  CSS.supports = (...asked) => !/anchor|popover|content-visibility/.test(asked.join()) && supports(...asked);
}"""
NO_STORAGE = """() => {
  const refuse = () => { throw new DOMException("The operation is insecure.", "SecurityError"); };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
}"""


@pytest.fixture(scope="module")
def extreme(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A small site whose home page holds what is too wide, and which has a page of 200,000 words."""
    root = small_project(tmp_path_factory.mktemp("extreme"), with_generator=True)
    heads = " | ".join(f"Column {number}" for number in range(COLUMNS))
    row = " | ".join(f"Cell {number}" for number in range(COLUMNS))
    table = f"Table: Forty columns\n\n| {heads} |\n|{' --- |' * COLUMNS}\n| {row} |\n| {row} |"
    wide = f"## {HEADING} {{ #long }}\n\nOne word: {WORD}.\n\n- {WORD}\n\nTable: Endless words\n\n| Who | What |\n| --- | --- |\n| {WORD} | {WORD} |\n\n"
    change(
        root, "docs/index.md", ("## What it rests on", f"{wide}{table}\n\n## {WORD}\n\nText.\n\n## What it rests on")
    )
    change(
        root,
        "docs/navigation.yml",
        ("{page: index.md, label: Home}", "{page: index.md, label: Home}\n      - {page: long.md, label: Long}"),
    )
    sentence = "We say what we do, and when we do it. "  # ten short words: a file holds a million bytes at most
    section = (sentence * 20).strip() + "\n\n"
    parts = [f"## Part {number}\n\n{section * 5}" for number in range(WORDS // (10 * 20 * 5))]
    (root / "docs" / "long.md").write_text(LONG + "".join(parts), "utf-8")
    said: list[str] = []
    assert build(root, root / "site", DAY, said.append), said
    with served(root / "site") as address:
        yield address


@pytest.mark.parametrize("width", [320, 700, 1280])
def test_wide_tables_long_headings_and_endless_words_stay_on_the_page(
    width: int, extreme: str, browser: Browser
) -> None:
    page = opened(browser, extreme, viewport={"width": width, "height": 900})
    visit(page, "")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("main h2", has_text=HEADING[:60]).count() == 1
    assert judge(page) == []
    frame = page.get_by_role("region", name="Wide table: Forty columns")
    cell = frame.locator("td").last
    assert cell.inner_text() == f"Cell {COLUMNS - 1}"
    frame.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    if width == 320:  # rows with labels, nothing to scroll
        assert frame.evaluate("frame => frame.scrollWidth <= frame.clientWidth")
    else:
        cell.scroll_into_view_if_needed()
        assert frame.evaluate("frame => frame.scrollLeft") > 0
    page.context.close()


def test_a_page_of_two_hundred_thousand_words_is_whole(extreme: str, browser: Browser) -> None:
    page = opened(browser, extreme)
    page.goto("long/")
    text = page.locator(".lrp-prose").text_content() or ""
    assert len(text.split()) >= WORDS
    page.goto("long/#part-150")
    assert page.locator("#part-150").evaluate("heading => heading.getBoundingClientRect().top") < 900
    page.context.close()


@pytest.fixture(params=[OLD, NO_STORAGE], ids=["an old browser", "no storage"])
def limited(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """A page in a browser that lacks something, in which no script may stumble."""
    page = opened(browser, address)
    page.add_init_script(f"({request.param})()")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.context.close()
    assert faults == []


def test_decisions_dates_and_finder_work_in_a_limited_browser(limited: Page) -> None:
    limited.goto("part-one/notify/")
    limited.locator(".lrp-shown .lrp-option").first.click()
    assert limited.locator(":is(.lrp-question, .lrp-outcome):visible").count() == 1
    limited.goto("deadlines/")
    limited.locator(".lrp-calculator [type=date]:visible").first.fill("2026-11-20")
    press(limited, "Work out the date")
    assert limited.locator(".lrp-line > li:visible").count() > 2
    limited.goto("glossary/")
    limited.locator("#finder-field").fill("lcspr")
    limited.locator(".lrp-found article#lcspr").wait_for()


def test_letters_lead_to_the_glossary_in_a_limited_browser(limited: Page) -> None:
    limited.goto("part-one/local-review/")
    letters = limited.locator("main a.lrp-abbr").first
    without = not limited.evaluate("'showPopover' in HTMLElement.prototype")
    assert (letters.get_attribute("aria-expanded") is None) == without
    if without:  # the letters are the link that they are
        letters.click()
        limited.wait_for_url("**/glossary/#*")


def test_search_answers_in_a_limited_browser(limited: Page) -> None:
    limited.goto("search/")
    limited.locator("#find").fill("rapid review")
    limited.locator("#search-results > li").first.wait_for()


def test_the_form_is_filled_in_checked_and_cleared_in_a_limited_browser(limited: Page) -> None:
    limited.goto("form-a/")
    press(limited, "Start")
    for _ in range(30):
        if limited.locator("[data-part=check]").is_visible():
            break
        press(limited, "Continue")
        skip = limited.get_by_role("button", name="Go on, and answer later")
        if skip.is_visible():
            skip.click()
    with limited.expect_download():
        press(limited, "Save as Word")
    press(limited, "Clear everything")
    limited.locator("dialog button:visible").last.click()
    limited.get_by_role("button", name="Start").wait_for()


@pytest.mark.parametrize("now", ["1999-12-31T23:59:00Z", "2044-02-29T12:00:00Z"])
def test_a_clock_that_is_years_wrong_changes_no_date(now: str, browser: Browser, address: str) -> None:
    told = []
    for time in (now, "2026-11-23T10:00:00Z"):
        page = opened(browser, address)
        page.clock.set_fixed_time(time)
        page.goto("deadlines/")
        page.locator(".lrp-calculator [type=date]:visible").first.fill("2026-11-20")
        press(page, "Work out the date")
        told.append(page.locator(".lrp-line > li:visible time").evaluate_all("all => all.map(one => one.dateTime)"))
        page.context.close()
    assert told[0]
    assert told[0] == told[1]
