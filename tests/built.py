"""Sites that are built once for all processes of a run, and that no test may write into."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from macros.build import Stamp, build
from tests.project import ROOT

DAY = date(2026, 11, 23)
TOLD = re.compile(r"\b(?:approved|checked|confirmed|date): (\d{4}-\d\d-\d\d)")  # days that must have come
BUILT_FROM = "1" * 40  # stands for the commit of the built site; no real evidence is of it


def once(factory: pytest.TempPathFactory, name: str, home: Callable[[Path], Path]) -> Iterator[Path]:
    """The site `name`, with evidence of each kind: of this version, of another, none.

    `home` gives the project to build, from an empty folder that it may use. The site belongs to all tests, in every
    process: the run fails at its end where one of them wrote into it.
    """
    own = factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, said = run / f"built-{name}" / "site", list[str]()
    with (run / f"built-{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the others wait for whoever comes first
        if not folder.is_dir():
            folder.parent.mkdir(exist_ok=True)
            stamp = Stamp(commit=BUILT_FROM, evidence=ROOT / "tests" / "examples" / "evidence.json")
            root = home(folder.parent)
            assert build(root, folder, day_of(root), said.append, stamp=stamp), "\n".join(said)
    built = last_change(folder)
    yield folder
    assert last_change(folder) == built, f"a test wrote into {folder}, which other tests read"


def day_of(root: Path) -> date:
    """The first day on which everything that a project says has happened: an editor's newest change must build too."""
    files = [*root.glob("docs/**/*.md"), *root.glob("docs/**/*.yml"), *root.glob("glossary/*.yml")]
    texts = (file.read_text("utf-8") for file in files)
    return max([DAY, *(date.fromisoformat(day) for text in texts for day in TOLD.findall(text))])


def last_change(folder: Path) -> int:
    """When a file or folder in `folder` was last made, changed or taken away, in nanoseconds."""
    return max(path.stat().st_mtime_ns for path in (folder, *folder.rglob("*")))
