"""Abbreviations on a page with more than sixty of them: pointer, keyboard, touch, print, scripts off, screen readers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.build import build
from tests.browser.waiting import later, turned
from tests.built import DAY
from tests.loopback import served
from tests.project import change, small_project

pytestmark = [pytest.mark.browser, pytest.mark.site]
COUNT = 64


def letters(number: int) -> str:
    return f"Q{chr(65 + number // 26)}{chr(65 + number % 26)}"


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with sixty-four abbreviations, each used in two sections: in text, in a list and in a table."""
    root = small_project(tmp_path_factory.mktemp("many"), with_generator=True)
    lines = [
        f"  - {{id: term-{n}, abbreviation: {letters(n)}, expansion: expansion number {n}, meaning: What number {n} means to "
        "a reader of this page., source: statute, checked: 2026-11-23, confidence: high}"
        for n in range(COUNT)
    ]
    (root / "glossary" / "many.yml").write_text("category: Many\nterms:\n" + "\n".join(lines) + "\n", "utf-8")
    names = [letters(n) for n in range(COUNT)]
    first = "\n\n".join(f"An {name} comes before the others. Then the {name} again." for name in names)
    rows = "\n".join(f"| {name} | The {name} |" for name in names)
    change(
        root,
        "docs/index.md",
        (
            "## What it rests on",
            f"## Many\n\n{first}\n\n## Again\n\nTable: Who and what\n\n| Who | What |\n| --- | --- |\n{rows}\n\n## What it rests on",
        ),
    )
    said: list[str] = []
    assert build(root, root / "site", DAY, said.append), said
    with served(root / "site") as address:
        yield address


