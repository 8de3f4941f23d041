"""A form in a real browser: filled in by keyboard, checked, saved, opened again, cleared; and nothing leaves the device."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import Browser, Dialog, FilePayload, Locator, Page, expect

from macros.content.load import Content
from macros.documents.form_files import pack
from macros.documents.form_template import filled, template
from macros.topics.forms import Field, Form
from tests.project import own

pytestmark = [pytest.mark.browser, pytest.mark.site]
NOW = datetime(2026, 11, 24, 21, 5, 6, tzinfo=UTC)
HOSTILE = "\x01\x0b<w:p>&amp; \u202eright to left\u202c عربي 👩\u200d👧 ]]> \ue000\ue003 “x”\nsecond line\n\nlast"
TAG = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def form(content: Content) -> Form:
    return content.forms["form-k.md"]


def opened(browser: Browser, address: str, where: str = "form-k/", **how: Any) -> Page:
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, "timezone_id": "Europe/London", **how})
    page = context.new_page()
    page.goto(address + where)
    return page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    page = opened(browser, address)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda line: faults.append(line.text) if line.type in ("error", "warning") else None)
    yield page
    page.context.close()
    assert faults == []


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def sample(field: Field) -> list[str]:
    """An answer to a field, another for each."""
    if field.has_choices:
        return [str(field.choices[-1])] if field.type == "choice" else [str(field.choices[0]), str(field.choices[-1])]
    number = len(field.id)
    texts = {"date": f"2026-11-{number:02}", "time": f"14:{number:02}", "number": str(number)}
    longer = f"First line about {field.id}.\nSecond line."
    return [texts.get(field.type, longer if field.type == "long-text" else f"About {field.id}")]


def samples(form: Form) -> dict[str, list[str]]:
    return {str(field.id): sample(field) for field in form.fields if not field.office}


def put(page: Page, field: Field, answers: list[str]) -> None:
    if field.has_choices:
        for answer in answers:
            page.locator(f"[id='{field.id}'] input").nth(
                [str(choice) for choice in field.choices].index(answer)
            ).check()
    else:
        page.locator(f"[id='{field.id}-1']").fill(answers[0])


def fill_in(page: Page, form: Form, answers: dict[str, list[str]]) -> None:
    """From the start to the answers to check, whatever is missing."""
    press(page, "Start")
    for group in (group for group in form.groups if not group.office):
        for field in group.fields:
            if field.id in answers:
                put(page, field, answers[field.id])
        press(page, "Continue")
        for name in ("Go on, and answer later", *["This is being done, go on"] * 2):
            if page.get_by_role("button", name=name).is_visible():
                press(page, name)
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()


def saved(page: Page, name: str) -> tuple[str, bytes]:
    with page.expect_download() as caught:
        page.locator("button:visible", has_text=name).last.click()
    return caught.value.suggested_filename, Path(caught.value.path()).read_bytes()


def open_draft(page: Page, data: bytes | str) -> None:
    data = data.encode() if isinstance(data, str) else data
    file: FilePayload = {"name": "form-k-2026-11-23-10-05.json", "mimeType": "application/json", "buffer": data}
    page.set_input_files("[type=file]", file)


def clear(page: Page) -> None:
    press(page, "Clear everything")
    page.locator("dialog").get_by_role("button", name="Clear everything").click()


def keys(answers: dict[str, list[str]], form: Form) -> dict[str, str]:
    """The answers as the template's slots name them."""
    several = {str(field.id) for field in form.fields if field.type == "choices"}
    return {
        f"{name}={answer}" if name in several else name: answer for name, given in answers.items() for answer in given
    }


def controls(data: bytes) -> dict[str, str]:
    """The text of each control of a Word file by its tag."""
    body = docx.Document(io.BytesIO(data)).element.body
    found = {}
    for control in body.iter(f"{TAG}sdt"):
        parts = control.iter(f"{TAG}t", f"{TAG}br")
        text = "".join("\n" if part.tag == f"{TAG}br" else part.text or "" for part in parts)
        found[control.find(f"{TAG}sdtPr/{TAG}tag").get(f"{TAG}val")] = text
    return found


