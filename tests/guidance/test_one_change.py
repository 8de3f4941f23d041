"""A time limit is written once: with another number in the one file, the old one is nowhere in the built site."""

from __future__ import annotations

import re
import shutil
import zipfile
from html import unescape
from pathlib import Path

import pytest

from macros.build import build
from tests.built import DAY
from tests.pdfs import text_of
from tests.project import ROOT, change

pytestmark = pytest.mark.site
OLD = re.compile(r"\b(15|fifteen) working days|\bworking day 15\b|\bday 15\b|\b15th working day", re.I)
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


def places(site: Path) -> list[str]:
    found = (file for file in sorted(site.rglob("*")) if file.suffix in KINDS)
    return [
        file.relative_to(site).as_posix()
        for file in found
        if file.relative_to(site).parts[0] not in ("updates", "as-at") and OLD.search(words_of(file))
    ]


def test_sixteen_instead_of_fifteen_reaches_every_page(site: Path, tmp_path: Path) -> None:
    before = places(site)
    assert {"pocket-guide/index.html", "deadlines/index.html", "deadlines.json"} <= set(before)
    files = {f"downloads/{name}.{ending}" for name in DOCUMENTS for ending in ("pdf", "docx")}
    assert files <= set(before)
    root = tmp_path / "project"
    root.mkdir()
    for part in ("docs", "glossary", "macros", "overrides"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    change(root, "docs/deadlines.yml", ("      number: 15\n", "      number: 16\n"))
    said: list[str] = []
    assert build(root, root / "site", DAY, said.append), "\n".join(said)
    assert places(root / "site") == []
    for file in files:
        assert "16 working days from sending the notification to the Panel" in words_of(root / "site" / file), file
    page = words_of(root / "site" / "deadlines" / "index.html")
    assert "16 working days from sending the notification to the Panel" in page
    assert "Tuesday 1 December 2026 Wednesday 23 December 2026" in page, "a worked example was not worked out again"
