"""A whole visit of the real site, by strict headers and by what the pages themselves say: nothing blocked, kept or sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from macros.output.policy import POLICY, header, meta, taken_out
from tests.browser.waiting import turned
from tests.evidence import record
from tests.publishing.harness import new_place, nginx

pytestmark = [pytest.mark.browser, pytest.mark.site]
# Whatever the policy blocks or, by Trusted Types, would block; kept over reloads by the test, not by the page.
WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
  told(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`));"""
KEPT = """async () => [
  document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map((one) => one.name), ...(window.caches ? await caches.keys() : []),
  ...(navigator.serviceWorker ? await navigator.serviceWorker.getRegistrations() : []).map((one) => one.scope),
].filter(Boolean)"""


@dataclass
class Visit:
    """What a visit came across."""

    violations: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def look(self, page: Page) -> None:
        self.kept += page.evaluate(KEPT)


@contextmanager
def visiting(browser: Browser) -> Iterator[tuple[Visit, Page]]:
    visit, context = Visit(), browser.new_context()
    context.expose_function("told", lambda said: visit.violations.append(said))
    context.add_init_script(WATCH)
    page = context.new_page()
    watch(context, visit)
    yield visit, page
    visit.kept += [f"cookie {cookie['name']}" for cookie in context.cookies()]
    context.close()


def watch(context: BrowserContext, visit: Visit) -> None:
    context.on("request", lambda asked: visit.requests.append(asked.url))
    context.on("weberror", lambda fault: visit.faults.append(str(fault.error)))
    context.on("console", lambda said: visit.faults.append(said.text) if said.type == "error" else None)


def use(page: Page, address: str) -> None:
    """What readers do: search, answer questions, work dates out, look a term up, begin a form."""
    page.goto(address)
    page.fill("#lrp-quick", "lcspr")
    expect(page.get_by_role("option").first).to_be_visible()
    page.goto(f"{address}search/")
    page.fill("main input", "rapid review")
    page.get_by_text("results for").first.wait_for()
    page.goto(f"{address}part-one/notify/")
    page.locator(".lrp-option:visible").first.click()
    page.goto(f"{address}deadlines/")
    page.locator("[value=became-aware]").check()
    page.locator("#became-aware-1").fill("2026-11-24")
    page.get_by_role("button", name="Work out the dates").click()
    page.goto(f"{address}glossary/")
    page.locator("main input[type=search]:visible").first.fill("lcspr")
    page.goto(f"{address}form-a/")
    page.locator("main button:visible", has_text="Start").last.click()
    page.locator("main input:visible:not([type=radio]):not([type=checkbox]), main textarea:visible").first.click()
    page.keyboard.type("2")


def goals(site: Path) -> list[str]:
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in sorted(site.rglob("*.html"))]


def test_a_whole_visit_needs_nothing_forbidden_keeps_nothing_and_asks_nobody_else(
    site: Path, browser: Browser, tmp_path: Path
) -> None:
    place = new_place(tmp_path)
    (place.server.releases / "real").mkdir()
    (place.server.releases / "real" / "site").symlink_to(site)
    place.server.current.symlink_to("releases/real")
    with nginx(place, tmp_path / "nginx") as address, visiting(browser) as (visit, page):
        for goal in goals(site):
            answer = page.goto(address + goal)
            assert answer
            assert answer.headers["content-security-policy"] == header()
            visit.look(page)
        use(page, address)
        visit.look(page)
    elsewhere = [url for url in visit.requests if not url.startswith((address, "data:", "blob:"))]
    assert (visit.violations, visit.faults, visit.kept, elsewhere) == ([], [], [], [])
    record(
        "policy",
        pages=len(goals(site)),
        violations=len(visit.violations),
        kept=len(visit.kept),
        requests=len(visit.requests),
        elsewhere=len(elsewhere),
    )


def test_the_pages_alone_hold_to_it_on_a_plain_host(site: Path, address: str, browser: Browser) -> None:
    with visiting(browser) as (visit, page):
        use(page, address)
        assert (visit.violations, visit.faults, visit.kept) == ([], [], [])
        page.evaluate(
            "document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/'}))"
        )
        page.evaluate("try { document.body.innerHTML = '<b>x</b>' } catch (refused) { window.refused = true }")
        assert page.evaluate("window.refused")
        page.evaluate("document.body.append(document.createElement('style'))")
        expected = {"img-src", "require-trusted-types-for"}
        for _ in range(1000):  # a violation is told in a task of its own
            if expected <= {said.split(": ")[1].split()[0] for said in visit.violations}:
                break
            turned(page)
        else:
            raise AssertionError(visit.violations)


def test_a_script_of_another_folder_is_refused(address: str, browser: Browser) -> None:
    with visiting(browser) as (visit, page):
        page.goto(address)
        tried = "url => { try { document.createElement('script').src = url; return true } catch { return false } }"
        assert page.evaluate(tried, f"{address}assets/javascripts/search-engine.js")
        assert not page.evaluate(tried, "https://example.org/x.js")
        assert not page.evaluate(tried, "data:text/javascript,1")
        visit.violations.clear()


def test_each_page_says_the_policy_before_it_loads_anything(site: Path) -> None:
    for file in site.rglob("*.html"):
        text = file.read_text("utf-8")
        assert text.count(meta()) == 1, file
        assert text.index(meta()) < min(text.index(tag) for tag in ("<title", "<link", "<script") if tag in text), file
        assert 'http-equiv="Content-Security-Policy"' not in taken_out(text), file
        assert not re.search(
            r"<style|<script(?![^>]*\s(src=|type=\"application/(json|xml)\"))|\son[a-z]+=|\sstyle=|javascript:", text
        ), file


def test_no_form_leads_anywhere_but_to_the_search(site: Path) -> None:
    for file in site.rglob("*.html"):
        for action in re.findall(r"<form[^>]*\saction=\"([^\"]*)\"", file.read_text("utf-8")):
            goal = site if file.name == "404.html" and action.startswith("/") else file.parent
            assert (goal / action.lstrip("/")).resolve() == (site / "search").resolve(), file
        assert not re.search(r"\sformaction=", file.read_text("utf-8")), file


def test_the_policy_begins_with_nothing() -> None:
    assert POLICY["default-src"] == POLICY["base-uri"] == POLICY["frame-ancestors"] == "'none'"
    assert "unsafe" not in header()
    assert "frame-ancestors" not in meta()  # browsers take it from a header alone