def told(page: Page) -> Locator:
    """What the form says it has done; a draft is read by the browser in its own time, so tests wait for these words."""
    return page.locator("[data-part=told]")


def test_every_group_is_filled_in_by_keyboard_alone(page: Page, form: Form) -> None:
    def reach(control: str) -> None:
        for _ in range(30):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id || document.activeElement.dataset.do") == control:
                return
        raise AssertionError(f"{control} was not reached")

    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    groups = [group for group in form.groups if not group.office]
    for place, group in enumerate(groups, 1):
        expect(page.locator(":focus")).to_have_text(re.compile(re.escape(group.title)))
        expect(page.locator(".lrp-group__count")).to_have_text(f"Group {place} of {len(groups)}")
        assert page.locator(".lrp-warning").is_visible()
        for field in group.fields:
            reach(f"{field.id}-1")
            if field.has_choices:
                page.keyboard.press("Space")
            else:
                page.keyboard.type(
                    {"date": "11112026", "time": "1111am", "number": "11"}.get(field.type, f"About {field.id}")
                )
        reach("next")
        page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Check your answers")
    assert page.locator("[data-part=open]").is_hidden()
    assert page.locator(".lrp-summary em:visible").count() == 0
    rows = page.locator(".lrp-summary > div:visible")
    assert rows.count() == len([field for field in form.fields if not field.office])
    assert rows.filter(has_text="When was it lost?").locator("dd").first.inner_text() == "11 November 2026"


def test_what_is_missing_is_said_in_a_summary_and_beside_each_field(page: Page) -> None:
    press(page, "Start")
    press(page, "Continue")
    expect(page.locator(":focus")).to_have_attribute("data-part", "faults")
    links = page.locator(".lrp-faults a").all_inner_texts()
    assert links[0] == "Is every door locked now? – Choose an answer."
    assert len(links) == 3
    assert page.title().startswith("Problem: ")
    assert page.locator("#your-role-fault").inner_text() == "Write an answer, or “not known”."
    assert page.locator("#your-role-1").get_attribute("aria-invalid") == "true"
    page.locator(".lrp-faults a").nth(2).click()
    expect(page.locator(":focus")).to_have_attribute("id", "your-role-1")
    assert "#" not in page.url
    press(page, "Go on, and answer later")
    expect(page.locator(":focus")).to_contain_text("About the key")
    assert not page.title().startswith("Problem: ")
    press(page, "Back")
    press(page, "Check your answers")
    assert "still to answer" in page.locator("[data-part=open]").inner_text()


def test_an_answer_is_changed_from_the_check_and_leads_back_to_it(page: Page, form: Form) -> None:
    fill_in(page, form, samples(form))
    page.get_by_role("button", name="Change your answer to: Number of the tag").click()
    expect(page.locator(":focus")).to_have_attribute("id", "key-number-1")
    page.keyboard.type("Z")
    press(page, "Back to your answers")
    expect(page.locator(":focus")).to_have_text("Check your answers")
    row = page.locator(".lrp-summary > div").filter(has_text="Number of the tag").first
    assert row.locator("dd").first.inner_text() == "About key-numberZ"


def test_danger_comes_before_the_form(page: Page, form: Form) -> None:
    press(page, "Start")
    for field in form.groups[0].fields:
        put(page, field, sample(field))
    press(page, "Continue")
    expect(page.locator(":focus")).to_have_text("Lock up first")
    press(page, "Back to the question")
    expect(page.locator(":focus")).to_have_attribute("id", "locked-1")
    press(page, "Continue")
    press(page, "This is being done, go on")
    expect(page.locator(":focus")).to_contain_text("About the key")


