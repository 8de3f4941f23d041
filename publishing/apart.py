"""What the server reads of built sites, done in a process of its own: bounded as a build is, and able to write nothing."""

from __future__ import annotations

import contextlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from macros.source.problems import Problem
from publishing.addresses import lost
from publishing.confine import LATE, Order
from publishing.jail import CODE, jail_of, readable
from publishing.report import changed
from publishing.settings import RefusedError, Server

_SECONDS = 120
_MEMORY_MB = 2000
_MOST = 10_000_000  # bytes of an answer


def lost_apart(server: Server, before: Path, after: Path) -> list[Problem]:
    """The addresses and anchors of the site `before` that the site `after` knows nothing of."""
    return [Problem(*row) for row in _answer(server, "addresses", before.resolve(), after.resolve())]


def changed_apart(server: Server, before: Path | None, after: Path) -> list[str]:
    """The lines an editor reads once a push is live; where that cannot be told in time, one that says so."""
    try:
        return [
            str(line)
            for line in _answer(server, "report", before.resolve() if before else "", after.resolve(), server.address)
        ]
    except RefusedError as refused:
        return [f"What changed cannot be told: {refused}"]


def _answer(server: Server, what: str, *words: str | Path) -> Any:
    """What the work of that name answers; refused where it takes too long, or needs too much."""
    read = [str(CODE), *readable(Path(sys.executable)), *(str(word) for word in words if isinstance(word, Path))]
    environment = {"PYTHONPATH": str(CODE), "PYTHONDONTWRITEBYTECODE": "1", "LANG": "C.UTF-8"}
    order = Order([], read, "/", environment, _SECONDS, _MEMORY_MB, 1, 0)
    command = [sys.executable, "-P", "-m", "publishing.apart", what, *map(str, words)]
    pipe, null = subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(jail_of(server).words(order, command), stdin=pipe, stdout=pipe, stderr=null) as run:
        assert run.stdout
        said = run.stdout.read(_MOST)
        status = run.wait()
    if status in (LATE, 128 + signal.SIGXCPU):
        raise RefusedError(f"Comparing it with the last release took more than {_SECONDS} seconds and was stopped.")
    if not status:
        with contextlib.suppress(ValueError):
            return json.loads(said)
    raise RefusedError("It could not be compared with the last release. Tell a maintainer.")


def _addresses(words: list[str]) -> list[list[str | int]]:
    return [[one.path, one.line, one.wrong, one.mend, one.paste] for one in lost(Path(words[0]), Path(words[1]))]


def _report(words: list[str]) -> list[str]:
    return changed(Path(words[0]) if words[0] else None, Path(words[1]), words[2])


_WORKS: dict[str, Callable[[list[str]], Any]] = {"addresses": _addresses, "report": _report}

if __name__ == "__main__":
    print(json.dumps(_WORKS[sys.argv[1]](sys.argv[2:])))
