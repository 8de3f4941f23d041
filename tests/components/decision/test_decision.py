"""The decision pages in a real browser: every option and every way, the trail, the address, the record, and faults."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from macros.content.addresses import address as address_of
from macros.content.load import Content
from macros.topics.decisions import Decision, count_paths
from tests.browser.waiting import turned
from tests.project import ROOT, own

pytestmark = [pytest.mark.browser, pytest.mark.site]
PAGES = ["index.md", "part-one/notify.md"]
NOTIFY = "part-one/notify/"
OLDER = "#kind.old&danger=perhaps&kind=a-master-key&colour=very-blue"
SCRIPT = "overrides/components/decision/decision.js"
SHOWN = """
() => [...document.querySelectorAll(".lrp-question, .lrp-outcome")].filter(section => section.checkVisibility()).map(section => section.id)
"""
WALK = f"""
ways => {{
  const root = document.querySelector('[data-module="decision"]');
  const shown = {SHOWN.strip()};
  document.body.replaceChildren(root);
  history.pushState = () => {{}}; // a browser refuses thousands of entries
  return ways.map(way => {{
    const again = root.querySelector('[data-do="restart"]');
    if (!again.hidden) again.click();
    const been = shown();
    for (const number of way) {{
      root.querySelectorAll(".lrp-shown .lrp-option")[number].click();
      been.push(root.querySelector(".lrp-shown").id);
    }}
    been.splice(-1, 1, ...shown());
    return [...been, root.querySelectorAll(".lrp-trail > li").length].join(" > ");
  }});
}}
"""


def ways(decision: Decision, step: str) -> Iterator[tuple[list[int], list[str]]]:
    """Every way from a step to an outcome: the options by number, and the steps that they lead through."""
    if step in decision.outcomes:
        yield [], [step]
        return
    for number, option in enumerate(decision.questions[step].options):
        for numbers, steps in ways(decision, option.next):
            yield [number, *numbers], [step, *steps]


@contextmanager
def opened(browser: Browser, url: str, **settings: Any) -> Iterator[Page]:
    """A page of its own that has no fault in it and asks nothing of other sites."""
    context = browser.new_context(**settings)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.goto(url)
    yield page
    context.close()
    assert faults == []


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The questions of Part One, scripts on."""
    with opened(browser, address + NOTIFY) as page:
        yield page


def answer(page: Page, *answers: str) -> None:
    """Clicks an answer of each question that is shown, in turn."""
    for words in answers:
        page.locator(".lrp-shown .lrp-option").filter(
            has=page.locator("bdi", has_text=re.compile(rf"^{words}\b"))
        ).click()


def shown(page: Page) -> str:
    """The one step that is shown; its heading has the focus."""
    focused = turned(page).locator(":is(.lrp-question, .lrp-outcome) > h3:focus")
    expect(focused).to_have_count(1)
    visible: list[str] = page.evaluate(SHOWN)
    assert visible == [focused.evaluate("heading => heading.parentElement.id")]
    return visible[0]


def trail(page: Page) -> list[str]:
    """The answers of the trail."""
    return turned(page).locator(".lrp-trail strong").all_inner_texts()


def reopened(browser: Browser, page: Page, url: str) -> tuple[str, list[str]]:
    """What somebody else sees who opens the address."""
    with opened(browser, url) as other:
        return shown(other), trail(other)


TO_THE_END = ["No", "A master key", "No"]


def test_script_and_style_stay_small() -> None:
    style = own("decision.css")
    assert len(gzip.compress((ROOT / SCRIPT).read_bytes(), 9)) <= 6 * 1024
    assert len(gzip.compress(style.read_bytes(), 9)) <= 4 * 1024


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_every_option_leads_where_the_file_says(
    path: str, scripts: bool, browser: Browser, address: str, content: Content
) -> None:
    follow_every_option(content.decisions[path], browser, address + address_of(path), scripts)


def follow_every_option(decision: Decision, browser: Browser, url: str, scripts: bool) -> None:
    """Each option of a decision's page leads where its file says."""
    with opened(browser, url, java_script_enabled=scripts) as page:
        for question in decision.questions.values():
            for number, option in enumerate(question.options):
                page.evaluate("where => { location.hash = where }", question.key)
                page.locator(f"#{question.key} .lrp-option").nth(number).click()
                assert page.locator(f"#{option.next}").is_visible()
                if scripts:
                    assert shown(page) == option.next
                else:
                    expect(page).to_have_url(re.compile(f"#{option.next}$"))