def test_every_value_stands_in_its_place_in_the_word_file(page: Page, form: Form, tmp_path: Path) -> None:
    answers = samples(form)
    page.clock.set_fixed_time(NOW)
    fill_in(page, form, answers)
    name, data = saved(page, "Save as Word")
    assert name == "form-k-2026-11-24-21-05.docx"
    found = controls(data)
    for field in (field for field in form.fields if not field.office):
        given = answers[str(field.id)]
        if field.type == "choices":
            signs = [found[f"{field.id}-{place}"] for place in range(1, len(field.choices) + 1)]
            assert signs == ["☒" if choice in given else "☐" for choice in field.choices]
        elif field.type == "date":
            assert found[field.id] == f"{int(given[0][-2:])} November 2026"
        else:
            assert found[field.id] == given[0], field.id
    about = docx.Document(io.BytesIO(data)).core_properties
    assert (about.author, about.last_modified_by, about.language) == ("", "", "en-GB")
    if shutil.which("soffice"):
        (tmp_path / name).write_bytes(data)
        where = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
        words = ["soffice", where, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path)]
        subprocess.run([*words, str(tmp_path / name)], check=True, capture_output=True, timeout=120)
        text = (tmp_path / name).with_suffix(".txt").read_text("utf-8-sig")
        for given in answers.values():
            for line in (line for answer in given for line in answer.split("\n")):
                assert line in text or re.fullmatch(r"2026-11-\d\d", line), line


def test_browser_and_build_make_the_same_bytes(page: Page, form: Form, content: Content, site: Path) -> None:
    front = content.pages["form-k.md"].front
    answers = samples(form) | {"what-happened": [HOSTILE], "key-number": ["<w:p>&"]}
    page.clock.set_fixed_time(NOW)
    fill_in(page, form, answers)
    assert saved(page, "Save as Word")[1] == pack(filled(template(form, front), keys(answers, form), NOW), NOW)
    clear(page)
    press(page, "Start")
    page.clock.set_fixed_time(datetime(2026, 11, 23, tzinfo=UTC))
    press(page, "Check your answers")
    assert saved(page, "Save as Word")[1] == (site / "form-k.docx").read_bytes()


def test_a_draft_comes_back_as_it_was(page: Page, form: Form) -> None:
    answers = samples(form) | {"what-happened": [HOSTILE * 10 + "x" * 20_000 + "é" * 20_000]}
    page.clock.set_fixed_time(NOW)
    fill_in(page, form, answers)
    name, first = saved(page, "Save a draft")
    assert name == "form-k-2026-11-24-21-05.json"
    said = page.locator("[data-part=status]").inner_text()
    assert said == f"Saved as {name}. Look in the folder for downloads. {form.saved}"
    word = saved(page, "Save as Word")[1]
    page.reload()
    assert page.locator("#key-number-1").input_value() == ""
    open_draft(page, first)
    expect(told(page)).to_contain_text(f"The draft is open, with {len(answers)} answers.")
    expect(page.locator(":focus")).to_have_attribute("data-part", "told")
    assert saved(page, "Save a draft")[1] == first
    assert saved(page, "Save as Word")[1] == word
    assert {entry["id"]: entry["answers"] for entry in json.loads(first)["answers"]} == answers


def test_hostile_characters_do_no_harm(page: Page, form: Form) -> None:
    texts = {str(f.id): [HOSTILE] for f in form.fields if f.type == "long-text" and not f.office}
    lines = {str(f.id): [HOSTILE.replace("\n", " ")] for f in form.fields if f.type == "text" and not f.office}
    fill_in(page, form, texts | lines)
    assert page.locator(".lrp-summary dd").filter(has_text="<w:p>&amp;").count() == len(texts) + len(lines)
    found = controls(saved(page, "Save as Word")[1])
    clean = re.sub("[\x01\u202a-\u202e]", "", HOSTILE).replace("\x0b", "\n")
    assert all(found[name] == clean for name in texts)


