"""Pictures in a real browser: nothing moves when they come, none is wider than its page, and paper shows each."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from playwright.sync_api import Browser, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.site]
PAGE = "part-one/other-reviews/"
MOVED = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""

COME = "() => [...document.images].every(image => image.complete && image.naturalWidth)"


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_moves_when_a_picture_comes_and_none_is_wider_than_its_page(
    width: int, browser: Browser, address: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    late, come = list[Route](), list[bool]()
    page.route("**/*.png", lambda route: route.continue_() if come else late.append(route))
    page.goto(address + PAGE, wait_until="domcontentloaded")
    picture = page.locator(".lrp-picture-frame .lrp-picture")
    picture.scroll_into_view_if_needed()
    before = picture.bounding_box()
    assert before
    assert before["height"] * 4 == pytest.approx(before["width"], abs=2)
    assert before["x"] + before["width"] <= width
    come.append(True)
    for route in late:
        route.continue_()
    page.wait_for_function(COME)
    assert picture.bounding_box() == before
    assert page.evaluate(MOVED) == 0
    expect(page.get_by_role("figure", name="How a lost key is followed up")).to_be_visible()
    expect(page.get_by_role("img", name="A key that stands upright on its teeth")).to_be_visible()
    context.close()


def test_paper_shows_each_picture(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + PAGE)
    page.wait_for_function(COME)
    paper = pypdfium2.PdfDocument(io.BytesIO(page.pdf()))
    images = [
        thing for sheet in paper for thing in sheet.get_objects() if thing.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    ]
    assert len(images) == 3
    paper.close()
    context.close()
