"""What a build costs: check, pages, mark-up of terms and search of ours beside other generators on the same Markdown.

All figures are processor time, which other work on the machine hardly changes, so that ratios hold on any machine. Each
build is a process of its own; ours is the whole production build, its steps told apart by what it says of them.
"""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.terms import EXTENSIONS, letters, page_text
from tests.evidence import record
from tests.project import ROOT, small_project

DAY = date(2026, 11, 23)
LONGEST = 1800  # seconds that one build may take
ZENSICAL = ROOT / ".venv-zensical" / "bin" / "python"  # where make puts it
OURS, VERIFY = "ours", "ours: verify (not in the sum)"
_FRONT = """---
title: Page {number}
description: What page {number} says about reviews, visits and plans.
owner: Partnership business manager
approved: 2026-11-23
review: 2027-05-23
guidance: [statute]
---

"""
_OURS = """
import json, resource, sys
from datetime import date
from pathlib import Path
from macros.build import build
marks = []
def spent():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return [one.ru_utime + one.ru_stime for one in both]
def say(line):
    marks.append((line, spent()))
ok = build(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3]), say)
print(json.dumps([ok, marks]))
"""


def write(folder: Path, pages: int, terms: int) -> None:
    """The same pages twice: as a project of ours with its terms, and as plain Markdown for the others."""
    ours, dice = small_project(folder, with_generator=True), random.Random(2026)
    plain = folder / "plain" / "docs"
    plain.mkdir(parents=True)
    (plain / "index.md").write_text("# Home\n\n[The first page](page-0.md)\n", "utf-8")
    for number in range(pages):
        text = _FRONT.format(number=number) + page_text(dice, terms)
        for docs in (plain, ours / "docs"):
            (docs / f"page-{number}.md").write_text(text, "utf-8")
    lines = "".join(f"      - {{page: page-{number}.md, label: Page {number}}}\n" for number in range(pages))
    with (ours / "docs" / "navigation.yml").open("a", encoding="utf-8") as menu:
        menu.write(f"  - label: Pages\n    pages:\n{lines}")
    words = {letters(number): f"expansion of term number {number}" for number in range(terms)}
    entries = "".join(
        f"  - {{id: term-{number}, abbreviation: {key}, expansion: {text}, meaning: What it means., source: statute, "
        "checked: 2026-11-23, confidence: high}\n"
        for number, (key, text) in enumerate(words.items())
    )
    (ours / "glossary" / "more.yml").write_text(f"category: More\nterms:\n{entries}", "utf-8")
    (folder / "plain" / "abbreviations.md").write_text(
        "".join(f"*[{key}]: {text}\n" for key, text in words.items()), "utf-8"
    )


def ours(folder: Path) -> dict[str, float]:
    """Our whole build without documents, its steps, and the verifying that follows, in seconds of processor time."""
    words = [sys.executable, "-c", _OURS, str(folder / "project"), str(folder / "site"), DAY.isoformat()]
    run = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST)
    assert run.returncode == 0, run.stderr
    ok, marks = json.loads(run.stdout.splitlines()[-1])
    assert ok, marks[:20]
    at = {line.split()[0]: spent for line, spent in marks}
    (check, _), (added, mkdocs), (verified, _) = at["Building"], at["Verifying"], at["Built"]
    return {
        OURS: added + mkdocs,
        "ours: start and check": check,
        "ours: MkDocs and mark-up": mkdocs,
        "ours: search and data": added - check,
        VERIFY: verified - added,
    }


def stock(folder: Path, more: str = "", program: Path | None = None) -> float:
    """Plain Material on the same Markdown, with its own search; by MkDocs or, where given, by the Python of Zensical."""
    project = folder / "plain"
    extensions = f"{EXTENSIONS}, {more}" if more else EXTENSIONS
    (project / "mkdocs.yml").write_text(
        f"site_name: Bench\ntheme: {{name: material, font: false}}\nmarkdown_extensions: [{extensions}]\n", "utf-8"
    )
    shutil.rmtree(project / "site", ignore_errors=True)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    words = [str(program), "-m", "zensical", "build"] if program else [sys.executable, "-m", "mkdocs", "build", "-q"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(words, cwd=project, env=environment, check=True, capture_output=True, timeout=LONGEST)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = sum(1 for _ in (project / "site").rglob("index.html"))
    assert made >= sum(1 for _ in (project / "docs").glob("*.md")), f"{made} pages were made"
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _shown(name: str, seconds: float, base: float) -> None:
    print(f"  {name:<52}{seconds:>8.1f} s{seconds / base:>7.2f} times", flush=True)


def compare(pages: int, terms: int, documented: bool) -> dict[str, float]:
    """Prints and gives what each generator costs on so many pages with so many terms, in seconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, pages, terms)
        found = {"Material, no glossary": stock(folder)}
        found |= ours(folder)
        if documented:
            append = "abbr, {pymdownx.snippets: {auto_append: [abbreviations.md], check_paths: true}}"
            found["Material, its documented glossary"] = stock(folder, append)
            assert "<abbr title=" in (folder / "plain" / "site" / "page-0" / "index.html").read_text("utf-8")
        if ZENSICAL.exists():
            found["Zensical, no glossary"] = stock(folder, program=ZENSICAL)
    print(f"\n{pages} pages, {terms} terms: processor time, and times Material without a glossary")
    for way, seconds in found.items():
        _shown(way, seconds, found["Material, no glossary"])
    if not ZENSICAL.exists():
        print("  Zensical is not here: make renderers sets it up")
    return found


def linear(pages: int, terms: int, small: dict[str, float]) -> float:
    """How much more of ours a build costs than in proportion, with so many times the terms of `small`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, pages, terms)
        spent = ours(folder)[OURS]
    _shown(f"ours, {pages} pages, {terms} terms", spent, small["Material, no glossary"])
    return spent / small[OURS]


def measure() -> list[tuple[str, float, float]]:
    """The rows of the table: what was measured, the figure and the most that it may be."""
    small = compare(200, 250, documented=True)
    large = compare(1000, 250, documented=False)
    material, pages = small["Material, no glossary"], large[OURS] / small[OURS]
    rows = [
        ("200 pages, 250 terms: times Material without glossary", small[OURS] / material, 1.0),
        (
            "200 pages, 250 terms: times its documented glossary",
            small[OURS] / small["Material, its documented glossary"],
            0.2,
        ),
        ("1,000 pages: times Material", large[OURS] / large["Material, no glossary"], 0.4),
        ("5 times the pages, times the cost", pages, 5.5),
        ("4 times the terms, times the cost", linear(200, 1000, small), 4.0),
        ("200 pages: verify alone, times Material", small[VERIFY] / material, 1.0),
    ]
    record(
        "build",
        **{
            "of_material_200": round(rows[0][1], 2),
            "of_documented_200": round(rows[1][1], 2),
            "of_material_1000": round(rows[2][1], 2),
            "five_times_pages": round(rows[3][1], 2),
            "four_times_terms": round(rows[4][1], 2),
        },
    )
    return rows


if __name__ == "__main__":
    if sys.argv[1:] == ["200"]:
        compare(200, 250, documented=True)
    else:
        for row in measure():
            print(row)
