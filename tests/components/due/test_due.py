"""The date field of an outcome in a real browser: its dates, bad input, what is not kept, scripts off, and every outcome."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from macros.content.addresses import address as address_of
from macros.content.load import Content
from macros.render.calculator import Due, Step, due
from macros.topics.working_days import BeyondCalendarError, bank_holidays, count
from tests.browser.entries import BAD_ENTRIES
from tests.browser.waiting import turned

pytestmark = [pytest.mark.browser, pytest.mark.site]
NOTIFY = "part-one/notify/"
TO_THE_END = ["No", "A master key", "No"]
DAYS = ["2026-11-28", "2026-12-21", "2027-03-24", "2028-02-29", "2028-12-20"]
# Gives each field of each outcome each day, alone, and reads the dates beside the duties.
ASK = """([key, days]) => {
  const outcome = document.getElementById(key), form = outcome.querySelector("form");
  return Array.from(form.querySelectorAll("input"), field => days.map(day => {
    form.reset();
    field.value = day;
    form.requestSubmit();
    return Array.from(outcome.querySelectorAll("[data-number]:not([hidden])"), step =>
      [step.dataset.duty || "another day", step.querySelector("time").getAttribute("datetime")]).map(String).sort();
  }));
}"""


@contextmanager
def opened(browser: Browser, url: str, now: str = "2026-11-23T10:00:00Z", **how: Any) -> Iterator[Page]:
    """A page of its own at a fixed time, without faults."""
    context = browser.new_context(**how)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.clock.set_fixed_time(now)
    page.goto(url)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Part One at the outcome of a lost master key."""
    with opened(browser, f"{address}{NOTIFY}#report-master") as page:
        yield page


def test_an_outcome_gets_its_date_fields_when_it_is_first_shown(browser: Browser, address: str) -> None:
    # They are slow to make: a page that made those of all outcomes at its start held a slow phone up for a tenth of a second.
    with opened(browser, address + NOTIFY) as page:
        made = page.locator(".lrp-due form")
        expect(page.locator(".lrp-decision--live .lrp-shown")).to_have_count(1)
        assert made.count() == 0
        answered(page)
        expect(page.locator("#report-master .lrp-due form")).to_be_visible()
        expect(page.locator("#report-master .lrp-due__without")).to_be_hidden()
        page.get_by_role("button", name="Back", exact=True).click()
        page.locator(".lrp-shown .lrp-option[aria-current]").click()
        expect(page.locator("#report-master .lrp-due form")).to_be_visible()
        assert made.count() == 1


def test_a_page_that_a_fault_gives_back_whole_has_the_date_fields_of_each_outcome(
    browser: Browser, address: str
) -> None:
    for at_start in (True, False):  # before due.js runs, and later
        context = browser.new_context()
        page = context.new_page()
        if at_start:
            page.add_init_script("delete String.prototype.normalize")
        page.goto(address + NOTIFY)
        if not at_start:
            page.evaluate("() => { HTMLElement.prototype.focus = () => { throw new Error('broken') } }")
            page.locator(".lrp-shown .lrp-option").first.click()
        places = page.locator(".lrp-outcome .lrp-due")
        expect(page.locator(".lrp-outcome .lrp-due > form:visible")).to_have_count(places.count())
        assert places.count() > 2
        context.close()


def give(page: Page, day: str, clock: str = "aware", outcome: str = "report-master") -> None:
    page.locator(f"#{outcome} details").evaluate_all("parts => parts.forEach(part => { part.open = true })")
    page.locator(f"#{outcome}-{clock}").fill(day)


def work_out(page: Page, *days: str, outcome: str = "report-master") -> None:
    """Gives days, of awareness or as "clock=day", and asks for the dates."""
    for day in days:
        clock, _, entry = day.rpartition("=")
        give(page, entry, clock or "aware", outcome)
    page.locator(f"#{outcome} button[type=submit]").click()


def dates(page: Page, duty: str, outcome: str = "report-master") -> list[str]:
    """The lines of dates that stand beside a duty, in their order."""
    beside = turned(page).locator(f"#{outcome} .lrp-dates:has([data-duty={duty}]) > p:visible")
    return [" ".join(text.split()) for text in beside.all_inner_texts()]


def status(page: Page, outcome: str = "report-master") -> str:
    return turned(page).locator(f"#{outcome} [role=status]").inner_text()


def none_is_shown(page: Page) -> bool:
    return page.locator(".lrp-dates > p:visible").count() == 0


