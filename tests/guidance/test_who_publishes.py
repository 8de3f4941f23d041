"""Who publishes stands in docs/site.yml alone: another partnership's site says nothing of this one, anywhere."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from pathlib import Path

import docx
import pytest
import yaml
from pypdf import PdfReader

from macros.build import build
from macros.content.load import Content, load
from macros.render.macros import Renderer
from macros.render.page_frame import site_values
from tests.project import MINIMAL, ROOT, change, put, small_project

DAY = date(2026, 11, 23)
PLACES = "newcastle|gateshead|tyne|north[- ]east|northumbria|\\bnscp\\b|\\bgscp\\b"
NAMES = "learning[- ]and[- ]review|safeguarding incidents|\\bform[- ]a\\b|business unit"
PARTS = re.compile(r"\bpart[- ](one|two|three)\b", re.I)
ODD = 'The “Vale” & <b>"Fell"</b> guidance, it\'s; {{ here }} \\ there'


def words_of_this_partnership(content: Content) -> re.Pattern[str]:
    """What names this partnership, its website or what it calls things."""
    site = content.site
    names = (site.name, site.short_name, site.publisher, site.area, site.file_stem, site.feed_seed)
    return re.compile("|".join([PLACES, NAMES, *(re.escape(str(name)) for name in names)]), re.I)


def test_nothing_of_this_partnership_stands_in_the_generator_or_the_server(content: Content) -> None:
    own, read = words_of_this_partnership(content), 0
    files = [
        ROOT / "mkdocs.yml",
        *(file for room in ("macros", "overrides", "publishing") for file in (ROOT / room).rglob("*")),
    ]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts and file.suffix not in (".png", ".jpg", ".webp", ".ttf"):
            read += 1
            for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
                found = own.search(line) or PARTS.search(line)
                assert not found, f"{file.relative_to(ROOT)}:{number}: {line.strip()}"
    assert read > 150


def invented(folder: Path) -> Path:
    """The small site, with a page for each thing that carries a name: documents, a form, a feed, a copy, a calculator."""
    root = small_project(folder, with_generator=True)
    front = (root / "docs" / "search.md").read_text("utf-8").split("{{")[0]
    pages = {
        "updates": '{{ updates() }}\n\n{{ file("updates.xml", "The feed") }}',
        "downloads": "{{ downloads() }}\n\n## A copy { #folder }\n\n{{ portable() }}\n\n{{ keep() }}",
        "referral": "{{ form() }}",
    }
    for name, text in pages.items():
        (root / "docs" / f"{name}.md").write_text(f"{front}{text}\n", "utf-8")
    label = "      - {page: search.md, label: Search}"
    change(
        root,
        "docs/navigation.yml",
        (label, "\n".join([label, *(f"      - {{page: {name}.md, label: {name}}}" for name in pages)])),
    )
    change(root, "docs/deadlines.md", ("{{ date_tables() }}", "{{ calculator() }}\n\n{{ date_tables() }}"))
    revision = "\nrevisions:\n  - {date: 2026-11-23, change: minor, what: 'A page that was not there before.', why: statute}\n---\n"
    change(root, "docs/updates.md", ("\n---\n", revision))
    (root / "docs" / "downloads.yml").write_text(
        "documents:\n  - {id: all, title: All of it, pages: [index.md, part-one/notify.md, glossary.md], contents: true}\n"
        "  - {id: leaf, title: A leaf, pages: [deadlines.md], layout: sheet}\n",
        "utf-8",
    )
    forms = yaml.safe_load((ROOT / "tests" / "examples" / "problems" / "forms.yml").read_text("utf-8"))
    (root / "docs" / "referral.yml").write_text(forms[0]["write"]["docs/search.yml"], "utf-8")
    return root


def texts(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Every text in a made file, by where it stands: of a zip those of its files, of a PDF its metadata too."""
    if name.endswith((".zip", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inside in archive.namelist():
                yield f"{name}!{inside}", inside
                yield from texts(f"{name}!{inside}", archive.read(inside))
    elif name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(data))
        yield (
            name,
            " ".join([*map(str, (reader.metadata or {}).values()), *(page.extract_text() for page in reader.pages)]),
        )
        yield name, data.decode("latin-1")
    elif not name.endswith((".png", ".gz")):
        yield name, data.decode("utf-8")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of another partnership, whose names hold every sign that a file could take for its own."""
    root, said = invented(tmp_path_factory.mktemp("elsewhere")), list[str]()
    quoted = "'" + ODD.replace("'", "''") + "'"
    site = yaml.safe_load((MINIMAL / "docs" / "site.yml").read_text("utf-8"))
    for key in ("name", "publisher"):
        change(root, "docs/site.yml", (f"{key}: {site[key]}\n", f"{key}: {quoted}\n"))
    change(root, "docs/site.yml", ("short_name: Small guidance", "short_name: '\"Vale\" <i> & it''s; a, b\\'"))
    assert build(root, root / "site", DAY, said.append, "https://vale.example/"), said
    return root / "site"


@pytest.mark.site
def test_a_site_of_another_partnership_says_nothing_of_this_one(elsewhere: Path, content: Content) -> None:
    own, kinds = words_of_this_partnership(content), set()
    for file in sorted(file for file in elsewhere.rglob("*") if file.is_file()):
        path = file.relative_to(elsewhere).as_posix()
        kinds.add(file.suffix)
        assert not own.search(path), path
        for place, text in texts(path, file.read_bytes()):
            found = own.search(text)
            assert not found, f"{place}: {text[max(0, found.start() - 60) : found.end() + 60]}"
    assert kinds >= {".html", ".xml", ".json", ".csv", ".js", ".css", ".pdf", ".docx", ".zip", ".svg"}


@pytest.mark.site
def test_names_with_every_sign_are_shown_as_they_are(elsewhere: Path) -> None:
    short = '"Vale" <i> & it\'s; a, b\\'
    page = (elsewhere / "deadlines" / "index.html").read_text("utf-8")
    assert "<i>" not in page
    shown = (r"<title>Deadlines – (.*)</title>", r"<span>(.*) <small>Vale of Fell</small></span>")
    assert [unescape(found) for pattern in shown for found in re.findall(pattern, page)] == [short] * 2
    told = '-//"Vale" <i> & it\'s\\; a\\, b\\\\//Deadlines//EN'
    assert unescape(re.findall(r'data-maker="(.*?)"', page)[0]) == told
    assert "without the bank holidays of the Vale, known until" in page
    feed = ET.fromstring((elsewhere / "updates.xml").read_text("utf-8"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.findtext(f"{atom}title") == f"{ODD}: what changed"
    assert feed.findtext(f"{atom}author/{atom}name") == ODD
    reader = PdfReader(elsewhere / "downloads" / "all.pdf")
    assert reader.metadata
    assert reader.metadata.author == ODD
    assert short in reader.pages[0].extract_text()
    about = docx.Document(str(elsewhere / "downloads" / "all.docx")).core_properties
    assert (about.author, about.subject) == (ODD, "")
    with zipfile.ZipFile(elsewhere / "downloads" / "small-guidance.zip") as archive:
        said = archive.read("small-guidance-2026-11-23/README.txt").decode()
        assert said.startswith(f"{ODD}: a copy of the whole website\r\n")
    assert json.loads((elsewhere / "sbom.json").read_text("utf-8"))["metadata"]["component"]["name"] == "small-guidance"


@pytest.mark.site
def test_who_followed_a_wrong_address_in_a_hurry_reads_the_words_of_the_site(elsewhere: Path) -> None:
    lost = (elsewhere / "404.html").read_text("utf-8")
    assert "<h2>If somebody is in danger</h2>" in lost
    assert "<p>Make sure that everybody is safe.</p>" in lost
    assert ">Go to the start</a>" in lost


def test_the_kinds_of_source_give_the_page_its_headings_and_the_schema_its_choice(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    put(
        root, {"change": {"docs/site.yml": [["{name: local, title: Local documents", "{name: by-law, title: By-laws"]]}}
    )
    change(root, "docs/references.yml", ("kind: statutory guidance", "kind: by-law"))
    change(root, "docs/site.yml", ("bears: [locally]", "bears: [should, locally]"))
    (root / "overrides").symlink_to(ROOT / "overrides")
    content = load(root)
    shown = str(Renderer(content, lambda: "references.md", DAY).references())
    assert re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', shown) == [("kind-statute", "Acts"), ("kind-by-law", "By-laws")]


def test_the_calendar_of_the_region_reaches_the_pages(tmp_path: Path) -> None:
    days = {}
    for region in ("england-and-wales", "scotland", "northern-ireland"):
        root = small_project(tmp_path / region)
        (root / "overrides").symlink_to(ROOT / "overrides")
        change(root, "docs/site.yml", ("region: england-and-wales", f"region: {region}"))
        days[region] = str(Renderer(load(root), lambda: "deadlines.md", DAY).calculator())
    assert ["2027-11-30" in html for html in days.values()] == [False, True, False]  # St Andrew's Day
    assert ["2027-07-12" in html for html in days.values()] == [False, False, True]  # Battle of the Boyne


def test_the_foot_of_every_page_is_marked_while_the_question_of_its_review_is_open(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    assert {foot["review_open"] for foot in site_values(load(root), DAY)["pages"].values()} == {False}
    change(
        root, "docs/site.yml", ("footer: [about/local-practice.md]", "footer: [search.md]\nreview_question: day-count")
    )
    values = site_values(load(root), DAY)
    assert {foot["review_open"] for foot in values["pages"].values()} == {True}
    assert values["review_url"] == "about/local-practice/#day-count"
    assert values["footer"] == [{"label": "Search", "url": "search/"}]
    change(root, "docs/about/local-practice.yml", ("    until_then:", "    answer: The day itself.\n    until_then:"))
    assert {foot["review_open"] for foot in site_values(load(root), DAY)["pages"].values()} == {False}
