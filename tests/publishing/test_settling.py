"""What readers see is what was asked for, whatever was built under which name before, in whatever state the disk is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publishing.releases import all_releases, chosen, earlier, live
from publishing.settings import RefusedError
from publishing.settling import go_forward, rebuild, roll_back
from tests.project import change
from tests.publishing.harness import Place, copied
from tests.publishing.here import built_quickly, settled, take

NAMES = ("live", "again", "proof", "edition", "main", "staged", "builds")


@pytest.fixture(autouse=True)
def _quick() -> Iterator[None]:
    with built_quickly():
        yield


@pytest.fixture
def place(first: Place, tmp_path: Path) -> Place:
    return copied(first, tmp_path)


@pytest.fixture
def clone(place: Place, tmp_path: Path) -> Path:
    return place.clone(tmp_path / "ed")


def titled(place: Place, clone: Path, title: str) -> str:
    """A commit in the clone that gives the search page another title."""
    file = clone / "docs" / "search.md"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(f"title: {title}\n" if line.startswith("title: ") else line for line in lines), "utf-8")
    return place.commit(clone, title)


def published(place: Place, clone: Path, title: str, now: datetime | None = None) -> str:
    commit = titled(place, clone, title)
    take(place, clone, {"heads/main": "HEAD"}, now=now)
    settled(place, now)
    assert f"<h1>{title}</h1>" in place.page("search/index.html")
    return commit


def marked(site: Path) -> list[str]:
    """The pages of a site that say they are a draft."""
    return [file.name for file in site.rglob("*.html") if "Do not act on it" in file.read_text("utf-8")]


def test_a_commit_pushed_to_main_and_to_drafts_of_any_name_is_each_of_them(place: Place, clone: Path) -> None:
    commit = titled(place, clone, "Find")
    take(place, clone, {"heads/main": "HEAD", **{f"heads/draft/{name}": "HEAD" for name in NAMES}})
    settled(place)
    now = live(place.server)
    assert now
    assert (now.inputs.commit, now.inputs.draft, now.inputs.address) == (commit, "", place.server.address)
    assert marked(now.site) == []
    for name in NAMES:
        shown = place.folder / "served" / "preview" / name
        assert f"Draft “{name}”" in (shown / "index.html").read_text("utf-8")
        assert f"{place.server.address}preview/{name}/search/" in (shown / "search" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("one", [{"heads/draft/live": "HEAD"}, {"heads/main": "HEAD"}])
def test_what_was_built_under_one_name_is_not_taken_for_another(one: dict[str, str], place: Place, clone: Path) -> None:
    titled(place, clone, "Find")
    take(place, clone, one)
    other = {"heads/main": "HEAD"} if "heads/main" not in one else {"heads/draft/live": "HEAD"}
    take(place, clone, other)
    work = place.folder / "work"
    for places in (list((work / "staged").iterdir()), list((work / "drafts").iterdir())):
        assert len(places) == 1
    staged, draft = next((work / "staged").iterdir()), next((work / "drafts").iterdir())
    for built in (staged, draft):  # as if their places were one, as an older server had it
        built.rename(built.with_name("x"))
    (staged.with_name("x")).rename(draft)
    shutil.move(draft.with_name("x"), staged)
    settled(place)
    assert marked(place.folder / "current" / "site") == []
    assert marked(place.folder / "served" / "preview" / "live") != []


def test_another_address_is_shown_at_the_next_settling(place: Place, clone: Path) -> None:
    titled(place, clone, "Find")
    take(place, clone, {"heads/main": "HEAD", "heads/draft/x": "HEAD"})
    settings = place.folder / "site.toml"
    settings.write_text(
        settings.read_text("utf-8").replace(place.server.address, "https://other.example.org/"), "utf-8"
    )
    settled(place)
    for shown, address in (
        (place.folder / "current" / "site", ""),
        (place.folder / "served" / "preview" / "x", "preview/x/"),
    ):
        assert f"https://other.example.org/{address}search/" in (shown / "search" / "index.html").read_text("utf-8")
    assert settled(place) == []


def test_a_draft_that_went_and_came_again_is_shown_as_it_is_now(place: Place, clone: Path) -> None:
    titled(place, clone, "Find")
    take(place, clone, {"heads/draft/x": "HEAD"})
    settled(place)
    take(place, clone, {"heads/draft/x": ""})
    titled(place, clone, "Seek")
    take(place, clone, {"heads/draft/x": "HEAD", "heads/draft/y": "HEAD"})
    settled(place)
    for name in "xy":
        assert "<h1>Seek</h1>" in (place.folder / "served" / "preview" / name / "search" / "index.html").read_text(
            "utf-8"
        )
    take(place, clone, {"heads/draft/x": "", "heads/main": "HEAD"})
    settled(place)
    assert [link.name for link in (place.folder / "served" / "preview").glob("[!.]*")] == ["y"]
    assert [build.name for build in (place.folder / "served" / "preview" / ".builds").iterdir()] == ["y.1"]


def test_pages_that_a_power_cut_emptied_never_go_live(place: Place, clone: Path) -> None:
    titled(place, clone, "Find")
    take(place, clone, {"heads/main": "HEAD", "heads/draft/x": "HEAD"})
    for staged in (*(place.folder / "work" / "staged").iterdir(), *(place.folder / "work" / "drafts").iterdir()):
        for page in list((staged / "site").rglob("*.html"))[1:]:
            page.write_bytes(b"")
    said = settled(place)
    assert len([line for line in said if line.startswith("What was built of this push was damaged on the disk, ")]) == 2
    for site in (place.folder / "current" / "site", place.folder / "served" / "preview" / "x"):
        assert all(page.stat().st_size > 100 for page in site.rglob("*.html"))
    assert "<h1>Find</h1>" in place.page("search/index.html")


@pytest.mark.parametrize("harm", ["empty", "gone", "more", "record"])
def test_a_live_release_that_was_damaged_is_built_again(harm: str, place: Place) -> None:
    before = live(place.server)
    assert before
    page = before.site / "search" / "index.html"
    whole = page.read_bytes()
    if harm == "record":
        (before.folder / "release.json").write_text("{", "utf-8")
    elif harm == "gone":
        page.unlink()
    else:
        page.with_name("more.html" if harm == "more" else page.name).write_bytes(b"")
    settled(place)
    now = live(place.server)
    assert now
    assert now.damage() == []
    assert (now.site / "search" / "index.html").read_bytes() == whole
    assert settled(place) == []


def test_a_kept_release_that_was_damaged_is_built_again_before_it_is_gone_back_to(place: Place, clone: Path) -> None:
    published(place, clone, "Find")
    said: list[str] = []
    back = chosen(place.server, "1")
    (back.site / "search" / "index.html").write_bytes(b"")
    roll_back(place.server, "1", datetime.now(UTC), said.append)
    assert said[0] == "That release is damaged on the disk. Building it again …"
    assert "<h1>Search</h1>" in place.page("search/index.html")
    now = live(place.server)
    assert now
    assert (now.number, now.damage()) == (back.number, [])


def test_a_damaged_record_undoes_no_rollback(place: Place, clone: Path) -> None:
    published(place, clone, "Find")
    roll_back(place.server, "1", datetime.now(UTC), lambda _: None)
    (place.folder / "current" / "release.json").write_text("{", "utf-8")
    settled(place)
    assert "<h1>Search</h1>" in place.page("search/index.html")


def test_no_clock_decides_which_release_is_the_one_before(place: Place, clone: Path) -> None:
    now = datetime.now(UTC)
    published(place, clone, "One")
    published(place, clone, "Two", now - timedelta(days=3000))
    published(place, clone, "Three", now - timedelta(days=9000))
    said: list[str] = []
    roll_back(place.server, "1", now, said.append)
    assert "<h1>Two</h1>" in place.page("search/index.html")
    rebuild(place.server, now, said.append)  # the night builds it anew; it stays in its place
    assert "<h1>Two</h1>" in place.page("search/index.html")
    roll_back(place.server, "1", now, said.append)
    assert "<h1>One</h1>" in place.page("search/index.html")
    published(place, clone, "Four")
    roll_back(place.server, "1", now, said.append)  # what readers had, and not what was put aside
    assert "<h1>One</h1>" in place.page("search/index.html")
    go_forward(place.server, now, said.append)
    assert "<h1>Four</h1>" in place.page("search/index.html")
    with pytest.raises(RefusedError, match=r"There are 2 older releases, not 3\."):
        chosen(place.server, "3")


def test_releases_of_an_older_server_keep_their_order(place: Place, clone: Path) -> None:
    for title in ("One", "Two"):
        published(place, clone, title)
    names = ("20270101T000000Z-x", "20270102T000000Z-x", "20270102T000000Z-x-again")
    for name, release in zip(names, reversed(all_releases(place.server)), strict=True):
        record = json.loads((release.folder / "release.json").read_text("utf-8"))
        old = {key: record[key] for key in ("inputs", "pusher", "made")}
        (release.folder / "release.json").write_text(json.dumps(old), "utf-8")
        release.folder.rename(release.folder.with_name(name))
    (place.folder / "current").unlink()
    (place.folder / "current").symlink_to(f"releases/{names[-1]}")
    assert settled(place) == []
    assert [release.folder.name for release in reversed(all_releases(place.server))] == list(names)
    published(place, clone, "Three")
    assert [release.folder.name for release in earlier(place.server)] == list(reversed(names))


def test_a_draft_that_can_no_longer_be_built_stops_nothing_else(place: Place, clone: Path) -> None:
    titled(place, clone, "Find")
    take(place, clone, {"heads/draft/a": "HEAD", "heads/draft/b": "HEAD"})
    for staged in (place.folder / "work" / "drafts").glob("a-*"):
        shutil.rmtree(staged)
    change(clone, "docs/search.md", ("title: Find", "titel: Find"))
    wrong = place.commit(clone)
    place.git("fetch", "-q", str(clone), "HEAD", at=place.server.repository)
    place.git("update-ref", "refs/heads/draft/a", wrong, at=place.server.repository)
    said = settled(place)
    assert "The draft a could not be built: docs/search.md:2: The page has no title. Write one." in said
    assert f"The draft can be read at {place.server.address}preview/b/" in said