def test_gives_each_duty_its_date_large_and_weekday_first(page: Page) -> None:
    assert none_is_shown(page)
    work_out(page, "2026-11-20")
    assert dates(page, "report-loss") == ["Friday 27 November 2026"]
    assert dates(page, "tell-police") == []
    time = page.locator("#report-master time:visible").first
    assert time.evaluate("time => parseFloat(getComputedStyle(time).fontSize)") >= 20
    said = "Worked out below. The first date: Friday 27 November 2026. Nothing is overdue and nothing is due today."
    assert status(page) == said
    assert "must report the loss" in page.locator("#report-master li:has(time:visible)").first.inner_text()


def test_the_report_is_counted_from_the_last_day_of_the_notification_until_its_own_day_is_given(page: Page) -> None:
    work_out(page, "2026-11-24")
    note = "If the report is sent on the last day for it."
    assert [text[: len("Tuesday 22 December 2026")] for text in dates(page, "find-report")] == [
        "Monday 21 December 2026 ",
        "Tuesday 22 December 2026",
    ]
    assert all(note in text for text in dates(page, "find-report"))
    assert dates(page, "hold-talk") == []
    work_out(page, "reported=2026-11-25")
    assert dates(page, "find-report")[-1] == "Wednesday 16 December 2026"
    assert note not in " ".join(dates(page, "find-report"))
    assert dates(page, "hold-talk") == ["Wednesday 9 December 2026 to Wednesday 16 December 2026"]


def test_both_dates_are_shown_where_sources_differ_the_earlier_first(page: Page) -> None:
    work_out(page, "2026-11-24", "loss=2026-11-20")
    sooner, usual = dates(page, "report-loss")
    assert sooner.startswith("Friday 27 November 2026 Counted from the loss itself, as others do.")
    assert usual == "Tuesday 1 December 2026"
    assert "The first date: Friday 27 November 2026." in status(page)


def test_awareness_leads_and_an_old_incident_is_never_overdue(page: Page) -> None:
    work_out(page, "2026-11-20", "loss=2024-03-05")
    usual, sooner = dates(page, "report-loss")
    assert usual == "Friday 27 November 2026"
    assert sooner.startswith("Tuesday 12 March 2024 Has passed: the other day counts")
    assert "The first date: Friday 27 November 2026." in status(page)
    work_out(page, "aware=")  # without the day that leads, nobody can say what is overdue
    assert "Overdue" not in " ".join(dates(page, "report-loss"))


def test_says_what_is_overdue_and_what_is_due_today(page: Page) -> None:
    work_out(page, "2026-11-16", "theft=2026-11-19", "theft-aware=2026-11-21")
    assert dates(page, "report-loss") == ["Monday 23 November 2026 Due today"]
    assert dates(page, "tell-police") == ["Friday 20 November 2026 Overdue, if not yet done"]
    assert status(page).endswith("1 date is overdue, if not yet done. 2 dates fall on today.")


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles"])
def test_a_day_is_a_day_in_the_united_kingdom_wherever_the_reader_is(zone: str, browser: Browser, address: str) -> None:
    # 23:30 in universal time on 30 June is half past midnight on 1 July in the United Kingdom.
    with opened(browser, f"{address}{NOTIFY}#report-master", "2027-06-30T23:30:00Z", timezone_id=zone) as page:
        work_out(page, "2027-06-24")
        assert dates(page, "report-loss") == ["Thursday 1 July 2027 Due today"]


def test_refuses_a_date_past_the_known_bank_holidays_and_says_until_when_it_is_sure(page: Page) -> None:
    work_out(page, "2028-12-20")
    assert dates(page, "report-loss") == ["Friday 29 December 2028"]
    assert all(text.startswith("After 31 December 2028: not known yet") for text in dates(page, "find-report"))


def test_a_day_to_come_is_questioned_but_not_a_planned_publication(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}part-one/notify/#ask-first") as page:
        here = "ask-first"
        work_out(page, "meeting=2027-02-11", outcome=here)
        assert [text.split(" The")[0] for text in dates(page, "send-papers", here)] == [
            "Friday 5 February 2027",
            "Monday 8 February 2027",
        ]
        assert "still to come" not in status(page, here)
    with opened(browser, f"{address}{NOTIFY}#report-master") as page:
        work_out(page, "2027-02-10")
        assert status(page).endswith("The day you gave is still to come. Check the year.")


@pytest.mark.parametrize(("entry", "says"), BAD_ENTRIES)
def test_says_beside_the_field_what_is_wrong_and_keeps_the_entry(entry: str, says: str, page: Page) -> None:
    # A browser that does not know date fields shows a text field: the entry is whatever the reader types.
    page.evaluate("document.querySelector('#report-master-aware').type = 'text'")
    work_out(page, entry)
    field, fault = page.locator("#report-master-aware"), page.locator("#report-master-aware-fault")
    assert fault.inner_text() == says
    assert field.input_value() == entry
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(":focus").get_attribute("id") == "report-master-aware"
    assert none_is_shown(page)
    work_out(page, "2026-11-24")
    assert not fault.is_visible()
    assert dates(page, "report-loss") == ["Tuesday 1 December 2026"]


