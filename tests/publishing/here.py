"""A push taken in the test's own process: the gate, git's own move of the refs, and settling, without a client or an SSH server."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from macros.__main__ import main
from publishing import building
from publishing.disk import hashes
from publishing.gate import Gate, Update
from publishing.repository import NOTHING
from publishing.settings import Limits, RefusedError
from publishing.settling import settle
from tests.project import ROOT, small_project
from tests.publishing.harness import Place, new_place


def in_this_process(words: list[str], place: Path, limits: Limits, say: building.Say) -> None:
    """Runs the build's own command line without a process of its own, which the pushes of other tests have."""
    told = io.StringIO()
    with redirect_stdout(told):
        status = main(words[words.index("macros") + 1 :])
    for line in told.getvalue().splitlines():
        say(line)
    if status:
        raise RefusedError("")


def quickly(words: list[str], place: Path, *_: object) -> None:
    """Stands for the build where a test is about what becomes of a site: three pages that say what they were built from."""
    given = dict(pairwise(words))
    title = (
        (place / "room" / "project" / "docs" / "search.md")
        .read_text("utf-8")
        .partition("title: ")[2]
        .partition("\n")[0]
    )
    if not title:
        raise RefusedError("docs/search.md:2: The page has no title. Write one.")
    draft = f"Draft “{given['--draft']}”. Do not act on it." if "--draft" in given else ""
    site = Path(given["--site"])
    for path in ("", "search/", "glossary/"):
        (site / path).mkdir(parents=True, exist_ok=True)
        text = f"<html><head></head><main>{draft}<h1>{title if path == 'search/' else path}</h1></main>"
        facts = [
            given["--address"] + path,
            given["--date"],
            given.get("--editions", ""),
            f"since {given.get('--released', '')}",
            "x" * 600,
        ]
        (site / path / "index.html").write_text(f"{text}{' '.join(facts)}</html>\n", "utf-8")
    (site / "release.json").write_text(json.dumps({"files": hashes(site)}), "utf-8")


@contextmanager
def built_quickly() -> Iterator[None]:
    """Has `quickly` stand for the build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "_run", quickly)
        yield


def quick_place(folder: Path) -> tuple[Place, Path]:
    """A server that has published three pages, and its maintainer's clone; within `built_quickly`."""
    place = new_place(folder)
    project = small_project(folder, with_generator=True)
    shutil.copy(ROOT / "requirements.lock", project)
    place.git("init", "-q", at=project)
    place.git("remote", "add", "origin", "mia:repository.git", at=project)
    place.commit(project, "Begin")
    take(place, project, {"heads/main": "HEAD"}, "mia")
    settled(place)
    return place, project


def take(place: Place, clone: Path, refs: dict[str, str], person: str = "ed", now: datetime | None = None) -> None:
    """Has the gate take these refs, as a push from the clone would bring them, and git move them; nothing is settled."""
    at, server = place.server.repository, place.server
    new = {f"refs/{ref}": place.git("rev-parse", name, at=clone) if name else NOTHING for ref, name in refs.items()}
    place.git("fetch", "-q", str(clone), *filter(None, refs.values()), at=at)
    old = {ref: place.head(ref) or NOTHING for ref in new}
    updates = [Update(old[ref], new[ref], ref) for ref in new]
    Gate(server, person, now or datetime.now(UTC), lambda _: None).take(updates, 1)
    lines = "".join(f"update {ref} {name} {old[ref]}\n" for ref, name in new.items())
    who = {"GIT_COMMITTER_NAME": person, "GIT_COMMITTER_EMAIL": f"{person}@localhost"}
    words = ["git", "-C", str(at), "update-ref", "--stdin"]
    subprocess.run(words, input=lines.encode(), env={**os.environ, **who}, check=True)


def settled(place: Place, now: datetime | None = None) -> list[str]:
    """Settles, and gives what was said."""
    said: list[str] = []
    settle(place.server, now or datetime.now(UTC), said.append)
    return said
