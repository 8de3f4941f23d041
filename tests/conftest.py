"""What tests share: the small site on which every component stands, built once, and a browser; tests/guidance/real.py has the real one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.content.load import Content, load
from tests.alone import Watch
from tests.browser.fonts import FAMILIES, Letters, environment
from tests.built import once
from tests.loopback import served
from tests.project import ROOT, WHOLE, small_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    Launch = Callable[..., Browser]  # the letters, and what else the browser is told at its start

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


BUILT = {"site", "address", "browser", "lettered", "shared", "clone"}  # fixtures that build a site or start a server
SLOW = {"browser", "components", "publishing"}  # folders whose every test needs one


def pytest_configure(config: pytest.Config) -> None:
    """Leaves out what takes many minutes, unless -m itself says something of it."""
    asked: str = config.option.markexpr
    if "long" not in asked:
        config.option.markexpr = f"({asked}) and not long" if asked else "not long"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a built site, so that the quick tests stay quick whoever adds to a file."""
    for item in items:
        if BUILT & set(getattr(item, "fixturenames", ())) or SLOW & set(item.path.relative_to(ROOT).parts):
            item.add_marker("site")


WATCH = Watch()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Watches what files of tests open while they are read."""
    with WATCH.watching(getattr(collector, "path", ROOT)):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Watches what a test opens, its fixtures included."""
    with WATCH.watching(item.path):
        return (yield)


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """Fails a test of the generator that has opened something of the guidance."""
    yield
    opened, WATCH.opened = WATCH.opened, []
    assert not opened, f"opened {sorted(set(opened))}; tests of the generator stand on tests/sites/ alone"


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The content of the small site on which every component and every macro stands."""
    return load(small_project(tmp_path_factory.mktemp("whole"), with_generator=True, site=WHOLE))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """That small site, built."""
    yield from once(tmp_path_factory, "whole", lambda folder: small_project(folder, with_generator=True, site=WHOLE))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the small site on a free port of this machine."""
    with served(site) as address:
        yield address


def browser_path() -> str:
    """The program of the browser that `make test` found or installed."""
    found = ROOT / ".venv" / "browser"
    path = os.environ.get("LRP_BROWSER") or (found.read_text("utf-8") if found.is_file() else None)
    assert path, "No browser was found. Run the tests with: make test"
    return path


@pytest.fixture(scope="session")
def launch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Launch]:
    """Starts a browser that sees the letters of the tests alone; each one ends with the run."""
    path, folder = browser_path(), tmp_path_factory.mktemp("letters")
    from playwright.sync_api import sync_playwright  # a tenth of a second that the quick tests do not need

    with sync_playwright() as playwright:
        started: list[Browser] = []

        def start(letters: Letters, *more: str) -> Browser:
            seen = environment(letters, folder)
            started.append(playwright.chromium.launch(executable_path=path, args=[*QUIET, *more], env=seen))
            return started[-1]

        yield start
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Browser:
    """The browser of the tests, with the widest usual letters; started once, and ended with the run."""
    return launch("wide")


@pytest.fixture(scope="session", params=FAMILIES)
def lettered(request: pytest.FixtureRequest, launch: Launch, browser: Browser) -> Browser:
    """For tests of what has to fit: the browser with wide letters, then one with Arial's metrics."""
    return browser if request.param == "wide" else launch(request.param)
