"""Nothing for axe to find: on every page, in every state of its components, in all colours, widths, and on paper."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.content.addresses import address as address_of
from macros.content.load import Content
from macros.topics.decisions import Decision
from tests.browser.access import (
    BY_LOOKS,
    KINDS,
    OPEN,
    STATES,
    TRIM,
    UNFOLD,
    State,
    addresses,
    form_steps,
    judge,
    narrow,
    opened,
    visit,
)
from tests.evidence import record

pytestmark = [pytest.mark.browser, pytest.mark.site]
WAYS = tuple(product((1280, 390, 320), ("light", "dark"), ("none", "active")))
# What each change is asked, where the whole is asked once a week: kinds that differ most, in the colours that differ most.
SAMPLE = {"home": "dark", "due dates": "dark", "list for a report": "light", "form: faults": "dark"}


def test_axe_finds_nothing_on_any_page_in_any_state(
    site: Path, browser: Browser, address: str, content: Content
) -> None:
    page, found = opened(browser, address), dict[str, list[str]]()
    pages = addresses(site)
    for where in pages:
        visit(page, where)
        page.evaluate(UNFOLD)
        found[f"/{where}"] = judge(page) + narrow(page)
    for state in STATES:
        visit(page, state.where)
        state.reach(page)
        found[f"/{state.where} {state.name}"] = judge(page, part=state.part) + narrow(page)
    decisions = {path: data for path, data in content.beside.items() if isinstance(data, Decision)}
    for path, decision in decisions.items():
        visit(page, address_of(path))
        for step in [*decision.questions, *decision.outcomes]:
            page.evaluate("step => { location.hash = step; }", step)
            page.locator(f"#{step}.lrp-shown").wait_for()
            page.evaluate(OPEN)
            found[f"/{address_of(path)}#{step}"] = judge(page, part=".lrp-decision") + narrow(page)
    visit(page, "form-a/")
    for number, name in enumerate(form_steps(page)):
        found[f"/form-a/ {number} {name}"] = judge(page, part=".lrp-form") + narrow(page)
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}
    record("accessibility", pages=len(pages), states=len(found) - len(pages), findings=0)


def looked_at(
    page: Page, state: State, whole: bool, ways: Iterable[tuple[int, str, str]] = WAYS
) -> dict[str, list[str]]:
    """What axe finds on one page and state in each width, scheme and forced colours, and in print; whole, or without what repeats."""
    found: dict[str, list[str]] = {}
    visit(page, state.where)
    state.reach(page)
    if not whole:
        page.evaluate(TRIM)
    for width, scheme, forced in ways:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, forced_colors=forced, media="screen")  # type: ignore[arg-type]
        plain = (scheme, forced) == ("light", "none")
        found[f"{state.name} {width} {scheme} {forced}"] = judge(page, *([] if plain else BY_LOOKS), whole=whole)
    page.emulate_media(color_scheme="light", forced_colors="none", media="print")
    found[f"{state.name} print"] = judge(page, paper=True)
    page.emulate_media(media="screen")
    return found


@pytest.mark.parametrize("state", [state for state in KINDS if state.name in SAMPLE], ids=lambda state: state.name)
def test_axe_finds_nothing_in_dark_in_forced_colours_or_on_paper(state: State, browser: Browser, address: str) -> None:
    page = opened(browser, address)
    ways = [(390, "dark", "none"), (320, SAMPLE[state.name], "active")]
    found = looked_at(page, state, whole=False, ways=ways)
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.long
@pytest.mark.parametrize("state", KINDS, ids=lambda state: state.name)
def test_axe_finds_nothing_in_any_colours_width_or_print(state: State, browser: Browser, address: str) -> None:
    page = opened(browser, address)
    found = looked_at(page, state, whole=False)
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}


@pytest.mark.long
def test_axe_finds_nothing_on_any_page_whole_in_any_colours_width_or_print(
    site: Path, browser: Browser, address: str
) -> None:
    page, found = opened(browser, address), dict[str, list[str]]()
    for where in addresses(site):
        found |= looked_at(page, State(where or "home", where, lambda page: page.evaluate(UNFOLD)), whole=True)
    page.context.close()
    assert {where: what for where, what in found.items() if what} == {}
