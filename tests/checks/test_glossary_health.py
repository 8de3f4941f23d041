"""The state of the glossary: counted right, shown whole, dated from outside."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

from macros.checks.glossary_health import Health, health
from macros.content.load import Content, load
from macros.render.macros import Renderer
from tests.built import DAY
from tests.project import change, small_project

PAGE = "about/glossary-health.md"


@pytest.fixture(scope="module")
def real(content: Content) -> Health:
    return health(content, DAY)


def page(content: Content, today: date) -> str:
    return unescape(
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", str(Renderer(content, lambda: PAGE, today).glossary_health())))
    )


def test_every_term_is_counted_once(content: Content, real: Health) -> None:
    assert sum(row.total for row in real.rows) == len(content.terms)
    assert sum(row.low for row in real.rows) == len(real.unconfirmed)
    assert {row.category for row in real.rows} == {str(category.category) for category in content.categories}


def test_what_is_not_confirmed_says_so(real: Health) -> None:
    assert [term.id for term in real.unconfirmed if not term.note] == []


def test_letters_with_several_meanings_name_them_all(content: Content, real: Health) -> None:
    for letters, known in real.several:
        assert set(known) == {term for term in content.terms if letters in (*term.letters, term.plural_letters)}
        assert sum(term.usual for term in known) <= 1


def test_a_term_is_used_where_a_page_has_its_letters_its_words_or_its_macro(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    assert [str(term.id) for term in health(load(root), DAY).unused] == ["scr"]
    change(root, "docs/index.md", ("An LCSPR may follow.", "A Serious Case Review may follow."))
    assert [str(term.id) for term in health(load(root), DAY).unused] == ["lcspr"]
    change(root, "docs/index.md", ("A Serious Case Review may follow.", '{{ term("lcspr") }}'))
    assert [str(term.id) for term in health(load(root), DAY).unused] == ["scr"]


def test_today_comes_from_outside(tmp_path: Path) -> None:
    content = load(small_project(tmp_path, with_generator=True))
    assert "None overdue on 23 November 2026." in page(content, DAY)
    assert "3 overdue on 24 November 2027." in page(content, date(2027, 11, 24))
    assert health(content, date(2027, 11, 23)).overdue == 0


def test_a_glossary_without_retired_or_shared_letters_shows_no_empty_table(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    change(root, "glossary/reviews.yml", ('    retired: {say: lcspr, since: "2019"}\n', ""))
    html = str(Renderer(load(root), lambda: PAGE, DAY).glossary_health())
    assert html.count("<table") == 1


@pytest.mark.site
def test_the_page_is_whole_without_scripts(content: Content, real: Health, site: Path) -> None:
    html = (site / "about/glossary-health/index.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
    ids = set(re.findall(r'id="([^"]+)"', html))
    assert {"checks", "unconfirmed", "several", "retired", "unused", "allowed"} <= ids
    for term in (*real.unconfirmed, *real.unused, *real.retired):
        assert f'glossary/#{term.id}"' in html, term.id
    for entry in real.allowed:
        assert entry.why in unescape(html)


def test_the_audit_is_clean_on_the_real_content(real: Health) -> None:
    assert real.problems == 0
