"""How long it takes from a saved sentence to the page that shows it, in make serve on this guidance, asked as a browser asks."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.project import ROOT, add_generator

PAGES = ("part-one/rapid-review", "deadlines", "part-one/notify", "index")
PAUSE = 0.2  # seconds between two questions of a page, as overrides/serve.js has it
LONGEST = 120  # seconds until the first page stands
TIMES = 5


def measure() -> float:
    """The seconds from the saving of a sentence until its page stands there, on the slowest of some pages; each the best of five."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "project")
        for room in ("docs", "glossary"):
            shutil.copytree(ROOT / room, root / room)
        add_generator(root)
        words = [sys.executable, "-u", "-m", "macros", "serve", "--root", str(root), "--port", "0"]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as serving:
            assert serving.stdout
            address = re.findall(r"http\S+", serving.stdout.readline())[0]
            try:
                return max([_least(root, address, path) for path in PAGES])
            finally:
                serving.send_signal(signal.SIGINT)
                serving.stdout.read()


def _least(root: Path, address: str, path: str) -> float:
    file, page = root / "docs" / f"{path}.md", f"/{path}/".replace("index/", "").replace("//", "/")
    text, times = file.read_text("utf-8"), list[float]()
    for number in range(TIMES):
        seen = _seen(address, page)
        words = f"This sentence was saved as number {number} of all."
        began = time.perf_counter()
        file.write_text(f"{text}\n{words}\n", "utf-8")
        while not _changed(address, page, seen):
            time.sleep(PAUSE)
        assert words in _got(address, page)
        times.append(time.perf_counter() - began)
    return min(times)


def _got(address: str, page: str) -> str:
    return str(urlopen(address.rstrip("/") + page, timeout=LONGEST).read().decode())


def _seen(address: str, page: str) -> str:
    """What a page that is ready says of itself, once it is made and nothing is at work on it."""
    ends = time.monotonic() + LONGEST
    while time.monotonic() < ends:
        with suppress(URLError):
            html = _got(address, page)
            if "lrp-prose" in html:
                return str(re.findall(r'data-seen="(\w+)"', html)[0])
        time.sleep(PAUSE)
    raise AssertionError(f"{page} was not made in {LONGEST} seconds")


def _changed(address: str, page: str, seen: str) -> bool:
    return _got(address, f"/.serve/changed?page={page}&seen={seen}") == "true"


if __name__ == "__main__":
    print(f"{measure():.2f} seconds from a saved sentence to its page")
