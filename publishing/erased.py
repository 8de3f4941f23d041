"""What was erased from a server, by fingerprints alone: no push brings it back, and an erasure that was cut off is known."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from publishing.disk import replace
from publishing.repository import Repository
from publishing.settings import RefusedError, Server, visible

_BEGUN = "erasing"  # stands in the server's folder while an erasure is at work


@dataclass(frozen=True)
class Erasure:
    """One erasure: its day, each commit and tag that it wrote again, and the names that git gave the files."""

    day: str
    commits: dict[str, str]
    files: list[str]


def erasures(server: Server) -> list[Erasure]:
    """Every erasure, the oldest first."""
    file = server.folder / "erased.json"
    rows: list[dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.is_file() else []
    return [Erasure(**each) for each in rows]


def begin(server: Server, erasure: Erasure) -> None:
    """Writes an erasure down before anything goes, so that it can be ended after a crash."""
    replace(server.folder / _BEGUN, f"Begun on {erasure.day}.\n")
    before = erasures(server)
    known = {name for each in before for name in (*each.files, *each.commits)}
    if {*erasure.commits, *erasure.files} - known:  # else an earlier run has noted it
        rows = [asdict(each) for each in [*before, erasure]]
        replace(server.folder / "erased.json", json.dumps(rows, indent=1) + "\n")


def end(server: Server) -> None:
    """Notes that nothing of the erasure is left to do."""
    (server.folder / _BEGUN).unlink(missing_ok=True)


def begun(server: Server) -> bool:
    """Whether an erasure was begun and has not ended."""
    return (server.folder / _BEGUN).exists()


def check_ended(server: Server) -> None:
    """Refuses where an erasure was cut off."""
    if begun(server):
        raise RefusedError(
            "An erasure was begun and has not ended. Type the same words again: python -m publishing erase …"
        )


def now_called(server: Server, commit: str) -> str:
    """What a commit is called after all erasures."""
    for erasure in erasures(server):
        commit = erasure.commits.get(commit, commit)
    return commit


def check_erased(server: Server, repository: Repository, new: str) -> None:
    """Refuses a push that would bring back what was erased: commits of before, or one of the files in a new commit."""
    known = erasures(server)
    if not known:
        return
    old = {name: each.day for each in known for name in each.commits}
    base = next((commit for commit in _fresh(repository, new) if commit in old), "")
    if base:
        raise RefusedError(
            f"This push would bring back what was erased here on {old[base]}: your clone is older than that. "
            f"Type: git fetch    git rebase --onto origin/{server.main} {base[:12]}    and push again. "
            "Where that does not work, clone anew and copy your changed files over."
        )
    files = {name: each.day for each in known for name in each.files}
    for name, _, path in (row.partition(" ") for row in _fresh(repository, new, "--objects")):
        if name in files:
            raise RefusedError(
                f"{visible(path)}:1: This file was erased here on {files[name]}, as it stands in this push. "
                "Take it out of every commit of the push."
            )


def _fresh(repository: Repository, new: str, *words: str) -> list[str]:
    """What only this push has brought: its commits, newest first, or all objects with a path that they stand at."""
    return repository.run("rev-list", *words, new, "--not", "--all").decode("utf-8", "replace").splitlines()
