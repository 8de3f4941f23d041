"""What the accessibility tests share: axe on a page as it stands, the states of each component, and what repeats set aside."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.waiting import later, turned

NOW = "2026-11-23T10:00:00Z"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Rules that read more than the tree of the page: only these can find something else in other colours or on paper.
BY_LOOKS = ["color-contrast", "link-in-text-block", "target-size"]
# Every rule of the tags, also those that axe leaves out unless asked (target-size, and its experimental ones).
JUDGE = """async ([tags, only, besides, part]) => {
  const names = axe.getRules(tags).map(rule => rule.ruleId)
    .filter(name => (!only.length || only.includes(name)) && !besides.includes(name));
  const found = await axe.run(part ? {include: [part]} : document,
    {runOnly: {type: "rule", values: names}, resultTypes: ["violations"]});
  return found.violations.flatMap(rule => rule.nodes.slice(0, 5).map(node =>
    `${rule.id}: ${node.target} – ${node.failureSummary || rule.help}`.replace(/\\s+/g, " ")));
}"""
# Long lists are laid out only when they come near, and axe cannot judge what is not laid out: this shows the reader's view.
LAID_OUT = "* { content-visibility: visible !important; }"
EQUIPPED = "() => !document.querySelector('[data-module=glossary] .lrp-term:not(:has(.lrp-term__do))')"
UNFOLD = """() => {
  const seen = new Map();
  for (const fold of document.querySelectorAll("main details")) {
    const kind = fold.className + "|" + fold.parentElement.className;
    seen.set(kind, (seen.get(kind) || 0) + 1);
    fold.open = seen.get(kind) < 4;  // of those that are made alike, the first three
  }
}"""
OPEN = (
    """() => document.querySelectorAll(":is(.lrp-shown, .lrp-panel) details").forEach(fold => { fold.open = true; })"""
)
# Steps of a decision that are not shown, and all but the first of what repeats, leave the page for a run.
TRIM = """() => {
  const gone = (query, from) => [...document.querySelectorAll(query)].slice(from).forEach(part => part.remove());
  gone(".lrp-decision--live > :is(.lrp-question, .lrp-outcome):not(.lrp-shown)", 0);
  gone(".lrp-glossary__whole .lrp-term", 6);
  gone(".lrp-glossary__whole .lrp-terms:not(:has(.lrp-term))", 0);
  gone(".lrp-months details", 2);
  gone(".lrp-index > ul > li", 30);
  gone(".lrp-kinds a", 20);
  document.querySelectorAll("tbody").forEach(body => [...body.rows].slice(8).forEach(row => row.remove()));
}"""
# Set aside for a moment: what is not shown of a decision and of the glossary, where only a part is asked about the picture that
# is judged with its page, and, for the rules by looks, what follows the first 24 alike.
AWAY = """([alike, part]) => {
  const aside = [...document.querySelectorAll(".lrp-decision--live > :is(.lrp-question, .lrp-outcome):not(.lrp-shown), .lrp-away > *")];
  if (part) aside.push(...document.querySelectorAll(".lrp-chart-fold"));
  const seen = new Map();
  for (const part of alike ? document.querySelectorAll("main :is(li, tr, details, .lrp-term)") : []) {
    const kind = [part, part.parentElement, part.parentElement.parentElement].map(one => one.localName + one.className).join();
    seen.set(kind, (seen.get(kind) || 0) + 1);
    if (seen.get(kind) > 24 && !part.querySelector("tr:first-child, .lrp-shown")) aside.push(part);
  }
  window.away = aside.map(part => {
    const mark = document.createComment("");
    part.replaceWith(mark);
    return [mark, part];
  });
}"""
BACK = "() => window.away.reverse().forEach(([mark, part]) => mark.replaceWith(part))"


def addresses(site: Path) -> list[str]:
    """Every page of the site as its address says it."""
    return sorted(file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html"))


def opened(browser: Browser, address: str, **how: object) -> Page:
    """A page of its own at a fixed time, 1280 pixels wide and light unless told otherwise."""
    settings = {"base_url": address, "bypass_csp": True, "viewport": {"width": 1280, "height": 900}, **how}
    context = browser.new_context(**settings)  # type: ignore[arg-type]
    context.set_default_timeout(15000)
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    return page


def open_settled(page: Page, where: str) -> None:
    """Opens an address, and waits for what takes its time: the tools of each entry, and whether the browser keeps the site already."""
    page.goto(where, wait_until="load")
    page.wait_for_function(EQUIPPED)
    keep = page.locator(".lrp-keep")
    if keep.count():
        keep.locator("button:visible").first.wait_for()


def visit(page: Page, where: str) -> None:
    """Opens an address afresh, also where only its fragment differs, with axe in it."""
    if "#" in where:
        page.goto("about:blank")
    open_settled(page, where)
    page.evaluate(AXE_SCRIPT)
    page.add_style_tag(content=LAID_OUT)


def judge(page: Page, *only: str, part: str = "", whole: bool = False, paper: bool = False) -> list[str]:
    """What axe finds on the page as it stands, or in a part of it, by all rules or by those named.

    Steps of a decision that are not shown are set aside. Rules by looks judge the first 24 of what is made alike; the long
    test judges all of it. Nobody presses what is on paper, so the size of targets is no matter there.
    """
    found: list[str] = []
    at_once, besides = whole or bool(part), ["target-size"] if paper else []
    if not only and not at_once:
        page.evaluate(AWAY, [False, part])
        found += page.evaluate(JUDGE, [TAGS, [], BY_LOOKS, part])
        page.evaluate(BACK)
    page.evaluate(AWAY, [not whole, part])
    found += page.evaluate(JUDGE, [TAGS, list(only) or ([] if at_once else BY_LOOKS), besides, part])
    page.evaluate(BACK)
    return found


def narrow(page: Page) -> list[str]:
    """What the page as it stands does wrong on the smallest screen, which is also 1280 pixels at 400 %."""
    page.set_viewport_size({"width": 320, "height": 900})
    wide = turned(page).evaluate("document.documentElement.scrollWidth")  # what moves, has
    page.set_viewport_size({"width": 1280, "height": 900})
    return [f"{wide} pixels wide on a screen of 320"] if wide > 320 else []


@dataclass(frozen=True)
class State:
    """One state of a component: where it is, and what a reader does to get there."""

    name: str
    where: str
    reach: Callable[[Page], object]
    part: str = ""  # what changes, where the rest was judged with its page


def press(page: Page, name: str) -> None:
    """Presses the button of that name that is shown."""
    page.locator("button:visible").filter(has_text=name).first.click()


def _nothing(page: Page) -> None:
    """The page as it is found."""


def _menu(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator(".lrp-menu > summary").click()


def _term(page: Page) -> None:
    page.get_by_text("Abbreviations used on this page").click()
    page.locator("main a.lrp-abbr").first.focus()
    page.locator("#lrp-meaning").wait_for()


def _quick(page: Page) -> None:
    page.locator("#lrp-quick").fill("rapid rev")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")


def _search(query: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.locator("#find").fill(query)
        page.locator("#find").press("Enter")
        page.locator(".lrp-find [role=status]:not(:empty)").wait_for()
        later(page, 500)  # the count is said

    return reach


def _calculate(*days: str, start: str = "became-aware") -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.locator(f"[value={start}]").check()
        for field, day in zip(page.locator(".lrp-calculator [type=date]:visible").all(), days, strict=False):
            field.fill(day)
        press(page, "Work out the date")

    return reach


def _due(*days: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        shown = page.locator(".lrp-shown")
        shown.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        for field, day in zip(shown.locator("[type=date]").all(), days, strict=False):
            field.fill(day)
        press(page, "Work out the date")

    return reach


def _answers(*answers: str, then: str = "") -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        for words in answers:
            page.locator(".lrp-shown .lrp-option").filter(
                has=page.locator("bdi", has_text=re.compile(rf"^{words}\b"))
            ).click()
        if then:
            page.get_by_role("button", name=then).click()

    return reach


def _record(page: Page) -> None:
    _answers("No", "Under 18", "Died", "Yes", "In our area", "Agreed to notify")(page)
    page.get_by_text("See the record").click()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.get_by_role("button", name="Copy a link to these answers").click()


def _find(query: str) -> Callable[[Page], None]:
    def reach(page: Page) -> None:
        page.locator("#finder-field").fill(query)
        later(page, 250)

    return reach


def _list(page: Page) -> None:
    page.locator(".lrp-report > summary").click()
    page.locator("#report-text").fill("The LCSPR followed an SCR; AP was seen by XYZQ. The ICB met.")
    press(page, "Find its terms")
    page.locator(".lrp-report tbody tr").first.wait_for()


def _start(page: Page) -> None:
    press(page, "Start")


def _faults(page: Page) -> None:
    press(page, "Start")
    press(page, "Continue")
    page.locator("[data-part=faults]").wait_for()


def form_steps(page: Page) -> Iterator[str]:
    """Goes through the form as somebody who answers nothing: each group, each with its faults, and what stops it."""
    press(page, "Start")
    while page.locator(".lrp-group.lrp-shown").count():
        yield f"group {page.locator('.lrp-shown h3').inner_text()}"
        for box in page.locator(".lrp-shown [data-stops]").all():
            box.check()
            press(page, "Continue")
            skip = page.get_by_role("button", name="Go on, and answer later")
            if skip.is_visible():
                skip.click()
            yield "what comes before going on"
            press(page, "Back to the question")
            page.locator(".lrp-shown button:visible").filter(has_text="Take this answer back").first.click()
        press(page, "Continue")
        skip = page.get_by_role("button", name="Go on, and answer later")
        if skip.is_visible():
            yield "faults"
            skip.click()
    yield "answers to check"
    press(page, "Clear everything")
    yield "asked before everything is cleared"
    page.locator("dialog button").last.click()
    yield "cleared"


def _check(page: Page) -> None:
    for _ in form_steps(page):
        if page.locator("[data-part=check]").is_visible():
            return


def _quorate(page: Page) -> None:
    page.locator("[data-area]").first.check()
    for box in page.locator(".lrp-quorum label[data-partner] input:visible").all():
        box.check()


def _quorum_lacks(page: Page) -> None:
    page.locator("[data-area]").last.check()
    if page.locator("[data-concerned]").count():
        page.locator("[data-concerned]").first.check()


STARTS = {
    "notification-sent": "2026-12-01",
    "death": "2026-11-24",
    "review-begins": "2026-08-31",
    "publication": "2027-02-11",
}
# Those that the walks through decisions and the form do not reach.
STATES = [
    State("menu open", "part-one/", _menu),
    State("meaning of a term", "part-one/local-review/", _term),
    State("quick search", "about/privacy/", _quick),
    State("results", "search/", _search("rapid review")),
    State("nothing found", "search/", _search("zzzzqqq")),
    State("letters nearly a term's", "search/", _search("lcpsr")),
    State("letters with several meanings", "search/", _search("scr")),
    State("dates worked out", "deadlines/", _calculate("2026-11-20"), ".lrp-calculator"),
    State("no date given", "deadlines/", _calculate(""), ".lrp-calculator"),
    State("dates that have passed", "deadlines/", _calculate("2026-11-16", "2026-11-12"), ".lrp-calculator"),
    *(
        State(f"dates from {start}", "deadlines/", _calculate(day, start=start), ".lrp-calculator")
        for start, day in STARTS.items()
    ),
    State("a few answers", "part-one/notify/", _answers("No", "Under 18", "Died", "Yes"), ".lrp-decision"),
    State(
        "an answer to change",
        "part-one/notify/",
        _answers("No", "Under 18", "Died", then="Change your answer to: How old"),
        ".lrp-decision",
    ),
    State("the way and its record", "part-one/notify/", _record, ".lrp-decision"),
    State("advice", "part-one/notify/", _answers("Not sure", "Unborn"), ".lrp-decision"),
    State(
        "link to an older edition",
        "part-one/notify/#age.old&danger=perhaps&age=under-18&colour=very-blue",
        _nothing,
        ".lrp-decision",
    ),
    State("part of the way", "part-one/notify/#where-died", _answers("In our area"), ".lrp-decision"),
    State("due dates", "part-one/notify/#notify-died", _due("2026-11-20"), ".lrp-decision"),
    State("no due date", "part-one/notify/#notify-died", _due(""), ".lrp-decision"),
    State(
        "due dates that have passed", "part-one/notify/#notify-died", _due("2026-11-16", "2026-11-12"), ".lrp-decision"
    ),
    State(
        "due dates the wrong way round",
        "part-one/notify/#notify-died",
        _due("2026-11-16", "2026-11-17"),
        ".lrp-decision",
    ),
    State("finder filled", "glossary/", _find("review"), ".lrp-glossary"),
    State("finder with one letter", "glossary/", _find("l"), ".lrp-glossary"),
    State("finder with a term's letters", "glossary/", _find("lcspr"), ".lrp-glossary"),
    State("finder with letters of several terms", "glossary/", _find("asc"), ".lrp-glossary"),
    State("finder with slips", "glossary/", _find("rapdi revew"), ".lrp-glossary"),
    State("finder empty-handed", "glossary/", _find("lcpsr zzz"), ".lrp-glossary"),
    State("list for a report", "glossary/", _list, ".lrp-report"),
    State("quorate", "terms-of-reference/", _quorate, ".lrp-quorum"),
    State("not quorate", "terms-of-reference/", _quorum_lacks, ".lrp-quorum"),
    State("picture on the full screen", "part-one/flowchart/#chart", _nothing),
]
ALIKE = (  # as far as colours, widths and paper go
    "quick search",
    "letters nearly a term's",
    "letters with several meanings",
    "no due date",
    "due dates the wrong way round",
    "quorate",
    "a few answers",
    "advice",
    "part of the way",
    *(f"dates from {start}" for start in STARTS),
    *(state.name for state in STATES if state.name.startswith("finder with ")),
)
# One page and state of each kind, for all colours, widths and paper.
KINDS = [
    *(
        State(where or "home", where, _nothing)
        for where in ("", "part-two/", "part-two/notify/", "404.html", "updates/")
    ),
    *(State(where, where, _nothing) for where in ("part-one/flowchart/", "references/", "pocket-guide/", "downloads/")),
    *(State(where, where, _nothing) for where in ("part-three/methods/", "about/glossary-health/", "glossary/")),
    *(state for state in STATES if state.name not in ALIKE),
    State("form: a group", "form-a/", _start),
    State("form: faults", "form-a/", _faults),
    State("form: answers to check", "form-a/", _check),
]
