"""What a build does grows with its pages and no faster: counted, so that it holds on any machine."""

from __future__ import annotations

import cProfile
import pstats
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from macros import build as building
from macros.render.page_frame import LONG, NEAR
from tests.built import DAY
from tests.project import small_project

pytestmark = pytest.mark.site
STEP = 70  # pages; all of them in one part, which is longer than its menus name
PAGE = """---
title: Page {number}
description: What page {number} says about reviews, visits and plans.
owner: Partnership business manager
approved: 2026-11-23
review: 2027-05-23
guidance: [statute]
---

## The first section

An LCSPR may follow, and *more* of [it](page-0.md#the-first-section) after a visit to the family.

## The second section

Table: Who tells somebody

| Who | What |
| --- | --- |
| a nurse | tells [somebody](index.md) |
"""


@dataclass(frozen=True)
class Counted:
    """One build: calls of functions, ours and those of MkDocs, pages read, links worked out, and the bytes of all files."""

    calls: int
    mkdocs: int
    taken: int
    resolved: int
    size: int


def calls_of(stats: pstats.Stats, module: str, name: str) -> int:
    """How often a function of ours was called."""
    found: dict[tuple[str, int, str], tuple[int, ...]] = vars(stats)["stats"]
    return sum(count[1] for (file, _, known), count in found.items() if (Path(file).name, known) == (module, name))


def counted(folder: Path, pages: int, monkeypatch: pytest.MonkeyPatch) -> Counted:
    """A build of so many pages."""
    root = small_project(folder, with_generator=True)
    for number in range(pages):
        (root / "docs" / f"page-{number}.md").write_text(PAGE.format(number=number), "utf-8")
    lines = "".join(f"      - {{page: page-{number}.md, label: Page {number}}}\n" for number in range(pages))
    with (root / "docs" / "navigation.yml").open("a", encoding="utf-8") as menu:
        menu.write(f"  - label: Pages\n    pages:\n{lines}")
    run = subprocess.run

    def profiled(words: list[str], **given: Any) -> subprocess.CompletedProcess[str]:
        """Runs MkDocs with its calls counted, and all else as it is."""
        more = ["-m", "cProfile", "-o", str(folder / "mkdocs.calls")] if words[1:3] == ["-m", "mkdocs"] else []
        return run([words[0], *more, *words[1:]], **given)

    own, said = cProfile.Profile(), list[str]()
    with monkeypatch.context() as patch:
        patch.setattr(subprocess, "run", profiled)
        own.enable()
        done = building.build(root, folder / "site", DAY, said.append)
        own.disable()
    assert done, said
    ours, theirs = pstats.Stats(own), pstats.Stats(str(folder / "mkdocs.calls"))
    return Counted(
        vars(ours)["total_calls"],
        vars(theirs)["total_calls"],
        calls_of(ours, "reader.py", "take"),
        calls_of(ours, "verify.py", "_target"),
        sum(file.stat().st_size for file in (folder / "site").rglob("*") if file.is_file()),
    )


def test_twice_as_many_pages_more_cost_twice_as_much_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted(tmp_path / "first", 1, monkeypatch)  # what a process does but once is done
    one, two, three = (counted(tmp_path / str(times), times * STEP, monkeypatch) for times in (1, 2, 3))
    for what in ("calls", "mkdocs", "taken", "resolved", "size"):
        first, second, third = (getattr(found, what) for found in (one, two, three))
        print(f"{what}: {first:,} at {STEP} pages, {second - first:,} more, {third - second:,} more")
        assert third - second <= 1.05 * (second - first), what
    assert two.taken - one.taken == 2 * STEP  # by the search and by the check of the finished site, once each


def test_a_page_of_a_very_long_part_names_its_neighbours_and_the_way_to_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted(tmp_path, STEP, monkeypatch)
    assert STEP > LONG
    middle = (tmp_path / "site" / "page-35" / "index.html").read_text("utf-8")
    for place in ("lrp-menu", "lrp-side"):
        after = middle.partition(f'class="{place}"')[2].partition("</nav>")[0]
        named = [int(number) for number in re.findall(r">Page (\d+)</a>", after)]
        assert named == list(range(35 - NEAR, 35 + NEAR + 1)), place
        assert '<a href="../search/#pages">Every page</a>' in after, place
    home = (tmp_path / "site" / "index.html").read_text("utf-8")
    assert home.count(">Page ") == 0
    search = (tmp_path / "site" / "search" / "index.html").read_text("utf-8")
    assert all(f'<a href="../page-{number}/">Page {number}</a>' in search for number in range(STEP))
