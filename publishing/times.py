"""When things happened: by the server's own clock, as git's logs of its refs hold it, and never as a commit says it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime

from publishing.repository import Repository


def moved(repository: Repository, ref: str) -> list[tuple[str, datetime]]:
    """Each commit that a ref was moved to, and when by the server's own clock, the newest first."""
    words = ("log", "-g", "--no-show-signature", "--date=unix", "--format=%H %gd", ref, "--")
    matches = (re.fullmatch(r"(\w+) .*@\{(\d{1,11})\}", row) for row in repository.line(*words).splitlines())
    return [(match[1], datetime.fromtimestamp(int(match[2]), UTC)) for match in matches if match]


def arrived(repository: Repository, ref: str, commit: str) -> datetime | None:
    """When a ref first held a commit, by the server's own clock; nothing where git no longer knows."""
    moves = moved(repository, ref)[::-1]
    held = bisect_left(moves, True, key=lambda move: repository.is_ancestor(commit, move[0]))
    return moves[held][1] if held < len(moves) else None


def dates(repository: Repository, commits: list[str]) -> Iterator[tuple[str, list[str]]]:
    """When each commit says that it was written and made, in seconds, as it says it; nobody has proved that."""
    words = ("log", "--no-walk=unsorted", "--no-show-signature", "--format=%H %at %ct", "--stdin")
    for row in repository.run(*words, feed="\n".join(commits).encode()).decode().splitlines():
        name, *said = row.split(" ")
        yield name, said
