"""Open data."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from macros.content import Content, load
from macros.feeds import made_files
from tests.project import small_project


def made(content: Content) -> dict[str, str]:
    return dict(made_files(content))


def test_every_file_that_pages_may_link_to_is_made(content: Content) -> None:
    assert {path for path in made(content) if not path.startswith("schemas/")} == set(content.made_files())


def test_a_term_keeps_its_id_its_words_and_its_address(tmp_path: Path) -> None:
    terms = json.loads(made(load(small_project(tmp_path)))["glossary.json"])
    assert terms[0] == {
        "id": "lcspr",
        "expansion": "local child safeguarding practice review",
        "meaning": "A fuller local review after a Rapid Review.",
        "checked": "2026-11-23",
        "confidence": "high",
        "abbreviation": "LCSPR",
        "see_also": ["panel"],
        "usual": False,
        "explicit": False,
        "source": "statute",
        "category": "Reviews",
        "address": "glossary/#lcspr",
    }


def test_the_table_opens_in_a_spreadsheet_with_one_row_a_term(content: Content) -> None:
    rows = list(csv.reader(io.StringIO(made(content)["glossary.csv"])))
    assert rows[0][:4] == ["id", "abbreviation", "expansion", "meaning"]
    assert len(rows) == len(content.terms) + 1
    assert {len(row) for row in rows} == {10}


def test_no_cell_begins_like_a_formula(content: Content) -> None:
    for row in csv.reader(io.StringIO(made(content)["glossary.csv"])):
        assert not [cell for cell in row if cell[:1] in "=+-@" and cell]


def test_a_duty_says_by_when_in_words(tmp_path: Path) -> None:
    data = json.loads(made(load(small_project(tmp_path)))["deadlines.json"])
    assert data["duties"][0]["sentence"] == "The local authority must notify the Panel."
    assert data["duties"][0]["by_when"] == "5 working days from becoming aware of the incident"


def test_a_decision_is_published_with_the_number_of_its_paths(tmp_path: Path) -> None:
    data = json.loads(made(load(small_project(tmp_path)))["decisions/part-one-notify.json"])
    assert (data["id"], data["address"], data["start"], data["paths"]) == (
        "part-one-notify",
        "part-one/notify/",
        "age",
        7,
    )
    assert data["questions"]["harm"]["options"][2]["not_sure"] is True