def test_breaks_of_word_are_line_breaks_and_what_nobody_sees_is_left_out(page: Page, form: Form) -> None:
    pasted = "Line one\vtwo\x0cthree\u2028four\x85five\0\u202esix\u2066\x1b\ufeff."
    fill_in(page, form, {"what-happened": [pasted], "key-number": ["One\vtwo\u202e"]})
    told = "Line one\ntwo\nthree\nfour\nfivesix."
    assert page.locator(".lrp-summary dd").filter(has_text="fivesix").inner_text().startswith(told)
    found = controls(saved(page, "Save as Word")[1])
    assert (found["what-happened"], found["key-number"]) == (told, "One\ntwo")


def test_nothing_is_sent_or_stored_from_the_first_key_to_the_last_file(page: Page, form: Form) -> None:
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    answers = samples(form) | {"key-number": ["SECRET"]}
    fill_in(page, form, answers)
    for name in ("Save as Word", "Save a draft"):
        saved(page, name)
    assert [url for url in asked if not url.startswith("blob:")] == []
    expect(page).to_have_url(re.compile("/form-k/$"))
    kept = "JSON.stringify([localStorage, sessionStorage, document.cookie, history.state, window.name])"
    assert page.evaluate(kept) == f'[{{}},{{}},"",{{"form":{len(form.groups) - 1}}},""]'
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert page.evaluate("caches.keys().then(found => found.length)") == 0


def test_leaving_with_something_unsaved_warns(page: Page) -> None:
    warned: list[str] = []

    def answer(dialog: Dialog) -> None:
        warned.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    press(page, "Start")
    page.reload()
    assert warned == []
    press(page, "Start")
    page.locator("#your-role-1").press_sequentially("Lead")
    page.reload()
    assert warned == ["beforeunload"]
    press(page, "Start")
    page.locator("#your-role-1").press_sequentially("Lead")
    saved(page, "Save a draft")
    page.reload()
    assert warned == ["beforeunload"]


def test_going_back_after_leaving_shows_an_empty_form(page: Page, address: str) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    press(page, "Start")
    page.locator("#your-role-1").press_sequentially("SECRET")
    page.locator("#locked-2").check()
    page.goto(address + "glossary/")
    page.go_back()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert "SECRET" not in page.content()
    assert page.locator("#your-role-1").input_value() == ""
    assert page.locator(":checked[id$='-2']").count() == 0
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_a_page_kept_by_the_browser_is_emptied_before_it_is_kept_and_after(page: Page) -> None:
    for event, persisted in (("pagehide", "true"), ("pageshow", "true")):
        press(page, "Start")
        page.locator("#your-role-1").fill("SECRET")
        page.evaluate(f"dispatchEvent(new PageTransitionEvent('{event}', {{ persisted: {persisted} }}))")
        assert page.locator("#your-role-1").input_value() == ""
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()


def test_the_browser_s_back_leads_to_the_group_before(page: Page) -> None:
    press(page, "Start")
    page.locator("#your-role-1").fill("Lead")
    press(page, "Continue")
    press(page, "Go on, and answer later")
    page.go_back()
    expect(page.locator(".lrp-group__count")).to_have_text("Group 1 of 2")
    assert page.locator("#your-role-1").input_value() == "Lead"
    page.go_back()
    press(page, "Go on with the form")
    assert page.locator("#your-role-1").input_value() == "Lead"


def test_clearing_asks_and_leaves_nothing_to_undo(page: Page) -> None:
    press(page, "Start")
    page.locator("#your-role-1").press_sequentially("SECRET")
    press(page, "Clear everything")
    expect(page.locator("dialog")).to_be_visible()
    expect(page.locator(":focus")).to_have_text("Keep my answers")
    page.keyboard.press("Escape")
    assert page.locator("#your-role-1").input_value() == "SECRET"
    clear(page)
    expect(told(page)).to_have_text("Everything has been cleared. Nothing was kept.")
    press(page, "Start")
    page.locator("#your-role-1").focus()
    page.keyboard.press("Control+z")
    assert page.locator("#your-role-1").input_value() == ""
    assert "SECRET" not in page.content()


