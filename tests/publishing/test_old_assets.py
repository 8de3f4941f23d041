"""What a page asks for that was opened before a release: the assets of its own release, or those of today by their names."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from publishing.old_assets import DAYS, damaged, forget, remember
from publishing.serving import HASHED
from publishing.settings import Server
from tests.project import asset, change
from tests.publishing.harness import Place, first_push, get, new_place, nginx
from tests.publishing.harness import caddy as run_caddy
from tests.publishing.test_serving import WHERE_CADDY_IS

TODAY = date(2026, 11, 27)
SHEET, PART = "assets/stylesheets/lrp.0123456789.css", "search/data/p1.abcdef0123.js"
ENGINE = "overrides/components/search/search-engine.js"


def site(folder: Path, *names: str) -> tuple[Path, dict[str, str]]:
    """A site of such files, each of its own bytes, with the fingerprints that its record would hold."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        data = f"{name.removesuffix('.gz')} {folder.name}".encode()
        (folder / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    return folder, {name: sha256((folder / name).read_bytes()).hexdigest() for name in names if name[-3:] != ".gz"}


def part(place: Place) -> str:
    """The path of one part of the search of the live release."""
    live = place.folder / "current" / "site"
    return next((live / "search" / "data").glob("t0.*.js")).relative_to(live).as_posix()


def held(server: Server) -> set[str]:
    top = server.old_assets
    return {file.relative_to(top).as_posix() for file in top.rglob("*") if file.is_file()}


def test_assets_stay_and_what_may_be_withdrawn_does_not(tmp_path: Path) -> None:
    server = Server(tmp_path, "https://example.org/")
    others = ("index.html", "form-a.docx", "photo.20261127.jpg", "search/data/index.js", "glossary.json", "worker.js")
    remember(server, *site(tmp_path / "one", SHEET, f"{SHEET}.gz", PART, *others), TODAY)
    assert held(server) == {SHEET, f"{SHEET}.gz", PART}
    assert (server.old_assets / SHEET).samefile(tmp_path / "one" / SHEET)  # they take no room of their own
    assert damaged(server) == []


def test_they_go_a_month_after_the_last_day_on_which_they_were_live(tmp_path: Path) -> None:
    server = Server(tmp_path, "https://example.org/")
    remember(server, *site(tmp_path / "one", SHEET, f"{SHEET}.gz"), TODAY)
    remember(server, *site(tmp_path / "two", PART), TODAY + timedelta(days=DAYS))
    assert held(server) == {SHEET, f"{SHEET}.gz", PART}
    remember(server, *site(tmp_path / "two", PART), TODAY + timedelta(days=DAYS + 1))
    assert held(server) == {PART}


def test_a_clock_that_was_wrong_keeps_nothing_for_ever(tmp_path: Path) -> None:
    server = Server(tmp_path, "https://example.org/")
    remember(server, *site(tmp_path / "one", SHEET), date(2035, 1, 1))
    remember(server, *site(tmp_path / "two", PART), TODAY)
    remember(server, *site(tmp_path / "two", PART), TODAY + timedelta(days=DAYS + 1))
    assert held(server) == {PART}


def test_a_crash_before_the_record_leaves_nothing_that_stays_for_ever(tmp_path: Path) -> None:
    server = Server(tmp_path, "https://example.org/")
    remember(server, *site(tmp_path / "one", SHEET), TODAY)
    (tmp_path / "old-assets.json").write_text("{", "utf-8")
    remember(server, *site(tmp_path / "two", PART), TODAY)
    remember(server, *site(tmp_path / "two", PART), TODAY + timedelta(days=DAYS + 1))
    assert held(server) == {PART}


def test_changed_bytes_are_named_and_all_can_be_forgotten(tmp_path: Path) -> None:
    server = Server(tmp_path, "https://example.org/")
    remember(server, *site(tmp_path / "one", SHEET, PART), TODAY)
    (server.old_assets / PART).write_text("other", "utf-8")
    assert damaged(server) == [PART]
    (server.old_assets / PART).unlink()
    (server.old_assets / f"{SHEET}.gz").write_bytes(gzip.compress(b"other"))
    assert damaged(server) == [f"{SHEET}.gz"]
    forget(server)
    assert (held(server), damaged(server)) == (set(), [])


@pytest.mark.site
@pytest.mark.parametrize("server", [nginx, pytest.param(run_caddy, marks=WHERE_CADDY_IS)])
def test_old_assets_answer_behind_each_server_and_withdrawn_pages_do_not(
    server: Callable[[Place, Path], AbstractContextManager[str]], place: Place, tmp_path: Path
) -> None:
    clone = place.clone(tmp_path / "ed")
    before = part(place)
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(clone)
    assert place.push(clone).ok
    with server(place, tmp_path / "web") as address:
        assert part(place) != before
        old = get(address + before, Accept_Encoding="gzip")
        assert (old.status, old.headers["Cache-Control"]) == (200, HASHED)
        assert old.headers["X-Content-Type-Options"] == "nosniff"
        newer = part(place)
        assert place.command("rollback").returncode == 0
        assert get(address + newer).status == 200
        for path in ("old-assets.json", f"old/{before}", "served/old/", "old/"):
            assert get(address + path).status == 404, path


@pytest.fixture
def searching(tmp_path: Path) -> Iterator[tuple[Place, Path, str]]:
    """A server whose site has the page of search, behind a real nginx; with the maintainer's clone."""
    place = new_place(tmp_path)
    clone = first_push(place, tmp_path)
    with nginx(place, tmp_path / "nginx") as address:
        yield place, clone, address


def ask(page: Page, text: str) -> None:
    """Types a query and waits for its answer."""
    page.locator("#find").fill(text)
    page.locator(".lrp-find__status").filter(has_text=f"for “{text}”").wait_for()


@pytest.mark.browser
def test_the_search_of_an_open_page_goes_on_after_a_release(
    searching: tuple[Place, Path, str], browser: Browser
) -> None:
    place, clone, address = searching
    pages = {name: browser.new_page() for name in ("kept", "gone", "unused")}
    for page in pages.values():
        page.goto(f"{address}search/")
        page.evaluate("window.opened = 'before the release'")  # gone with the page, if it were loaded anew
    for name in ("kept", "gone"):
        ask(pages[name], "search")
    old = asset(place.folder / "current" / "site", "search-engine.js")
    with (clone / ENGINE).open("a", encoding="utf-8") as file:
        file.write("window.lrpNewer = true;\n")  # a remark would not be sent
    change(clone, "docs/search.md", ("title: Search", "title: Find a rapid review"))
    place.commit(clone)
    assert place.push(clone).ok
    assert get(address + old).status == 200
    ask(pages["kept"], "deadline")  # of its own release, whose parts are still there
    forget(place.server)
    assert get(address + old).status == 404
    for name in ("gone", "unused"):
        ask(pages[name], "rapid review")  # by the new names
        assert pages[name].locator("#search-results").get_by_text("Find a rapid review").count()
    assert {page.evaluate("window.opened") for page in pages.values()} == {"before the release"}


@pytest.mark.browser
def test_a_search_that_cannot_go_on_says_so_and_offers_the_page_anew(
    searching: tuple[Place, Path, str], browser: Browser
) -> None:
    _, _, address = searching
    page = browser.new_page()
    page.goto(f"{address}search/")
    page.route("**/search/**/*.js*", lambda route: route.fulfill(status=404))
    page.locator("#find").fill("deadline")
    page.get_by_text("A part of the search could not be loaded.").wait_for()
    page.unroute_all()
    page.get_by_role("button", name="Load this page again").click()
    page.locator(".lrp-find__status").filter(has_text="for “deadline”").wait_for()
