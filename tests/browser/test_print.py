"""Pages on paper: what each sheet carries, what stays off it, and that no row of a table is cut."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from macros.content.load import Content, edition
from macros.topics.dates import full_date
from tests.pdfs import sheets

pytestmark = [pytest.mark.browser, pytest.mark.site]
# One page of each kind; other tests print the pocket guide, the decisions, the calculator and the glossary's list.
KINDS = [
    "",
    "part-one/rapid-review/",
    "part-two/notify/",
    "part-three/methods/",
    "deadlines/",
    "references/",
    "form-a/",
    "terms-of-reference/",
    "downloads/",
    "updates/",
    "as-at/",
    "about/privacy/",
]
CHROME = (
    "Skip to the content",
    "Search, or type an abbreviation",
    "On this page",
    "In this part",
    "No cookies.",
    "Nothing of this website is kept on this device.",
    "made at build",
    "¶",
)
# The words of each row, and how tall it is on paper; a row taller than half a sheet may go on to the next.
ROWS = """() => [...document.querySelectorAll("main tbody tr")].filter(row => row.checkVisibility() && row.offsetHeight < 450)
  .map(row => [...row.cells].map(cell => {
    const words = cell.cloneNode(true);
    words.querySelectorAll(".lrp-hidden").forEach(one => one.remove());
    return words.textContent;
  }))"""


def plain(text: str) -> str:
    """A text without what breaks of lines and letters of fonts do to it."""
    return re.sub(r"[^0-9A-Za-z]", "", text)


def printed(page: Page) -> list[str]:
    """The text of each sheet."""
    return sheets(page.pdf(prefer_css_page_size=True))


@pytest.mark.parametrize("where", KINDS)
def test_a_page_prints_whole_with_its_edition_and_without_what_is_for_screens(
    where: str, lettered: Browser, address: str, content: Content
) -> None:
    edition_of = f"Edition of {full_date(edition(content))}"
    page = lettered.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address + where)
    title = page.locator("h1").inner_text()
    paper = printed(page)
    for number, sheet in enumerate(paper, 1):
        assert edition_of in sheet, f"sheet {number}"
        assert plain(title) in plain(sheet.partition("Edition of")[0]), f"sheet {number}"
        assert f"Page {number} of {len(paper)}" in sheet
    whole = "\n".join(paper)
    assert [words for words in CHROME if words in whole] == []
    page.emulate_media(media="print")
    texts = [plain(sheet) for sheet in paper]
    rows = page.evaluate(ROWS)
    cut = [row for row in rows if not any(all(plain(cell) in text for cell in row) for text in texts)]
    assert cut == []
    page.close()


def test_an_address_stands_after_a_link_that_leads_elsewhere(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "references/")
    links = page.locator('.lrp-prose a[href^="http"]').evaluate_all("all => all.map(one => one.getAttribute('href'))")
    text = plain("".join(printed(page)))
    assert len(links) > 20
    assert [link for link in links if plain(link) not in text] == []
    page.close()


def test_a_page_of_the_copies_says_so_on_paper_too(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "about" / "privacy" / "index.html").as_uri())
    page.evaluate(
        """() => {
          const note = document.createElement("aside");
          note.className = "lrp-kept";
          note.append(Object.assign(document.createElement("p"), { textContent: "Copy of an edition." }));
          document.querySelector(".lrp-top").before(note);
        }"""
    )
    assert "Copy of an edition." in printed(page)[0]
    page.close()
