"""The power goes at any moment: what the disk then holds becomes whole again by settling, and no reader sees less than a site."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from publishing.releases import live
from tests.publishing.harness import Place, copied
from tests.publishing.here import built_quickly, settled, take

SAMPLE = 7  # of so many moments one is tried in the ordinary run
MOMENTS = [pytest.param(SAMPLE, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)]


class Moments:
    """Each moment at which the server asks the disk to keep something; `lose` is called at one of every few of them."""

    def __init__(self, each: int, lose: Callable[[int], None]) -> None:
        self.each, self.lose, self.number = each, lose, 0
        self.kept: dict[int, int] = {}  # what was written when the disk was last asked, by the number of the file
        self.lock, self.real = threading.Lock(), os.fsync

    def sync(self, number: int) -> None:
        """Stands for os.fsync."""
        with self.lock:
            self.real(number)
            facts = os.fstat(number)
            self.kept[facts.st_ino] = facts.st_mtime_ns
            self.passed()

    def passed(self) -> None:
        """One moment more."""
        self.number += 1
        if self.number % self.each == 0:
            self.lose(self.number)

    @contextmanager
    def watched(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fsync", self.sync)
            yield


def wholly(place: Place, before: str, commit: str) -> None:
    """Settles what a power cut has left, as the server does when it starts, and fails where readers see less than a site."""
    settled(place)
    now, head = live(place.server), place.head()
    assert now
    assert now.damage() == []
    assert head in (before, commit)
    assert now.inputs.commit == head
    assert ("<h1>Find</h1>" in place.page("search/index.html")) == (head == commit)
    draft = place.folder / "served" / "preview" / "x" / "search" / "index.html"
    assert not place.head("refs/heads/draft/x") or "<h1>Find</h1>" in draft.read_text("utf-8")


def pushed(place: Place, folder: Path, moments: Moments) -> tuple[str, str]:
    """A push to main and to a draft, taken and settled, while the power goes at each moment; the commits before and after."""
    clone, before = place.clone(folder / "ed"), place.head()
    file = clone / "docs" / "search.md"
    file.write_text(file.read_text("utf-8").replace("title: Search", "title: Find"), "utf-8")
    commit = place.commit(clone)
    with moments.watched():
        take(place, clone, {"heads/main": "HEAD", "heads/draft/x": "HEAD"})
        moments.lose(0)  # the worst moment: git has just moved the refs
        settled(place)
    assert place.head() == commit
    return before, commit


@pytest.mark.parametrize("each", MOMENTS)
def test_bytes_that_nobody_asked_the_disk_to_keep_are_lost_and_made_again(
    each: int, first: Place, tmp_path: Path
) -> None:
    place, left = copied(first, tmp_path), list[Path]()
    old = {path.stat().st_ino for path in place.folder.rglob("*") if path.is_file()}

    def lose(number: int) -> None:
        """What a disk holds that keeps names, and of files only the bytes that it was asked for."""
        copy = tmp_path / f"lost{number}"
        shutil.copytree(place.folder, copy, symlinks=True)
        for room in ("work", "releases", "served", "."):
            for path in (place.folder / room).rglob("*") if room != "." else place.folder.iterdir():
                facts = path.lstat()
                asked = facts.st_ino in old or moments.kept.get(facts.st_ino) == facts.st_mtime_ns
                if stat.S_ISREG(facts.st_mode) and not asked:
                    (copy / path.relative_to(place.folder)).write_bytes(b"")
        left.append(copy)

    with built_quickly():
        moments = Moments(each, lose)
        before, commit = pushed(place, tmp_path, moments)
        assert moments.number > 40
        for copy in left:
            wholly(Place(copy, place.ssh), before, commit)


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    folder.mkdir(exist_ok=True)
    # as careless as ext4 can be: names are kept long before the bytes, and nothing unless the disk is asked
    options = "loop,noauto_da_alloc,data=writeback,commit=300"
    subprocess.run(["mount", "-t", "ext4", "-o", options, str(image), str(folder)], check=True, capture_output=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def new_disk(folder: Path) -> Path:
    """The image of an empty disk; the test is skipped where this user cannot make and mount one."""
    image = folder / "disk"
    with image.open("wb") as file:
        file.truncate(64_000_000)
    if os.geteuid() or not shutil.which("mkfs.ext4"):
        pytest.skip("only root can mount a disk, made by mkfs.ext4; the test above holds everywhere")
    subprocess.run(["mkfs.ext4", "-q", "-N", "20000", str(image)], check=True)
    try:
        with mounted(image, folder / "try"):
            return image
    except subprocess.CalledProcessError:
        pytest.skip("this machine has no loop device; the test above holds everywhere")


@pytest.mark.parametrize("each", MOMENTS)
def test_a_disk_whose_power_goes_holds_a_whole_site(each: int, first: Place, tmp_path: Path) -> None:
    image, left = new_disk(tmp_path), list[Path]()

    def lose(number: int) -> None:
        """What has reached the disk by now; what the system still holds in memory is lost."""
        copy = tmp_path / f"lost{number}"
        subprocess.run(["cp", "--sparse=always", str(image), str(copy)], check=True)
        left.append(copy)

    with built_quickly():
        with mounted(image, tmp_path / "here") as here:
            place = copied(first, here)
            os.sync()
            before, commit = pushed(place, tmp_path, Moments(each, lose))
        for copy in left:
            with mounted(copy, tmp_path / "there") as there:
                wholly(Place(there / "server", place.ssh), before, commit)
            copy.unlink()
