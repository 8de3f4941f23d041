"""Contacts: what readers may see of a number, and when it is confirmed too early."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from macros.checks.upkeep import check_look_backs
from macros.content.load import load
from macros.render.macros import Renderer
from macros.source.ids import ContactKindId, Id, Place
from macros.source.text import Text
from macros.topics.contacts import Contact
from tests.built import DAY
from tests.project import WHOLE, change, small_project

PAGE = "contacts.md"


@pytest.fixture(scope="module")
def renderer(tmp_path_factory: pytest.TempPathFactory) -> Renderer:
    root = small_project(tmp_path_factory.mktemp("contacts"), with_generator=True, site=WHOLE)
    return Renderer(load(root), lambda: PAGE, DAY)


def contact(number: str, confirmed: date | None, by: str) -> Contact:
    return Contact(
        Place("", 1),
        Id("desk"),
        ContactKindId("desk"),
        Text("Desk"),
        number=Text(number) if number else None,
        confirmed=confirmed,
        confirmed_by=Text(by) if by else None,
    )


@pytest.mark.parametrize(
    ("number", "confirmed", "by", "shown"),
    [
        ("0300 000 0001", DAY, "Desk manager", "0300 000 0001"),
        ("0300 000 0001", None, "", ""),
        ("0300 000 0001", DAY, "", ""),
        ("0300 000 0001", None, "Desk manager", ""),
        ("101", None, "", ""),
        ("999", None, "", "999"),
        ("", None, "", ""),
    ],
)
def test_a_number_is_shown_once_somebody_has_confirmed_it(
    number: str, confirmed: date | None, by: str, shown: str
) -> None:
    assert contact(number, confirmed, by).shown == shown


def test_a_page_shows_official_pages_at_once_and_only_confirmed_numbers(renderer: Renderer) -> None:
    for html in (renderer.contacts(), renderer.ring("desk"), renderer.ring("desk", "short")):
        assert '<a href="https://example.org/desk">' in html
        assert '<a class="lrp-number" href="tel:03000000001">0300 000 0001</a>' in html
        assert "0002" not in html
        assert "0003" not in html
    assert '<a class="lrp-number" href="tel:999">999</a>' in renderer.ring("danger")


def test_a_box_asks_for_what_is_missing_once_and_leaves_a_line_on_paper_for_each(renderer: Renderer) -> None:
    desk, danger, whole = renderer.ring("desk"), renderer.ring("danger"), renderer.contacts()
    assert (desk.count("Local practice to be confirmed"), desk.count("lrp-fill")) == (1, 2)
    assert (danger.count("Local practice to be confirmed"), danger.count("lrp-fill")) == (0, 0)
    assert (whole.count("Local practice to be confirmed"), whole.count("lrp-fill")) == (1, 2)


def test_inside_a_sentence_each_page_stands_once_and_nobody_is_left_out(renderer: Renderer) -> None:
    short = renderer.ring("desk", "short")
    assert (
        short
        == '<a href="https://example.org/desk">North wing</a> <a class="lrp-number" href="tel:03000000001">0300 000 0001</a> by day · South wing'
    )


def test_a_number_that_will_be_confirmed_is_a_problem_until_that_day(tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    change(root, "docs/contacts.yml", ("confirmed: 2026-11-23", "confirmed: 2026-12-01"))
    assert list(check_look_backs(load(root), date(2026, 12, 1))) == []
    assert [str(problem) for problem in check_look_backs(load(root), date(2026, 11, 30))] == [
        'docs/contacts.yml:7: The number of the contact "north-desk" was confirmed on 1 December 2026, which has not come yet. '
        "Write the day on which it was done, and not the one on which it will be."
    ]
