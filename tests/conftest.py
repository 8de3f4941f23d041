"""What several tests share: the real content, the real site built once, and a browser on a loopback server."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from macros.build import Stamp, build
from macros.content.load import Content, load
from tests.browser.fonts import FAMILIES, Letters, environment
from tests.loopback import served
from tests.project import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    Launch = Callable[..., Browser]  # the letters, and what else the browser is told at its start

DAY = date(2026, 11, 23)
BUILT_FROM = "1" * 40  # stands for the commit of the built site; no real evidence is of it
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs a built site, so that the quick tests stay quick whoever adds to a file."""
    for item in items:
        if BUILT & set(getattr(item, "fixturenames", ())) or SLOW & set(item.path.relative_to(ROOT).parts):
            item.add_marker("site")


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return load(ROOT)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real site, built once for all processes of the run, with evidence of each kind: of this version, of another, none.

    It belongs to all tests, in every process: the run fails at its end where one of them wrote into it.
    """
    own = tmp_path_factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, said = run / "built" / "site", list[str]()
    with (run / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait for whoever comes first
        if not folder.is_dir():
            folder.parent.mkdir(exist_ok=True)
            stamp = Stamp(commit=BUILT_FROM, evidence=ROOT / "tests" / "examples" / "evidence.json")
            assert build(ROOT, folder, DAY, said.append, stamp=stamp), "\n".join(said)
    built = last_change(folder)
    yield folder
    assert last_change(folder) == built, f"a test wrote into {folder}, which other tests read"


def last_change(folder: Path) -> int:
    """When a file or folder in `folder` was last made, changed or taken away, in nanoseconds."""
    return max(path.stat().st_mtime_ns for path in (folder, *folder.rglob("*")))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the built site on a free port of this machine."""
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