@pytest.mark.parametrize("path", PAGES)
def test_every_way_lands_on_the_outcome_that_the_file_says(
    path: str, browser: Browser, address: str, content: Content
) -> None:
    walk_every_way(content.decisions[path], browser, address + address_of(path))


def walk_every_way(decision: Decision, browser: Browser, url: str) -> None:
    """Each way through a decision's page shows the steps that its file says."""
    all_ways = list(ways(decision, decision.start))
    assert len(all_ways) == count_paths(decision)
    with opened(browser, url) as page:
        walked = page.evaluate(WALK, [numbers for numbers, _ in all_ways])
    assert walked == [" > ".join([*steps, str(len(numbers))]) for numbers, steps in all_ways]


def test_one_question_is_shown_at_a_time_and_its_heading_has_the_focus(page: Page) -> None:
    assert page.locator(".lrp-question:visible h3").inner_text() == "Can somebody get in with it now?"
    assert page.evaluate("document.activeElement === document.body"), "a page that opens leaves the focus alone"
    assert page.locator(".lrp-panel button:visible").count() == 0
    for words, step in zip(TO_THE_END, ["kind", "seen"], strict=False):
        answer(page, words)
        assert shown(page) == step
    assert page.locator(".lrp-decision :is([aria-live], [role=status], [role=alert]):not(.lrp-due *)").count() == 0
    for target in page.locator(".lrp-shown .lrp-option, .lrp-panel button:visible").all():
        box = target.bounding_box()
        assert box
        assert box["height"] >= 44


def test_a_double_click_answers_one_question(page: Page) -> None:
    answer(page, "No")
    option = page.locator(".lrp-shown .lrp-option").first
    option.scroll_into_view_if_needed()
    box = option.bounding_box()
    assert box
    option.dblclick()
    assert shown(page) == "seen"
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    answers = "([x, y]) => document.elementFromPoint(x, y).closest('.lrp-shown .lrp-option') !== null"
    assert page.evaluate(answers, middle), "the second click fell on no answer"


def test_a_change_keeps_the_later_answers_that_still_fit(page: Page) -> None:
    answer(page, *TO_THE_END)
    assert shown(page) == "report-master"
    page.get_by_role("button", name="Change your answer to: Can somebody get in").click()
    assert shown(page) == "danger"
    assert page.locator(".lrp-shown [aria-current=true] bdi").inner_text() == "No"
    answer(page, "Yes")
    assert shown(page) == "report-master"
    assert trail(page)[:2] == ["Yes", "A master key"]
    page.get_by_role("button", name="Change your answer to: Which key").click()
    answer(page, "A room key")
    assert shown(page) == "room"
    assert len(trail(page)) == 2
    page.get_by_role("button", name="Change your answer to: Which key").click()
    answer(page, "A master key")
    assert shown(page) == "report-master"
    assert trail(page) == ["Yes", "A master key", "No"]


def test_back_and_forward_go_through_the_answers(page: Page) -> None:
    answer(page, *TO_THE_END[:2])
    page.get_by_role("button", name="Back", exact=True).click()
    assert shown(page) == "kind"
    page.get_by_role("button", name="Back", exact=True).click()
    assert shown(page) == "danger"
    assert len(trail(page)) == 2
    page.get_by_role("button", name="Forward", exact=True).click()
    assert shown(page) == "kind"
    page.get_by_role("button", name="Forward", exact=True).click()
    assert shown(page) == "seen"
    expect(page.get_by_role("button", name="Forward", exact=True)).to_be_hidden()


def test_the_browser_s_back_and_forward_work_too(page: Page) -> None:
    answer(page, *TO_THE_END[:2])
    page.go_back()
    assert shown(page) == "kind"
    assert trail(page) == ["No"]
    page.go_back()
    assert shown(page) == "danger"
    assert trail(page) == []
    page.go_forward()
    page.go_forward()
    assert shown(page) == "seen"
    page.reload()
    assert shown(page) == "seen"
    assert trail(page) == ["No", "A master key"]


def test_start_again_takes_every_answer_away(page: Page) -> None:
    answer(page, *TO_THE_END)
    page.get_by_role("button", name="Start again").click()
    assert shown(page) == "danger"
    assert trail(page) == []
    assert page.locator("[aria-current=true].lrp-option").count() == 0
    assert "#" not in page.url
    page.go_back()
    assert shown(page) == "report-master"


