"""The editing page, followed to the letter."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from macros.build import problems_of
from macros.content.load import load
from macros.source.problems import report
from macros.topics.decisions import count_paths
from tests.project import ROOT, change

EDITING = (ROOT / "docs" / "about" / "editing.md").read_text("utf-8")


def fence_after(words: str) -> str:
    """The text of the first code fence behind some words of the editing page."""
    assert words in EDITING, f"about/editing.md does not say: {words}"
    found = re.search(r"```\w*\n(.*?)\n```", EDITING.split(words, 1)[1], re.S)
    assert found
    return found[1]


def test_a_new_decision_takes_two_files_and_one_line(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for room in ("docs", "glossary"):
        shutil.copytree(ROOT / room, root / room)
    for path in ("docs/part-three/follow-up.md", "docs/part-three/follow-up.yml"):
        (root / path).write_text(fence_after(f"this as `{path}`:") + "\n", "utf-8")
    line = fence_after("add this line to `docs/navigation.yml`, under Part Three:")
    last = "      - {page: part-three/methods.md, label: The methods}"
    change(root, "docs/navigation.yml", (last, f"{last}\n{line}"))
    found = problems_of(root)
    assert not found, report(found)
    assert count_paths(load(root).decisions["part-three/follow-up.md"]) > 2


def test_another_area_and_another_kind_of_source_take_the_lines_shown(tmp_path: Path) -> None:
    root = tmp_path / "project"
    for room in ("docs", "glossary"):
        shutil.copytree(ROOT / room, root / room)
    was = load(root).site
    change(root, "docs/site.yml", (f"area: {was.area}\n", f"{fence_after('To change a name, change its line')}\n"))
    kinds = root / "docs" / "site.yml"
    kinds.write_text(f"{kinds.read_text('utf-8')}{fence_after('A new kind is one more line at the end')}\n", "utf-8")
    change(root, "docs/references.yml", ("kind: service\n", "kind: inspection\n"))
    found = problems_of(root)
    assert not found, report(found)
    now = load(root).site
    assert (now.area, now.kinds[-1].name, now.bearers("must")) == (
        "Newcastle, Gateshead and beyond",
        "inspection",
        was.bearers("must"),
    )
