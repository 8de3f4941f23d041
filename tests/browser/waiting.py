"""How a test waits for a page before it reads what a reader would see."""

from __future__ import annotations

from playwright.sync_api import Page

TURN = "() => new Promise(give => requestAnimationFrame(() => setTimeout(give)))"
LATER = "wait => new Promise(give => setTimeout(give, wait))"


def later(page: Page, wait: int) -> Page:
    """The page, once it has done what it had put off by `wait` milliseconds: timers of a page end in their order, on any machine."""
    page.evaluate(LATER, wait)
    return page


def turned(page: Page) -> Page:
    """The page, once it has drawn a frame and done what was waiting by then: a changed address or a key is answered in a task of its own."""
    page.evaluate(TURN)
    return page