def test_the_keyboard_alone_leads_to_an_outcome(page: Page) -> None:
    page.locator(".lrp-shown .lrp-option").first.focus()
    for _ in range(20):
        if page.locator(".lrp-outcome:visible").count():
            break
        while not page.evaluate("document.activeElement.matches('.lrp-option')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    assert shown(page) == "ask-first"
    for wanted in ["Back", "Start again", "Change", "Print the", "Save the", "See the record", "Copy a link"]:
        for _ in range(60):
            page.keyboard.press("Tab")
            if str(page.evaluate("document.activeElement.textContent")).startswith(wanted):
                break
        else:
            pytest.fail(f"{wanted} is not reached by the Tab key")


def test_a_shared_link_shows_the_same_answers(browser: Browser, address: str) -> None:
    allowed = ["clipboard-read", "clipboard-write"]
    with opened(browser, address + NOTIFY, permissions=allowed) as page:
        answer(page, *TO_THE_END)
        page.get_by_role("button", name="Copy a link to these answers").click()
        expect(page.get_by_role("button", name="Link copied")).to_be_visible()
        link = page.evaluate("navigator.clipboard.readText()")
        assert link.startswith(address + NOTIFY + "#report-master.")
        assert reopened(browser, page, link) == ("report-master", trail(page))
        page.get_by_role("button", name="Change your answer to: Which key").click()
        assert reopened(browser, page, page.url) == ("kind", trail(page))


def test_where_nothing_can_be_copied_the_link_is_shown(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY) as page:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        answer(page, *TO_THE_END[:2])
        page.get_by_role("button", name="Copy a link to these answers").click()
        field = page.get_by_label("Copy this link")
        expect(field).to_be_focused()
        assert field.get_attribute("readonly") is not None
        assert reopened(browser, page, field.input_value()) == ("seen", ["No", "A master key"])


def test_a_link_from_an_older_version_keeps_what_still_exists_and_names_what_does_not(page: Page) -> None:
    page.goto(address_in(page, OLDER))
    assert shown(page) == "danger"
    said = page.locator(".lrp-notice").inner_text()
    assert "These questions have changed since the link was made." in said
    assert "The answer perhaps to the question Can somebody get in with it now?" in said
    assert "The answer very blue to the question colour" in said
    assert page.locator(".lrp-shown h3").get_attribute("aria-describedby") == page.locator(".lrp-notice").get_attribute(
        "id"
    )
    answer(page, "No")
    assert shown(page) == "seen"
    assert trail(page) == ["No", "A master key"]
    expect(page.locator(".lrp-notice")).to_be_hidden()


def test_a_link_to_questions_that_read_otherwise_now_says_so(page: Page) -> None:
    answer(page, *TO_THE_END)
    page.goto(re.sub(r"#report-master\.\w+", "#report-master.0ther", page.url))
    assert shown(page) == "report-master"
    assert len(trail(page)) == 3
    assert "Read each one again" in page.locator(".lrp-notice").inner_text()


@pytest.mark.parametrize("fragment", ["#no-such-question", "#%E2%98%83%", "#gone.1a", "#=&=&="])
def test_a_question_that_does_not_exist_starts_at_the_beginning_and_says_so(
    fragment: str, browser: Browser, address: str
) -> None:
    with opened(browser, address + NOTIFY + fragment) as page:
        assert shown(page) == "danger"
        assert trail(page) == []
        said = page.locator(".lrp-notice").inner_text()
        assert "not on this page" in said or "not here any more" in said.lower()


def test_words_from_an_address_are_cut_short_and_never_become_markup(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY + "#%3Cimg%20src=x%20onerror=alert(1)%3E" + "&x=" + "long-" * 5000) as page:
        assert shown(page) == "danger"
        assert page.locator(".lrp-decision img").count() == 0
        assert len(page.locator(".lrp-notice").inner_text()) < 400


def test_a_question_alone_in_the_address_is_shown(page: Page) -> None:
    page.goto(address_in(page, "#seen"))
    assert shown(page) == "seen"
    assert "have not been answered" in page.locator(".lrp-notice").inner_text()
    answer(page, "No")
    assert shown(page) == "report-master"
    assert "have not been answered" in page.locator(".lrp-notice").inner_text()
    page.reload()
    assert trail(page) == ["No"]
    page.get_by_text("See the record").click()
    assert "The questions before these were not answered." in page.locator(".lrp-record__sheet").inner_text()
    page.get_by_role("button", name="Start with the first question").click()
    assert shown(page) == "danger"
    expect(page.locator(".lrp-notice")).to_be_hidden()


def test_an_outcome_alone_in_the_address_is_shown_without_a_record(page: Page) -> None:
    page.goto(address_in(page, "#keep-note"))
    assert shown(page) == "keep-note"
    assert "without the answers" in page.locator(".lrp-notice").inner_text()
    expect(page.locator(".lrp-record")).to_be_hidden()


def test_an_answered_question_in_the_address_keeps_the_answers(page: Page) -> None:
    answer(page, *TO_THE_END[:2])
    page.evaluate("location.hash = 'kind'")
    assert shown(page) == "kind"
    assert len(trail(page)) == 2


def test_other_sections_of_the_page_are_left_alone(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY + "#s1-3") as page:
        expect(page.locator("#s1-3")).to_be_in_viewport()
        assert page.locator(".lrp-question:visible").count() == 1
        page.goto(address + NOTIFY)
        answer(page, *TO_THE_END[:2])
        page.evaluate("location.hash = 's1-2'")
        expect(page.locator("#s1-2")).to_be_in_viewport()
        assert trail(page) == ["No", "A master key"]
        page.go_back()
        assert shown(page) == "seen"


def test_the_record_holds_answers_outcome_sources_edition_and_date(browser: Browser, address: str) -> None:
    with opened(browser, address + NOTIFY, accept_downloads=True) as page:
        page.clock.set_fixed_time("2026-11-24T02:30:00")
        answer(page, "Yes", "A master key", "Not sure")
        page.get_by_text("See the record").click()
        sheet = page.locator(".lrp-record__sheet")
        words = sheet.inner_text()
        for wanted in [
            "Decision record: Is the loss reported?",
            "24 November 2026",
            "23 November 2026",
            address + NOTIFY,
            "Can somebody get in with it now? Yes – lock up first, then go on",
            "Has anyone seen it since? Not sure [still to be found out]",
            "Report it, and say what is open.",
            "Lost Keys Act",
            "Reasons",
        ]:
            assert wanted in words
        assert sheet.locator("a").count() == 0
        free = "textarea, select, input:not([readonly], [type=date]), [contenteditable]"
        assert page.locator(f".lrp-decision :is({free})").count() == 0
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Save the decision record").click()
        assert waiting.value.suggested_filename == "decision-record-2026-11-24.html"
        saved = Path(waiting.value.path()).read_text("utf-8")
    with opened(browser, "about:blank") as reader:
        reader.set_content(saved)
        assert re.sub(r"\s+", "", reader.locator("body").inner_text()) == re.sub(r"\s+", "", words)
        assert reader.locator("script, a, img, link").count() == 0


def test_only_the_record_is_printed_when_it_is_asked_for(page: Page) -> None:
    page.evaluate("window.print = () => { window.asked = true }")
    answer(page, *TO_THE_END)
    page.get_by_role("button", name="Print the decision record").click()
    assert page.evaluate("window.asked")
    page.emulate_media(media="print")
    assert page.locator("body > *:visible").count() == 1
    assert page.locator(".lrp-paper").inner_text().startswith("Decision record: Is the loss reported?")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator(".lrp-paper").count() == 0
    assert page.locator(".lrp-question:visible").count() == 4


def test_the_page_prints_whole_in_the_middle_of_the_questions(page: Page, content: Content) -> None:
    decision = content.decisions["part-one/notify.md"]
    answer(page, *TO_THE_END[:2])
    page.emulate_media(media="print")
    for number, question in enumerate(decision.questions.values(), start=1):
        section = page.locator(f"#{question.key}")
        assert f"Question {number} of {len(decision.questions)}" in section.inner_text()
        assert section.locator(".lrp-leads:visible").count() == len(question.options)
    assert page.locator(".lrp-outcome:visible").count() == len(decision.outcomes)
    assert page.locator(".lrp-panel:visible, .lrp-count:visible, .lrp-notice:visible").count() == 0


def test_nothing_is_sent_and_nothing_is_stored(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("window.print = () => {}")
    answer(page, *TO_THE_END)
    page.get_by_role("button", name="Print the decision record").click()
    page.get_by_role("button", name="Copy a link to these answers").click()
    page.get_by_role("button", name="Start again").click()
    page.go_back()
    assert shown(page) == "report-master"
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")  # Chromium asks for it at each new entry
    assert set(asked) <= {icon}
    assert page.evaluate("[location.search, document.cookie, localStorage.length, sessionStorage.length]") == [
        "",
        "",
        0,
        0,
    ]
    assert page.context.cookies() == []
    assert "Nothing is stored and nothing is sent." in page.locator(".lrp-decision").inner_text()


FAULTS = {
    "a script that stops half-way": "Element.prototype.before = function () { throw new Error('broken') }",
    "a browser that lacks something": "delete Array.from",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_at_the_start_leaves_the_page_whole(fault: str, browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(FAULTS[fault])
    said: list[str] = []
    page.on("console", lambda message: said.append(message.type))
    page.goto(address + NOTIFY)
    is_whole(page)
    assert "error" in said
    context.close()


def test_a_script_that_arrives_broken_leaves_the_page_whole(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/decision*.js", lambda route: cut(route))
    page.goto(address + NOTIFY)
    is_whole(page)
    context.close()


def test_a_fault_in_the_middle_gives_the_whole_page_back_and_follows_the_link(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address + NOTIFY)
    answer(page, *TO_THE_END[:2])
    page.evaluate("() => { HTMLElement.prototype.focus = () => { throw new Error('broken') } }")
    answer(page, "No")
    expect(page).to_have_url(re.compile("#report-master$"))
    expect(page.locator("#report-master")).to_be_in_viewport()
    is_whole(page)
    context.close()


def cut(route: Route) -> None:
    """Answers with the first half of the script."""
    text = (ROOT / SCRIPT).read_text("utf-8")
    route.fulfill(body=text[: len(text) // 2], content_type="text/javascript")


def is_whole(page: Page) -> None:
    """The page is as it is without scripts, and its options are links."""
    assert page.locator(".lrp-question:visible").count() == 4
    assert page.locator(".lrp-outcome:visible").count() == 5
    assert page.locator(".lrp-leads").first.is_visible()
    assert page.locator(":is(.lrp-panel, .lrp-notice, .lrp-count):visible").count() == 0
    assert page.locator(".lrp-option[aria-current], .lrp-shown, .lrp-decision [tabindex='-1']").count() == 0
    page.locator("#danger .lrp-option").first.click()
    expect(page).to_have_url(re.compile("#kind$"))


def address_in(page: Page, fragment: str) -> str:
    """The page's own address with another fragment."""
    return page.url.split("#")[0] + fragment


def test_a_brief_decision_shows_one_question_without_scripts(browser: Browser, address: str, content: Content) -> None:
    decision = content.decisions["index.md"]
    visible = ".lrp-decision--brief > :is(.lrp-question, .lrp-outcome):visible"
    with opened(browser, address, java_script_enabled=False) as page:
        step = decision.start
        while step in decision.questions:
            assert page.locator(visible).all_inner_texts() == [page.locator(f"#{step}").inner_text()]
            page.locator(f"#{step} .lrp-option").first.click()
            step = decision.questions[step].options[0].next
        assert page.locator(visible).get_attribute("id") == step
        page.goto(address + "#which-part")
        assert page.locator(visible).get_attribute("id") == decision.start
        page.emulate_media(media="print")
        assert page.locator(visible).count() == len(decision.questions) + len(decision.outcomes)


def test_a_brief_decision_has_a_trail_and_no_record(browser: Browser, address: str) -> None:
    with opened(browser, address) as page:
        page.locator(".lrp-shown .lrp-option").first.click()
        assert len(trail(page)) == 1
        assert page.locator(".lrp-record, .lrp-share").count() == 0
        assert "Nothing is stored and nothing is sent." in page.locator(".lrp-decision").inner_text()


def test_it_works_from_a_folder(browser: Browser, site: Path) -> None:
    with opened(browser, (site / NOTIFY / "index.html").as_uri()) as page:
        answer(page, *TO_THE_END)
        assert shown(page) == "report-master"
        page.go_back()
        assert shown(page) == "seen"
        page.reload()
        assert len(trail(page)) == 2
