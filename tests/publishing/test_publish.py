"""The whole way on real git: clone, edit, push, refused with a line, mended, live, rolled back."""

from __future__ import annotations

import gzip
import json
import threading
from pathlib import Path

import pytest

from publishing.releases import live, seal
from tests.project import change
from tests.publishing.harness import Place, Pushed

pytestmark = pytest.mark.site


def test_a_change_is_pushed_refused_mended_live_and_rolled_back(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("{{ search_index() }}", "{{ serch_index() }}"))
    place.commit(clone)
    before = place.head()
    refused = place.push(clone)
    assert not refused.ok
    assert refused.lines[-3:] == [
        "1 problem.",
        'docs/search.md:10: There is no macro "serch_index". Did you mean "search_index"? (LRP-020)',
        "Nothing was published; the site is as it was.",
    ]
    assert place.head() == before
    assert list((place.folder / "work" / "staged").iterdir()) == []
    change(clone, "docs/search.md", ("{{ serch_index() }}", "{{ search_index() }}"), ("title: Search", "title: Find"))
    commit = place.commit(clone, "Search: another title")
    pushed = place.push(clone)
    assert pushed.ok, pushed.text
    assert f"Live now: {commit[:7]} Search: another title" in pushed.lines
    assert f"  {place.server.address}search/" in pushed.lines
    assert "<h1>Find</h1>" in place.page("search/index.html")
    back = place.command("rollback")
    assert back.returncode == 0, back.stdout
    assert "<h1>Search</h1>" in place.page("search/index.html")
    assert place.command("settle").stdout == ""
    assert "<h1>Search</h1>" in place.page("search/index.html")
    assert place.command("forward").returncode == 0
    assert "<h1>Find</h1>" in place.page("search/index.html")
    assert place.command("rollback", before).returncode == 0
    assert place.command("rollback", "nothing").stdout.startswith('No release is kept of "nothing". Kept are: ')


def test_the_status_tells_who_and_what_and_proves_it(place: Place) -> None:
    told = place.command("status")
    assert told.returncode == 0, told.stdout
    assert "Live: " in told.stdout
    assert "  pushed by mia, live since 20" in told.stdout
    assert "Proven: built again from the same inputs, all " in told.stdout
    page = place.folder / "current" / "site" / "search" / "index.html"
    page.write_text(page.read_text("utf-8") + " ", "utf-8")
    (page.parent / "index.html.gz").write_bytes(gzip.compress(page.read_bytes()))
    (page.parent / "index.html.br").unlink(missing_ok=True)
    now = live(place.server)
    assert now
    seal(now)  # who forges the record too is found out by a fresh build
    told = place.command("status")
    assert told.returncode == 1
    assert "NOT proven: 1 files differ from a fresh build, first search/index.html." in told.stdout


def test_a_release_is_proven_by_the_evidence_that_it_carries(place: Place, tmp_path: Path) -> None:
    kept = {"commit": "a" * 40, "measured": "2026-11-23", "figures": {"pages": 3, "findings": 0}}
    file = place.server.evidence / "accessibility.json"
    file.parent.mkdir()
    file.write_text(json.dumps(kept), "utf-8")
    place.commit(clone := place.clone(tmp_path / "ed"), "Nothing")
    assert place.push(clone).ok
    assert json.loads(place.page("evidence.json")) == {"accessibility": kept}
    file.unlink()  # what the server holds now plays no part
    told = place.command("status")
    assert "Proven: built again from the same inputs, all " in told.stdout, told.stdout


def test_the_release_names_its_inputs_and_carries_compressed_twins(place: Place) -> None:
    release = (place.folder / "current").resolve()
    record = json.loads((release / "release.json").read_text("utf-8"))
    site = json.loads((release / "site" / "release.json").read_text("utf-8"))
    assert record["inputs"]["commit"] == site["commit"] == place.head()
    assert record["inputs"]["build_date"] == site["build_date"]
    assert record["pusher"] == "mia"
    assert (release / "site" / "index.html.gz").is_file()


def test_a_draft_is_a_preview_until_its_branch_goes(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(clone)
    pushed = place.push(clone, "HEAD:draft/new-title")
    assert pushed.ok, pushed.text
    assert f"The draft can be read at {place.server.address}preview/new-title/" in pushed.lines
    shown = place.folder / "served" / "preview" / "new-title"
    for file in sorted(shown.rglob("*.html")):
        text = file.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text, file
        assert "Draft “new-title”." in text or "has moved" in text, file
    assert f'href="{place.server.address}preview/new-title/search/"' in (shown / "search" / "index.html").read_text(
        "utf-8"
    )
    assert "<h1>Search</h1>" in place.page("search/index.html")
    assert "Draft" not in place.page("search/index.html")
    assert place.push(clone, "--delete", "draft/new-title").ok
    assert not shown.exists()
    assert not shown.is_symlink()


def test_an_empty_commit_is_published_and_says_that_no_page_changed(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    commit = place.commit(clone, "Nothing")
    pushed = place.push(clone)
    assert pushed.ok, pushed.text
    assert "No page changed." in pushed.lines
    assert place.head() == commit


@pytest.mark.parametrize(("people", "turns"), [(3, 2), pytest.param(10, 3, marks=pytest.mark.long)])
def test_pushes_that_arrive_together_are_all_taken(people: int, turns: int, place: Place, tmp_path: Path) -> None:
    clones = [place.clone(tmp_path / f"clone{number}") for number in range(people)]
    failed: list[Pushed] = []

    def edit(number: int, clone: Path) -> None:
        for turn in range(turns):
            file = clone / "docs" / ("search.md", "glossary.md", "references.md")[turn]
            place.commit(clone, f"{number}.{turn} {file.name}")
            for _ in range(200):
                place.git("pull", "-q", "--rebase", at=clone)
                pushed = place.push(clone)
                if pushed.ok:
                    break
            else:
                failed.append(pushed)

    threads = [threading.Thread(target=edit, args=pair) for pair in enumerate(clones)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed, failed[0].text
    names = place.git("log", "--format=%s", "main", at=place.server.repository).splitlines()
    wanted = [f"{number}.{turn}" for number in range(people) for turn in range(turns)]
    assert sorted(name.split()[0] for name in names if name != "Begin") == wanted
    live = json.loads((place.folder / "current" / "release.json").read_text("utf-8"))
    assert live["inputs"]["commit"] == place.head()
