"""The search in a real browser: what it loads, its boxes by keyboard and on a phone, and bad input."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from macros.build import build
from macros.content.load import Content
from tests.browser.waiting import turned
from tests.built import DAY
from tests.loopback import served
from tests.project import ROOT, asset, change, small_project
from tests.searching import BOX, blank, fresh

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith(address) else None)
    yield page
    context.close()
    assert faults == []


def results(page: Page, query: str) -> list[str]:
    """The addresses of the results on the page of search, from the top, after the site's own address."""
    page.goto(f"search/#q={query}")
    expect(page.locator('main [role="status"]').first).to_contain_text(f"“{query}”")
    home = page.evaluate("new URL('../', location.href).href")
    links = page.locator("#search-results > li > a:first-child")
    found: list[str] = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    return [address.removeprefix(home) for address in found]


@pytest.mark.parametrize("query", ["QZV", "qzvs", "a visit that nobody hears of"])
def test_a_new_term_is_found_after_the_next_build_with_no_other_edit(query: str, newer: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{newer}search/#q={query}")
    first = page.locator("#search-results > li > a").first
    expect(first).to_have_attribute("href", re.compile(r"glossary/#qzv$"))
    page.close()


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small site, built with one more term in its glossary."""
    root = small_project(tmp_path_factory.mktemp("newer"), with_generator=True)
    (file,) = (root / "glossary").glob("*.yml")
    change(root, file.relative_to(root).as_posix(), ("terms:\n", f"terms:\n{NEW}"))
    said: list[str] = []
    assert build(root, root / "site", DAY, said.append), "\n".join(said)
    with served(root / "site") as address:
        yield address


NEW = """\
  - id: qzv
    abbreviation: QZV
    expansion: quiet zebra visit
    meaning: A visit that nobody hears of.
    source: statute
    checked: 2026-11-23
    confidence: high
"""


def test_the_script_forms_words_as_the_build_does(page: Page, site: Path, address: str) -> None:
    blank(page)
    fresh(page, site, address)
    page.evaluate("lrpSearch.load('index')")
    cases = yaml.safe_load((ROOT / "tests" / "examples" / "tokens.yml").read_text("utf-8"))
    said = page.evaluate("texts => texts.map((text) => lrpSearch.stems(text))", [case["text"] for case in cases])
    assert said == [case["stems"] for case in cases]


def test_nothing_is_loaded_before_the_reader_searches(page: Page) -> None:
    loaded: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url))
    page.goto("part-one/flowchart/")
    page.locator("#lrp-quick").focus()
    turned(page)
    assert not [url for url in loaded if "/search-engine." in url or "/search/" in url]
    page.keyboard.type("lkr")
    page.locator("#lrp-quick-list li").first.wait_for()
    assert [url for url in loaded if "/search-engine." in url]
    assert not [url for url in loaded if "lkr" in url]


def test_the_header_s_box_works_by_keyboard(page: Page) -> None:
    page.goto("part-one/flowchart/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Search, or type an abbreviation")
    assert page.evaluate("document.activeElement.id") == "lrp-quick"
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.type("lkrs")
    first = page.get_by_role("option").first
    first.wait_for()
    assert "lost key review" in first.inner_text()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert first.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowUp")
    assert "Show all" in page.locator("[aria-selected=true]").inner_text()
    page.keyboard.press("Escape")
    assert page.get_by_role("option").count() == 0
    assert field.input_value() == "lkrs"
    page.keyboard.type(" ")
    first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#lkr")


def test_enter_in_the_header_s_box_leads_to_all_results(page: Page) -> None:
    page.goto("part-one/notify/")
    page.locator("#lrp-quick").fill("report the loss")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/#q=report%20the%20loss")
    page.locator("#search-results > li").first.wait_for()
    assert page.locator("#find").input_value() == "report the loss"


def test_a_slash_in_a_field_is_a_slash(page: Page) -> None:
    page.goto("search/")
    page.locator("#find").focus()
    page.keyboard.type("a/b")
    assert page.locator("#find").input_value() == "a/b"


def test_each_result_says_where_it_is_and_shows_the_words(page: Page) -> None:
    page.goto("search/#q=working days")
    item = page.locator("#search-results > li").first
    item.wait_for()
    assert item.locator("a").get_attribute("href")
    assert item.locator("small").inner_text().strip()
    assert item.locator("mark").count() >= 1
    assert re.search(r"\d+ results? for", page.locator('.lrp-find [role="status"]').inner_text())


def test_a_retired_name_leads_to_today_s(page: Page) -> None:
    page.goto("search/#q=big inquiry into losses")
    meaning = page.locator(".lrp-results__meaning").first
    meaning.wait_for()
    assert "No longer used since 2019" in meaning.inner_text()
    assert meaning.get_by_role("link", name="LKR: lost key review").count() == 1


def test_letters_that_are_nearly_a_term_s_are_offered_and_not_matched(page: Page) -> None:
    page.goto("search/#q=lrk")
    offer = page.get_by_text("Did you mean LKR (lost key review)?")
    offer.wait_for()
    assert page.locator("#search-results li a[href$='#lkr']").count() == 0
    offer.get_by_role("link").click()
    page.locator(".lrp-results__meaning").first.wait_for()
    assert page.locator("#find").input_value() == "LKR"


def test_more_results_are_shown_on_request_and_the_focus_follows(page: Page) -> None:
    assert len(results(page, "key")) == 10
    page.get_by_role("button", name="Show more").focus()
    page.keyboard.press("Enter")
    page.locator("#search-results > li").nth(10).wait_for()
    assert 10 < page.locator("#search-results > li").count() <= 20  # a name that stands twice on a page is shown once
    assert page.locator("#search-results > li").nth(10).locator("a").evaluate("link => link === document.activeElement")


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "a" * 10_000,
        "rapid " * 2_000,
        "the of and",
        "\"rapid\" 'review'",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "100% %zz %",
        "👶🏽 ☃",
        ".*+?^${}()|[]\\",
        "Zoë’s café",
        "child’s plan",
        "\u0000\u200b",
        "constructor __proto__",
        "&&& & c & f",
        "٣ ३ 字",
    ],
    ids=lambda text: ascii(text[:24]),
)
def test_any_input_is_answered_or_advised(text: str, page: Page) -> None:
    page.goto("search/")
    page.evaluate(
        "text => { const field = document.querySelector('#find'); field.value = text.slice(0, 200);"
        " field.dispatchEvent(new Event('input')); }",
        text,
    )
    status = page.locator('.lrp-find [role="status"]')
    expect(status).not_to_have_text("")
    if status.inner_text().startswith("Nothing"):
        assert page.get_by_role("link", name="A to Z").first.is_visible()
    assert page.evaluate("async text => (await lrpSearch.find(text)).results.length <= 10", text)


def test_an_answer_that_leaves_out_much_of_a_query_says_so_and_offers_the_lists(page: Page) -> None:
    assert results(page, "are giraffes told of the funeral by bicycle")
    advice = page.locator(".lrp-find__advice")
    expect(advice).to_contain_text("No place says all of this.")
    advice.get_by_role("link", name="A to Z").click()
    expect(page.locator("#a-to-z")).to_be_in_viewport()
    assert results(page, "who reports the loss")
    expect(advice).to_be_hidden()
    assert not page.locator("#a-to-z").is_visible()


def test_an_empty_box_shows_the_tasks_and_the_a_to_z(page: Page) -> None:
    assert results(page, "lkr")
    assert not page.locator("#a-to-z").is_visible()
    page.locator("#find").fill("")
    assert page.locator("#a-to-z").is_visible()
    assert page.locator("#tasks").is_visible()
    assert page.locator("#search-results > li").count() == 0


BROKEN = {
    "missing": (404, ""),
    "broken": (200, "{"),
    "of another build": (200, 'lrpSearchPart("NAME", "00000000", "");'),
}


@pytest.mark.parametrize(
    ("how", "part"),
    [
        *((how, part) for how in ("missing", "broken") for part in ("engine", "index", "p*", "t*")),
        *(("of another build", part) for part in ("p*", "t*")),
    ],
)
def test_a_part_that_cannot_be_read_is_said(how: str, part: str, browser: Browser, address: str) -> None:
    page = browser.new_page()
    broken: list[str] = []

    def answer(route: Route) -> None:
        broken.append(re.findall(r"([\w-]+)(?:\.[0-9a-f]{10})?\.js", route.request.url)[-1])
        status, body = BROKEN[how]
        route.fulfill(status=status, body=body.replace("NAME", broken[-1]), content_type="text/javascript")

    page.route("**/search-engine.*.js" if part == "engine" else f"**/search/data/{part}.js*", answer)
    page.goto(f"{address}search/")
    page.locator("#find").fill("report the loss of a key")
    page.get_by_text("A part of the search could not be loaded.").wait_for()
    assert broken
    assert page.locator("#a-to-z").is_visible()
    page.unroute_all()
    page.locator("#find").fill("report the loss")
    page.locator("#search-results > li").first.wait_for()
    page.close()


def test_a_slow_answer_is_waited_for_and_shows_nothing_of_another(page: Page) -> None:
    page.goto("search/#q=insurer")
    page.locator("#search-results > li").first.wait_for()
    page.route("**/search/data/*.js*", lambda route: None)  # nothing comes any more
    page.locator("#find").fill("police")
    expect(page.locator(".lrp-find__status")).to_have_text("Searching …")
    assert page.locator("#search-results > li").count() == 0


def test_the_header_s_box_says_for_all_to_see_that_search_could_not_be_loaded(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/search/data/index.js*", lambda route: route.abort())
    page.goto("part-one/flowchart/")
    page.locator("#lrp-quick").fill("insurer")
    page.get_by_role("option", name="Search could not be loaded. Look at the A to Z").click()
    expect(page).to_have_url(f"{address}search/#a-to-z")
    context.close()


def test_an_answer_that_comes_late_does_not_open_the_list_again(page: Page) -> None:
    held: list[Route] = []
    page.route("**/search/data/index.js*", lambda route: held.append(route))
    page.goto("part-one/flowchart/")
    field = page.locator("#lrp-quick")
    with page.expect_request("**/search/data/index.js*"):
        field.fill("insurer")
    page.keyboard.press("Escape")
    field.fill("c")
    for route in held:
        route.continue_()
    page.evaluate(
        "async () => { await lrpSearch.find('coroner'); }"
    )  # the same again: the first has been answered by then
    turned(page)
    assert page.locator("#lrp-quick-list").is_hidden()


def test_what_was_typed_is_there_after_a_reload(page: Page, address: str) -> None:
    page.goto("search/#q=report%20the%20loss")
    page.locator("#search-results > li").first.wait_for()
    page.locator("#find").fill("form k")
    expect(page).to_have_url(f"{address}search/#q=form%20k")
    page.reload()
    expect(page.locator("#find")).to_have_value("form k")


@pytest.mark.parametrize(("width", "height"), [(320, 256), (390, 700)])
def test_on_a_small_screen_what_was_found_comes_into_view(
    width: int, height: int, browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}search/#q=insurer")
    expect(page.locator("#search-results > li").first).to_be_visible()
    expect(page.locator(".lrp-find__status")).to_be_in_viewport()
    page.close()


def test_what_is_said_while_typing_is_said_once(page: Page) -> None:
    page.goto("search/")
    page.evaluate("""() => { window.said = []; new MutationObserver(() => said.push(1))
        .observe(document.querySelector(".lrp-find__status"), { childList: true }); }""")
    page.locator("#find").press_sequentially("who reports the loss today", delay=30)
    expect(page.locator(".lrp-find__status")).to_contain_text("“who reports the loss today”")
    assert page.evaluate("said.length") <= 3


def test_a_query_in_the_address_is_moved_at_once(page: Page, address: str) -> None:
    page.goto("search/?q=report+the+loss")
    expect(page).to_have_url(f"{address}search/#q=report%20the%20loss")
    page.locator("#search-results > li").first.wait_for()
    page.goto("search/?q=%E0%A4%A")
    assert page.locator("#a-to-z").is_visible()


def test_the_whole_search_works_from_a_folder_and_under_a_base_path(
    browser: Browser, site: Path, tmp_path: Path
) -> None:
    copytree(site, tmp_path / "some" / "base")
    page = browser.new_page()
    page.goto((tmp_path / "some" / "base" / "part-one" / "flowchart" / "index.html").as_uri())
    page.locator("#lrp-quick").fill("lkrs")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/index.html#lkr")
    assert page.locator("#lkr").is_visible()
    page.close()


def test_without_scripts_the_page_offers_tasks_pages_and_the_a_to_z(
    browser: Browser, address: str, content: Content
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/")
    assert page.get_by_text("Search needs scripts").is_visible()
    assert page.locator(".lrp-index li a").count() > len(content.terms)
    assert page.locator("#tasks + ul a").count() >= 3
    assert page.get_by_role("link", name="The whole process").first.is_visible()
    page.locator("#find").fill("secret")
    page.keyboard.press("Enter")
    assert "secret" not in page.url
    context.close()


def test_the_weight_of_the_box_on_every_page_is_small(site: Path) -> None:
    assert len((site / asset(site, BOX)).read_bytes()) < 20_000