def at_work(browser: Browser, address: str, own: bool = False) -> Page:
    context = browser.new_context(timezone_id="Europe/London")
    page = context.new_page()
    page.clock.install(time=NOW)
    page.goto(address + "form-k/")
    if own:
        page.get_by_label("My own, and nobody else uses it").check()
    press(page, "Start")
    page.locator("#your-role-1").press_sequentially("Lead")
    return page


def test_a_shared_computer_asks_after_20_minutes_and_clears_after_22(browser: Browser, address: str) -> None:
    page = at_work(browser, address)
    page.clock.run_for("19:58")
    assert page.locator("dialog").is_hidden()
    for _ in range(2):  # as often as needed
        page.clock.run_for("00:04")
        expect(page.get_by_role("heading", name="Are you still there?")).to_be_visible()
        assert "in 2 minutes" in page.locator("dialog").inner_text()
        page.clock.run_for("01:00")
        assert "in 1 minute." in page.locator("dialog").inner_text()
        press(page, "Keep going")
        assert page.locator("#your-role-1").input_value() == "Lead"
        page.clock.run_for("19:57")
    page.clock.run_for("00:05")
    saved(page, "Save a draft")
    assert page.locator("dialog").is_hidden()
    page.clock.run_for("21:57")
    page.clock.run_for("00:04")
    expect(told(page)).to_have_text(re.compile(r"^Your answers were cleared at 22:"))
    assert page.locator("#your-role-1").input_value() == ""
    assert page.locator("dialog").is_hidden()
    page.context.close()


def test_sleep_counts_and_so_does_coming_back_to_the_tab(browser: Browser, address: str) -> None:
    page = at_work(browser, address)
    page.clock.set_system_time("2026-11-25T07:00:00Z")  # the machine slept: no timer has run
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(told(page)).to_have_text(
        re.compile(r"^Your answers were cleared at 07:00, because nobody had typed for 22 minutes\.")
    )
    assert page.locator("#your-role-1").input_value() == ""
    page.context.close()


def test_a_clock_that_is_put_back_clears_nothing(browser: Browser, address: str) -> None:
    page = at_work(browser, address)
    page.clock.set_system_time("2026-11-20T07:00:00Z")
    page.clock.run_for("00:02")
    assert page.locator("#your-role-1").input_value() == "Lead"
    page.clock.run_for("20:01")
    expect(page.get_by_role("heading", name="Are you still there?")).to_be_visible()
    page.context.close()


def test_on_one_s_own_computer_nothing_is_cleared(browser: Browser, address: str) -> None:
    page = at_work(browser, address, own=True)
    page.clock.fast_forward("05:00:00")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert page.locator("dialog").is_hidden()
    assert page.locator("#your-role-1").input_value() == "Lead"
    page.context.close()


def test_a_browser_without_dialogs_is_asked_in_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "for (const name of ['showModal', 'close', 'open']) delete HTMLDialogElement.prototype[name]"
    )
    page = context.new_page()
    page.goto(address + "form-k/")
    press(page, "Start")
    page.locator("#your-role-1").fill("Lead")
    press(page, "Clear everything")
    expect(page.locator(":focus")).to_have_text("Keep my answers")
    assert page.locator("#your-role-1").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("#your-role-1").is_visible()
    clear(page)
    expect(told(page)).to_have_text("Everything has been cleared. Nothing was kept.")
    assert page.locator("dialog").is_hidden()
    context.close()


