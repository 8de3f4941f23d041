"""What people read of the server: lines in which nothing moves their terminal, and one line for a fault."""

from __future__ import annotations

import io
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path

from publishing.settings import visible

_FULL = (28, 122)  # no room on the disk, or none of this user's


def ready() -> None:
    """Has every text be printable, whatever the system's own encoding is."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Prints lines; they may quote what was pushed."""
    print("\n".join(map(visible, text.split("\n"))), flush=True)


def say_aside(text: str) -> None:
    """Prints lines where git speaks on the usual way: behind the door it shows these to people."""
    print("\n".join(map(visible, text.split("\n"))), file=sys.stderr, flush=True)


def gone() -> None:
    """Nobody reads along any more: what is left to say goes nowhere, and Python says nothing of it at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())


def fault(folder: Path, word: str, error: Exception, now: datetime) -> str:
    """What is said of a fault that nobody foresaw: one line here, the rest in the server's own file."""
    if isinstance(error, OSError) and error.errno in _FULL:
        return "The server's disk is full. Tell its administrator."
    try:
        with (folder / "faults.log").open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{now.isoformat()} {word}\n{''.join(traceback.format_exception(error))}\n")
    except OSError:
        pass
    return f"The server met a fault of its own ({type(error).__name__}). Tell its administrator; faults.log says more."
