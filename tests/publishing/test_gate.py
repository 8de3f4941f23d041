"""The gate before every mistake that editors make: none gets in, and each is said with its line."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from publishing import building
from publishing.gate import Gate, Update
from publishing.settings import RefusedError
from tests.examples import read
from tests.project import MINIMAL, ROOT, put, small_project
from tests.publishing.harness import Place
from tests.publishing.here import in_this_process

NAMED = re.compile(r" \(LRP-\d+\)(?=:?\n|:?$)")  # a message ends with its id, before a line to paste
CASES = [
    case
    for file in sorted((ROOT / "tests" / "examples" / "problems").glob("*.yml"))
    for case in read(file)
    if case["says"]
]


def files(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


def committed(place: Place, cases: list[dict[str, Any]], folder: Path) -> list[str]:
    """A commit on top of main for each case, all written by git at once."""
    head, stream, before = place.head(), io.BytesIO(), files(MINIMAL)
    for number, case in enumerate(cases):
        put(root := small_project(folder / str(number)), case)
        after = files(root)
        stream.write(f"commit refs/cases/{number}\ncommitter a <a> 1 +0000\ndata 0\nfrom {head}\n".encode())
        for path in before.keys() - after.keys():
            stream.write(f"D {path}\n".encode())
        for path in (path for path in after if after[path] != before.get(path)):
            stream.write(f"M 100644 inline {path}\ndata {len(after[path])}\n".encode() + after[path] + b"\n")
    place.git("fast-import", "--quiet", at=place.server.repository, feed=stream.getvalue())
    names = place.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/cases", at=place.server.repository)
    found = dict(line.split() for line in names.splitlines())
    return [found[f"refs/cases/{number}"] for number in range(len(cases))]


def refused(place: Place, update: Update) -> list[str]:
    """What an editor reads of an update that the gate refuses."""
    lines: list[str] = []
    gate = Gate(place.server, "ed", datetime.now(UTC), lines.append)
    try:
        gate.check_names(update.new)
        gate.stage(update)
    except RefusedError as error:
        return [*lines, *str(error).splitlines()]
    raise AssertionError("The gate let it in.")


def test_every_problem_of_content_is_refused_with_its_line(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_run", in_this_process)
    monkeypatch.setattr(building, "GENERATOR", ("requirements.lock",))  # its other files would not be run here
    head, live = place.head(), (place.folder / "current").readlink()
    for case, commit in zip(CASES, committed(place, CASES, tmp_path), strict=True):
        said = "\n".join(refused(place, Update(head, commit, "refs/heads/main")))
        without_ids = f"\n{NAMED.sub('', said)}\n"
        assert not [text for text in case.get("gate", case["says"]) if f"\n{text}\n" not in without_ids], (
            case["why"],
            said,
        )
        assert list((place.folder / "work" / "staged").iterdir()) == []
    assert (place.folder / "current").readlink() == live
