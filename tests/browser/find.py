"""Finds or installs the browser that the tests drive, and writes its path into the file that is named.

An installed Chromium or Chrome comes first, then Playwright's own, then Debian's or Ubuntu's package; where none can be
had, the one command to type is named and the run stops.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.packages import install, run, say

# The shell without windows comes first: it opens a page in half the time.
NAMES = (
    "chromium-headless-shell",
    "chrome-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def installed() -> str | None:
    """The path of a Chromium or Chrome that is on this machine."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((place for place in PLACES if Path(place).exists()), None)


def playwrights_own() -> str | None:
    """The path of Playwright's own Chromium, fetched where it is not here yet."""
    say("No Chromium or Chrome is installed; asking Playwright for its own …")
    if not run([sys.executable, "-m", "playwright", "install", "chromium"], seconds=240):
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def from_debian() -> str | None:
    """The path of Debian's or Ubuntu's Chromium; the shell without windows comes first."""
    return installed() if install("chromium-headless-shell") or install("chromium") else None


def main(file: Path) -> int:
    """Writes the browser's path into `file`; 1 where no browser can be had."""
    path = installed() or playwrights_own() or from_debian()
    if path is None:
        say("The tests need a browser. Type: sudo apt-get install chromium    (or install Chrome), then make test.")
        return 1
    file.write_text(path, "utf-8")
    say(f"The tests drive {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
