"""Keep for use without network, in a real browser: each rule of the worker, before a server that can fail in every way."""

from __future__ import annotations

import re
import shutil
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect

from macros.markup.pages import Pages
from macros.markup.slots import size
from macros.output.offline import WORKER, fingerprints, kept_files, worker
from publishing.serving import PAGES, headers
from tests.browser.waiting import turned
from tests.loopback import Quiet
from tests.project import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.site]
TEMPLATE = (ROOT / "overrides" / WORKER).read_text("utf-8")
FIRST, SECOND = "23 November 2026", "7 December 2026"
NOTHING = "Nothing of this website is kept on this device."


@dataclass
class Host:
    """A host whose site can be changed, and that can fall silent, break off, or answer that it cannot."""

    folder: Path
    address: str = ""
    mood: str = "well"
    asked: list[str] = field(default_factory=list)
    ended: Event = field(default_factory=Event)


class Handler(Quiet):
    """Answers with the headers of our servers, in the mood of the host."""

    def __init__(self, *args: object, host: Host) -> None:
        self.host = host
        super().__init__(*args, directory=str(host.folder))  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802 – the name is that of the standard library
        """One answer, or none."""
        self.host.asked.append(self.path)
        del self.headers["If-Modified-Since"]  # it counts whole seconds, and a test changes a file sooner
        mood = self.host.mood
        while self.host.mood == "silent" and not self.host.ended.wait(0.02):
            pass
        if mood in ("away", "silent"):
            self.connection.shutdown(socket.SHUT_RDWR)
        elif self.host.mood == "broken":
            self.send_error(503)
        else:
            super().do_GET()

    def end_headers(self) -> None:
        """Adds our own headers."""
        for name, value in {**headers(""), "Cache-Control": PAGES}.items():
            self.send_header(name, value)
        super().end_headers()


