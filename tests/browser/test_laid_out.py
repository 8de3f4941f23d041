"""Far parts of a page are laid out as they come near: counted, and that readers lose nothing by it – no place, word or print."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.access import LAID_OUT
from tests.browser.waiting import turned

if TYPE_CHECKING:
    from tests.conftest import Launch

pytestmark = [pytest.mark.browser, pytest.mark.site]
LONG = ["", "part-one/rapid-review/", "part-two/notify/", "learning-and-improvement/", "form-a/"]
NAMELESS = {"list", "listitem", "table", "row", "cell", "group", "region"}
# Elements of the text, and those of them that are laid out by now.
COUNT = """() => {
  const all = [...document.querySelectorAll(".lrp-prose *")].filter(one => !one.closest(".lrp-decision, details"));
  return [all.length, all.filter(one => one.checkVisibility({ contentVisibilityAuto: true })).length];
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


def test_a_long_page_lays_out_what_is_near(page: Page, address: str) -> None:
    page.goto(address + "part-one/rapid-review/")
    total, laid_out = page.evaluate(COUNT)
    assert laid_out < total * 0.6, f"{laid_out} of {total}"
    # What comes near takes its room only then, so the end of the page may move down while somebody goes there.
    page.wait_for_function(
        """() => { window.scrollTo(0, document.documentElement.scrollHeight);
          return document.querySelector(".lrp-end").getBoundingClientRect().top < window.innerHeight; }"""
    )


def test_questions_and_outcomes_that_the_script_will_hide_are_not_laid_out_for_it(page: Page, address: str) -> None:
    page.route(re.compile(r"/decision-[\w.-]*\.js"), lambda route: route.abort())
    page.goto(address + "part-two/notify/")
    steps = page.locator(".lrp-question > h3, .lrp-outcome > h3")
    assert steps.count() > 20
    laid_out = steps.evaluate_all(
        "all => all.filter(one => one.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert laid_out <= 6
    page.locator(".lrp-outcome").last.scroll_into_view_if_needed()
    expect(page.locator(".lrp-outcome dl").last).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("where", ["part-one/rapid-review/", "learning-and-improvement/"])
def test_a_link_to_a_section_leads_to_its_place(where: str, width: int, page: Page, address: str) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address + where)
    names = page.locator(".lrp-prose > h2[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(names) > 3
    for name in [*names, *reversed(names)]:
        for how in ("afresh", "within"):
            if how == "afresh":
                page.goto("about:blank")
                page.goto(f"{address}{where}#{name}")
            else:
                page.evaluate("window.scrollTo(0, 0)")
                page.evaluate("name => { location.hash = ''; location.hash = name }", name)
            page.wait_for_function(
                """name => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => {
                  const top = document.getElementById(name).getBoundingClientRect().top;
                  const end = window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 2;
                  done(Math.abs(top - 24) < 8 || end && top > 0 && top < window.innerHeight);
                })))""",
                arg=name,
                timeout=5000,
            )


@pytest.fixture(scope="module")
def spoken(launch: Launch) -> Iterator[Browser]:
    """A browser that believes that a screen reader listens."""
    launched = launch("wide", "--force-renderer-accessibility")
    yield launched
    launched.close()


def told(page: Page) -> Counter[tuple[str, str]]:
    """What a screen reader is told: words, and the parts that structure them; bullets, spaces and paragraphs aside."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    every = (
        (node["role"]["value"], node.get("name", {}).get("value", "").strip()) for node in nodes if not node["ignored"]
    )
    return Counter(one for one in every if one[0] in NAMELESS or (one[1].strip("•◦ ") and one[0] != "InlineTextBox"))


@pytest.mark.parametrize("where", LONG)
def test_a_screen_reader_is_told_the_same(where: str, spoken: Browser, address: str) -> None:
    context = spoken.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)  # for a style of the tests
    page = context.new_page()
    page.goto(address + where)
    before = told(page)
    page.add_style_tag(content=LAID_OUT)
    after = told(turned(page))
    context.close()
    assert (dict(before - after), dict(after - before)) == ({}, {})


@pytest.mark.parametrize("where", LONG)
def test_on_paper_everything_is_laid_out(where: str, page: Page, address: str) -> None:
    page.goto(address + where)
    page.emulate_media(media="print")
    total, laid_out = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll("main *")].filter(one => one.checkVisibility());
          return [all.length, all.filter(one => one.checkVisibility({ contentVisibilityAuto: true })).length];
        }"""
    )
    assert laid_out == total > 100
