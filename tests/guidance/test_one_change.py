"""A time limit is written once: with another number in the one file, the old one is nowhere in the built site."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

from macros.build import build
from macros.content.load import Content
from macros.topics.dates import full_date
from macros.topics.duties import short
from macros.topics.working_days import add_working_days, bank_holidays
from tests.built import day_of
from tests.guidance.jobs import change_a_period, guidance_copy
from tests.pdfs import text_of

pytestmark = pytest.mark.site
DUTY, WORDS = (
    "rapid-review-report",
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
    ],
)
DOCUMENTS = (
    "part-one",
    "flowchart",
    "pocket-guide",
    "whole-guidance",
)  # those that say how long a rapid review may take
KINDS = {".html", ".svg", ".json", ".js", ".xml", ".csv", ".txt", ".pdf", ".docx"}


def words_of(file: Path) -> str:
    """What a reader of the file sees; its raw text too, so that attributes are searched as well."""
    if file.suffix == ".pdf":
        return text_of(file)
    if file.suffix == ".docx":
        with zipfile.ZipFile(file) as archive:
            return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", archive.read("word/document.xml").decode()))
    text = file.read_text("utf-8")
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split()) + " " + text


def limit(number: int) -> re.Pattern[str]:
    """A number of working days, however it may be written."""
    said = "|".join([str(number), *WORDS[number : number + 1]])
    ways = rf"\b({said}) working days|\bworking day {number}\b|\bday {number}\b|\b{number}th working day"
    return re.compile(ways, re.I)


def places(site: Path, old: re.Pattern[str]) -> list[str]:
    found = (file for file in sorted(site.rglob("*")) if file.suffix in KINDS)
    return [
        file.relative_to(site).as_posix()
        for file in found
        if file.relative_to(site).parts[0] not in ("updates", "as-at") and old.search(words_of(file))
    ]


def test_another_number_reaches_every_page(site: Path, content: Content, tmp_path: Path) -> None:
    duty = content.duty[DUTY]
    assert duty.period
    assert duty.period.number
    old, new = duty.period.number, duty.period.number + 1
    said = short(duty.period, content.clock)
    before = places(site, limit(old))
    assert {"pocket-guide/index.html", "deadlines/index.html", "deadlines.json"} <= set(before)
    files = {f"downloads/{name}.{ending}" for name in DOCUMENTS for ending in ("pdf", "docx")}
    assert files <= set(before)
    root = guidance_copy(tmp_path)
    change_a_period(root)
    told: list[str] = []
    assert build(root, root / "site", day_of(root), told.append), "\n".join(told)
    others = {one.period.number for one in content.duties.duties if one.period and one.id != DUTY}
    assert old in others or places(root / "site", limit(old)) == []
    now = said.replace(str(old), str(new), 1)
    for file in files:
        assert now in words_of(root / "site" / file), file
    page = words_of(root / "site" / "deadlines" / "index.html")
    assert now in page
    calendar = bank_holidays(content.site.bank_holidays.region)
    for example in content.duties.examples:
        if any(column.duty == DUTY and not column.follows for column in example.columns):
            last = add_working_days(example.days[0], new, calendar)
            assert f"{last:%A} {full_date(last)}" in page, "a worked example was not worked out again"
