"""The binding words: counted where they are stated, marked where the data states them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from macros.checks.binding_words import count_words
from macros.checks.check import check, stated
from macros.checks.citations import citations
from macros.content.load import Content, load
from macros.render.macros import Renderer
from tests.project import ROOT, change, small_project


def test_words_are_counted_in_pages_and_data_and_duties(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    before = count_words(load(root))
    change(root, "docs/index.md", ("An LCSPR may follow.", 'You {{ must }} act. We write "must" and `must`.'))
    change(root, "docs/part-one/notify.yml", ("why: Both count.", 'why: It must be, and is expected to be "should".'))
    after = count_words(load(root))
    assert after == before | {"must": before["must"] + 2, "expected": before["expected"] + 1}


def test_the_count_is_said_with_every_word(content: Content) -> None:
    words = count_words(content)
    assert all(words.values())
    assert stated(content) == (
        f"Binding words: {words['must']} must, {words['should']} should, "
        f"{words['expected']} expected, {words['locally']} locally."
    )


def test_a_word_in_the_data_is_marked_and_linked(content: Content) -> None:
    renderer = Renderer(content, lambda: "part-one/notify.md", date(2026, 11, 23))
    html = str(renderer.marked('It must & should be <so>, as "must" is expected to mean.'))
    assert html.count('href="../../deadlines/#binding-words"') == 3
    assert "It <a " in html
    assert "</a> &amp; <a " in html
    assert "&lt;so&gt;, as &#34;must&#34; is <a" in html


def test_superseding_a_source_lists_every_statement_to_look_at_again(content: Content, tmp_path: Path) -> None:
    resting = [place for place in citations(content) if place == "working-together-2026"]
    assert len(resting) > 50
    for name in ("docs", "glossary"):
        shutil.copytree(ROOT / name, tmp_path / name)
    text = (tmp_path / "docs/references.yml").read_text("utf-8")
    entry = text.index("id: working-together-2026\n")
    end = text.index("status: ", entry)
    line = text[end : text.index("\n", end)]
    new = text[:end] + "status: superseded\n    superseded_by: ca-2004-s16c" + text[end + len(line) :]
    (tmp_path / "docs/references.yml").write_text(new, "utf-8")
    found = [str(problem) for problem in check(load(tmp_path)) if "is superseded by" in problem.wrong]
    assert len(found) == len({(place.path, place.line) for place in resting})