WHOLE = {"form": "form-k", "version": 2, "saved": "2026-11-23T10:05", "answers": []}
BAD = [
    ('{"form": "form-k", "version": 2, "answ', "This file cannot be read. It is no draft, or it is damaged or not complete."),
    ("", "This file cannot be read. It is no draft, or it is damaged or not complete."),
    ("<script>alert(1)</script>", "This file cannot be read. It is no draft, or it is damaged or not complete."),
    ("[1, 2]", "This file is not a draft of this form."),
    ("null", "This file is not a draft of this form."),
    ('{"type": "excalidraw", "version": 2, "answers": []}', "This file is not a draft of this form."),
    (json.dumps({**WHOLE, "version": "1"}), "This file is not a draft of this form."),
    (json.dumps({**WHOLE, "version": 3}), "This draft was made with a newer version of the form. Load the page again, then open it."),
    (json.dumps({**WHOLE, "answers": [{"id": "what-happened", "answers": [{"x": 1}]}]}), "This file was changed by hand or is damaged: its answers cannot be read."),
    (json.dumps({**WHOLE, "answers": [None]}), "This file was changed by hand or is damaged: its answers cannot be read."),
]  # fmt: skip


@pytest.mark.parametrize(("data", "says"), BAD, ids=range(len(BAD)))
def test_a_file_that_is_no_draft_is_explained_and_the_entries_kept(page: Page, data: str, says: str) -> None:
    press(page, "Start")
    page.locator("#your-role-1").fill("Lead")
    press(page, "Back")
    open_draft(page, data)
    expect(page.locator("#form-k-draft-fault")).to_have_text(
        f"{says} Nothing was opened, and nothing in the form has changed."
    )
    assert page.locator("#your-role-1").input_value() == "Lead"


