"""Runs one program bounded and shut in, and ends all that it started; the first word is its order, the others the program.

While its standard input stays open the program runs; once that is closed, or the server that held it has died, it is ended.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import shutil
import signal
import sys
import time
from dataclasses import asdict, dataclass

from publishing.kernel import control, give_up_rights, shut_in

LATE, FULL = 124, 125  # how this ends where the program took too long, or filled the disk


@dataclass(frozen=True)
class Order:
    """What a program may do: where it writes, what it reads, and its bounds."""

    write: list[str]
    read: list[str]
    folder: str
    environment: dict[str, str]
    seconds: int
    memory_mb: int
    file_mb: int
    free_disk_mb: int  # below it the program is stopped
    landlock: int = 0  # the version of Landlock to ask for; 0 asks for none

    def text(self) -> str:
        """The order as this script reads it."""
        return json.dumps(asdict(self))


def _bound(order: Order) -> None:
    bounds = {
        resource.RLIMIT_AS: order.memory_mb * 1_000_000,
        resource.RLIMIT_CPU: order.seconds * 2,
        resource.RLIMIT_FSIZE: order.file_mb * 1_000_000,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))


def _become(order: Order, words: list[str]) -> None:
    """Becomes the program, within its bounds; does not return."""
    os.setsid()
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.chdir(order.folder)
    _bound(order)
    if sys.platform == "linux":
        give_up_rights()
    if order.landlock:
        shut_in(order.write, order.read, order.landlock)
    os.execvpe(words[0], words, order.environment)


def _watch(program: int, order: Order) -> int:
    """How the program ended: its status, or why it was stopped."""
    until, (wake, awake) = time.monotonic() + order.seconds, os.pipe()
    os.set_blocking(awake, False)
    signal.set_wakeup_fd(awake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ended, status = os.waitpid(program, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > until:
            return LATE
        if shutil.disk_usage(order.folder).free < order.free_disk_mb * 1_000_000:
            return FULL
        ready, _, _ = select.select([0, wake], [], [], 0.5)
        if 0 in ready and not os.read(0, 1):
            return 1  # nobody waits for it any more
        if wake in ready:
            os.read(wake, 100)


def _end(program: int) -> None:
    """Ends the program and everything that it started, whatever that did to get away."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):  # the last one is gone
        while True:
            for child in _children():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
            time.sleep(0.002)


def _children() -> list[int]:
    """The processes that are this one's: orphans of the program come to it."""
    children, own = [], str(os.getpid())
    for name in filter(str.isdigit, os.listdir("/proc")) if os.path.isdir("/proc/self") else ():
        with contextlib.suppress(OSError), open(f"/proc/{name}/stat", encoding="utf-8", errors="replace") as file:
            if file.read().rpartition(")")[2].split()[1] == own:
                children.append(int(name))
    return children


def main(words: list[str]) -> int:
    """Runs the program of an order; its own status, or why it was stopped."""
    order = Order(**json.loads(words[0]))
    if sys.platform == "linux":
        control(36, 1, 0, 0, 0)  # orphans of the program become children of this process
    program = os.fork()
    if not program:
        try:
            _become(order, words[1:])
        except BaseException as error:  # a jail that cannot be made runs nothing
            os.write(2, f"The build could not be confined: {error}\n".encode())
        os._exit(126)
    try:
        status = _watch(program, order)
    finally:
        _end(program)
    return status if status >= 0 else 128 - status
