"""The browser of the tests reads with its own letters: what a machine happens to have changes no result."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.fonts import FOLDER, Letters, as_it_is
from tests.conftest import QUIET, browser_path

if TYPE_CHECKING:
    from tests.conftest import Launch

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform != "linux", reason="Only on Linux do browsers ask fontconfig for letters."),
]
STACK = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, system-ui, sans-serif'
PAGES = ["", "part-one/notify/", "glossary/", "form-a/", "about/editing/"]
WIDTH = "font => { const it = document.createElement('canvas').getContext('2d'); it.font = font; return it.measureText('mmmm').width; }"


def read_with(page: Page, query: str) -> set[str]:
    """The fonts that a part of the page is drawn with."""
    keys = page.context.new_cdp_session(page)
    keys.send("DOM.enable")
    keys.send("CSS.enable")
    root = keys.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    nodes = keys.send("DOM.querySelectorAll", {"nodeId": root, "selector": query})["nodeIds"]
    given = [keys.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    return {font["familyName"] for fonts in given for font in fonts}


@pytest.mark.parametrize(("letters", "wide"), [("wide", 0.974), ("arial", 0.833)])
def test_letters_are_as_wide_as_the_font_says(letters: Letters, wide: float, launch: Launch) -> None:
    browser = launch(letters)
    found = browser.new_page().evaluate(WIDTH, f"100px {STACK}")
    browser.close()
    assert found == pytest.approx(4 * 100 * wide, abs=4)  # whole pixels


def test_pages_are_drawn_with_the_fonts_of_the_tests_alone(lettered: Browser, address: str) -> None:
    page, first = lettered.new_page(), dict[str, str]()
    for where in PAGES:
        page.goto(address + where)
        found = read_with(page, "main :is(p, h1, h2, li, code, button)")
        assert found <= {"Arimo", "DejaVu Sans", "DejaVu Sans Mono"}, where
        first |= dict.fromkeys(read_with(page, "h1"), where)
    page.close()
    assert len(first) == 1, first


def test_a_font_that_lies_about_on_the_machine_is_not_seen(
    launch: Launch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in (tmp_path / ".fonts", tmp_path / ".local" / "share" / "fonts"):
        shutil.copytree(FOLDER / "fontpkg_arimo", place)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / ".local" / "share"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    ours = launch("wide")
    theirs = ours.browser_type.launch(executable_path=browser_path(), args=QUIET, env=as_it_is())
    found = []
    for browser in (ours, theirs):
        page = browser.new_page()
        page.set_content("<p style='font-family: Arimo'>Letters</p>")
        found.append(read_with(page, "p"))
        browser.close()
    assert found == [{"DejaVu Sans"}, {"Arimo"}]
