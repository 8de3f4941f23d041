"""A repository far larger than ours: it is published within the bounds that every server begins with."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.project import change
from tests.publishing.harness import Place

pytestmark = [pytest.mark.site, pytest.mark.long]
COUNT = 2_000


def test_two_thousand_pages_are_published_within_the_bounds(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    front = (clone / "docs" / "search.md").read_text("utf-8").split("{{")[0]
    folder, lines = clone / "docs" / "many", []
    folder.mkdir()
    for number in range(COUNT):
        text = 'An LCSPR may follow. {{ source("statute") }} [What now?](../index.md#now)\n' * 5
        today = time.strftime("%Y-%m-%d", time.gmtime())
        told = f"revisions:\n  - {{date: {today}, change: minor, what: This page is one of very many., why: statute}}\n---\n"
        page = front.replace("title: Search", f"title: Page {number}").rsplit("---\n", 1)[0] + told + text
        (folder / f"page-{number}.md").write_text(page, "utf-8")
        lines.append(f"      - {{page: many/page-{number}.md, label: Page {number}}}\n")
    change(
        clone,
        "docs/navigation.yml",
        ("  - label: Reference\n", f"  - label: Many\n    pages:\n{''.join(lines)}  - label: Reference\n"),
    )
    place.commit(clone)
    began = time.monotonic()
    pushed = place.push(clone)
    print(f"{COUNT} pages were live after {time.monotonic() - began:.0f} seconds.")
    assert pushed.ok, pushed.text
    assert "<h1>Page 1999</h1>" in place.page("many/page-1999/index.html")