def test_works_by_keyboard_and_explains_a_day_that_does_not_exist(page: Page) -> None:
    page.locator("#report-master-aware").focus()
    page.keyboard.type("02312027")
    page.keyboard.press("Enter")
    said = page.locator("#report-master-aware-fault").inner_text()
    assert said.startswith("This is not a whole date, or no such day exists.")
    assert page.evaluate("document.querySelector('#report-master-aware').validity.badInput"), "the entry was not kept"
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("11242026")
    page.keyboard.press("Enter")
    assert dates(page, "report-loss") == ["Tuesday 1 December 2026"]
    expect(page).to_have_url(re.compile("#report-master$"))


def test_two_days_in_the_wrong_order_are_explained_in_the_fold(page: Page) -> None:
    work_out(page, "2026-11-20", "loss=2026-11-21")
    said = "The loss cannot come after the day the office became aware of it. Check both dates."
    assert page.locator("#report-master-loss-fault").inner_text() == said
    work_out(page, "loss=2026-11-19", "theft=2026-11-20", "theft-aware=2026-11-19")
    page.locator("#report-master details").evaluate("part => { part.open = false }")
    page.locator("#report-master button[type=submit]").click()
    assert page.locator(":focus").get_attribute("id") == "report-master-theft-aware"
    assert page.locator("#report-master-theft-aware-fault").inner_text().startswith("The office cannot learn of a")


def test_one_day_is_enough_whichever_it_is(page: Page) -> None:
    work_out(page, "theft=2026-11-24")
    assert dates(page, "tell-police") == ["Wednesday 25 November 2026"]
    assert dates(page, "report-loss") == []


def test_a_changed_day_takes_the_old_dates_away(page: Page) -> None:
    work_out(page, "2026-11-24")
    page.locator("#report-master-aware").fill("2026-11-25")
    assert none_is_shown(page)
    assert status(page) == ""


def emptied(page: Page) -> bool:
    values = page.evaluate("Array.from(document.querySelectorAll('.lrp-due input'), field => field.value).join('')")
    return not values and page.locator(".lrp-dates > p:not([hidden])").count() == 0


def answered(page: Page) -> None:
    for words in TO_THE_END:
        page.locator(".lrp-shown .lrp-option").filter(
            has=page.locator("bdi", has_text=re.compile(rf"^{words}\b"))
        ).click()


def test_the_day_goes_with_the_outcome(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY) as page:
        for way in ["the browser's", "Back", "Start again", "Change your answer to: Which key"]:
            page.goto(address + NOTIFY)
            answered(page)
            work_out(page, "2026-11-24")
            assert not emptied(page)
            if way == "the browser's":
                page.go_back()
            else:
                page.get_by_role("button", name=re.compile(f"^{way}")).click()
            assert emptied(page)
        page.goto(address + NOTIFY)
        answered(page)
        work_out(page, "2026-11-24")
        page.goto(address + "deadlines/")
        page.go_back()
        page.wait_for_selector("#report-master.lrp-shown")
        assert emptied(page)


def test_the_day_is_in_no_address_no_record_no_store_and_is_not_sent(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY, accept_downloads=True) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined }); window.print = () => {}")
        answered(page)
        page.wait_for_load_state("networkidle")
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        before = page.evaluate("[location.href, history.length, JSON.stringify(history.state)]")
        work_out(page, "2027-03-24")
        assert dates(page, "report-loss") == ["Friday 2 April 2027"]
        assert page.evaluate("[location.href, history.length, JSON.stringify(history.state)]") == before
        page.get_by_role("button", name="Copy a link to these answers").click()
        link = page.get_by_label("Copy this link").input_value()
        page.get_by_role("button", name="Print the decision record").click()
        paper = page.locator(".lrp-paper").inner_html()
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Save the decision record").click()
        saved = Path(waiting.value.path()).read_text("utf-8")
        for kept in (link, paper, saved):
            assert not re.search(r"2027|April|<input|<form|<time|data-number", kept)
        assert "By when" in saved
        assert "5 working days" in saved
        assert [url for url in asked if not url.startswith("blob:")] == []
        assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
        assert page.locator(".lrp-decision [name]").count() == 0
        off = (
            "form => form.autocomplete === 'off' && Array.from(form.elements).every(part => part.autocomplete !== 'on')"
        )
        assert all(form.evaluate(off) for form in page.locator(".lrp-due form").all())


