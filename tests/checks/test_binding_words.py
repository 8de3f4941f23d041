"""The binding words: counted where they are stated, marked where the data states them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.checks.binding_words import count_words
from macros.checks.check import check
from macros.checks.citations import citations
from macros.content.load import Content, load
from macros.render.macros import Renderer
from tests.project import WHOLE, change, small_project


def test_words_are_counted_in_pages_and_data_and_duties(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    before = count_words(load(root))
    change(root, "docs/index.md", ("An LCSPR may follow.", 'You {{ must }} act. We write "must" and `must`.'))
    change(root, "docs/part-one/notify.yml", ("why: Both count.", 'why: It must be, and is expected to be "should".'))
    after = count_words(load(root))
    assert after == before | {"must": before["must"] + 2, "expected": before["expected"] + 1}


def test_a_word_in_the_data_is_marked_and_linked(content: Content) -> None:
    renderer = Renderer(content, lambda: "part-one/notify.md", date(2026, 11, 23))
    html = str(renderer.marked('It must & should be <so>, as "must" is expected to mean.'))
    assert html.count('href="../../deadlines/#binding-words"') == 3
    assert "It <a " in html
    assert "</a> &amp; <a " in html
    assert "&lt;so&gt;, as &#34;must&#34; is <a" in html


def test_superseding_a_source_lists_every_statement_to_look_at_again(content: Content, tmp_path: Path) -> None:
    resting = [place for place in citations(content) if place == "statute"]
    assert len(resting) > 10
    root = small_project(tmp_path, site=WHOLE)
    status = "check_every: 3 months, status: current}\n  - {id: guidance,"
    change(root, "docs/references.yml", (status, status.replace("current", "superseded, superseded_by: guidance")))
    found = [str(problem) for problem in check(load(root)) if "is superseded by" in problem.wrong]
    assert len(found) == len({(place.path, place.line) for place in resting})
