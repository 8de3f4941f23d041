"""The production build, on the small site: whole or not at all, and the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from macros.build import build, settings
from tests.project import change, small_project

pytestmark = pytest.mark.site
DAY = date(2026, 11, 23)


def files_of(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def built(root: Path) -> tuple[bool, list[str]]:
    said: list[str] = []
    return build(root, root / "site", DAY, said.append), said


def test_two_builds_in_two_folders_give_the_same_bytes(tmp_path: Path) -> None:
    sites = []
    for name in ("one", "two"):
        root = small_project(tmp_path / name, with_generator=True)
        assert built(root)[0]
        sites.append(files_of(root / "site"))
    assert sites[0] == sites[1]
    assert len(sites[0]) > 20


def test_the_record_names_commit_date_and_every_file(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    assert built(root)[0]
    record = json.loads((root / "site" / "release.json").read_text("utf-8"))
    files = files_of(root / "site")
    del files["release.json"]
    assert (record["commit"], record["build_date"], record["edition"]) == ("none", "2026-11-23", "2026-11-23")
    assert record["files"] == files


def test_old_addresses_lead_to_where_things_live_now(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    assert built(root)[0]
    old = (root / "site" / "old-part" / "notify" / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../../part-one/notify/">' in old
    assert '<p id="s9-1">The section you followed is now in <a href="../../part-one/notify/#s1-2">' in old
    page = (root / "site" / "part-one" / "notify" / "index.html").read_text("utf-8")
    assert 'id="s1-9"' in page


@pytest.mark.parametrize("checked", [True, False], ids=["checked", "as if the check had missed it"])
def test_an_old_address_that_climbs_writes_nothing_anywhere(
    checked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_project(tmp_path, with_generator=True)
    (tmp_path / "current" / "site").mkdir(parents=True)
    (tmp_path / "current" / "site" / "index.html").write_text("live", "utf-8")
    change(root, "docs/moved.yml", ("old-part/notify/,", '"../../current/site/",'))
    if not checked:
        monkeypatch.setattr("macros.build._check", lambda *_: [])
    before = files_of(tmp_path)
    done, said = built(root)
    assert (done, files_of(tmp_path)) == (False, before)
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []
    outside = 'The file "../../current/site/index.html" would stand outside of its folder. Tell a maintainer.'
    assert any('"../../current/site/" is not an old address.' in line for line in said) is checked
    assert (outside in said) is not checked


@pytest.mark.parametrize(
    ("path", "old", "new", "says"),
    [
        (
            "docs/index.md",
            "{{ must }}",
            "{{ musst }}",
            'docs/index.md:16: "musst" in braces is neither a word nor a macro call. Did you mean "must"?',
        ),
        ("overrides/main.html", "<h1>", "<h1>{{ page.nothing.at_all }}", "MkDocs stopped. This is what it said:"),
        (
            "overrides/components/duty/duty.html",
            "lrp-duty__line",
            "{{ nothing }}",
            "MkDocs stopped. This is what it said:",
        ),
        (
            "overrides/partials/footer.html",
            "<ul>",
            '<ul><li><a href="/gone/">x</a></li>',
            "leads to nothing. Mend the link, or the page or file it names.",
        ),
    ],
)
def test_a_failing_build_leaves_the_last_good_site_and_says_so(
    path: str, old: str, new: str, says: str, tmp_path: Path
) -> None:
    root = small_project(tmp_path, with_generator=True)
    assert built(root)[0]
    before = files_of(root / "site")
    change(root, path, (old, new))
    ended_well, said = built(root)
    text = "\n".join(said)
    assert not ended_well
    assert says in text
    assert "Traceback" not in text
    assert said[-1] == "Nothing was published. The last good site is still in site/."
    assert files_of(root / "site") == before
    assert not [folder.name for folder in root.iterdir() if folder.name.startswith(".site")]


def test_the_first_build_may_fail_too(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    change(root, "docs/search.md", ("search_index", "search_indx"))
    assert built(root) == (
        False,
        [
            "Checking the content …",
            '1 problem. Nothing was published.\ndocs/search.md:10: There is no macro "search_indx". Did you mean "search_index"? (LRP-020)',
            "Nothing was published.",
        ],
    )


def test_mkdocs_alone_stops_with_the_same_words(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    change(root, "docs/search.md", ("search_index", "search_indx"))
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"], cwd=root, capture_output=True, text=True
    )
    assert run.returncode != 0
    assert 'docs/search.md:10: There is no macro "search_indx". Did you mean "search_index"?' in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr


def test_a_page_is_added_with_one_file_and_one_line(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    text = (
        (root / "docs" / "search.md")
        .read_text("utf-8")
        .replace("{{ search_index() }}", "A new page.")
        .replace("title: Search", "title: New")
    )
    (root / "docs" / "new.md").write_text(text, "utf-8")
    change(
        root,
        "docs/navigation.yml",
        ("  - label: Part One", "  - label: New\n    pages:\n      - {page: new.md, label: New}\n  - label: Part One"),
    )
    ended_well, said = built(root)
    assert ended_well, said
    assert (root / "site" / "new" / "index.html").is_file()


def test_the_command_line_ends_with_a_status(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    words = [sys.executable, "-m", "macros", "check", "--root", str(root)]
    good = subprocess.run(words, capture_output=True, text=True, env=settings(DAY))
    said = (
        "No problems found. Walked 7 ways through 1 decision, each to an outcome. "
        "Binding words: 2 must, 1 should, 0 expected, 0 locally. "
        "No edition is tagged, so no revision is asked for.\n"
    )
    assert (good.returncode, good.stdout, good.stderr) == (0, said, "")
    change(root, "docs/search.md", ("title: Search", "titel: Search"))
    bad = subprocess.run(words, capture_output=True, text=True, env=settings(DAY))
    assert bad.returncode == 1
    assert bad.stdout.startswith("1 problem. Nothing was published.\ndocs/search.md:2: ")
    assert bad.stderr == ""
