"""Measures publishing: from push to live against the build alone, the swap, and nginx under load while releases are swapped."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import Process, Queue
from pathlib import Path
from urllib.parse import urlsplit

from publishing.releases import swap
from tests.project import ROOT
from tests.publishing.harness import Place, new_place, nginx

_PARTS = ("docs", "glossary", "macros", "overrides")
_FILES = ("mkdocs.yml", "requirements.lock")
_SECONDS = 6
_READERS = 2


def _project(folder: Path) -> Path:
    project = folder / "project"
    for part in _PARTS:
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, project)
    return project


def _build(project: Path, site: Path) -> float:
    words = [sys.executable, "-m", "macros", "build", "--site", str(site), "--commit", "none", "--address", "http://x/"]
    began = time.time()
    subprocess.run(words, cwd=project, check=True, capture_output=True)
    return time.time() - began


def _push(place: Place, project: Path, number: int) -> float:
    page = project / "docs" / "updates.md"
    page.write_text(
        page.read_text("utf-8") + f"\nA sentence more, number {['one', 'two', 'three'][number]}.\n", "utf-8"
    )
    place.commit(project)
    began = time.time()
    pushed = place.push(project)
    assert pushed.ok, pushed.text
    return place.server.current.lstat().st_mtime - began


def measure() -> dict[str, float]:
    """The ratio of push-to-live to the build, the swap in milliseconds, requests a second under load, and failed ones."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        place, project = new_place(folder), _project(folder)
        place.git("init", "-q", at=project)
        place.git("remote", "add", "origin", "mia:repository.git", at=project)
        place.commit(project)
        assert place.push(project).ok
        pairs = [(_push(place, project, number), _build(project, folder / "site")) for number in range(3)]
        shutil.rmtree(project)
        with nginx(place, folder / "nginx") as address:
            rate, failed = _load(place, address)
        live = min(push for push, _ in pairs)
        build = min(build for _, build in pairs)
        return {"live": live, "ratio": live / build, "swap": _swap(place), "rate": rate, "failed": failed}


def _swap(place: Place) -> float:
    goals = [f"releases/{folder.name}" for folder in place.server.releases.iterdir()]
    times = []
    for number in range(20):
        began = time.perf_counter()
        swap(place.server.current, goals[number % len(goals)])
        times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2] * 1000


def _load(place: Place, address: str) -> tuple[float, float]:
    """Requests a second for the home page and the glossary's data, over a release swapped each second, and failed ones."""
    stop = threading.Event()
    goals = [f"releases/{folder.name}" for folder in place.server.releases.iterdir()]

    def swapping() -> None:
        number = 0
        while not stop.wait(1):
            number += 1
            swap(place.server.current, goals[number % len(goals)])

    swapper = threading.Thread(target=swapping)
    swapper.start()
    results: Queue[tuple[int, int]] = Queue()
    readers = [Process(target=_read, args=(address, results)) for _ in range(_READERS)]
    for reader in readers:
        reader.start()
    counts = [results.get() for _ in readers]
    for reader in readers:
        reader.join()
    stop.set()
    swapper.join()
    return sum(good for good, _ in counts) / _SECONDS, sum(bad for _, bad in counts)


def _read(address: str, results: Queue[tuple[int, int]]) -> None:
    """One reader with a few connections kept open, each with a request on its way: a plain loop, so that nginx is measured."""
    site = urlsplit(address)
    paths = ("/", "/glossary.json")
    asks = [f"GET {path} HTTP/1.1\r\nHost: {site.hostname}\r\nAccept-Encoding: gzip\r\n\r\n".encode() for path in paths]
    lines = [_Line(site.hostname or "", site.port or 80) for _ in range(8)]
    good = bad = turn = 0
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        turn += 1
        for number, line in enumerate(lines):
            line.ask(asks[(number + turn) % len(asks)])
        for line in lines:
            whole = line.answered()
            good, bad = good + whole, bad + (not whole)
    results.put((good, bad))


class _Line:
    """A connection that is opened again after 900 answers: nginx closes one after 1,000."""

    def __init__(self, host: str, port: int) -> None:
        self.place, self.asked = (host, port), 0
        self.socket = socket.create_connection(self.place)

    def ask(self, words: bytes) -> None:
        """Sends a request."""
        self.asked += 1
        if self.asked % 900 == 0:
            self.socket.close()
            self.socket = socket.create_connection(self.place)
        self.socket.sendall(words)

    def answered(self) -> bool:
        """Whether a whole answer came, and it was the page."""
        data = self.socket.recv(1 << 18)
        head, _, body = data.partition(b"\r\n\r\n")
        _, _, length = head.partition(b"Content-Length: ")
        left = int(length.split(b"\r\n")[0] or 0) - len(body)
        while left > 0:
            more = self.socket.recv(min(left, 1 << 18))
            if not more:
                return False
            left -= len(more)
        return head.startswith(b"HTTP/1.1 200 ") and left == 0
