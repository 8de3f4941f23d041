"""The finder and the list for a report in a real browser: queries, keyboard, touch, scripts off, bad input, files."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from macros.content.load import Content
from tests.browser.waiting import later, turned
from tests.examples import read

pytestmark = [pytest.mark.browser, pytest.mark.site]
CASES = read(Path(__file__).parent / "finder.yml")
TEXT = """The LKR followed an earlier BIL. The MKDs and the keeper’s guardian met, and ASC was seen by XYZQ staff.
A lost key
review is planned; the XYZQs agreed. A MASTER KEY IS HEARD HERE. Section II, NE1 4XX, =SUM(A1)."""


def opened(browser: Browser, address: str, where: str = "glossary/", **how: Any) -> Page:
    context = browser.new_context(base_url=address, **{"viewport": {"width": 1280, "height": 900}, **how})
    context.set_default_timeout(10000)
    page = context.new_page()
    page.goto(where)
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = opened(browser, address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda asked: faults.append(asked.url) if not asked.url.startswith((address, "blob:")) else None)
    yield page
    page.context.close()
    assert faults == []


def ask(page: Page, query: str) -> None:
    page.locator("#finder-field").fill(query)
    later(page, 60)  # the first three are drawn at once, the next five after a moment


def found(page: Page) -> list[str]:
    ids: list[str] = turned(page).eval_on_selector_all(".lrp-found > article", "all => all.map(one => one.id)")
    return ids


def said(page: Page) -> str:
    later(page, 250)  # the announcement waits for a pause in typing
    return page.locator(".lrp-found__said").inner_text()


def read_text(page: Page, text: str) -> None:
    if not page.locator("#report-text").is_visible():
        page.locator(".lrp-report > summary").click()
    page.locator("#report-text").fill(text)
    page.get_by_role("button", name="Find its terms").click()
    expect(page.locator(".lrp-report__said")).to_contain_text("Terms added")


def listed(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".lrp-report tbody tr > :nth-child(2)").all_inner_texts()]


def saved(page: Page, button: str) -> Path:
    with page.expect_download() as caught:
        page.get_by_role("button", name=button).click()
    return Path(caught.value.path())


def test_every_query_of_the_examples_comes_to_its_entry(page: Page) -> None:
    for case in CASES:
        ask(page, case["type"])
        ids = found(page)
        assert ids[:1] == [case["first"]], case
        if "then" in case:
            assert ids[1] == case["then"], case


def test_every_abbreviation_finds_its_own_entry_among_the_first(page: Page, content: Content) -> None:
    assert missed(page, content) == []


def missed(page: Page, content: Content) -> list[str]:
    """The terms whose letters do not find them among the first five."""
    ids: list[str] = page.evaluate(
        """async asked => {
          const field = document.querySelector("#finder-field"), missed = [];
          const shown = id => Array.from(document.querySelectorAll(".lrp-found > article")).slice(0, 5).some(one => one.id === id);
          for (const [id, letters] of asked) {
            field.value = letters.toLowerCase();
            field.dispatchEvent(new Event("input", { bubbles: true }));
            if (!shown(id)) await new Promise(after => setTimeout(after, 100));  // the first three are drawn at once
            if (!shown(id)) missed.push(id);
          }
          return missed;
        }""",
        [[str(term.id), str(term.abbreviation)] for term in content.terms if term.abbreviation],
    )
    return ids


def test_the_scripts_weigh_at_most_ten_kilobytes_as_they_are_sent(site: Path) -> None:
    (script,) = (site / "assets" / "javascripts").glob("termlist-matching-glossary-zip-docx.*.js")
    assert len(gzip.compress(script.read_bytes(), 9, mtime=0)) <= 10 * 1024


# A next piece never comes by itself.
NO_MORE = "window.setTimeout = (set => (work, time, ...more) => set(work, time || 1e6, ...more))(setTimeout)"
# Notes how many entries have their tools after each task of the page.
PIECES = """() => {
  window.pieces = [];
  const set = window.setTimeout;
  const note = () => window.pieces.push(document.querySelectorAll(".lrp-term__do").length);
  window.setTimeout = (work, time, ...given) => set((...more) => { work(...more); note(); }, time, ...given);
  document.addEventListener("DOMContentLoaded", note);
}"""


def test_the_entries_are_read_in_pieces(browser: Browser, address: str, content: Content) -> None:
    context = browser.new_context(base_url=address)
    context.add_init_script(f"({PIECES})()")
    page = context.new_page()
    page.goto("glossary/")
    expect(page.locator(".lrp-term__do")).to_have_count(len(content.terms))
    pieces = page.evaluate("window.pieces")
    assert max(later - before for before, later in itertools.pairwise([0, *pieces])) <= 40, pieces
    context.close()


@pytest.mark.parametrize("how", ["typed", "in the address"])
def test_a_question_before_the_entries_are_read_is_answered_from_all_of_them(
    how: str, browser: Browser, address: str, content: Content
) -> None:
    context = browser.new_context(base_url=address)
    context.add_init_script(NO_MORE)
    page = context.new_page()
    last = content.terms[-1]
    words = str(last.abbreviation or last.expansion)
    page.goto("glossary/" if how == "typed" else f"glossary/#q={quote(words)}")
    if how == "typed":
        assert page.locator(".lrp-term__do").count() <= 40
        page.locator("#finder-field").fill(words)
    expect(page.locator(f".lrp-found > article[id='{last.id}']")).to_have_count(1)
    expect(page.locator(".lrp-term__do")).to_have_count(len(content.terms))
    context.close()


def test_a_list_made_before_the_entries_are_read_says_what_is_said_today(
    browser: Browser, address: str, content: Content
) -> None:
    context = browser.new_context(base_url=address)
    context.add_init_script(NO_MORE)
    page = context.new_page()
    page.goto("glossary/")
    page.locator(".lrp-term__do input").first.check()
    expect(page.locator(".lrp-term__do")).to_have_count(len(content.terms))
    expect(page.locator(".lrp-report tbody tr")).to_have_count(1)
    context.close()


def test_the_entries_go_back_to_their_places(page: Page, content: Content) -> None:
    order = "() => Array.from(document.querySelectorAll('.lrp-glossary__whole article'), one => one.id)"
    before = page.evaluate(order)
    assert len(before) == len(content.terms)
    for query in ("bil", "door", "zzzz", ""):
        ask(page, query)
    assert page.evaluate(order) == before
    assert page.locator(".lrp-found").is_hidden()


def test_two_meanings_of_the_same_letters_say_what_they_are_not(page: Page) -> None:
    ask(page, "asc")
    first, second = page.locator(".lrp-found .lrp-term__same").all_inner_texts()[:2]
    assert first == "Cards. Not the same as all spare covers (Covers)."
    assert second == "Covers. Not the same as access by special card (Cards)."


def test_the_filters_narrow_what_is_found_and_are_kept_in_the_address(page: Page) -> None:
    page.get_by_label("Category", exact=True).select_option("Covers")
    assert said(page).split()[0].isdigit()
    ask(page, "asc")
    assert found(page) == ["asc-cover"]
    page.get_by_label("Used by", exact=True).select_option("offices")
    assert said(page) == "No term fits. The nearest is ASC."
    page.get_by_label("Used by", exact=True).select_option("police")
    expect(page).to_have_url(re.compile("#q=asc&in=covers&by=police$"))
    page.reload()
    assert found(page) == ["asc-cover"]
    assert page.get_by_label("Used by", exact=True).input_value() == "police"


def test_typing_adds_nothing_to_the_history_and_an_entry_adds_one_step(page: Page) -> None:
    before = page.evaluate("history.length")
    page.locator("#finder-field").press_sequentially("master key", delay=5)
    page.wait_for_url("**/glossary/#q=master+key")
    assert page.evaluate("history.length") == before
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary/#master-key")
    expect(page.locator(".lrp-found")).to_be_hidden()
    assert page.locator("#master-key").evaluate("one => one.matches(':target')")
    expect(page.locator("#master-key")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url("**/glossary/#q=master+key")
    assert found(page)[0] == "master-key"


def test_an_address_with_a_query_or_an_entry_opens_what_it_names(browser: Browser, address: str, site: Path) -> None:
    for base in (address + "glossary/", (site / "glossary" / "index.html").as_uri()):
        page = opened(browser, address, base + "#q=big%20inquiry%20into%20losses")
        assert found(page)[:2] == ["big-look", "lkr"]
        page.goto("about:blank")
        page.goto(base + "#lkr")
        expect(page.locator("#lkr")).to_be_in_viewport()
        page.goto("about:blank")
        page.goto(base + "#q=%E0%A4%A")
        assert page.locator("#finder-field").is_visible()
        page.context.close()


def test_the_keyboard_alone_finds_opens_and_lists_a_term(page: Page) -> None:
    page.locator("#finder-field").focus()
    page.keyboard.type("lost key")
    page.keyboard.press("ArrowDown")
    first = page.locator(":focus").inner_text()
    assert first.startswith("LKR")
    page.keyboard.press("ArrowDown")
    assert page.locator(":focus").inner_text() != first
    page.keyboard.press("ArrowUp")
    assert page.locator(":focus").inner_text() == first
    page.keyboard.press("Escape")
    assert page.locator(":focus").get_attribute("id") == "finder-field"
    page.keyboard.press("Enter")
    while page.locator(":focus").get_attribute("type") != "checkbox":
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert page.locator(".lrp-report > summary").inner_text() == "List for a report (1)"
    page.locator(".lrp-report > summary").focus()
    page.keyboard.press("Enter")
    assert listed(page) == ["lost key review"]
    page.get_by_role("button", name="Take out: LKR").focus()
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "report-text"
    assert not page.locator("#lkr [type=checkbox]").is_checked()


def test_more_results_come_when_they_are_asked_for(page: Page) -> None:
    ask(page, "door")
    more = page.get_by_role("button", name=re.compile(r"Show more \(\d+ left\)"))
    count = len(found(page))
    more.scroll_into_view_if_needed()
    place = more.bounding_box()
    assert turned(page)
    assert more.bounding_box() == place, "the button moves as it comes into view"
    more.click()
    assert len(found(page)) > count
    assert page.locator(":focus").evaluate("one => one.closest('article').id") == found(page)[count]


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_that_is_found_moves_when_the_count_is_said(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, viewport={"width": width, "height": 900})
    status, first = page.locator(".lrp-found__said"), page.locator(".lrp-found > article").first
    for query in ("door", "lkr"):
        ask(page, query)
        expect(status).to_have_text(re.compile("found"))
        place = first.bounding_box()
        status.evaluate("one => { one.textContent = ''; }")  # as it is until a reader pauses
        assert first.bounding_box() == place
    page.context.close()


def test_what_is_announced_is_a_count_and_the_first_term(page: Page) -> None:
    ask(page, "lkr")
    assert re.fullmatch(r"\d+ terms? found[.:].* LKR, lost key review\.", said(page))
    ask(page, "lkrx")
    assert said(page) == "No term fits. The nearest is LKR."
    advice = page.locator(".lrp-found")
    assert "Try fewer letters" in advice.inner_text()
    advice.get_by_role("link", name="LKR: lost key review").click()
    page.wait_for_url("**/#lkr")
    expect(page.locator("#lkr")).to_be_in_viewport()


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "👩‍👧", "😀😀", "x" * 10000, "((((", "\\", "+", "%", "é́́", "‘’", "  "]
)
def test_odd_queries_change_nothing_but_the_answer(query: str, page: Page) -> None:
    ask(page, query)
    page.locator("#finder-field").blur()
    later(page, 400)  # the address follows
    assert page.locator("#finder-field").is_visible()
    assert len(page.url) < 800
    ask(page, "lkr")
    assert found(page)[0] == "lkr"


def test_a_link_to_an_entry_is_copied(browser: Browser, address: str) -> None:
    page = opened(browser, address, permissions=["clipboard-read", "clipboard-write"])
    ask(page, "lkr")
    page.get_by_role("button", name="Copy link to LKR", exact=True).click()
    expect(page.locator("#lkr .lrp-term__copy")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}glossary/#lkr"
    page.context.close()


def test_without_scripts_the_glossary_is_whole(browser: Browser, address: str, content: Content) -> None:
    page = opened(browser, address, java_script_enabled=False)
    assert page.locator(".lrp-term").count() == len(content.terms)
    assert not page.locator(".lrp-finder, .lrp-report").first.is_visible()
    page.get_by_role("link", name="By category").click()
    expect(page.locator("#by-category")).to_be_in_viewport()
    page.locator("#by-category ~ p a[href='#lkr']").click()
    expect(page.locator("#lkr")).to_be_in_viewport()
    uses = page.locator("#lkr .lrp-term__uses")
    uses.locator("summary").click()
    assert uses.get_by_role("link").count() == 2
    assert "more page" in uses.inner_text()
    page.context.close()


def test_where_a_term_is_used_leads_to_the_section(page: Page) -> None:
    ask(page, "lkr")
    page.locator("#lkr summary").click()
    link = page.locator("#lkr .lrp-term__uses a").nth(1)
    assert "Is the loss reported?" in link.inner_text()
    link.click()
    page.wait_for_url(re.compile("/part-one/notify/#s1-3$"))


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways_on_a_phone_and_touch_works(width: int, browser: Browser, address: str) -> None:
    page = opened(browser, address, viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    ask(page, "asc")
    page.locator("#asc-cover").get_by_text("Add to list").tap()
    page.locator(".lrp-report > summary").tap()
    read_text(page, TEXT)
    page.get_by_role("checkbox", name=re.compile("access by special card")).tap()
    assert "access by special card" in " ".join(listed(page))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.eval_on_selector_all(
        ".lrp-glossary :is(button, select, input, summary)",
        "all => all.filter(one => one.getClientRects().length).map(one => one.getBoundingClientRect())"
        ".filter(box => box.height && (box.height < 24 || box.width < 24)).length",
    )
    assert small == 0
    page.context.close()


def test_a_text_gives_its_terms_its_doubts_and_its_unknown_letters(page: Page) -> None:
    read_text(page, TEXT)
    words = listed(page)
    letters = page.locator(".lrp-report tbody th").all_inner_texts()
    names = [first.strip() if first.strip() != "–" else word for first, word in zip(letters, words, strict=True)]
    assert names == sorted(names, key=str.casefold)
    for expected in ("keeper's guardian", "municipal key desk", "lost key review", "master key"):
        assert expected in words, words
    doubts = page.locator("[data-doubt] legend").all_inner_texts()
    assert doubts == ["ASC"]
    unknown = [text.split(" ")[0] for text in page.locator("[data-unknown] li").all_inner_texts()]
    assert unknown == ["SUM", "XYZQ"]
    assert "2 times" in page.locator("[data-unknown] li").nth(1).inner_text()
    page.get_by_role("checkbox", name=re.compile("access by special card")).check()
    assert "access by special card" in listed(page)
    assert page.locator("#asc-card [type=checkbox]").is_checked()


def test_a_word_document_of_the_list_opens_with_heading_table_and_language(page: Page, tmp_path: Path) -> None:
    read_text(page, TEXT)
    file = saved(page, "Save for Word (.docx)")
    with zipfile.ZipFile(file) as whole:
        assert whole.testzip() is None
        assert whole.namelist()[0] == "[Content_Types].xml"
    document: Any = docx.Document(str(file))
    assert [part.text for part in document.paragraphs if part.style.name == "Heading 1"] == ["Abbreviations and terms"]
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Abbreviation", "In full", "Meaning"]
    assert [row[1] for row in rows[1:]] == listed(page)
    assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
    assert document.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["en-GB"]
    assert document.core_properties.title == "Abbreviations and terms"
    assert not document.core_properties.author


def test_the_table_for_a_spreadsheet_is_plain_and_harmless(page: Page) -> None:
    page.evaluate("document.querySelector('#lkr .lrp-term__words').textContent = 'x'")
    read_text(page, TEXT)
    page.get_by_label("With the meanings").uncheck()
    data = saved(page, "Save for a spreadsheet (.csv)").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in data.replace(b"\r\n", b"")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["Abbreviation", "In full"]
    assert {len(row) for row in rows} == {2}


def test_a_cell_like_a_formula_and_letters_that_word_refuses_are_made_harmless(
    browser: Browser, address: str, site: Path
) -> None:
    html = (site / "glossary" / "index.html").read_text("utf-8")
    broken = re.sub(
        r'(id="lkr"[^>]*>.*?lrp-term__words">)[^<]*', r"\1=cmd|&lt;w:p&gt; \\ud83d😀&amp;", html, count=1, flags=re.S
    )
    assert broken != html
    page = browser.new_page()
    page.route("**/glossary/", lambda route: route.fulfill(body=broken, content_type="text/html"))
    page.goto(f"{address}glossary/")
    ask(page, "lkr")
    page.locator("#lkr [type=checkbox]").check()
    page.locator(".lrp-report > summary").click()
    assert "'=cmd|" in saved(page, "Save for a spreadsheet (.csv)").read_text("utf-8-sig")
    table = docx.Document(str(saved(page, "Save for Word (.docx)"))).tables[0]
    assert table.rows[1].cells[1].text.startswith("=cmd|<w:p>")
    page.close()


def test_the_same_files_and_date_give_the_same_bytes_in_every_time_zone(browser: Browser, address: str) -> None:
    made = []
    for zone in ("Europe/London", "Pacific/Auckland"):
        page = opened(browser, address, timezone_id=zone)
        made.append(
            page.evaluate(
                """() => Array.from(lrp.zip([
                  { name: "a.txt", data: "café 😀" }, { name: "b/ü.bin", data: new Uint8Array([0, 255, 7]) }, { name: "c", data: "" }
                ], new Date("2026-11-23T10:20:30Z")))"""
            )
        )
        page.context.close()
    assert made[0] == made[1]
    with zipfile.ZipFile(io.BytesIO(bytes(made[0]))) as whole:
        assert whole.testzip() is None
        assert {name: whole.read(name) for name in whole.namelist()} == {
            "a.txt": "café 😀".encode(),
            "b/ü.bin": b"\x00\xff\x07",
            "c": b"",
        }
        assert whole.infolist()[0].date_time == (2026, 11, 23, 10, 20, 30)
        assert {entry.compress_type for entry in whole.infolist()} == {zipfile.ZIP_STORED}


def test_the_table_is_copied_with_and_without_its_form(browser: Browser, address: str) -> None:
    page = opened(browser, address, permissions=["clipboard-read", "clipboard-write"])
    read_text(page, TEXT)
    page.get_by_role("button", name="Copy as a table").click()
    expect(page.locator(".lrp-report__said")).to_contain_text("The table is copied")
    html, plain = page.evaluate(
        """async () => {
          const [one] = await navigator.clipboard.read();
          return Promise.all(["text/html", "text/plain"].map(async kind => (await one.getType(kind)).text()));
        }"""
    )
    assert "<table" in html
    assert "Take out" not in html
    assert plain.split("\n")[0] == "Abbreviation\tIn full\tMeaning"
    assert {line.count("\t") for line in plain.split("\n")} == {2}
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('no')) }")
    page.get_by_role("button", name="Copy as a table").click()
    expect(page.locator(".lrp-report__said")).to_contain_text("copy it with Ctrl and C")
    assert "Abbreviation" in page.evaluate("String(getSelection())")
    page.context.close()


def test_a_text_of_two_megabytes_is_read_in_pieces(page: Page) -> None:
    page.locator(".lrp-report > summary").click()
    text = ("The LKR met the MKD’s lead. <script>alert(1)</script> 😀 naïve CAFÉ QQZZ. " * 30000)[: 2 * 1024 * 1024]
    page.evaluate("text => { document.querySelector('#report-text').value = text }", text)
    page.evaluate(
        """() => { window.told = new Set(); const said = document.querySelector(".lrp-report__said");
        new MutationObserver(() => told.add(said.textContent)).observe(said, { childList: true }); }"""
    )
    page.get_by_role("button", name="Find its terms").click()
    expect(page.locator(".lrp-report__said")).to_contain_text("Terms added", timeout=60000)
    assert len([words for words in page.evaluate("Array.from(told)") if words.startswith("Reading: ")]) > 20
    assert {"lost key review", "municipal key desk"} <= set(listed(page))


def test_clearing_takes_text_and_list_away_and_nothing_is_stored(page: Page) -> None:
    read_text(page, TEXT)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert "XYZQ" not in page.url
    page.get_by_role("button", name="Clear text and list").click()
    assert page.locator("#report-text").input_value() == ""
    assert page.locator(".lrp-report > summary").inner_text().strip() == "List for a report"
    assert page.locator("[data-list], [data-doubt], [data-unknown]").first.is_hidden()
    page.reload()
    assert page.locator("#report-text").input_value() == ""


def test_print_shows_the_terms_and_no_tools(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("#lkr").is_visible()
    assert not page.locator(".lrp-finder").is_visible()
    assert not page.locator("#lkr .lrp-term__do").is_visible()
