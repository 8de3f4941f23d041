"""Settling that hangs on no client: it runs in a session of its own, and whoever pushed reads along while they are there."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from publishing.building import Say
from publishing.settings import Server

_CODE = Path(__file__).parent.parent
_PAUSE = 0.05  # seconds between two looks at what settling has said


def said_of(server: Server, push: int) -> Path:
    """The file that holds what settling says to a push, which is known by the process of git's that took it."""
    return server.work / "said" / str(push)


def expect(server: Server, push: int) -> None:
    """Notes that a push has brought something, before it is judged."""
    file = said_of(server, push)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(b"")


def begin(server: Server, push: int) -> None:
    """Starts to settle in a session of its own, with the push's file for its words; the file is locked until it ends.

    The gate does so before git moves a ref: settling waits for that, and so happens even where git, its hooks and the
    client die a moment later.
    """
    expect(server, push)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    with said_of(server, push).open("wb") as said:
        fcntl.flock(said, fcntl.LOCK_EX)  # goes on to the new process, and from there to nobody
        subprocess.Popen(
            [sys.executable, "-P", "-m", "publishing", "settle", str(server.folder)],
            cwd="/",
            env={**environment, "PYTHONPATH": str(_CODE)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def follow(server: Server, push: int, say: Say) -> bool:
    """Passes on what settling says to a push, until it has ended; whether it had begun at all."""
    try:
        file = said_of(server, push).open("rb")
    except FileNotFoundError:
        return False
    with file:
        rest, over = b"", False
        while not over:
            over = _has_ended(file.fileno())
            *lines, rest = (rest + file.read()).split(b"\n")
            for line in lines:
                say(line.decode("utf-8", "replace"))
            if not over:
                time.sleep(_PAUSE)
    return True


def _has_ended(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(number, fcntl.LOCK_UN)
    return True


def let_go(server: Server, push: int) -> bool:
    """Removes the file of a push that is over; whether it had brought anything."""
    file = said_of(server, push)
    came = file.exists()
    file.unlink(missing_ok=True)
    return came
