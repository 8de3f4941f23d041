"""The quorum check: who is ticked as present decides, and the page says why."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser
PARTNERS = ("Office of the north wing", "Caretakers", "Porters")
CASES = [  # the areas, who is present of the partners, the agencies concerned, those present, and what is said
    ((), PARTNERS, (), (), "Tick the area that the item concerns."),
    (("North wing",), PARTNERS, (), (), "Quorate. The safeguarding partners that the rule asks for are present."),
    (("North wing",), PARTNERS[:2], (), (), "Not quorate. Not present: Porters."),
    (("North wing", "South wing"), PARTNERS, (), (), "Not quorate. Not present: Office of the south wing."),
    (("South wing",), PARTNERS[1:], (), (), "Not quorate. Not present: Office of the south wing."),
    (
        ("North wing",), PARTNERS, ("Cleaners", "Gardeners"), ("Cleaners",),
        "Not quorate. Other agencies concerned: 2; present: 1; needed: 2.",
    ),
    (
        ("North wing",), PARTNERS, ("Cleaners", "Gardeners", "Cooks"), ("Cleaners", "Gardeners"),
        "Quorate. The safeguarding partners that the rule asks for are present. "
        "Other agencies concerned: 3; present: 2.",
    ),
    (
        ("North wing",), PARTNERS[:1], ("Cleaners",), (),
        "Not quorate. Not present: Caretakers and Porters. "
        "Other agencies concerned: 1; present: 0; needed: 1.",
    ),
]  # fmt: skip


def tick(page: Page, *labels: str) -> None:
    for label in labels:
        page.get_by_label(label, exact=True).check()


@pytest.mark.parametrize(("areas", "partners", "concerned", "present", "says"), CASES)
def test_it_says_whether_the_meeting_can_decide_and_why(
    browser: Browser,
    address: str,
    areas: tuple[str, ...],
    partners: tuple[str, ...],
    concerned: tuple[str, ...],
    present: tuple[str, ...],
    says: str,
) -> None:
    page = browser.new_page()
    page.goto(address + "terms-of-reference/")
    tick(page, *partners[:1] if partners and not areas else (), *areas)
    tick(page, *partners)
    tick(page, *(f"{name}: concerned" for name in concerned), *(f"{name}: present" for name in present))
    assert page.locator(".lrp-quorum__answer").inner_text() == says
    page.close()


def test_an_agency_that_the_item_does_not_concern_cannot_be_counted(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "terms-of-reference/")
    assert page.get_by_label("Cleaners: present").is_disabled()
    tick(page, "Cleaners: concerned")
    assert page.get_by_label("Cleaners: present").is_enabled()
    assert page.get_by_label("Lawyers: concerned").count() == 0, "it has no vote"
    page.close()


def test_it_works_by_keyboard_and_stays_in_the_page(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "terms-of-reference/", wait_until="networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("North wing", exact=True).focus()
    for key in ("Space", "Tab", "Tab", "Space"):
        page.keyboard.press(key)
    assert "Not present: Caretakers and Porters." in page.locator(".lrp-quorum__answer").inner_text()
    assert asked == []
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    expect(page).to_have_url(address + "terms-of-reference/")
    page.close()


def test_without_scripts_the_rule_stands_in_words(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "terms-of-reference/")
    assert (
        "with more than half of the other agencies that the item concerns" in page.locator(".lrp-quorum").inner_text()
    )
    assert not page.locator(".lrp-quorum__check").is_visible()
    context.close()
