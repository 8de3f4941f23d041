"""One push at a time: the lock, and the marks of pushes that have passed the gate while git has yet to move their refs."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from publishing.building import Say
from publishing.disk import replace
from publishing.logbook import Act, note
from publishing.repository import NOTHING, Repository
from publishing.settings import Server

_PATIENCE = 10.0  # seconds; git moves a ref within milliseconds of the gate's yes


@contextmanager
def locked(server: Server, say: Say) -> Iterator[None]:
    """Holds the server's lock; the system gives it back even where the holder is killed."""
    with (server.folder / "lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another push is being published. Yours waits for it …")
            fcntl.flock(file, fcntl.LOCK_EX)
        _wait_for_passed(server)
        yield


def mark_passed(server: Server, refs: dict[str, str], process: int) -> None:
    """Notes that git's process may now move these refs; the next holder of the lock waits until it has."""
    folder = server.work / "passed"
    folder.mkdir(parents=True, exist_ok=True)
    replace(folder / str(process), json.dumps(refs))


def _wait_for_passed(server: Server) -> None:
    """Waits until git has moved what has passed the gate, or has died on it; then clears up after it."""
    repository = Repository(server.repository)
    for mark in sorted((server.work / "passed").glob("[0-9]*")):
        refs = _refs(mark)
        until = time.monotonic() + _PATIENCE
        while not (moved := _moved(repository, refs)) and _lives(mark) and time.monotonic() < until:
            time.sleep(0.01)
        if not moved:
            _note_lost(server, refs, mark)
            repository.drop_stale_locks()
        mark.unlink()


def _note_lost(server: Server, refs: dict[str, str], mark: Path) -> None:
    """Writes down that git has died on a push that the gate had taken; when it was taken is the time of its mark."""
    taken = datetime.fromtimestamp(mark.stat().st_mtime, UTC)
    for ref, name in refs.items():
        note(server, taken, Act("push lost", ref, new=name, said="git ended before it moved this"))


def _refs(mark: Path) -> dict[str, str]:
    try:
        return {str(ref): str(name) for ref, name in json.loads(mark.read_text("utf-8")).items()}
    except (ValueError, AttributeError):  # nothing that this server wrote
        return {}


def _moved(repository: Repository, refs: dict[str, str]) -> bool:
    now = repository.refs("refs")
    return all(now.get(ref, NOTHING) == name for ref, name in refs.items())


def _lives(mark: Path) -> bool:
    """Whether the process of a mark is still git taking a push."""
    try:
        return b"receive-pack" in Path(f"/proc/{mark.name}/cmdline").read_bytes()
    except FileNotFoundError:
        if Path("/proc/self").exists():
            return False
    try:  # a system without /proc
        os.kill(int(mark.name), 0)
    except OSError:
        return False
    return True
