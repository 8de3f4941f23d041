"""The documents to take along, as they stand in the built site: every PDF and every Word file is opened."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from pypdf import PdfReader
from pypdf.generic import StreamObject

from macros.build import Stamp, build, epoch
from macros.content.addresses import address
from macros.content.load import Content, edition, load
from macros.documents.annexes import ABBREVIATIONS, SOURCES
from macros.documents.make import make_documents
from macros.markup.pages import Pages
from macros.source.files import read_yaml
from macros.source.schema import build as build_data
from macros.topics.dates import full_date
from macros.topics.documents import Document, Documents
from tests.built import DAY
from tests.evidence import record
from tests.pdfs import text_of
from tests.project import ROOT, change, small_project

pytestmark = pytest.mark.site
LISTED = "docs/downloads.yml"
DOCUMENTS = build_data(Documents, read_yaml(ROOT / LISTED, LISTED)[0], LISTED, []).documents
NAMES = [str(document.id) for document in DOCUMENTS]
LEFT_OUT = {"At a glance", "Find a term", "By category"}
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@cache
def pdf_of(file: Path) -> tuple[PdfReader, str]:
    """A PDF with the text of its pages, spaces made one."""
    return PdfReader(file), text_of(file)


def word_of(file: Path) -> Word:
    return docx.Document(str(file))


def words_of_file(file: Path) -> str:
    with zipfile.ZipFile(file) as archive:
        text = archive.read("word/document.xml").decode()
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", text)).split())


def headings(site: Path, page: str) -> list[str]:
    """The second-level headings of a page, but for those of what only a screen can use, and the one on every page."""
    html = (site / address(page) / "index.html").read_text("utf-8")
    main = html[html.index('<div class="lrp-prose">') : html.index("</main>")]
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", main, re.S)
    plain = [" ".join(unescape(re.sub(r"<[^>]*>", "", heading)).split()) for heading in found]
    return [words for words in plain if words and words not in LEFT_OUT]


def marked(site: Path, document: Document) -> bool:
    """Whether an abbreviation is explained on one of the pages."""
    pages = ((site / address(page) / "index.html").read_text("utf-8") for page in document.pages)
    return any('class="lrp-abbr"' in page or 'class="lrp-used"' in page for page in pages)


def document(name: str) -> Document:
    return next(found for found in DOCUMENTS if found.id == name)


def test_every_document_that_was_asked_for_is_there() -> None:
    assert NAMES == [
        "part-one",
        "flowchart",
        "part-two",
        "part-three",
        "pocket-guide",
        "form-a",
        "learning-and-improvement",
        "terms-of-reference",
        "glossary",
        "whole-guidance",
    ]


def claims_ua(reader: PdfReader) -> bool:
    """Whether the PDF says that it keeps to PDF/UA-1; its maker refuses to write one that does not."""
    about = reader.root_object["/Metadata"].get_object()
    return isinstance(about, StreamObject) and b"<pdfuaid:part>1</pdfuaid:part>" in about.get_data()


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_is_tagged_named_and_in_english(name: str, site: Path) -> None:
    reader, _ = pdf_of(site / "downloads" / f"{name}.pdf")
    assert claims_ua(reader)
    assert faults_of(reader, name) == []


def faults_of(reader: PdfReader, name: str) -> list[str]:
    """What a PDF lacks that a screen reader needs."""
    root: dict[str, Any] = reader.root_object
    kept = {
        "marked": str(root["/MarkInfo"]["/Marked"]) == "True",
        "tags": "/StructTreeRoot" in root,
        "language": root["/Lang"] == "en-GB",
        "title shown": str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True",
        "title": bool(reader.metadata and reader.metadata.title == str(document(name).title)),
        "bookmarks": bool(reader.outline),
    }
    return [what for what, there in kept.items() if not there]


def test_what_was_read_back_is_kept_as_evidence(site: Path) -> None:
    pdfs = {name: pdf_of(site / "downloads" / f"{name}.pdf")[0] for name in NAMES}
    faults = [fault for name, reader in pdfs.items() for fault in faults_of(reader, name)]
    assert faults == []
    record(
        "documents",
        pdfs=len(pdfs),
        ua1=sum(map(claims_ua, pdfs.values())),
        pages=sum(len(reader.pages) for reader in pdfs.values()),
        words=len([name for name in NAMES if word_of(site / "downloads" / f"{name}.docx").core_properties.title]),
        faults=len(faults),
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_pdf_says_what_it_is_in_the_order_of_reading(name: str, site: Path, content: Content) -> None:
    reader, text = pdf_of(site / "downloads" / f"{name}.pdf")
    found = document(name)
    front = content.pages[found.pages[0]].front
    for words in ("Edition", full_date(edition(content)), "Review due", str(front.owner), "Uncontrolled when printed"):
        assert words in text, words
    count = len(reader.pages)
    for number in (1, count):
        assert f"page {number} of {count}" in text
    assert "\ufffd" not in text
    place = text.rfind(". . .") + 1  # behind the contents
    for page in found.pages:
        if page == "deadlines.md":
            continue  # half of it is a calculator, which paper does not need
        for heading in headings(site, page):
            place = text.find(heading, place)
            assert place > 0, f"{page}: {heading}"
    assert (ABBREVIATIONS in text) == marked(site, found)
    assert SOURCES in text


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_only_a_screen_can_do_is_said_on_paper(name: str, site: Path) -> None:
    said = (pdf_of(site / "downloads" / f"{name}.pdf")[1], words_of_file(site / "downloads" / f"{name}.docx"))
    for words in ("scripts do not run", "Nothing you type leaves this device", "Loading"):
        assert words not in said[0]
        assert words not in said[1]


def test_the_pocket_guide_is_one_sheet(site: Path) -> None:
    assert len(pdf_of(site / "downloads" / "pocket-guide.pdf")[0].pages) == 2


@pytest.mark.parametrize("name", [name for name in NAMES if document(name).contents])
def test_longer_ones_have_their_contents_and_bookmarks_to_sections(name: str, site: Path) -> None:
    reader, text = pdf_of(site / "downloads" / f"{name}.pdf")
    assert "Contents" in text
    assert len(reader.outline) > 3
    assert "Contents" in words_of_file(site / "downloads" / f"{name}.docx")


@pytest.mark.parametrize(
    "name", [name for name in NAMES if name != "form-a"]
)  # a form to fill in, see test_form_template.py
def test_a_word_file_has_headings_tables_language_and_alternative_text(name: str, site: Path, content: Content) -> None:
    file, found = site / "downloads" / f"{name}.docx", document(name)
    word = word_of(file)
    about = word.core_properties
    assert (about.title, about.author) == (
        str(found.title),
        "Newcastle and Gateshead safeguarding children partnerships",
    )
    assert about.language == "en-GB"
    named = [
        paragraph.text
        for paragraph in word.paragraphs
        if paragraph.style and str(paragraph.style.name).startswith("Heading")
    ]
    place = 0
    for page in found.pages:
        for heading in [] if page == "deadlines.md" else headings(site, page):
            assert heading in named[place:], f"{page}: {heading}"
            place = named.index(heading, place)
    assert (ABBREVIATIONS in named) == marked(site, found)
    assert SOURCES in named
    for table in word.tables:
        first = table.rows[0]._tr.trPr
        assert first is not None
        assert first.find(qn("w:tblHeader")) is not None, table.rows[0].cells[0].text
    for picture in word.element.body.iter(qn("wp:docPr")):
        assert len(picture.get("descr", "")) > 20
    styles = word.styles.element.find(f"{WORD}docDefaults").find(f".//{WORD}lang")
    assert styles.get(f"{WORD}val") == "en-GB"
    for section in word.sections:
        assert section.header.paragraphs[0].text == f"{found.title}\tEdition of {full_date(edition(content))}"
        assert "Uncontrolled when printed" in section.footer.paragraphs[0].text


@pytest.mark.parametrize("name", NAMES)
def test_no_style_of_a_word_file_is_unknown(name: str, site: Path) -> None:
    word = word_of(site / "downloads" / f"{name}.docx")
    known = {style.style_id for style in word.styles}
    used = {
        mark.get(f"{WORD}val")
        for kind in ("pStyle", "rStyle", "tblStyle")
        for mark in word.element.body.iter(f"{WORD}{kind}")
    }
    assert used <= known


def test_a_picture_stands_in_the_document_of_each_decision(site: Path) -> None:
    pictures = {"part-one": 2, "flowchart": 1, "part-two": 1, "part-three": 1, "whole-guidance": 4}
    for name in NAMES:
        word = word_of(site / "downloads" / f"{name}.docx")
        assert len(list(word.element.body.iter(qn("wp:docPr")))) == pictures.get(name, 0), name


def test_libreoffice_reads_every_word_file(site: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("LibreOffice is not installed here.")
    files = sorted((site / "downloads").glob("*.docx"))
    words = [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to", "pdf"]
    run = subprocess.run([*words, "--outdir", str(tmp_path), *map(str, files)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert sorted(file.stem for file in tmp_path.glob("*.pdf")) == sorted(NAMES)


def test_the_page_lists_each_file_with_its_size_and_each_page_links_its_own(site: Path, content: Content) -> None:
    listed = (site / "downloads" / "index.html").read_text("utf-8")
    for found in content.documents:
        for path in found.files():
            count = (site / path).stat().st_size
            size = f"{count / 1e6:.1f}\u00a0MB" if count >= 1e6 else f"{round(count / 1000)}\u00a0KB"
            assert f'data-made="{path} size">{size}<' in listed
            for page in found.pages[:1] if found.id != "whole-guidance" else []:
                assert f'{Path(path).name}"' in (site / address(page) / "index.html").read_text("utf-8")
    assert 'data-made="downloads/pocket-guide.pdf pages">2\u00a0pages<' in listed
    for built in site.rglob("*.html"):
        assert ">made at build<" not in built.read_text("utf-8"), built


# On the small site


def with_documents(root: Path) -> None:
    """Gives the small site a page of downloads with one document."""
    text = (root / "docs" / "search.md").read_text("utf-8").replace("{{ search_index() }}", "{{ downloads() }}")
    (root / "docs" / "downloads.md").write_text(text, "utf-8")
    (root / "docs" / "downloads.yml").write_text(
        "documents:\n  - {id: notify, title: To notify, pages: [part-one/notify.md, glossary.md], contents: true}\n",
        "utf-8",
    )
    change(
        root,
        "docs/navigation.yml",
        ("menu:\n", "menu:\n  - {label: Files, pages: [{page: downloads.md, label: Files}]}\n"),
    )


def test_two_builds_make_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        root = small_project(tmp_path / name, with_generator=True)
        with_documents(root)
        said: list[str] = []
        assert build(root, root / "site", DAY, said.append, "https://guidance.example/here/"), said
        made.append([(root / "site" / "downloads" / f"notify.{ending}").read_bytes() for ending in ("pdf", "docx")])
        assert any(line.startswith("Made 1 document as PDF and Word in ") for line in said)
    assert made[0] == made[1]
    text = pdf_of(tmp_path / "one" / "project" / "site" / "downloads" / "notify.pdf")[1]
    assert "the current version is at https://guidance.example/here/part-one/notify/" in text


def test_a_missing_program_stops_the_build_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small_project(tmp_path, with_generator=True)
    with_documents(root)
    monkeypatch.setattr("pypandoc.get_pandoc_path", lambda: str(root / "no-pandoc"))
    said: list[str] = []
    assert not build(root, root / "site", DAY, said.append)
    assert said[-2].startswith("The documents could not be made. pandoc cannot be run (")
    assert said[-2].endswith("Run make site, which installs it.")
    assert said[-1] == "Nothing was published."
    assert not (root / "site").exists()


def test_a_change_of_one_sentence_reaches_page_pdf_and_word_which_say_that_they_show_another_day(
    tmp_path: Path,
) -> None:
    root = small_project(tmp_path, with_generator=True)
    with_documents(root)
    term = next((root / "glossary").glob("*.yml"))
    text = term.read_text("utf-8")
    meaning = re.search(r"meaning: (.+)", text)
    assert meaning
    term.write_text(text.replace(meaning[1], "Wording that nobody wrote before."), "utf-8")
    said: list[str] = []
    stamp, address = Stamp(as_at="2026-11-23"), "https://example.org/as-at/2026-11-23/"
    assert build(root, root / "site", DAY, said.append, address, stamp), said
    files = root / "site" / "downloads"
    for name in (pdf_of(files / "notify.pdf")[1], words_of_file(files / "notify.docx")):
        assert "The guidance as it stood on 23 November 2026; today’s is at https://example.org/" in " ".join(
            name.split()
        )
        assert "Current version" not in name
    for words in (
        (root / "site" / "glossary" / "index.html").read_text("utf-8"),
        pdf_of(files / "notify.pdf")[1],
        words_of_file(files / "notify.docx"),
    ):
        assert "Wording that nobody wrote before." in words


def test_nothing_is_made_where_no_document_is_named(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    assert make_documents(load(root), Pages(tmp_path), "", DAY, epoch(DAY)) == 0
