"""Faults at any moment: what readers see is the old release or the new one, whole, and the next push works."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.project import asset, change
from tests.publishing.harness import Place, copied, get, nginx
from tests.publishing.here import take

pytestmark = pytest.mark.site


def of_this_server(place: Place) -> set[int]:
    """The processes that work for a push to this server."""
    found = set[int]()
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (entry / "cmdline").read_bytes()
            if str(place.folder).encode() in words and b"nginx" not in words and b"push" not in words:
                found.add(int(entry.name))
    return found


def whole(place: Place) -> str:
    """The commit that is live; fails where a file of it is missing or not what its record says."""
    release = (place.folder / "current").resolve()
    record = json.loads((release / "release.json").read_text("utf-8"))
    for name in json.loads((release / "site" / "release.json").read_text("utf-8"))["files"]:
        assert (release / "site" / name).is_file(), name
    return str(record["inputs"]["commit"])


def read_all_the_while(address: str, sheet: str, stop: threading.Event, broken: list[str]) -> None:
    while not stop.is_set():
        for path in ("", "search/", "deadlines.json", sheet):
            answer = get(address + path)
            ends = answer.body.rstrip().endswith((b"</html>", b"}", b"*/"))
            if answer.status != 200 or not ends or len(answer.body) != int(answer.headers["Content-Length"]):
                broken.append(f"{path}: {answer.status}, {len(answer.body)} bytes")
            time.sleep(0.002)


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the processes of a push in /proc")
@pytest.mark.parametrize("clients", [4, pytest.param(30, marks=pytest.mark.long)])
def test_a_client_that_goes_at_any_moment_leaves_nothing_taken_that_is_not_live(
    clients: int, place: Place, tmp_path: Path
) -> None:
    clone, chance = place.clone(tmp_path / "ed"), random.Random(15)
    began = time.monotonic()
    place.commit(clone)
    assert place.push(clone).ok
    usual = time.monotonic() - began
    taken = 0
    for number in range(clients):
        before, commit = place.head(), place.commit(clone, str(number))
        client = place.start_push(clone)
        if number % 2:
            time.sleep(chance.random() * usual)
        else:  # the worst moment: git has just moved the ref
            while place.head() == before and client.poll() is None:
                time.sleep(0.005)
        client.kill()
        client.wait()
        until = time.monotonic() + 60
        while of_this_server(place):
            assert time.monotonic() < until, "The server is still at work after a minute."
            time.sleep(0.1)
        assert place.head() in (before, commit)
        assert whole(place) == place.head()
        taken += place.head() == commit
        place.git("reset", "-q", "--hard", place.head(), at=clone)
    assert taken >= clients // 4
    assert list((place.folder / "work" / "passed").iterdir()) == []


@pytest.mark.skipif(not Path("/proc").exists(), reason="finds the processes of a push in /proc")
@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.long)])
def test_a_push_killed_at_any_moment_breaks_nothing(kills: int, place: Place, tmp_path: Path) -> None:
    clone, chance = place.clone(tmp_path / "ed"), random.Random(8)
    broken: list[str] = []
    stop = threading.Event()
    began = time.monotonic()
    place.commit(clone)
    assert place.push(clone).ok
    usual = time.monotonic() - began
    with nginx(place, tmp_path / "nginx") as address:
        reader = threading.Thread(
            target=read_all_the_while, args=(address, asset(place.folder / "current" / "site", "lrp.css"), stop, broken)
        )
        reader.start()
        for number in range(kills):
            before = place.head()
            change(clone, "docs/search.md", ("title: Search", f"title: Search {number}"))
            commit = place.commit(clone)
            killer = threading.Timer(chance.random() * usual * 1.1, kill, (place,))
            killer.start()
            place.push(clone)
            killer.join()
            assert place.head() in (before, commit)
            assert whole(place)
            assert place.command("settle").returncode == 0  # as the timer does within a minute
            assert whole(place) == place.head()
            change(clone, "docs/search.md", (f"title: Search {number}", "title: Search"))
            commit = place.commit(clone)
            after = place.push(clone)
            assert after.ok, after.text
            assert whole(place) == commit
        stop.set()
        reader.join()
    assert broken == []
    assert place.command("status").returncode == 0
    assert list((place.folder / "work" / "passed").iterdir()) == []


def kill(place: Place) -> None:
    for process in of_this_server(place):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_a_push_that_git_took_and_nobody_settled_is_settled_at_boot(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    commit = place.commit(clone)
    take(place, clone, {"heads/main": "HEAD"})
    assert whole(place) != commit
    for left in (place.folder / "work" / "staged").iterdir():
        (left / "release.json").unlink(missing_ok=True)  # and the power cut took what was staged
    settled = place.command("settle")
    assert settled.returncode == 0, settled.stdout
    assert whole(place) == commit
    assert "  pushed by ed, " in place.command("status", "--quick").stdout


def test_a_folder_in_the_place_of_a_link_stops_nobody_and_goes(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    for forged in ("as-at/2020-01-01", "preview/strange", "preview/mine"):
        (place.folder / "served" / forged).mkdir(parents=True)
        (place.folder / "served" / forged / "index.html").write_text("forged", "utf-8")
    place.commit(clone)
    pushed = place.push(clone, "HEAD:main", "HEAD:draft/mine")
    assert pushed.ok, pushed.text
    assert whole(place) == place.head()
    assert sorted(path.name for path in place.server.editions.glob("[!.]*")) == []
    (link,) = place.server.previews.glob("[!.]*")
    assert link.is_symlink()
    assert "forged" not in (link / "index.html").read_text("utf-8")


def test_a_lock_that_a_killed_push_left_stops_nobody(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    (place.server.repository / "refs" / "heads" / "main.lock").touch()
    passed = place.folder / "work" / "passed"
    passed.mkdir(exist_ok=True)
    (passed / "999999999").write_text(json.dumps({"refs/heads/main": "1" * 40}), "utf-8")
    place.commit(clone)
    pushed = place.push(clone)
    assert pushed.ok, pushed.text


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk that is soon full; needs root."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def may_mount(folder: Path) -> bool:
    if os.geteuid() != 0:
        return False
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True)
    return mounted.returncode == 0 and subprocess.run(["umount", str(folder)]).returncode == 0


def test_a_full_disk_is_said_before_anything_is_written(place: Place, tmp_path: Path) -> None:
    settings = place.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace("free_disk_mb = 1", "free_disk_mb = 99999999"), "utf-8")
    clone = place.clone(tmp_path / "ed")
    place.commit(clone)
    pushed = place.push(clone)
    assert not pushed.ok
    assert pushed.lines[0].startswith("The server's disk is full: ")
    assert pushed.lines[0].endswith(" 99,999,999 needed. Tell its administrator.")


def test_a_disk_that_fills_up_during_a_push_leaves_the_old_release(shared: tuple[Place, Path], tmp_path: Path) -> None:
    if not may_mount(tmp_path / "try"):
        pytest.skip("only root can mount a small disk")
    with small_disk(tmp_path / "disk", "40m") as disk:
        place = copied(shared[0], disk)
        clone = place.clone(tmp_path / "ed")
        before, lines = whole(place), list[str]()
        for spare in (100_000, 600_000, 1_200_000):
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            (disk / "filler").write_bytes(bytes(max(0, free - spare - 1_000_000)))
            place.commit(clone)
            pushed = place.push(clone)
            assert "Traceback" not in pushed.text
            assert whole(place) in (before, place.head())
            lines += pushed.lines
            (disk / "filler").unlink()
        assert any("disk is full" in line for line in lines), lines
        place.commit(clone)
        after = place.push(clone)
        assert after.ok, after.text
        assert whole(place) == place.head()
