"""python -m tests.outside.loaded: what takes many minutes once, then every test three times beside a load of six; ends as pytest does."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.project import ROOT

PYTEST = [sys.executable, "-m", "pytest"]
LONG = [*PYTEST, "-m", "long"]
WHOLE = [*PYTEST, "-n", "2", "--dist", "loadfile", "--no-loadscope-reorder"]
TIMES, LOAD = 3, 6
BUSY = "while True: pass"


@contextmanager
def load(processes: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    """So many processes that do nothing but work, until the block ends."""
    started = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(processes)]
    try:
        yield started
    finally:
        for process in started:
            process.kill()
            process.wait()


def main() -> int:
    """Stops at the first run that fails."""
    status = subprocess.run(LONG, cwd=ROOT).returncode
    with load(LOAD):
        for time in range(1, TIMES + 1):
            if status == 0:
                print(f"Every test, {time} of {TIMES} times, beside a load of {LOAD} …", flush=True)
                status = subprocess.run(WHOLE, cwd=ROOT).returncode
    return status


if __name__ == "__main__":
    sys.exit(main())
