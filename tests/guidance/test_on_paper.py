"""What this guidance promises of its printed pages, whatever its editors add: the pocket guide on one sheet, the dates of a pathway on one side."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from macros.content.load import Content
from tests.components.deadlines.test_deadlines import opened, work_out
from tests.components.pocket.test_pocket import SAID, too_small
from tests.pdfs import sheets

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_the_pocket_guide_is_one_sheet_in_large_type(lettered: Browser, address: str) -> None:
    page = lettered.new_page()
    page.goto(address + "pocket-guide/")
    sides = len(sheets(page.pdf(format="A4", prefer_css_page_size=True)))
    assert sides == 2, (
        f"docs/pocket-guide.yml: The pocket guide takes {sides} sides of paper. Shorten its panels until it takes 2."
    )
    assert page.locator(SAID).count() > 30
    assert too_small(page) == []
    page.close()


def test_the_dates_of_each_pathway_are_one_side(browser: Browser, address: str, content: Content) -> None:
    page = opened(browser, address)
    for pathway in content.duties.pathways:
        first, *later = ("2027-03-24" if start.order == "before" else "2027-03-25" for start in pathway.starts)
        work_out(page, str(pathway.id), first, *later)
        sides = len(sheets(page.pdf(format="A4", prefer_css_page_size=True)))
        assert sides == 1, (
            f'docs/deadlines.yml:{pathway.place.line}: The dates of "{pathway.id}" print on {sides} sides. '
            "Take a step out of the pathway, or shorten what its duties say, until they print on one."
        )
    page.context.close()
