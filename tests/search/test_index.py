"""The index of the search: what can be found, how it is weighed, and how it is packed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from macros.content.load import Content
from macros.markup.pages import Pages
from macros.search.built_page import Unit, read_page
from macros.search.index import Names, index, passages
from macros.search.packing import DIGITS, number, pack
from macros.search.places import units


def test_a_page_is_read_into_places_with_addresses() -> None:
    html = """<body><nav>Menu</nav><main><h1>Title</h1><p class="lrp-lead">Lead.</p><p>Intro <a href="#x">here</a>.</p>
      <div data-unsearched><p>Left out.</p></div><h2 id="one">One</h2><p>First.</p><h3>No address</h3><p>Still first.</p>
      <table><tr><th>A</th><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>
      <section id="card" aria-labelledby="card-name"><h3 id="card-name">Card</h3><dl><dt>Who</dt><dd>They</dd></dl></section>
      <h2 id="two">Two</h2><p>Last.<svg><text>Drawn</text></svg></p></main><footer>End</footer></body>"""
    found = read_page(html, "page/")
    assert [(unit.address, unit.title, unit.lead, unit.text) for unit in found] == [
        ("page/", "Title", "Lead.", "Intro here."),
        ("page/#one", "One", "", "First.\nNo address\nStill first.\nA · B\nC · D"),
        ("page/#card", "Card", "", "Who: They"),
        ("page/#two", "Two", "", "Last."),
    ]
    assert found[2].under == ("Title", "One")


def test_a_place_with_a_name_and_no_other_words_is_found() -> None:
    html = '<main><h1>Sources</h1><article id="act"><h3>An Act</h3><p class="lrp-source">Read</p></article><p id="no">x</p></main>'
    assert [(unit.address, unit.title) for unit in read_page(html, "page/")] == [
        ("page/", "Sources"),
        ("page/#act", "An Act"),
    ]


def test_every_place_of_the_site_is_found_once(content: Content, site: Path) -> None:
    found = units(content, Pages(site))
    addresses = [unit.address for unit in found]
    assert len(addresses) == len(set(addresses))
    assert {f"glossary/#{term.id}" for term in content.terms} <= set(addresses)
    assert {f"deadlines/#{duty.id}" for duty in content.duties.duties} <= set(addresses)
    assert {f"references/#{source.id}" for source in content.sources.references} <= set(addresses)
    for page, decision in content.decisions.items():
        where = page.removesuffix(".md").removesuffix("index")
        where = f"{where}/" if where and not where.endswith("/") else where
        assert {f"{where}#{key}" for key in [*decision.questions, *decision.outcomes]} <= set(addresses)
    headings = {
        heading.anchor for page in content.pages.values() for heading in page.reading.headings if heading.number
    }
    assert headings <= {address.partition("#")[2] for address in addresses}
    for unit in found:
        assert unit.title, unit.address
        assert unit.kind, unit.address
        assert not re.search(r"Guidance cited:|checked \d+ \w+ 2026 ·", unit.text), unit.address


def test_terms_are_found_by_letters_words_and_other_names(content: Content) -> None:
    names = Names(content.terms)
    assert names.read("LKRs and a Lost Key Review")[1].count("lkr") == 2
    assert names.read("it was a grave loss")[1].count("grave-loss") == 1
    assert "lkr" in names.read("a look back")[1]
    assert "big-look" in names.read("big inquiries into losses")[1]
    assert not set(names.read("his aim is so")[1]) & {str(term.id) for term in content.terms if term.abbreviation}
    assert names.read("the LKR meets")[0] == ["the", "meets"]
    assert "grave-loss" not in names.read("it was a grave harm")[1], "a word like its own is not a term's name"


def test_a_place_of_the_guidance_counts_more_than_one_about_the_website() -> None:
    here = Unit("a/#a", "Section", "Dates", text="Count the days.")
    aside = Unit("b/#b", "Section", "Dates", text="Count the days.", about_this_site=True)
    weights = dict(index([here, aside], ()).postings["date"])
    assert weights[0] > weights[2]


def test_a_term_is_found_by_what_it_says_to_see_also(content: Content) -> None:
    unit = Unit("glossary/#mkd", "Term", "MKD: municipal key desk", see_also=("lkr",))
    assert [place for place, _ in index([unit], content.terms).postings["@lkr"]] == [0]


def test_short_lines_make_one_passage() -> None:
    assert passages(f"Short.\n{'Long ' * 40}\nNext.") == [f"Short.\n{'Long ' * 40}", "Next."]


@pytest.mark.parametrize("value", [0, 1, 31, 32, 33, 1023, 1024, 70000])
def test_numbers_are_written_in_few_digits(value: int) -> None:
    read = 0
    for digit in number(value):
        read = read * 32 + DIGITS.index(digit) % 32
    assert read == value
    assert [DIGITS.index(digit) < 32 for digit in number(value)][-1:] == [True]
    assert all(DIGITS.index(digit) >= 32 for digit in number(value)[:-1])


def test_the_same_places_give_the_same_bytes(content: Content) -> None:
    places = [Unit("a/", "Page", "Rapid Review", text="It is due."), Unit("a/#b", "Section", "Clock", text="Days.")]
    places += [Unit(f"glossary/#{term.id}", "Term", str(term.expansion)) for term in content.terms]
    first = pack(places, index(places, content.terms), content.terms, "search-engine.js")
    assert first == pack(places, index(places, content.terms), content.terms, "search-engine.js")
    assert len({re.findall(r'"([0-9a-f]{10})"', text)[0] for _, text in first}) == 1
    for _, text in first:
        json.loads("[" + text.removeprefix("lrpSearchPart(").removesuffix(");\n") + "]")
