"""A repository far larger than ours: it is published within the bounds that every server begins with."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.project import change
from tests.publishing.harness import Place

pytestmark = [pytest.mark.site, pytest.mark.long]
GROUPS, EACH = 100, 20


def test_two_thousand_pages_are_published_within_the_bounds(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    front = (clone / "docs" / "search.md").read_text("utf-8").rsplit("---\n", 1)[0]
    today = time.strftime("%Y-%m-%d", time.gmtime())
    told = (
        f"revisions:\n  - {{date: {today}, change: minor, what: This page is one of very many., why: statute}}\n---\n"
    )
    text = '\n\nAn LCSPR may follow. {{ source("statute") }} [What now?](../index.md#now)' * 5
    menu = ""
    for group in range(GROUPS):
        folder = clone / "docs" / f"group-{group}"
        folder.mkdir()
        menu += f"  - label: Group {group}\n    pages:\n"
        for page in range(EACH):
            named = front.replace("title: Search", f"title: Page {group}.{page}")
            (folder / f"page-{page}.md").write_text(named + told + text, "utf-8")
            menu += f"      - {{page: group-{group}/page-{page}.md, label: Page {page}}}\n"
    change(clone, "docs/navigation.yml", ("  - label: Reference\n", f"{menu}  - label: Reference\n"))
    place.commit(clone)
    began = time.monotonic()
    pushed = place.push(clone)
    print(f"{GROUPS * EACH:,} pages were live after {time.monotonic() - began:.0f} seconds.")
    assert pushed.ok, pushed.text
    assert "<h1>Page 99.19</h1>" in place.page("group-99/page-19/index.html")
