"""The dates of commits are said by whoever made them: what has not come is refused, and what was taken rules nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from macros.topics.dates import day_at
from publishing.settings import RefusedError
from publishing.settling import rebuild
from tests.publishing.harness import Place
from tests.publishing.here import settled, take

NOW = datetime.now(UTC)


@pytest.fixture
def place(quick: Place) -> Place:
    return quick


def dated(place: Place, clone: Path, written: str, made: str) -> str:
    """A commit on top of the clone's, with these dates to the letter."""
    tree, parent = (place.git("rev-parse", name, at=clone) for name in ("HEAD^{tree}", "HEAD"))
    text = f"tree {tree}\nparent {parent}\nauthor A <a@b> {written}\ncommitter A <a@b> {made}\n\nOdd\n"
    words = ("hash-object", "-t", "commit", "-w", "--stdin", "--literally")
    name = place.git(*words, at=clone, feed=text.encode())
    place.git("reset", "-q", "--hard", name, at=clone)
    return name


@pytest.mark.parametrize(
    "date", ["9999999999999", "99999999999999999999", "253402300800", "2100000000", "soon", "-1", ""]
)
@pytest.mark.parametrize("which", ["written", "made"])
def test_a_commit_of_a_day_that_has_not_come_is_refused_and_mended_as_said(
    which: str, date: str, place: Place, tmp_path: Path
) -> None:
    clone, right = place.clone(tmp_path / "ed"), f"{int(NOW.timestamp())} +0000"
    (clone / "docs" / "more.md").write_text("More.\n", "utf-8")
    place.commit(clone)
    odd = f"{date} +0000"
    name, before = dated(place, clone, *((odd, right) if which == "written" else (right, odd))), place.head()
    with pytest.raises(RefusedError) as refused:
        take(place, clone, {"heads/main": "HEAD"})
    says = "is dated 2036-07-18, which has not come yet." if date == "2100000000" else "has a date that cannot be read."
    wish = "Set the clock of your computer right, type: git rebase --force-rebase --ignore-date origin/main    and push again."
    assert str(refused.value) == f"The commit {name[:7]} {says} {wish}"
    assert place.head() == before
    assert not list((place.folder / "work" / "staged").iterdir())
    if date == "2100000000":
        place.git("rebase", "-q", "--force-rebase", "--ignore-date", "origin/main", at=clone)
        take(place, clone, {"heads/main": "HEAD"})
        settled(place)


@pytest.mark.parametrize("date", ["9999999999999", "2100000000", "1"])
def test_what_was_taken_with_an_odd_date_blocks_nothing(date: str, place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    name = dated(place, clone, f"{date} +0000", f"{date} +0000")
    place.git("fetch", "-q", str(clone), "HEAD", at=place.server.repository)
    place.git("update-ref", "refs/heads/main", name, at=place.server.repository)
    settled(place)
    place.commit(clone)
    take(place, clone, {"heads/main": "HEAD"})
    (staged,) = (place.folder / "work" / "staged").iterdir()
    assert f"since {day_at(NOW)} " in (staged / "site" / "index.html").read_text("utf-8")
    settled(place)
    place.git("tag", f"edition-{day_at(NOW)}", name, at=clone)
    take(place, clone, {f"tags/edition-{day_at(NOW)}": f"edition-{day_at(NOW)}"}, "mia")


def test_the_first_day_of_a_release_counts_and_not_its_last_rebuild(place: Place, tmp_path: Path) -> None:
    clone, later = place.clone(tmp_path / "ed"), NOW + timedelta(days=9)
    settings = place.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace(place.server.address, "http://127.0.0.2/"), "utf-8")
    settled(place, later)  # built again, for another address
    place.commit(clone)
    take(place, clone, {"heads/main": "HEAD"}, now=later)
    (staged,) = (place.folder / "work" / "staged").iterdir()
    assert f"since {day_at(NOW)} " in (staged / "site" / "index.html").read_text("utf-8")


def test_a_clock_of_the_server_that_was_wrong_once_refuses_no_honest_revision(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    place.commit(clone)
    take(place, clone, {"heads/main": "HEAD"}, now=NOW + timedelta(days=3000))
    settled(place, NOW + timedelta(days=3000))
    place.commit(clone)
    take(place, clone, {"heads/main": "HEAD"})
    (staged,) = (place.folder / "work" / "staged").iterdir()
    assert f"since {day_at(NOW)} " in (staged / "site" / "index.html").read_text("utf-8")


def test_half_past_midnight_in_summer_is_the_new_day_for_pages_the_night_and_editions(
    place: Place, tmp_path: Path
) -> None:
    midnight, clone = datetime(2099, 6, 30, 23, 30, tzinfo=UTC), place.clone(tmp_path / "mia", "mia")
    rebuild(place.server, midnight, lambda _: None)
    assert " 2099-07-01 " in place.page("search/index.html")
    with pytest.raises(RefusedError, match=r"The day of the tag \"edition-2099-07-02\" has not come yet\."):
        take(place, clone, {"tags/edition-2099-07-02": "HEAD"}, "mia", midnight)
    take(place, clone, {"tags/edition-2099-07-01": "HEAD"}, "mia", midnight)
    assert any("The edition of 2099-07-01 can be read" in line for line in settled(place, midnight))
