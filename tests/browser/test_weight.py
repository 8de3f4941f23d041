"""What a page weighs on the way to a reader, how often it asks, and that nothing on it moves once it is drawn, on a slow line and a
busy machine too: counted, not timed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.access import addresses
from tests.evidence import record
from tests.loopback import Piecewise, served
from tests.packing import packed

pytestmark = [pytest.mark.browser, pytest.mark.site]
FIRST, REQUESTS, SECOND = 60_000, 8, 15_000  # bytes as gzip, requests, bytes as gzip
# Pages that hold a whole decision and its picture, so that they work and print with scripts off: above the goal, and no further.
DRAWN, SECOND_DRAWN = {"part-one/flowchart/", "part-two/notify/", "part-three/choose/"}, 21_000
SIZES = [(390, 844), (1280, 900)]
# Of each kind of page that a script works on, one.
MADE_BY_SCRIPT = ["", "part-three/choose/", "glossary/", "form-a/", "deadlines/", "terms-of-reference/", "downloads/"]
MOVED = """() => new Promise(give => {
  let sum = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => give(sum), 300);
})"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has never been here."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context
    context.close()


def pathways(site: Path) -> list[str]:
    """The pages of the pathways, the longest first."""
    pages = [file for part in ("part-one", "part-two", "part-three") for file in (site / part).rglob("index.html")]
    pages.sort(key=lambda file: len(packed(file)), reverse=True)
    return [file.relative_to(site).as_posix().removesuffix("index.html") for file in pages]


def view(context: BrowserContext, site: Path, address: str, where: str, known: set[str]) -> tuple[int, int]:
    """The bytes, as the server's gzip makes them, and the number of requests of a view; files that are `known` cost nothing."""
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + where, wait_until="networkidle")
    page.close()
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    paths = [urlsplit(url).path[1:] for url in asked if url.startswith(address)]
    files = [path if path and not path.endswith("/") else f"{path}index.html" for path in paths]
    files.append("assets/images/favicon.svg")  # a browser with a window asks for it
    new = [path for path in dict.fromkeys(files) if path not in known]
    known.update(path for path in new if not path.endswith(".html"))
    return sum(len(packed(site / path)) for path in new), len(new)


def test_the_longest_pathway_is_light_and_the_next_page_lighter(
    context: BrowserContext, site: Path, address: str
) -> None:
    longest, *others = pathways(site)
    known: set[str] = set()
    first, requests = view(context, site, address, longest, known)
    seconds = {where: view(context, site, address, where, set(known))[0] for where in others}
    assert first <= FIRST
    assert requests <= REQUESTS
    assert {where: size for where, size in seconds.items() if size > (SECOND_DRAWN if where in DRAWN else SECOND)} == {}
    record(
        "weight",
        page=longest,
        first_view=first,
        most_first_view=FIRST,
        requests=requests,
        most_requests=REQUESTS,
        second_page=max(size for where, size in seconds.items() if where not in DRAWN),
        most_second_page=SECOND,
        second_page_with_a_decision=max(seconds[where] for where in DRAWN),
    )


def test_search_and_forms_load_their_code_where_they_are_used_alone(context: BrowserContext, address: str) -> None:
    asked: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "part-one/rapid-review/", wait_until="networkidle")
    assert not [
        url for url in asked if "search-engine" in url or "/search/data/" in url or "form" in url.split("/")[-1]
    ]
    page.close()


@pytest.fixture(scope="module")
def piecewise(site: Path) -> Iterator[str]:
    """The address of the site where each page comes in pieces."""
    with served(site, Piecewise) as address:
        yield address


def moved(browser: Browser, address: str, pages: list[str], width: int, height: int, slower: int) -> dict[str, float]:
    """Which pages move, and how much, on a machine that is so many times slower."""
    page, found = browser.new_page(viewport={"width": width, "height": height}), {}
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    for where in pages:
        page.goto(address + where, wait_until="load", timeout=90_000)
        found[where] = page.evaluate(MOVED)
    page.close()
    return {where: much for where, much in found.items() if much}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_moves_once_it_is_drawn_on_any_page(
    width: int, height: int, lettered: Browser, site: Path, piecewise: str
) -> None:
    assert moved(lettered, piecewise, addresses(site), width, height, slower=1) == {}


@pytest.mark.long  # at one run in four the glossary still moves by 0.00007 on a phone; what moves was not found yet
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_moves_on_a_busy_machine(width: int, height: int, browser: Browser, piecewise: str) -> None:
    assert moved(browser, piecewise, MADE_BY_SCRIPT, width, height, slower=6) == {}


@pytest.mark.long
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_moves_on_a_busy_machine_on_any_page(
    width: int, height: int, lettered: Browser, site: Path, piecewise: str
) -> None:
    assert moved(lettered, piecewise, addresses(site), width, height, slower=6) == {}