def release(site: Path, folder: Path, edition: str, *pages: str) -> None:
    """A release of a few pages of the site in `folder`, all of another edition; in the place of the one before."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in ("index.html", "downloads/index.html", "deadlines/index.html", "search/index.html", *pages):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = (site / path).read_text("utf-8").replace(f"Edition of {FIRST}", f"Edition of {edition}")
        (folder / path).write_text(text, "utf-8")
    shutil.copytree(site / "assets", folder / "assets")
    shutil.copytree(site / "search" / "data", folder / "search" / "data")
    text = worker(TEMPLATE, edition, fingerprints(Pages(folder)))
    (folder / WORKER).write_text(text, "utf-8")


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """An empty host on a free port; the site stands under a base path."""
    host = Host(tmp_path / "host")
    host.folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, host=host)) as server:
        server.daemon_threads = True
        host.address = f"http://127.0.0.1:{server.server_port}/guidance/"
        Thread(target=server.serve_forever, daemon=True).start()
        yield host
        host.ended.set()
        server.shutdown()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(15000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, host: Host, site: Path) -> Page:
    """The page of downloads of the first release, before anything is pressed."""
    release(site, host.folder / "guidance", FIRST)
    page = context.new_page()
    page.goto(host.address + "downloads/")
    return page


def state(page: Page) -> object:
    """What is registered and what is stored for this host."""
    return page.evaluate(
        """async () => [
          (await navigator.serviceWorker.getRegistrations()).map(one => new URL(one.scope).pathname),
          await caches.keys(), localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, document.cookie,
        ]"""
    )


EMPTY = [[], [], 0, 0, 0, ""]


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep for use without network").click()
    expect(page.locator(".lrp-keep [role=status]")).to_contain_text("Kept on this device", timeout=30000)


def soon(page: Page, asked: str, *given: object) -> None:
    """Waits until an asynchronous question to the page is answered with yes."""
    for _ in range(600):
        if page.evaluate(asked, *given):
            return
        page.wait_for_timeout(50)
    raise AssertionError(asked)


def renewed(page: Page, edition: str) -> None:
    """Waits until the copy is of an edition."""
    soon(
        page,
        """async edition => {
          const { active, installing, waiting } = await navigator.serviceWorker.getRegistration();
          if (!active || installing || waiting || (await caches.keys()).length !== 1) return false;
          const { port1, port2 } = new MessageChannel();
          const answer = new Promise(give => { port1.onmessage = ({ data }) => give(data.kept); });
          active.postMessage("about", [port2]);
          return (await answer)?.edition === edition;
        }""",
        edition,
    )


def label(page: Page) -> str:
    return page.locator(".lrp-kept").inner_text()


def test_nothing_is_registered_or_stored_before_the_button_is_pressed(page: Page, host: Host) -> None:
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(NOTHING)
    for path in ("", "deadlines/", "search/"):
        page.goto(host.address + path)
    page.fill("main input", "report the loss")
    page.get_by_text("results for").first.wait_for()
    assert state(page) == EMPTY
    assert not [path for path in host.asked if "worker" in path]


def test_the_whole_site_is_kept_as_it_is_and_opens_without_network(
    context: BrowserContext, host: Host, site: Path
) -> None:
    shutil.copytree(site, host.folder / "guidance")
    page = context.new_page()
    page.goto(host.address + "downloads/")
    total = size(sum((site / path).stat().st_size for path in kept_files(Pages(site))))
    button = page.get_by_role("button", name="Keep for use without network")
    expect(button).to_have_text(f"Keep for use without network ({total})")
    keep(page)
    said = page.locator(".lrp-keep [role=status]").inner_text()
    assert re.match(rf"Kept on this device: the edition of {FIRST}, fetched on \d+ \w+ \d{{4}}\.", said)
    expect(page.get_by_role("button", name="Remove the copy")).to_be_focused()
    kept = page.evaluate(
        "async () => (await (await caches.open((await caches.keys())[0])).keys()).map(one => new URL(one.url).pathname)"
    )
    wanted = {f"/guidance/{path}" for path in kept_files(Pages(site))}
    assert {path for path in kept if "-release/" not in path} == wanted | {"/guidance/about-this-copy"}
    assert Axe().run(page).violations_count == 0
    host.mood = "away"
    page.goto(host.address + "part-one/notify/")
    page.locator(".lrp-shown .lrp-option").first.click()
    page.goto(host.address + "search/#q=lkr")
    page.get_by_text("results for").first.wait_for()
    page.goto(host.address + "glossary/")
    page.locator("#finder-field").fill("lkr")
    expect(page.locator(".lrp-found > article").first).to_have_id("lkr")
    page.goto(host.address + "deadlines/")
    assert label(page).startswith(f"Copy kept on this device: edition of {FIRST}, fetched on ")
    assert "Check there before you rely on a deadline." in label(page)
    assert Axe().run(page).violations_count == 0


def test_with_a_network_every_page_comes_from_it(page: Page, host: Host) -> None:
    keep(page)
    file = host.folder / "guidance" / "deadlines" / "index.html"
    file.write_text(file.read_text("utf-8").replace("<h1>", "<h1>New: "), "utf-8")  # and no new release
    host.asked.clear()
    page.goto(host.address + "deadlines/")
    assert page.locator("h1").inner_text().startswith("New: ")
    assert page.locator(".lrp-kept").count() == 0
    assert "/guidance/deadlines/" in host.asked
    answer = page.goto(host.address + "nothing/")
    assert answer
    assert answer.status == 404


@pytest.mark.parametrize(("mood", "least"), [("away", 0), ("broken", 0), ("silent", 2.9)])
def test_without_an_answer_comes_the_copy_and_says_so(mood: str, least: float, page: Page, host: Host) -> None:
    keep(page)
    host.mood = mood
    began = time.monotonic()
    page.goto(host.address + "deadlines/?from=mail#s1", wait_until="commit")
    took = time.monotonic() - began
    assert f"edition of {FIRST}" in label(page)
    assert took >= least  # not sooner; a silent host would never end it
    page.goto(host.address + "deadlines", wait_until="commit")  # as a reader may type it
    expect(page).to_have_url(host.address + "deadlines/")
    assert f"edition of {FIRST}" in label(page)
    host.mood = "well"
    page.goto(host.address + "deadlines/")
    assert page.locator(".lrp-kept").count() == 0


def test_a_release_that_does_not_come_whole_is_not_used(page: Page, host: Host) -> None:
    file = host.folder / "guidance" / "deadlines" / "index.html"
    file.write_text(file.read_text("utf-8") + " ", "utf-8")  # swapped while it was fetched
    page.get_by_role("button", name="Keep for use without network").click()
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(
        "Not every part of the website came. Nothing was kept. Check your network, then try again."
    )
    assert state(page) == EMPTY
    expect(page.get_by_role("button", name="Keep for use without network")).to_be_visible()


def test_any_other_release_takes_the_place_an_older_one_too(page: Page, host: Host, site: Path) -> None:
    keep(page)
    for edition in (SECOND, FIRST):
        release(site, host.folder / "guidance", edition)
        page.goto(host.address)
        renewed(page, edition)
        host.mood = "away"
        page.goto(host.address + "deadlines/")
        assert f"edition of {edition}" in label(page)
        assert f"Edition of {edition}" in (page.locator(".lrp-end").text_content() or "")
        host.mood = "well"


def test_a_new_release_that_does_not_come_whole_leaves_the_old_one_whole(page: Page, host: Host, site: Path) -> None:
    keep(page)
    release(site, host.folder / "guidance", SECOND)
    (host.folder / "guidance" / "search" / "index.html").unlink()
    host.asked.clear()
    page.goto(host.address)
    assert f"Edition of {SECOND}" in (page.locator(".lrp-end").text_content() or "")
    while not any(path.partition("?")[0].endswith(("/search/", "/search/index.html")) for path in host.asked):
        turned(page)  # until the new copy has asked for what is missing
    renewed(page, FIRST)
    # This page is of the second release: what it asks for must not come from a copy of the first.
    host.mood = "away"
    page.get_by_label("Search, or type an abbreviation").fill("report")
    expect(page.locator(".lrp-quick [role=status]")).not_to_be_empty()
    assert page.evaluate("typeof window.lrpSearch") == "undefined"
    for path in ("", "deadlines/", "search/"):
        page.goto(host.address + path)
        assert f"edition of {FIRST}" in label(page)
        assert f"Edition of {FIRST}" in (page.locator(".lrp-end").text_content() or "")


def test_drafts_and_older_editions_are_left_to_the_network(page: Page, host: Host) -> None:
    for path in ("preview/x", "as-at/2026-11-23"):
        shutil.copytree(host.folder / "guidance" / "deadlines", host.folder / "guidance" / path)
    keep(page)
    for path in ("preview/x/", "as-at/2026-11-23/"):
        answer = page.goto(host.address + path)
        assert answer
        assert not answer.from_service_worker
        host.mood = "away"
        other = page.context.new_page()
        with pytest.raises(Error, match="ERR_"):
            other.goto(host.address + path)
        other.close()
        host.mood = "well"


def test_the_button_takes_the_copy_away_and_nothing_of_a_neighbour(page: Page, host: Host) -> None:
    page.evaluate("caches.open('lrp / 0')")  # of a site at the top of the same host
    keep(page)
    found = state(page)
    assert isinstance(found, list)
    scopes, names = found[:2]
    assert scopes == ["/guidance/"]
    assert len([name for name in names if name.startswith("lrp /guidance/ ")]) == 1
    page.get_by_role("button", name="Remove the copy").click()
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(f"The copy is removed. {NOTHING}")
    assert state(page) == [[], ["lrp / 0"], 0, 0, 0, ""]
    host.mood = "away"
    with pytest.raises(Error, match="ERR_"):
        page.goto(host.address + "deadlines/")


def test_an_empty_worker_file_ends_it(page: Page, host: Host) -> None:
    keep(page)
    (host.folder / "guidance" / WORKER).write_text("", "utf-8")
    page.goto(host.address + "downloads/")  # finds the empty file
    soon(page, "async () => !!(await navigator.serviceWorker.getRegistration())?.waiting")
    page.goto(host.address + "downloads/")
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(NOTHING)
    assert state(page) == EMPTY
    page.goto(host.address + "deadlines/")
    assert page.evaluate("navigator.serviceWorker.controller") is None


@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        ("delete Navigator.prototype.serviceWorker", "This browser cannot keep the website here."),
        ("delete window.caches", "This browser cannot keep the website here."),
        (
            "ServiceWorkerContainer.prototype.register = async () => { throw new DOMException('', 'SecurityError'); }",
            "This browser does not allow a website to be kept",
        ),
        (
            "ServiceWorkerContainer.prototype.getRegistration = async () => { throw new DOMException('', 'SecurityError'); }",
            "This browser does not allow a website to be kept",
        ),
    ],
)
def test_where_it_cannot_be_kept_a_plain_sentence_says_so(spoilt: str, says: str, page: Page) -> None:
    page.add_init_script(spoilt)
    page.reload()
    button = page.get_by_role("button", name="Keep for use without network")
    status = page.locator(".lrp-keep [role=status]")
    expect(status).not_to_contain_text("The button needs scripts")
    if button.is_visible():
        button.click()
    expect(status).to_contain_text(says)
    assert "take" in status.inner_text()
    assert "as one file" in status.inner_text()


def test_where_there_is_no_room_a_plain_sentence_says_so(page: Page, host: Host) -> None:
    storage = page.context.new_cdp_session(page)
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(host.address))
    storage.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 100_000})
    page.get_by_role("button", name="Keep for use without network").click()
    expect(page.locator(".lrp-keep [role=status]")).to_contain_text("There is not enough room for the copy.")
    assert state(page) == EMPTY


def test_without_scripts_the_way_to_the_one_file_is_shown(browser: Browser, page: Page, host: Host) -> None:
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(host.address + "downloads/")
    assert "The button needs scripts." in plain.locator(".lrp-keep").inner_text()
    assert plain.locator(".lrp-keep button:visible").count() == 0
    plain.context.close()


def test_a_draft_offers_no_copy(page: Page, host: Host) -> None:
    shutil.copytree(host.folder / "guidance", host.folder / "guidance" / "preview" / "x")
    page.goto(host.address + "preview/x/downloads/")
    expect(page.locator(".lrp-keep [role=status]")).to_have_text(
        "Only the website itself can be kept, not a draft or an older edition."
    )
    assert page.locator(".lrp-keep button:visible").count() == 0
