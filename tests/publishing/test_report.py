"""What an editor reads after a push, from two built sites."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from macros.source.problem_ids import id_of
from publishing.addresses import lost
from publishing.report import changed

ADDRESS = "https://example.org/"


def site(folder: Path, pages: dict[str, str], duties: list[dict[str, Any]], terms: list[dict[str, Any]]) -> Path:
    for path, body in pages.items():
        file = folder / path / "index.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"<html><head></head><body><main>{body}</main></body></html>", "utf-8")
    (folder / "deadlines.json").write_text(json.dumps({"duties": duties}), "utf-8")
    (folder / "glossary.json").write_text(json.dumps(terms), "utf-8")
    return folder


def test_a_duty_that_became_stronger_is_called_out(tmp_path: Path) -> None:
    old = site(tmp_path / "old", {"": "a"}, [{"id": "notify", "binding": "should", "by_when": "5 working days"}], [])
    new = site(tmp_path / "new", {"": "a"}, [{"id": "notify", "binding": "must", "by_when": "3 working days"}], [])
    assert changed(old, new, ADDRESS)[:2] == [
        "Changed duties: 1",
        '  notify: "should" became "must" – A STRONGER DUTY; was 5 working days, is 3 working days',
    ]


def test_a_duty_that_became_weaker_or_was_reworded_is_told_plainly(tmp_path: Path) -> None:
    old = site(tmp_path / "old", {"": "a"}, [{"id": "a", "binding": "must"}, {"id": "b", "sentence": "x"}], [])
    new = site(tmp_path / "new", {"": "a"}, [{"id": "a", "binding": "should"}, {"id": "b", "sentence": "y"}], [])
    assert changed(old, new, ADDRESS)[1:3] == ['  a: "must" became "should"', "  b: is now: y"]


def test_pages_and_terms_are_named_with_what_became_of_them(tmp_path: Path) -> None:
    old = site(tmp_path / "old", {"": "a", "gone": "b"}, [], [{"id": "x"}, {"id": "y", "meaning": "1"}])
    new = site(tmp_path / "new", {"": "b", "new": "c"}, [], [{"id": "y", "meaning": "2"}, {"id": "z"}])
    assert changed(old, new, ADDRESS)[:8] == [
        "Changed pages: 3",
        "  https://example.org/",
        "  https://example.org/gone/ (gone)",
        "  https://example.org/new/ (new)",
        "Changed terms: 3",
        "  x: is gone",
        "  y: changed",
        "  z: is new",
    ]


def test_a_long_list_is_cut_and_counted(tmp_path: Path) -> None:
    old = site(tmp_path / "old", {"": "a"}, [], [])
    new = site(tmp_path / "new", {"": "a"}, [], [{"id": f"t{number:02}"} for number in range(50)])
    lines = changed(old, new, ADDRESS)
    assert lines[0] == "Changed terms: 50"
    assert lines[41] == "  … and 10 more"


def test_addresses_and_anchors_that_went_are_named(tmp_path: Path) -> None:
    page = '<section id="a" aria-labelledby="t"><h2 id="t">T</h2></section><h3 id="b">B</h3><input id="c">'
    old = site(tmp_path / "old", {"one": page, "two": "x"}, [], [])
    new = site(tmp_path / "new", {"one": '<p id="a">moved</p>'}, [], [])
    wish = "Add this line to docs/moved.yml, with the page or the section that readers are to find, or bring it back:"
    assert [str(problem) for problem in lost(old, new)] == [
        'docs/moved.yml:1: The anchor "one/#b" was published and is gone. '
        f"{wish}\n  - {{old: one/#b, now: one/index.md}}",
        f'docs/moved.yml:1: The address "two/" was published and is gone. {wish}\n  - {{old: two/, now: index.md}}',
    ]
    assert all(id_of(problem.wrong) == "LRP-306" for problem in lost(old, new))
    assert lost(new, old) == []
