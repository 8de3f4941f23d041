"""Each made file is read by a parser of others, and named where that cannot read it."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from macros.markup.pages import Pages
from macros.output.well_formed import check_made

WISH = "Look for odd characters in what it is made from, or tell a maintainer."
WORD = {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def said(folder: Path, path: str, data: bytes) -> list[str]:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(data)
    return [str(problem) for problem in check_made(Pages(folder))]


@pytest.mark.site
def test_every_file_of_our_site_is_read(site: Path) -> None:
    pages = Pages(site)
    endings = {path[path.rfind(".") :] for path in pages.paths()}
    assert {".xml", ".json", ".csv", ".gz", ".docx", ".zip", ".js", ".pdf", ".svg"} <= endings
    assert list(check_made(pages)) == []


@pytest.mark.parametrize(
    ("path", "data", "line", "why"),
    [
        ("updates.xml", b"<feed>\n<title>An \x07 Act</title></feed>", 2, "not well-formed (invalid token): line 2, column 10"),
        ("updates.xml", b"<feed>\xef\xbf\xbe</feed>", 1, "not well-formed (invalid token): line 1, column 6"),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", 1, "it declares entities of its own"),
        ("sitemap.xml.gz", gzip.compress(b"<a>", mtime=0), 1, "no element found: line 1, column 3"),
        ("sitemap.xml.gz", b"<a/>", 1, "Not a gzipped file (b'<a')"),
        ("a/b.json", b'{\n"a": }', 2, "Expecting value"),
        ("a.json", b'{"a": NaN}', 1, "a number that JSON does not know"),
        ("a.json", b'"\xff"', 1, "'utf-8' codec can't decode byte 0xff in position 1: invalid start byte"),
        ("a.csv", b'a,b\r\n"c",d,e\r\n', 1, "its rows have different numbers of cells"),
        ("a.csv", b'a,"b', 1, "unexpected end of data"),
        ("a.docx", b"PK", 1, "File is not a zip file"),
        ("a.docx", packed(**{**WORD, "word/document.xml": "<w:p>\x0b</w:p>"}), 1, "unbound prefix: line 1, column 0"),
        ("a.docx", packed(**{**WORD, "word/document.xml": "<p>\x0b</p>"}), 1, "not well-formed (invalid token): line 1, column 3"),
        ("a.docx", packed(**{"word/document.xml": "<p/>"}), 1, "There is no item named '[Content_Types].xml' in the archive"),
        ("a.zip", packed(**{"../a.txt": "x"}), 1, "its part ../a.txt would be unpacked elsewhere"),
        ("search/data/p0.0123456789.js", b'lrpSearchPart("p0","1",[);\n', 1, "Expecting ',' delimiter"),
        ("form-template.js", b'(window.lrp = window.lrp || {}).template = {"a": "b};\n', 1, "Unterminated string starting at"),
        ("a.pdf", b"%PDF-1.7\n", 1, "it is no whole PDF"),
        ("a.png", b"<html>", 1, "it is no picture"),
        ("index.html", b"<h1>x</h1><svg><g></svg>", 1, "mismatched tag: line 1, column 10"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named(path: str, data: bytes, line: int, why: str, tmp_path: Path) -> None:
    assert said(tmp_path, path, data) == [f"site/{path}:{line}: The file cannot be read: {why}. {WISH}"]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.xml", b"<a/>"),
        ("a.json", b"[]\n"),
        ("a.csv", '\ufeffa,b\r\n"c\r\nd",\'=e\r\n'.encode()),
        ("a.docx", packed(**WORD)),
        ("a.js", b"var a = {;"),
        ("search/data/p0.js", b'lrpSearchPart("p0","1",{"a":["b);"]});\n'),
        ("index.html", b"<svg><g/></svg>"),
    ],
)
def test_what_can_be_read_is_left_alone(path: str, data: bytes, tmp_path: Path) -> None:
    assert said(tmp_path, path, data) == []
