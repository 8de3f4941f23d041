"""Tests of the generator stand on the small sites alone: whatever opens the guidance while one of them runs is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.project import GUIDANCE, ROOT

GUARDED = {"generator", "components"} | {
    room.name for room in (ROOT / "macros").iterdir() if room.is_dir() and room.name[0].isalpha()
}
ROOMS = tuple(f"{home / room}{os.sep}" for home in {ROOT, GUIDANCE} for room in ("docs", "glossary"))
OPENING = ("open", "os.listdir", "os.scandir")


class Watch:
    """What was opened of the guidance while it was watched."""

    def __init__(self) -> None:
        self.on, self.opened = False, list[str]()
        sys.addaudithook(self._hear)  # for as long as Python runs: a hook cannot be taken away

    def _hear(self, event: str, given: tuple[object, ...]) -> None:
        if not self.on or event not in OPENING or not isinstance(given[0], str | bytes | os.PathLike):
            return
        name = os.fsdecode(given[0])
        if event == "open" and given[1] is None and not os.path.isabs(name):
            return  # a name within a folder that is held open, as when a copy is taken away
        path = os.path.abspath(name)
        if f"{path}{os.sep}".startswith(ROOMS):
            self.opened.append(os.path.relpath(path, ROOT))

    @contextmanager
    def watching(self, path: Path) -> Iterator[None]:
        """Watches while a test or a file of tests at that path is at work, where it is to stand alone."""
        self.on = path.is_relative_to(ROOT) and not GUARDED.isdisjoint(path.relative_to(ROOT / "tests").parts[:1])
        try:
            yield
        finally:
            self.on = False