def test_a_file_of_50_mb_is_refused_before_it_is_read(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    file.write_bytes(b" " * 50_000_000)
    page.set_input_files("[type=file]", file)
    expect(page.locator("#form-k-draft-fault")).to_contain_text("This file is too large to be a draft of this form.")


def test_a_draft_with_script_and_unknown_fields_is_opened_as_text_and_explained(page: Page) -> None:
    script = "<img src=x onerror=\"document.title='bad'\"><script>document.title='bad'</script>"
    entries = [
        {"id": "what-happened", "question": script, "answers": [script]},
        {"id": "__proto__", "question": script, "answers": [script]},
        {"id": "desk-day", "question": "Received", "answers": ["1"]},
        {"id": "lost-on", "question": "Date", "answers": ["2026-02-31"]},
        {"id": "locked", "question": "Doors", "answers": ["Vanished"]},
        {"id": "key-kind", "question": "Kind", "answers": ["A room key", "A rusty key"]},
    ]
    open_draft(page, json.dumps({**WHOLE, "answers": entries}))
    expect(told(page)).to_have_text(re.compile(r"^The draft is open, with 2 answers\."))
    lines = page.locator("[data-part=told] li").all_inner_texts()
    assert lines == [
        f"Not asked any more: “{script}” – {script}",
        "Not asked any more: “Received” – 1",
        "Does not fit any more: “Date” – 2026-02-31",
        "Does not fit any more: “Doors” – Vanished",
        "Does not fit any more: “Kind” – A rusty key",
    ]
    assert page.locator("#what-happened-1").input_value() == script
    assert page.evaluate("document.querySelectorAll('.lrp-form img').length") == 0
    assert page.title() != "bad"


def test_an_older_draft_follows_its_fields_to_where_they_are_now(page: Page) -> None:
    answers = [{"id": "tag", "question": "Tag", "answers": ["AB"]}]
    open_draft(page, json.dumps({**WHOLE, "version": 1, "answers": answers}))
    expect(told(page)).to_contain_text("“Tag” is now asked as “Number of the tag”.")
    assert page.locator("#key-number-1").input_value() == "AB"


def test_opening_a_draft_over_entries_asks_first(page: Page) -> None:
    draft = json.dumps({**WHOLE, "answers": [{"id": "key-number", "question": "Number of the tag", "answers": ["AB"]}]})
    press(page, "Start")
    page.locator("#your-role-1").fill("Lead")
    press(page, "Back")
    open_draft(page, draft)
    press(page, "Keep what is in the form")
    assert page.locator("#your-role-1").input_value() == "Lead"
    open_draft(page, b"")
    open_draft(page, draft)
    press(page, "Open the draft")
    assert page.locator("#your-role-1").input_value() == ""
    assert page.locator("#key-number-1").input_value() == "AB"


@pytest.mark.parametrize(
    ("entry", "says"),
    [("31/02/2027", "This is not a whole date"), ("2027-13-01", "This is not a whole date"), ("yesterday", "This is not a whole date"),
     ("1/2/27", "This is not a whole date"), ("0026-01-01", "Check the year."), ("1/2/2226", "Check the year.")],
)  # fmt: skip
def test_a_date_that_does_not_exist_is_explained_and_kept(page: Page, entry: str, says: str) -> None:
    press(page, "Start")
    page.evaluate("document.querySelector('#lost-on-1').type = 'text'")  # a browser without date fields
    field = page.locator("#lost-on-1")
    field.fill(entry)
    press(page, "Continue")
    assert page.locator("#lost-on-fault").inner_text().startswith(says)
    assert page.get_by_role("button", name="Go on, and answer later").is_hidden()
    assert field.input_value() == entry
    press(page, "Check your answers")
    press(page, "Save as Word")
    expect(page.locator(".lrp-faults a")).to_contain_text(["When was it lost? – " + says])
    page.locator(".lrp-faults a").click()
    field.fill("23/11/2026")
    press(page, "Back to your answers")
    press(page, "Go on, and answer later")
    found = controls(saved(page, "Save as Word")[1])
    assert found["lost-on"] == "23 November 2026"


def test_a_native_date_that_is_not_whole_is_named_when_a_draft_is_saved(page: Page) -> None:
    press(page, "Start")
    page.locator("#lost-on-1").focus()
    page.keyboard.type("02312027")
    saved(page, "Save a draft")
    assert (
        "Not in the file, because not complete: When was it lost?"
        in page.locator("[role=status][data-part=status]").inner_text()
    )


def test_two_tabs_know_nothing_of_each_other(page: Page, address: str) -> None:
    other = page.context.new_page()
    other.goto(address + "form-k/")
    for tab, text in ((page, "one"), (other, "two")):
        press(tab, "Start")
        tab.locator("#your-role-1").fill(text)
    assert page.locator("#your-role-1").input_value() == "one"
    clear(page)
    assert other.locator("#your-role-1").input_value() == "two"


def test_it_works_from_a_folder(browser: Browser, site: Path, form: Form) -> None:
    page = browser.new_page()
    page.goto((site / "form-k" / "index.html").as_uri())
    fill_in(page, form, samples(form))
    assert controls(saved(page, "Save as Word")[1])["key-number"] == "About key-number"
    page.close()


def test_without_the_template_the_page_says_what_to_do(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/form-k-template.js", lambda route: route.abort())
    page.goto(address + "form-k/")
    press(page, "Start")
    press(page, "Check your answers")
    press(page, "Save as Word")
    expect(page.locator("[data-part=status]")).to_contain_text("The Word template has not loaded. Print the form")
    page.close()


def test_paper_shows_every_question_on_any_step_and_with_nothing_optional(page: Page, form: Form) -> None:
    needed = {
        name: given for name, given in samples(form).items() if next(f for f in form.fields if f.id == name).required
    }
    fill_in(page, form, needed)
    press(page, "Back")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert re.fullmatch(r"form-k-\d{4}-\d\d-\d\d-\d\d-\d\d", page.title())
    page.emulate_media(media="print")
    shown = page.locator(".lrp-summary > div:visible")
    assert [row.split("\n")[0] for row in shown.all_inner_texts()] == [str(field.label) for field in form.fields]
    empty = len([field for field in form.fields if not field.required and not field.office])
    assert shown.filter(has_text="Not answered").count() == empty + len(form.groups[-1].fields)
    assert page.locator(".lrp-warning").is_visible()
    assert page.get_by_text("Send no pictures.").last.is_visible()
    assert page.locator("button:visible, input:visible, textarea:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert not page.title().startswith("form-k")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_blank_form_prints_with_every_field(browser: Browser, address: str, form: Form, scripts: bool) -> None:
    page = opened(browser, address, java_script_enabled=scripts)
    page.emulate_media(media="print")
    for field in form.fields:
        assert page.locator(f"[id='{field.id}-1']").is_visible(), field.id
    page.context.close()


def test_scripts_off_shows_every_field_and_offers_the_blank_form(browser: Browser, address: str, form: Form) -> None:
    page = opened(browser, address, java_script_enabled=False)
    assert "scripts do not run here" in page.locator("[data-part=without]").inner_text()
    assert all(page.locator(f"[id='{field.id}']").is_visible() for field in form.fields)
    for button in page.locator(".lrp-form button").all():
        assert button.is_hidden()
    page.locator("[data-part=without]").get_by_role("link").click(trial=True)
    page.context.close()


def test_no_control_can_be_sent_remembered_read_or_translated(page: Page) -> None:
    marks = {"autocomplete": "off", "spellcheck": "false", "autocorrect": "off", "translate": "no"}
    found = page.evaluate(
        """marks => Array.from(document.querySelectorAll(".lrp-form [data-type] :is(input, textarea)"), control =>
          control.form ? "in a form" : Object.keys(marks).filter(name => control.getAttribute(name) !== marks[name]).join()
        ).filter(Boolean)""",
        marks,
    )
    assert found == []
    assert page.evaluate("document.querySelector('.lrp-form form, form .lrp-form')") is None


def test_a_decision_hands_its_answers_over_and_the_address_forgets_them(page: Page, address: str) -> None:
    page.goto(address + "part-one/notify/")
    for answer in ("No", "A master key", "No"):
        page.locator(".lrp-shown .lrp-option").filter(has=page.get_by_text(answer, exact=True)).click()
    link = page.get_by_role("link", name="with these answers")
    assert "#part-one-notify&danger=no&kind=a-master-key&seen=no" in (link.get_attribute("href") or "")
    link.click()
    page.wait_for_url("**/form-k/")
    assert page.evaluate("location.href").endswith("/form-k/")
    assert page.locator("[data-part=told] li").all_inner_texts() == [
        "Which kind is it? – A master key",
    ]
    expect(page.locator("[data-part=told]")).to_be_focused()
    press(page, "Start")
    assert page.locator("#key-kind-1").is_checked()
    page.reload()
    assert page.locator(".lrp-form :checked[data-from]").count() == 0


def test_an_outcome_without_the_form_hands_nothing_over(page: Page, address: str) -> None:
    page.goto(address + "part-one/notify/#keep-note")
    assert page.locator("[data-part=form]").is_hidden()


def test_answers_that_the_form_does_not_ask_for_are_taken_from_the_address_too(page: Page, address: str) -> None:
    page.goto(address + "glossary/")
    page.goto(address + "form-k/#part-one-notify&kind=%F0%9F&x=<script>")
    assert page.evaluate("location.href").endswith("/form-k/")
    expect(told(page)).to_have_text("None of the answers that you brought along is asked here.")


def test_a_link_to_a_group_starts_there(page: Page, address: str) -> None:
    page.goto(address + "glossary/")
    page.goto(address + "form-k/#key")
    press(page, "Start")
    expect(page.locator(":focus")).to_contain_text("About the key")


def test_the_scripts_of_the_form_weigh_at_most_25_kb(site: Path) -> None:
    page = (site / "form-k" / "index.html").read_text("utf-8")
    names = re.findall(r'<script src="\.\./([^"]+)"', page)
    assert "form-k-template.js" in names
    assert any("zip-form" in name for name in names)
    files = [own("zip.js"), own("form.js"), site / "form-k-template.js"]
    assert sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files) <= 25_000
