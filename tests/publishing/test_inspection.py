"""Whatever is forged on a server is found: a page, a twin, an edition, a draft, a file beside, a link that leads elsewhere."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.topics.dates import day_at
from publishing.inspection import forged
from tests.publishing.harness import Place, copied, first_push, new_place

BYTES = "its bytes are not those that were made, or it came later, or is gone"


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A server with a release, an edition and a draft."""
    folder = tmp_path_factory.mktemp("whole")
    place = new_place(folder)
    clone = first_push(place, folder)
    today = day_at(datetime.now(UTC)).isoformat()
    place.git("tag", f"edition-{today}", at=clone)
    assert place.push(clone, f"edition-{today}", "HEAD:refs/heads/draft/mine").ok
    return place


@pytest.fixture
def held(whole: Place, tmp_path: Path) -> Place:
    return copied(whole, tmp_path)


def site(place: Place) -> Path:
    return (place.folder / "current" / "site").resolve()


def edition(place: Place) -> Path:
    return next((place.folder / "served" / "as-at").glob("[0-9]*"))


def packed(place: Place, kind: str, text: bytes) -> None:
    """Forges a twin of a page, beside its page that stays as it was."""
    twin = site(place) / f"index.html{kind}"
    if kind == ".gz":
        twin.write_bytes(gzip.compress(text))
    else:
        twin.write_bytes(subprocess.run(["brotli", "-c"], input=text, capture_output=True, check=True).stdout)


def linked(link: Path, goal: str) -> None:
    link.unlink()
    link.symlink_to(goal)


def replaced(link: Path) -> None:
    """Puts a folder in the place of a link, with a page of its own."""
    link.unlink()
    link.mkdir()
    (link / "index.html").write_text("All time limits are suspended.", "utf-8")


FORGERIES: dict[str, tuple[Callable[[Place], object], str]] = {
    "a page": (lambda place: (site(place) / "index.html").write_text("x", "utf-8"), f"/index.html: {BYTES}"),
    "a page is gone": (lambda place: (site(place) / "index.html").unlink(), f"/index.html: {BYTES}"),
    "a page beside": (lambda place: (site(place) / "new.html").write_text("x", "utf-8"), f"/new.html: {BYTES}"),
    "a hidden file": (lambda place: (site(place) / ".x").write_text("x", "utf-8"), f"/.x: {BYTES}"),
    "a folder beside": (lambda place: (site(place) / "new").mkdir(), "/"),
    "gzip": (lambda place: packed(place, ".gz", b"x"), f"/index.html.gz: {BYTES}"),
    "brotli": (lambda place: packed(place, ".br", b"x"), f"/index.html.br: {BYTES}"),
    "a link to a file": (lambda place: (site(place) / "x").symlink_to("/etc/passwd"), "/x: it is neither a file nor a folder"),
    "a link to a folder": (lambda place: (site(place) / "x").symlink_to("/etc"), "/x: it is neither a file nor a folder"),
    "current": (lambda place: linked(place.folder / "current", "work"), "current: it is no link to one of the releases"),
    "a page of an edition": (lambda place: (edition(place) / "index.html").write_text("x", "utf-8"), f"index.html: {BYTES}"),
    "an edition's folder": (lambda place: replaced(edition(place)), ": it is no link to what was built here"),
    "another edition's folder": (
        lambda place: (edition(place).parent / "2020-01-01").mkdir(),
        "as-at/2020-01-01: it is no link to what was built here",
    ),
    "an edition that leads to the draft": (
        lambda place: linked(edition(place), "../preview/mine"),
        ": it is no link to what was built here",
    ),
    "an edition under another day": (
        lambda place: (edition(place).parent / "2020-01-01").symlink_to(edition(place).readlink()),
        "as-at/2020-01-01: it shows something else than its name says",
    ),
    "an edition is gone": (lambda place: edition(place).unlink(), ": it is not shown"),
    "a page of a draft": (
        lambda place: (place.folder / "served" / "preview" / "mine" / "index.html").write_text("x", "utf-8"),
        f"index.html: {BYTES}",
    ),
    "a build beside": (
        lambda place: (edition(place).parent / ".builds" / "x").mkdir(),
        "as-at/.builds/x: nothing was to stand here",
    ),
    "a release beside": (lambda place: (place.folder / "releases" / "x").mkdir(), "releases/x: nothing was to stand here"),
    "a folder beside the editions": (
        lambda place: (place.folder / "served" / "x").mkdir(),
        "served/x: nothing was to stand here",
    ),
}  # fmt: skip


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_found(forgery: str, held: Place) -> None:
    assert forged(held.server) == []
    work, line = FORGERIES[forgery]
    if forgery == "brotli" and not shutil.which("brotli"):
        pytest.skip("this machine has no brotli, and makes no such twins")
    work(held)
    found = forged(held.server)
    assert any(line in wrong for wrong in found), found


def test_the_administrator_is_told_of_a_forgery(held: Place) -> None:
    told = held.command("status", "--quick")
    assert told.returncode == 0, told.stdout
    assert told.stdout.endswith("All releases, editions and drafts, their packed twins too, are as they were made.\n")
    packed(held, ".gz", b"All time limits are suspended.")
    told = held.command("status")
    assert told.returncode == 1
    release = site(held).parent.name
    assert told.stdout.endswith(
        f"NOT as it was made: 2 things.\nreleases/{release}/index.html.gz: {BYTES}\n"
        f"releases/{release}/index.html.gz: it unpacks to something else than the file beside it\n"
    )
