"""Abbreviations explained in the finished HTML of a page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from markdown import Markdown

from macros.content.dialect import TAG
from macros.render.markdown_extensions import Abbreviations
from macros.source.ids import Id, Place
from macros.source.text import Text
from macros.terms.annotate import Reading, mark
from macros.terms.spellings import Spellings
from macros.topics.glossary import Term
from tests.examples import EXAMPLES, read


def term(letters: str, expansion: str, name: str = "", **more: Any) -> Term:
    first = Term(
        Place("", 1), Id(name or letters.lower()), Text(expansion), Text("…"), date(2026, 11, 23), "high", Text(letters)
    )
    return replace(first, **more)


TERMS = (
    term("LCSPR", "local child safeguarding practice review"),
    term("IRO", "independent reviewing officer"),
    term("DCS", "director of children's services", expansion_plural=Text("directors of children's services")),
    term("SAR", "safeguarding adults review", usual=True),
    term("SAR", "subject access request", "sar-data"),
    term("PP", "public protection"),
    term("PP", "pupil premium", "pp-school"),
    term("SO", "supervision order", explicit=True),
    term("PM", "post-mortem examination"),
    term("R&D", "research and development", "rd"),
    term("USC", "used syringe count"),
    term("HBV", "honour-based violence"),
    term("UCL", "unique care lead"),
    term("UNB", "unidentified newborn baby"),
    term("NHSE", "NHS England"),
    term("ÉSA", "équipe de soutien", "esa"),
    term("s47", "section 47", forms=(Text("s.47"),)),
    term("CA 1989", "Children Act 1989", "ca-1989"),
    term("LGBTQ+", "lesbian, gay, bisexual, trans, queer and others", "lgbtq"),
    term("MAPPA SCR", "MAPPA serious case review", "mappa-scr"),
    term("PX", "public exhibition"),
    term("PX", "pupil excluded", "px-school"),
    replace(term("", "Panel", "panel"), abbreviation=None),
)
SPELLINGS = Spellings(TERMS)
CASES = read(EXAMPLES / "abbreviations.yml")


def marked(html: str) -> str:
    html, _ = mark(html, SPELLINGS, Reading({"PX": SPELLINGS.terms["px-school"]}, "g"))
    return re.sub(r'<a class="lrp-abbr" href="g#([^"]*)">(.*?)</a>', r"[\1|\2]", html)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_marks(case: dict[str, str]) -> None:
    assert marked(case["page"]) == case["becomes"]


def test_runs_after_raw_html_is_back_and_leaves_the_title_alone() -> None:
    abbreviations = Abbreviations(SPELLINGS, lambda: Reading({}, "g"), lambda html, terms: html)
    markdown = Markdown(extensions=["toc", "attr_list", abbreviations])
    html = markdown.convert("## LCSPR\n\n<div><p>An IRO</p></div>\n\nThe LCSPR\n")
    assert '<h2 id="lcspr">LCSPR</h2>' in html
    assert "An independent reviewing officer (<a" in html
    assert "The local child safeguarding practice review (<a" in html


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("<a b/=>", ""),  # the five on which a Python before 3.11.5 reads Markdown's own pattern wrongly
        ('<A1\n   /b=>b = "c"', ""),
        ("<x-y b/=>='x'<@", ""),
        ("<A1 b/:=>", ""),
        ("<x-y  b=b b/A1b= >", ""),
        ("<br/>x>", "<br/>"),
        ("<a href=x title='y z' hidden>b</a>", "<a href=x title='y z' hidden>"),
        ('</a >"', "</a >"),
        ('<a b="c>', ""),
        ("<!-- a > b -->>", "<!-- a > b -->"),
        ("<a@b>", ""),
    ],
)
def test_a_tag_is_read_alike_on_every_python(text: str, tag: str) -> None:
    found = re.match(TAG, text, re.DOTALL)
    assert (found.group() if found else "") == tag


def test_no_group_of_the_pattern_gives_nothing_back() -> None:
    assert not re.search(r"\)[*+?]\+", TAG)
    assert TAG.count("(?>") == 2
