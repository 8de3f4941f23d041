"""How a test waits for a page before it reads what a reader would see."""

from __future__ import annotations

from playwright.sync_api import Page

TURN = "() => new Promise(give => requestAnimationFrame(() => setTimeout(give)))"


def turned(page: Page) -> Page:
    """The page, once it has drawn a frame and done what was waiting by then: a changed address or a key is answered in a task of its own."""
    page.evaluate(TURN)
    return page
