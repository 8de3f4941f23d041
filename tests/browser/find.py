"""Finds or installs the browser that the tests drive, and writes its path into the file that is named.

An installed Chromium or Chrome comes first, then Playwright's own, then Debian's or Ubuntu's package; where none can be
had, the one command to type is named and the run stops.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

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
    """The path of Debian's or Ubuntu's Chromium, installed with apt-get as root or with a sudo that asks nothing."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not run([*sudo, "true"], seconds=10):
        return None
    run([*sudo, "apt-get", "update", "-q"], seconds=300)
    for package in ("chromium-headless-shell", "chromium"):
        say(f"Installing the package {package} …")
        if run([*sudo, "apt-get", "install", "-y", "-q", "--no-install-recommends", package], seconds=900):
            break
    return installed()


def run(words: list[str], seconds: int) -> bool:
    """Whether a command ended well within its time; what it prints is shown."""
    try:
        return subprocess.run(words, timeout=seconds, stdin=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def say(line: str) -> None:
    """Prints a line at once."""
    print(line, flush=True)


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
