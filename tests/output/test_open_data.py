"""Open data."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from macros.changes.feed import atom
from macros.content.load import Content, load
from macros.documents.form_files import made_forms
from macros.output.open_data import made_files
from macros.source.cells import harmless
from macros.source.text import Text
from tests.project import small_project

DATA = ["glossary", "references", "deadlines"]


def made(content: Content) -> dict[str, str]:
    return dict(made_files(content))


def table(content: Content) -> list[list[str]]:
    """The rows of the glossary's table, read as programs read a file with the mark of UTF-8."""
    return list(csv.reader(io.StringIO(made(content)["glossary.csv"].encode().decode("utf-8-sig"), newline="")))


def test_every_file_that_pages_may_link_to_is_made(content: Content) -> None:
    data = {path for path in made(content) if not path.startswith("schemas/")} | set(dict(atom(content, "")))
    data |= {"evidence.json", "sbom.json"}  # see tests/topics/test_evidence.py
    forms = {path for path, _ in made_forms(content) if path.endswith(".docx")}
    documents = {file for document in content.documents for file in document.files()}
    assert data | forms | documents == set(content.made_files())


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
    rows = table(content)
    assert rows[0][:4] == ["id", "abbreviation", "expansion", "meaning"]
    assert len(rows) == len(content.terms) + 1
    assert {len(row) for row in rows} == {10}


def test_no_cell_begins_like_a_formula(content: Content) -> None:
    for row in table(content):
        assert not [cell for cell in row if cell[:1] in "=+-@" and cell]


@pytest.mark.parametrize(
    "cell",
    [
        '=HYPERLINK("https://example.org","Read")',
        "=cmd|' /C calc'!A0",
        "+1",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        " =1",
        "＝1",
        "＠x",
    ],
)
def test_a_cell_that_begins_like_a_formula_is_made_text(cell: str, tmp_path: Path) -> None:
    content = load(small_project(tmp_path))
    term = dataclasses.replace(content.terms[0], expansion=Text(cell), also_called=(Text("Another"), Text(cell)))
    category = dataclasses.replace(content.categories[0], terms=(term,))
    rows = table(dataclasses.replace(content, categories=(category,)))
    assert (rows[1][2], rows[1][4]) == (f"'{cell}", f"Another; '{cell}")
    assert harmless("A word = 1") == "A word = 1"


def test_the_table_begins_with_the_mark_that_a_double_click_needs(content: Content) -> None:
    assert made(content)["glossary.csv"].encode().startswith(b"\xef\xbb\xbfid,")


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


def faults(content: Content, name: str, data: Any) -> list[str]:
    schema = json.loads(made(content)[f"schemas/data/{name}.json"])
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(data)]


@pytest.mark.parametrize("name", DATA)
def test_open_data_fit_the_schema_that_is_published_with_them(name: str, content: Content, tmp_path: Path) -> None:
    for each in (content, load(small_project(tmp_path))):
        assert faults(each, name, json.loads(made(each)[f"{name}.json"])) == []


def test_a_schema_refuses_data_that_have_lost_or_gained_something(content: Content) -> None:
    terms = json.loads(made(content)["glossary.json"])
    del terms[0]["address"]
    terms[1]["colour"] = "blue"
    terms[2]["checked"] = "yesterday"
    assert len(faults(content, "glossary", terms)) == 3


def test_the_pathways_name_duties_and_clocks_that_are_in_the_same_file(content: Content) -> None:
    data = json.loads(made(content)["deadlines.json"])
    duties, clocks = ({entry["id"] for entry in data[part]} for part in ("duties", "clocks"))
    assert {pathway["id"] for pathway in data["pathways"]} == {str(each.id) for each in content.duties.pathways}
    for pathway in data["pathways"]:
        assert {clock for start in pathway["starts"] for clock in start["clocks"]} <= clocks
        assert {*pathway.get("at_once", []), *(step["duty"] for step in pathway.get("then", []))} <= duties


def test_ids_of_open_data_are_stable_names_used_once(content: Content) -> None:
    for name in ("glossary", "references"):
        ids = [entry["id"] for entry in json.loads(made(content)[f"{name}.json"])]
        assert len(ids) == len(set(ids))
