"""The calculator in a real browser: the cases, the oracle, bad input, the calendar file, print, and scripts off."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy
import pytest
import yaml
from playwright.sync_api import Browser, Page

from macros.output.assets import sent
from macros.topics.working_days import add_working_days, bank_holidays
from tests.browser.entries import BAD_ENTRIES
from tests.browser.waiting import turned
from tests.project import ROOT, own

pytestmark = [pytest.mark.browser, pytest.mark.site]
CASES = yaml.safe_load((ROOT / "tests" / "examples" / "deadlines.yml").read_text("utf-8"))
CALENDAR = bank_holidays("england-and-wales")
PATHWAYS = {
    "became-aware": "2026-11-24",
    "report-sent": "2026-12-01",
    "theft": "2026-11-24",
    "meeting": "2027-02-11",
}
# Gives the form a start for each set of periods and reads the dates that it writes; the periods stand in the page.
ASK = """([pathway, asked]) => {
  document.documentElement.style.display = "none";  // nothing to lay out: thousands of days in seconds
  const form = document.querySelector('[data-module="deadlines"] form');
  const radio = form.querySelector(`[value="${pathway}"]`);
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const field = form.querySelector(`[data-pathway="${pathway}"] input`);
  const line = document.querySelector(`ol[data-line="${pathway}"]`);
  const steps = Array.from(line.querySelectorAll("[data-duty][data-clock]"));
  const some = (from, periods) => {  // as many as there are steps
    steps.forEach((step, place) => {
      const [number, unit] = periods[place % periods.length];
      Object.assign(step.dataset, { number: number, unit: unit });
      delete step.dataset.earliest;
    });
    field.value = from;
    form.requestSubmit();
    if (document.querySelector(".lrp-timeline").hidden) return periods.map(() => null);
    return periods.map((_, place) => steps[place].querySelector("time").getAttribute("datetime"));
  };
  return asked.map(([from, periods]) => {
    const told = [];
    while (told.length < periods.length) {
      told.push(...some(from, periods.slice(told.length, told.length + steps.length)));
    }
    return told;
  });
}"""


def opened(browser: Browser, address: str, now: str = "2026-11-23T10:00:00Z", **how: Any) -> Page:
    page = browser.new_context(base_url=address, **how).new_page()
    page.clock.set_fixed_time(now)
    page.goto("deadlines/")
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = opened(browser, address, viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    page.context.close()
    assert faults == []


def work_out(page: Page, pathway: str, day: str, other: str = "") -> None:
    page.locator(f"[value={pathway}]").check()
    page.locator(f"#{pathway}-1").fill(day)
    if other:
        page.locator(f"#{pathway}-2").fill(other)
    page.get_by_role("button", name="Work out the dates").click()


def line(page: Page) -> list[str]:
    return [" ".join(text.split()) for text in turned(page).locator("ol.lrp-line > li:visible").all_inner_texts()]


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland", "America/Los_Angeles"])
def test_comes_to_the_same_days_as_python_wherever_the_reader_is(zone: str, browser: Browser, address: str) -> None:
    page = opened(browser, address, timezone_id=zone)
    asked = [[f"{case['from']}", [[case["number"], case["unit"]]]] for case in CASES]
    told = page.evaluate(ASK, ["report-sent", asked])
    page.context.close()
    assert [found[0] for found in told] == [None if c["due"] == "refused" else str(c["due"]) for c in CASES]


def test_agrees_with_numpy_on_every_day_to_the_horizon(page: Page) -> None:
    numbers = [1, 5, 10, 15, -7, -8]
    starts = [date(2024, 1, 1) + timedelta(days=n) for n in range((CALENDAR.last - date(2024, 1, 1)).days + 1)]
    asked = [[str(start), [[number, "working days"] for number in numbers]] for start in starts]
    told = page.evaluate(ASK, ["report-sent", asked])
    off, days = sorted(CALENDAR.holidays), numpy.array(starts, dtype="datetime64[D]")
    for place, number in enumerate(numbers):
        roll: Any = "backward" if number > 0 else "forward"
        oracle = numpy.busday_offset(days, number, roll=roll, holidays=numpy.array(off, dtype="datetime64[D]")).tolist()
        sure = [str(day) if CALENDAR.first <= day <= CALENDAR.last else None for day in oracle]
        assert [found[place] for found in told] == sure


def test_the_worked_examples_come_out_to_the_day(page: Page) -> None:
    for aware, notify, report in [
        ("2026-11-24", "Tuesday 1 December 2026", "Tuesday 22 December 2026"),
        ("2026-11-28", "Friday 4 December 2026", "Tuesday 29 December 2026"),
        ("2026-12-21", "Wednesday 30 December 2026", "Thursday 21 January 2027"),
        ("2027-03-24", "Friday 2 April 2027", "Friday 23 April 2027"),
    ]:
        work_out(page, "became-aware", aware)
        assert any(text.startswith(notify) and "must report the" in text for text in line(page))
        assert line(page)[-1].startswith(report)
        assert f"{notify}{report}" in "".join(
            page.locator("table:has-text('Office becomes aware') td").all_inner_texts()
        )


def test_both_dates_are_shown_where_sources_differ_the_earlier_first(page: Page) -> None:
    work_out(page, "became-aware", "2026-11-24", "2026-11-20")
    notify = [text for text in line(page) if "must report the" in text]
    assert notify[0].startswith("Friday 27 November 2026")
    assert "Counted from the loss itself" in notify[0]
    assert notify[1].startswith("Tuesday 1 December 2026")
    assert "from becoming aware of the loss" in notify[1]
    page.locator("#became-aware-2").fill("")
    page.get_by_role("button", name="Work out the dates").click()
    assert len([text for text in line(page) if "must report the" in text]) == 1


def test_says_what_is_overdue_and_what_is_due_today(page: Page) -> None:
    work_out(page, "became-aware", "2026-11-16")
    assert [text[:24] for text in line(page) if "Overdue, if not yet done" in text] == ["Tuesday 17 November 2026"]
    assert [text[:23] for text in line(page) if "Due today" in text] == ["Monday 23 November 2026"]
    status = page.locator(".lrp-timeline [role=status]")
    assert status.inner_text() == "1 step is overdue, if not yet done. 1 step falls on today."
    work_out(page, "theft", "2026-11-20", "2026-11-21")
    assert [text[:23] for text in line(page) if "Due today" in text] == ["Monday 23 November 2026"] * 2
    assert status.inner_text() == "2 steps fall on today."


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/Los_Angeles", "UTC"])
def test_today_is_the_day_in_the_united_kingdom(zone: str, browser: Browser, address: str) -> None:
    # 23:30 in universal time on 30 June is half past midnight on 1 July in the United Kingdom.
    page = opened(browser, address, "2027-06-30T23:30:00Z", timezone_id=zone)
    work_out(page, "became-aware", "2027-06-24")
    assert [text[:20] for text in line(page) if "Due today" in text] == ["Thursday 1 July 2027"]
    page.context.close()


@pytest.mark.parametrize(("entry", "says"), BAD_ENTRIES)
def test_says_beside_the_field_what_is_wrong_and_keeps_the_entry(entry: str, says: str, page: Page) -> None:
    # A browser that does not know date fields shows a text field: the entry is whatever the reader types.
    page.evaluate("document.querySelector('#became-aware-1').type = 'text'")
    work_out(page, "became-aware", entry)
    fault, field = page.locator("#became-aware-1-fault"), page.locator("#became-aware-1")
    assert fault.inner_text() == says
    assert field.input_value() == entry
    assert field.get_attribute("aria-invalid") == "true"
    assert page.locator(":focus").get_attribute("id") == "became-aware-1"
    assert not page.locator(".lrp-timeline").is_visible()
    field.fill("2026-11-24")
    page.get_by_role("button", name="Work out the dates").click()
    assert not fault.is_visible()
    assert page.locator(".lrp-timeline").is_visible()


def test_a_native_field_with_a_day_that_does_not_exist_is_explained(page: Page) -> None:
    page.locator("#became-aware-1").focus()
    page.keyboard.type("02312027")
    page.keyboard.press("Enter")
    assert (
        page.locator("#became-aware-1-fault")
        .inner_text()
        .startswith("This is not a whole date, or no such day exists.")
    )
    assert page.evaluate("document.querySelector('#became-aware-1').validity.badInput"), "the entry was not kept"


@pytest.mark.parametrize(
    ("pathway", "day", "other", "says"),
    [
        ("became-aware", "2026-11-20", "2026-11-21", "The loss cannot come after the day the office became aware"),
        ("theft", "2026-11-20", "2026-11-19", "The office cannot learn of a theft before it."),
    ],
)  # fmt: skip
def test_two_dates_in_the_wrong_order_are_explained(pathway: str, day: str, other: str, says: str, page: Page) -> None:
    work_out(page, pathway, day, other)
    assert page.locator(f"#{pathway}-2-fault").inner_text().startswith(says)
    assert not page.locator(".lrp-timeline").is_visible()


def test_refuses_a_step_past_the_known_bank_holidays_and_says_until_when_it_is_sure(page: Page) -> None:
    work_out(page, "became-aware", "2028-12-20")
    assert any(text.startswith("Friday 29 December 2028") for text in line(page))
    assert line(page)[-1].startswith("After 31 December 2028: not known yet")


def test_the_day_of_awareness_leads_and_an_old_one_is_never_overdue(page: Page) -> None:
    work_out(page, "became-aware", "2026-11-24", "2024-03-05")
    assert line(page)[-1].startswith("Tuesday 12 March 2024 Has passed: the other day counts")
    assert not page.locator("li.lrp-late [datetime='2024-03-12']").count()


def test_a_changed_date_takes_the_old_result_away(page: Page) -> None:
    work_out(page, "became-aware", "2026-11-24")
    page.locator("#became-aware-1").fill("2026-11-25")
    assert not page.locator(".lrp-timeline").is_visible()


def test_a_start_in_the_future_is_questioned_but_not_a_planned_publication(page: Page) -> None:
    work_out(page, "became-aware", "2027-11-24")
    assert "The day you gave is still to come. Check the year." in page.locator("main [role=status]").inner_text()
    work_out(page, "meeting", "2027-02-11")
    assert "still to come" not in page.locator("main [role=status]").inner_text()
    assert line(page)[0].startswith("Friday 5 February 2027")
    assert "Until at least Friday 11 February 2028" in " ".join(line(page))


def test_the_calendar_file_has_neutral_titles_and_an_alarm_one_working_day_before(page: Page) -> None:
    work_out(page, "report-sent", "2026-12-04")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Add to a calendar").click()
    assert caught.value.suggested_filename == "review-dates.ics"
    text = Path(caught.value.path()).read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Lost keys//Deadlines//EN\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(map(len, text.split("\r\n"))) <= 75
    titles = re.findall(r"SUMMARY:(.*)\r", text)
    assert titles == [f"Review step {number} due" for number in range(1, len(titles) + 1)]
    assert (
        len(titles) == len(set(re.findall(r"UID:(.*)\r", text))) == page.locator("ol.lrp-line > li:visible").count() - 1
    )
    # The report is due on Tuesday 29 December; the working day before it is Thursday 24 December, at nine.
    event = next(part for part in text.split("BEGIN:VEVENT") if "DTSTART;VALUE=DATE:20261229" in part)
    assert "DTEND;VALUE=DATE:20261230\r\n" in event
    assert "TRIGGER:-P4DT15H\r\n" in event
    assert not re.search(r"key|loss|lost|theft|report|office", text.split("CALSCALE")[1], re.I)


def saved(page: Page, pathway: str, day: str, mark: str = "") -> dict[str, dict[str, str]]:
    """The events of the calendar file for a day, by their names."""
    work_out(page, pathway, day)
    if mark:
        page.get_by_label("Your own mark for this case").fill(mark)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Add to a calendar").click()
    text = Path(caught.value.path()).read_bytes().decode()
    events = [dict(re.findall(r"^([A-Z-]+)[:;](.*?)\r?$", part, re.M)) for part in text.split("BEGIN:VEVENT")[1:]]
    assert len({event["UID"] for event in events}) == len(events)
    return {event["UID"]: event for event in events}


def test_a_file_saved_again_takes_the_place_of_the_first_and_another_case_does_not(page: Page) -> None:
    first = saved(page, "became-aware", "2026-11-24")
    page.clock.set_fixed_time("2026-11-23T10:00:07Z")
    again = saved(page, "became-aware", "2026-11-26")  # the day was mistyped
    assert again.keys() == first.keys()
    for name, event in again.items():
        assert int(event["SEQUENCE"]) == int(first[name]["SEQUENCE"]) + 7
        assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261123T100007Z" > first[name]["DTSTAMP"]
        assert event["DTSTART"] > first[name]["DTSTART"]
    other = saved(page, "became-aware", "2026-11-24", "B;\\,\u202e2")
    assert not other.keys() & first.keys()
    assert all(event["SUMMARY"].endswith(" due (B2)") for event in other.values())
    assert saved(page, "became-aware", "2026-11-24", " b2 ").keys() == other.keys()
    assert not saved(page, "theft", "2026-11-24", "B2").keys() & other.keys()
    assert saved(page, "became-aware", "2026-11-24", " \u200b ").keys() == first.keys()


@pytest.mark.parametrize("now", ["2026-03-23T10:00:00Z", "2026-10-19T10:00:00Z"])
def test_an_alarm_rings_at_nine_on_the_working_day_before_over_a_change_of_the_clocks(
    now: str, browser: Browser, address: str
) -> None:
    page = opened(browser, address, now)
    events = saved(page, "became-aware", now[:10])
    page.context.close()
    assert events
    for event in events.values():
        due = date.fromisoformat(event["DTSTART"].removeprefix("VALUE=DATE:"))
        found = re.fullmatch(r"-P(?:(\d+)D)?T15H", event["TRIGGER"])
        assert found, event["TRIGGER"]
        midnight = datetime.combine(due - timedelta(int(found[1] or 0)), time(), ZoneInfo("Europe/London"))
        rings = (midnight.astimezone(UTC) - timedelta(hours=15)).astimezone(ZoneInfo("Europe/London"))
        assert (rings.date(), rings.time()) == (add_working_days(due, -1, CALENDAR), time(9))


def test_nothing_is_stored_or_sent_and_the_address_stays(page: Page) -> None:
    asked: list[str] = []
    page.wait_for_load_state("networkidle")
    page.on("request", lambda request: asked.append(request.url))
    before = page.url
    work_out(page, "became-aware", "2026-11-24")
    assert (page.url, asked) == (before, [])
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("pathway", PATHWAYS)
def test_the_dates_print_on_one_page(pathway: str, page: Page) -> None:
    work_out(page, pathway, PATHWAYS[pathway], "2026-11-25" if pathway == "theft" else "")
    sheet = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", sheet)) == 1


def test_the_calculator_works_by_keyboard(page: Page) -> None:
    page.locator("[value=became-aware]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("12012026")
    page.keyboard.press("Enter")
    assert page.locator(":focus").inner_text() == "Counted from Tuesday 1 December 2026"
    assert line(page)[-1].startswith("Tuesday 22 December 2026")


def test_without_scripts_a_table_for_each_month_gives_the_days(browser: Browser, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    assert not page.locator(".lrp-calculator").is_visible()
    assert page.get_by_role("link", name="The tables of dates").is_visible()
    months = page.locator(".lrp-months summary").all_inner_texts()
    assert (months[0], months[-1], len(months)) == ("November 2026", "December 2028", 26)
    row = page.locator(".lrp-months tr", has=page.locator("th", has_text="Tue 24 Nov")).first
    assert row.locator("td").all_inner_texts() == ["Tue 1 Dec", "Tue 8 Dec", "Tue 15 Dec"]
    page.locator("summary", has_text="December 2026").click()
    row = page.locator(".lrp-months details", has_text="December 2026").locator("tr", has_text="Thu 17 Dec").last
    assert row.locator("td").all_inner_texts() == ["Thu 24 Dec", "Tue 5 Jan 2027", "Tue 12 Jan 2027"]
    page.context.close()


def test_a_counting_script_that_does_not_arrive_leaves_the_tables(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/calendar-*.js", lambda route: route.abort())
    page.goto("deadlines/")
    assert not page.locator(".lrp-calculator").is_visible()
    assert page.get_by_role("link", name="The tables of dates").is_visible()
    context.close()


def test_every_date_of_the_tables_agrees_with_the_oracle(page: Page) -> None:
    rows = page.evaluate(
        "Array.from(document.querySelectorAll('.lrp-months details'), part => ["
        "part.querySelector('summary').textContent,"
        "Array.from(part.querySelectorAll('tbody tr'), row => Array.from(row.cells, cell => cell.textContent))])"
    )
    off = numpy.array(sorted(CALENDAR.holidays), dtype="datetime64[D]")
    day, count = date(2026, 11, 1), 0
    for _, found in rows:
        for cells in found:
            for cell, number in zip(cells[1:], (5, 10, 15), strict=True):
                due: Any = numpy.busday_offset(numpy.datetime64(day), number, roll="backward", holidays=off).astype(
                    object
                )
                year = "" if due.year == day.year else f" {due.year}"
                assert cell == (f"{due:%a} {due.day} {due:%b}{year}" if due <= CALENDAR.last else "not known yet")
            day, count = day + timedelta(days=1), count + 1
    assert (day, count) == (CALENDAR.last + timedelta(days=1), 792)


def test_the_script_of_the_calendar_file_stays_under_two_kilobytes() -> None:
    assert len(gzip.compress((own("reminders.js").read_text("utf-8") + "\n").encode(), 9)) <= 2 * 1024


def test_script_and_bank_holidays_together_stay_under_five_kilobytes(site: Path) -> None:
    html = (site / "deadlines" / "index.html").read_text("utf-8")
    found = re.search(r'<data value="([^"]*)"', html)
    assert found
    names = ("calendar.js", "calculator.js", "due.js")  # the build joins the scripts of a page
    shared, calculator, outcome = (sent(own(name).read_text("utf-8")) + "\n" for name in names)
    for parts in ((shared, calculator), (shared, outcome)):  # what a page loads, each file as it is sent
        assert sum(len(gzip.compress(part.encode(), 9)) for part in (*parts, found[1])) <= 5 * 1024
    assert len(gzip.compress((shared + calculator + outcome + found[1]).encode(), 9)) <= 5 * 1024
    assert "2026" not in shared + calculator + outcome, "bank holidays are typed by hand"


def test_no_other_page_loads_the_calculator(site: Path) -> None:
    loading = [
        file for file in site.rglob("*.html") if re.search(r"<script[^>]*calculator\.\w+\.js", file.read_text("utf-8"))
    ]
    assert loading == [site / "deadlines" / "index.html"]