@pytest.fixture
def page(many: str, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(many)
    yield page
    context.close()
    assert faults == []


def box(page: Page) -> str:
    shown = turned(page).locator(".lrp-meaning:popover-open")
    return shown.inner_text() if shown.count() else ""


def test_every_abbreviation_has_one_control_a_section_and_no_more(page: Page) -> None:
    controls = page.locator(".lrp-prose a.lrp-abbr")
    assert controls.count() == 2 * COUNT + 1
    assert page.locator("details.lrp-used dt").count() == COUNT + 1


def test_the_keyboard_alone_opens_every_meaning_and_reaches_its_link(page: Page) -> None:
    controls = page.locator("a.lrp-abbr")
    controls.first.focus()
    for number in range(controls.count()):
        term = COUNT if number == 0 else (number - 1) % COUNT
        words = "Local child safeguarding practice review" if term == COUNT else f"Expansion number {term}"
        assert words.casefold() in box(page).casefold()
        assert page.locator(":focus").get_attribute("aria-expanded") == "true"
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text().endswith("in the glossary")
        page.keyboard.press("Tab")
    assert box(page) == ""


def test_escape_closes_and_gives_the_focus_back(page: Page) -> None:
    control = page.locator("a.lrp-abbr").nth(5)
    control.focus()
    assert box(page)
    page.keyboard.press("Escape")
    assert not box(page)
    expect(control).to_be_focused()
    page.keyboard.press("Enter")
    assert box(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert not box(page)
    expect(control).to_be_focused()
    page.keyboard.press("Space")
    assert box(page)
    page.keyboard.press("Space")
    assert not box(page)
    assert "#" not in page.url


def test_enter_on_the_link_inside_leads_to_the_entry(page: Page) -> None:
    page.locator("a.lrp-abbr").nth(1).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#term-0")
    expect(page.locator("#term-0")).to_be_visible()


def test_the_pointer_opens_may_enter_and_leaving_closes(page: Page) -> None:
    control = page.locator("a.lrp-abbr").nth(3)
    control.hover()
    shown = turned(page).locator(".lrp-meaning:popover-open")
    expect(shown).to_be_visible()
    later(page, 1000)
    assert box(page), "it closes by itself"
    shown.hover()
    later(page, 400)  # it would close after 300
    assert box(page), "the pointer may not enter"
    page.keyboard.press("Escape")
    assert not box(page)
    page.mouse.move(0, 0)
    control.hover()
    expect(shown).to_be_visible()
    page.mouse.move(0, 0)
    expect(shown).to_have_count(0)


def test_a_click_keeps_it_open_and_the_next_one_outside_closes(page: Page) -> None:
    page.locator("a.lrp-abbr").nth(3).click()
    page.mouse.move(0, 0)
    later(page, 400)  # it would close after 300
    assert box(page)
    page.mouse.click(2, 2)
    assert not box(page)
    assert page.locator(".lrp-meaning").count() == 0, "nothing is left in what is copied"


def test_touch_alone_opens_with_the_first_tap_and_leads_on_by_the_link(many: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(many)
    for number in (0, 7, 60, COUNT + 9):
        control = page.locator("a.lrp-abbr").nth(number)
        control.tap()
        assert box(page)
        shown = page.locator(".lrp-meaning").bounding_box()
        size = control.bounding_box()
        assert shown
        assert size
        assert shown["x"] >= 0
        assert shown["x"] + shown["width"] <= 390
        assert size["height"] >= 24
    page.locator("a.lrp-abbr").nth(9).tap()
    assert page.locator(".lrp-meaning").count() == 1
    link = page.locator(".lrp-meaning a").bounding_box()
    assert link
    assert link["height"] >= 24
    page.locator(".lrp-meaning a").tap()
    page.wait_for_url("**/glossary/**#term-8")
    context.close()


def test_a_second_tap_closes(many: str, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(many)
    page.locator("a.lrp-abbr").nth(4).tap()
    assert box(page)
    page.locator("a.lrp-abbr").nth(4).tap()
    assert not box(page)
    context.close()


def test_screen_readers_hear_the_letters_the_words_and_the_state(page: Page) -> None:
    control = page.locator("a.lrp-abbr").nth(2)
    expect(control).to_have_role("button")
    expect(control).to_have_accessible_name(letters(1))
    expect(control).to_have_accessible_description("expansion number 1")
    expect(control).to_have_attribute("aria-expanded", "false")
    control.focus()
    expect(control).to_have_attribute("aria-expanded", "true")
    expect(control).to_have_attribute("aria-controls", "lrp-meaning")
    expect(page.locator("#lrp-meaning")).to_have_accessible_name(f"Meaning of {letters(1)}")
    assert control.evaluate("control => control.nextElementSibling.id") == "lrp-meaning", (
        "it is not next in reading order"
    )


def test_without_scripts_the_letters_are_the_link_and_the_list_opens(many: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(many)
    expect(page.locator("a.lrp-abbr").nth(1)).to_have_role("link")
    page.get_by_text("Abbreviations used on this page").click()
    assert page.locator("details.lrp-used dd").nth(COUNT - 1).is_visible()
    page.locator("a.lrp-abbr").nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/**#term-0")
    context.close()


def test_print_holds_the_words_and_the_list_and_no_box(page: Page) -> None:
    page.locator("a.lrp-abbr").nth(2).focus()
    assert box(page)
    page.emulate_media(media="print")
    assert not page.locator(".lrp-meaning").is_visible()
    listed = page.locator("details.lrp-used dd")
    assert listed.nth(3).evaluate("entry => entry.getBoundingClientRect().height") > 0
    assert (
        page.locator("details.lrp-used").evaluate(
            "list => getComputedStyle(list, '::details-content').contentVisibility"
        )
        == "visible"
    )
    assert page.locator("a.lrp-abbr").first.evaluate("link => getComputedStyle(link).textDecorationLine") == "none"


def test_the_record_of_a_decision_holds_no_box(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((site / "part-one" / "notify" / "index.html").as_uri())
    control = page.locator("a.lrp-abbr:visible").first
    control.focus()
    assert box(page)
    page.mouse.click(2, 2)
    assert page.locator("#lrp-meaning").count() == 0
    page.close()
