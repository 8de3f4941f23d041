"""Pushes that are small to send and endless to read: each is refused after a bounded amount of work, and the next one gets in."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from publishing import apart
from publishing.addresses import lost
from publishing.apart import changed_apart, lost_apart
from publishing.report import changed
from publishing.repository import Repository
from publishing.settings import RefusedError
from tests.publishing.harness import Place
from tests.publishing.test_attacks import LAST, Attack
from tests.publishing.whole import tree


@pytest.fixture
def attack(shared: tuple[Place, Path], tmp_path: Path) -> Attack:
    return Attack(shared[0], tmp_path)


def folded(attack: Attack, entry: str, times: int, levels: int) -> str:
    """A tree of `times` entries to the power of `levels`, of which git keeps `levels` small objects."""
    for _ in range(levels):
        rows = [entry.replace("\tx", f"\tx{number}") for number in range(times)]
        made = attack.place.git("mktree", at=attack.clone, feed="\n".join([*rows, ""]).encode())
        entry = f"040000 tree {made}\tx"
    return made


def said(attack: Attack, tree_name: str) -> list[str]:
    """What the pusher reads of a commit whose docs/ is such a tree; nothing on the server differs after it."""
    before = tree(attack.place)
    rows = attack.place.git("ls-tree", "HEAD", at=attack.clone).splitlines()
    rows = [row for row in rows if not row.endswith("\tdocs")]
    feed = "\n".join([*rows, f"040000 tree {tree_name}\tdocs", ""]).encode()
    whole = attack.place.git("mktree", at=attack.clone, feed=feed)
    commit = attack.place.git("commit-tree", "-p", "HEAD", "-m", "Made by hand", whole, at=attack.clone)
    lines = attack.refused(f"{commit}:main").lines
    assert tree(attack.place) == before
    assert lines[-1] == LAST
    return lines[-3:-1]


def test_a_tree_that_unfolds_to_ten_million_files_is_refused(attack: Attack) -> None:
    blob = attack.place.git("rev-parse", "HEAD:docs/index.md", at=attack.clone)
    wish = "Remove what does not belong here."
    over = f"docs:1: There are more than 20,000 files and folders. {wish}"
    assert said(attack, folded(attack, f"100644 blob {blob}\tx.md", 10, 7)) == ["1 problem.", over]
    empty = attack.place.git("mktree", at=attack.clone, feed=b"")
    assert said(attack, folded(attack, f"040000 tree {empty}\tx", 10, 8)) == ["1 problem.", over]


def test_folders_in_folders_without_end_are_refused(attack: Attack) -> None:
    blob = attack.place.git("rev-parse", "HEAD:docs/index.md", at=attack.clone)
    assert said(attack, folded(attack, f"100644 blob {blob}\tx", 1, 1100))[-1] == (
        "docs:1: Folders stand in each other until a name has more than 2,000 letters. Remove what does not belong here."
    )


def test_one_file_under_many_names_is_refused_before_it_is_written_out(attack: Attack) -> None:
    blob = attack.place.git("hash-object", "-w", "--stdin", at=attack.clone, feed=bytes(5_000_000))
    assert said(attack, folded(attack, f"100644 blob {blob}\tx.png", 70, 1))[-1] == (
        "docs:1: The files have more than 300,000,000 bytes together. Remove what does not belong here."
    )


def test_git_itself_is_stopped_after_its_time(shared: tuple[Place, Path], tmp_path: Path) -> None:
    repository = Repository(shared[0].server.repository)
    os.mkfifo(tmp_path / "never")  # nobody writes into it
    with pytest.raises(RefusedError, match="git hash-object took more than 1 seconds and was stopped"):
        repository.run("hash-object", "--stdin-paths", seconds=1, feed=f"{tmp_path}/never\n".encode())


def test_what_is_read_of_a_built_site_is_read_apart_and_bounded(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, site = place.server, place.folder / "current" / "site"
    fewer = tmp_path / "fewer"
    shutil.copytree(site, fewer)
    (fewer / "search" / "index.html").unlink()
    assert lost_apart(server, site, site.resolve()) == []
    assert lost_apart(server, site, fewer) == lost(site, fewer) != []
    assert changed_apart(server, site, fewer) == changed(site, fewer, server.address)
    assert changed_apart(server, None, site) == changed(None, site, server.address)
    monkeypatch.setattr(apart, "_SECONDS", 0)
    stopped = "Comparing it with the last release took more than 0 seconds and was stopped."
    with pytest.raises(RefusedError, match=stopped):
        lost_apart(server, site, fewer)
    assert changed_apart(server, site, fewer) == [f"What changed cannot be told: {stopped}"]
    monkeypatch.setattr(apart, "_SECONDS", 120)
    monkeypatch.setattr(apart, "_MEMORY_MB", 20)
    with pytest.raises(RefusedError, match="It could not be compared with the last release"):
        lost_apart(server, site, fewer)