def test_every_outcome_counts_as_python_does(browser: Browser, address: str, content: Content) -> None:
    assert ask_every_outcome(browser, address, content) > 3


def ask_every_outcome(browser: Browser, address: str, content: Content) -> int:
    """Gives every field of every outcome some days, one at a time, and counts the outcomes that have one."""
    asked = 0
    for path, decision in content.decisions.items():
        with opened(browser, address + address_of(path)) as page:
            for key, outcome in decision.outcomes.items():
                page.evaluate("key => { location.hash = key }", key)
                expect(page.locator(f"#{key}.lrp-shown")).to_have_count(1)
                found = due(content, outcome)
                assert (page.locator(f"#{key} form").count() == 1) == bool(found.fields)
                if found.fields:
                    wanted = [[expected(found, field.clocks[0], day) for day in DAYS] for field in found.fields]
                    assert page.evaluate(ASK, [key, DAYS]) == wanted, f"{path}: {key}"
                    asked += 1
    return asked


def expected(found: Due, clock: str, day: str) -> list[str]:
    """What stands beside the duties of an outcome where the day of one clock is given; "" is a date not known yet."""
    lines, last = list[str](), dict[str, date | None]()
    for step in (step for steps in found.steps.values() for step in steps if not step.after):
        if step.clock == clock:
            end = counted(step, date.fromisoformat(day))
            lines.append(line(step, end))
            if not step.otherwise:
                last[step.duty.id] = end
    for step in (step for steps in found.steps.values() for step in steps if step.after in last):
        if step.clock != clock:
            begin = last[step.after]
            lines.append(line(step, begin and counted(step, begin)))
    return sorted(lines)


def counted(step: Step, start: date) -> date | None:
    calendar = bank_holidays("england-and-wales")
    first = step.otherwise is not None and step.otherwise.start_is_day_one and calendar.is_working_day(start)
    try:
        return count(start, step.number - first, step.unit, calendar)  # type: ignore[arg-type]
    except BeyondCalendarError:
        return None


def line(step: Step, end: date | None) -> str:
    return f"{'another day' if step.otherwise else step.duty.id},{end or ''}"


def test_works_on_the_first_page_and_from_a_folder(browser: Browser, address: str, site: Path) -> None:
    for url in (f"{address}#report", (site / "index.html").as_uri() + "#report"):
        with opened(browser, url) as page:
            work_out(page, "2026-11-24", outcome="report")
            assert dates(page, "report-loss", "report") == ["Tuesday 1 December 2026"]
            assert "Tuesday 1 December 2026" in status(page, "report")


def test_without_scripts_a_link_to_the_tables_stands_in_its_place(browser: Browser, address: str) -> None:
    with opened(browser, f"{address}{NOTIFY}#report-master", java_script_enabled=False) as page:
        assert page.locator(".lrp-due form:visible, .lrp-due input:visible").count() == 0
        page.locator("#report-master").get_by_role("link", name="The tables of dates").click()
        expect(page).to_have_url(f"{address}deadlines/#tables")


def test_scripts_that_do_not_arrive_leave_the_link_and_the_questions(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route(re.compile(r"/decision-[\w-]*due[\w.-]*\.js"), lambda route: route.abort())  # joined by the build
    page.goto(f"{address}{NOTIFY}#report-master")
    assert page.locator("#report-master").get_by_role("link", name="The tables of dates").is_visible()
    assert page.locator("form:visible").count() == page.locator("header form:visible").count()
    questions = page.locator(".lrp-question")
    assert questions.count() > 1
    assert page.locator(".lrp-question:visible").count() == questions.count()
    context.close()


def test_on_paper_stand_the_dates_without_the_field(page: Page) -> None:
    work_out(page, "2026-11-24")
    page.emulate_media(media="print")
    assert dates(page, "report-loss") == ["Tuesday 1 December 2026"]
    assert page.locator(".lrp-due:visible").count() == 0


def test_only_pages_with_an_outcome_that_counts_load_it(site: Path, content: Content) -> None:
    counting = {
        site / address_of(path) / "index.html"
        for path, decision in content.decisions.items()
        if any(due(content, outcome).fields for outcome in decision.outcomes.values())
    }
    texts = {file: file.read_text("utf-8") for file in site.rglob("*.html")}
    assert {file for file, text in texts.items() if re.search(r"<script[^>]*[/-]due[.-]", text)} == counting
    loading = {file for file, text in texts.items() if re.search(r"<script[^>]*[/-]calendar[.-]", text)}
    assert loading == counting | {site / "deadlines" / "index.html"}
    assert all(texts[file].count("data-calendar") == 1 for file in loading)
