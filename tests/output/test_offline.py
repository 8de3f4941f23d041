"""The two copies of the real site: every link of the zip ends in a file of it; the worker names each file as it is."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath
from shutil import copytree
from urllib.parse import unquote, urlsplit

import pytest

from macros.content.load import load
from macros.markup.pages import Pages
from macros.markup.slots import size
from macros.output.offline import Folder, add_copies, fingerprints, kept_files, packed, worker
from tests.built import DAY
from tests.project import ROOT, WHOLE

ADDRESS = "https://guidance.example.org/"
ABOUT = load(WHOLE).site
WORKER = (ROOT / "overrides" / "worker.js").read_text("utf-8")


class Tags(HTMLParser):
    """The ids of a page, and its tags that lead or load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes one tag."""
        values = {name: value or "" for name, value in attrs}
        self.ids.add(values.get("id", ""))
        self.found.append((tag, values))

    def links(self) -> Iterator[str]:
        """Every address that leads or loads."""
        for tag, values in self.found:
            yield from (values[name] for name in ("href", "src", "action") if name in values)
            if tag == "meta" and values.get("http-equiv") == "refresh":
                yield values["content"].partition("url=")[2]


def unpacked(data: bytes) -> dict[str, bytes]:
    """The files of a zip, by their path under its one folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        tops = {name.partition("/")[0] for name in archive.namelist()}
        assert tops == {"lost-keys-2026-11-23"}
        return {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def folder(site: Path) -> dict[str, bytes]:
    return unpacked((site / ABOUT.whole).read_bytes())


def astray(files: dict[str, bytes]) -> list[str]:
    """The links of the pages that end in no file, or at no anchor of it."""
    pages = {path: Tags(data.decode()) for path, data in files.items() if path.endswith(".html")}
    lost = []
    for path, page in pages.items():
        for link in page.links():
            parts = urlsplit(link)
            if parts.scheme:
                continue
            goal = normpath(f"{PurePosixPath(path).parent}/{unquote(parts.path)}") if parts.path else path
            if goal not in files or (
                parts.fragment and goal in pages and unquote(parts.fragment) not in pages[goal].ids
            ):
                lost.append(f"{path}: {link}")
    return lost


def test_every_link_of_the_zip_ends_in_a_file_of_it(folder: dict[str, bytes]) -> None:
    assert astray(folder) == []
    links = [link for path, data in folder.items() if path.endswith(".html") for link in Tags(data.decode()).links()]
    assert len(links) > 1000
    assert not [link for link in links if not urlsplit(link).scheme and urlsplit(link).path.endswith("/")]


def test_where_the_address_is_known_what_is_left_out_is_one_link_away(site: Path) -> None:
    files = unpacked(packed(Pages(site), ABOUT, DAY, DAY, ADDRESS))
    assert astray(files) == []
    page = Tags(files["part-one/notify/index.html"].decode())
    assert f"{ADDRESS}downloads/part-one.pdf" in page.links()
    assert not [values for tag, values in page.found if tag == "a" and "href" not in values]
    assert f"Check {ADDRESS} before you rely on a deadline." in files["README.txt"].decode()


def test_the_zip_holds_every_page_and_no_document_worker_or_policy(site: Path, folder: dict[str, bytes]) -> None:
    pages = {file.relative_to(site).as_posix() for file in site.rglob("*.html")} - {"404.html"}
    assert {path for path in folder if path.endswith(".html")} == pages
    assert not [path for path in folder if path.endswith((".pdf", ".docx", "worker.js", ".zip"))]
    for path in pages:
        html = folder[path].decode()
        assert "Content-Security-Policy" not in html, path
        assert "made at build" not in html, path
        moved = 'http-equiv="refresh"' in html
        assert moved or "Copy of the edition of 23 November 2026, made on 23 November 2026." in html, path
        assert moved or html.index("lrp-skip") < html.index("lrp-kept") < html.index("<main"), path


def test_the_readme_says_what_cannot_work(folder: dict[str, bytes]) -> None:
    text = folder["README.txt"].decode()
    assert "Open index.html with a double click.\r\n" in text
    assert "What cannot work here:\r\n" in text
    assert all(line in text for line in ("Documents (PDF and Word)", "needs the website", "need a network"))


def test_no_script_of_the_folder_needs_a_server(folder: dict[str, bytes]) -> None:
    needs = re.compile(r"\bfetch\(|XMLHttpRequest|importScripts|\bimport\s*[({*\"']|new Worker|EventSource|WebSocket")
    for path, data in folder.items():
        if path.endswith(".js"):
            assert not needs.search(data.decode()), path
    for path, data in folder.items():
        if path.endswith(".html"):
            assert 'type="module"' not in data.decode(), path


def test_the_same_site_gives_the_same_zip_whenever_its_files_were_written(site: Path, tmp_path: Path) -> None:
    first = packed(Pages(site), ABOUT, DAY, DAY, ADDRESS)
    copy = copytree(site, tmp_path / "site")
    (copy / "index.html").touch()
    assert packed(Pages(copy), ABOUT, DAY, DAY, ADDRESS) == first
    assert packed(Pages(site), ABOUT, date(2026, 11, 24), DAY, ADDRESS) != first


def test_sizes_on_the_page_are_those_of_the_files(site: Path) -> None:
    page = (site / "downloads" / "index.html").read_text("utf-8")
    assert f'</a>, <span data-made="{ABOUT.whole} size">{size((site / ABOUT.whole).stat().st_size)}</span>' in page
    kept = sum((site / path).stat().st_size for path in kept_files(Pages(site)))
    assert f'<span data-made="keep size">{size(kept)}</span>' in page


@pytest.mark.parametrize(
    ("page", "link", "goal"),
    [
        ("index.html", "a/", "a/index.html"),
        ("index.html", "./", "index.html"),
        ("a/b/index.html", "../", "../index.html"),
        ("a/b/index.html", "../../", "../../index.html"),
        ("a/b/index.html", "../c/#s-1", "../c/index.html#s-1"),
        ("a/b/index.html", "../c/?q=1#s-1", "../c/index.html?q=1#s-1"),
        ("a/b/index.html", "../../x%20y.svg", "../../x%20y.svg"),
        ("a/b/index.html", "#s-1", "#s-1"),
        ("a/b/index.html", "https://elsewhere.example/", "https://elsewhere.example/"),
        ("a/b/index.html", "../../gone.pdf", f"{ADDRESS}gone.pdf"),
        ("a/b/index.html", "../../as-at/2026-11-23/#s-1", f"{ADDRESS}as-at/2026-11-23/#s-1"),
    ],
)
def test_a_link_from_a_folder(page: str, link: str, goal: str) -> None:
    inside = {"index.html", "a/index.html", "a/b/index.html", "a/c/index.html", "x y.svg"}
    assert Folder(inside, ADDRESS).way(page, link) == goal


def test_the_worker_names_each_page_and_part_with_its_fingerprint(site: Path) -> None:
    text = (site / "worker.js").read_text("utf-8")
    files = json.loads(re.search(r"files: (\{.*?\}) \};", text, re.S)[1])  # type: ignore[index]
    assert {path for path in files if path.endswith(".html")} == {
        file.relative_to(site).as_posix()
        for file in site.rglob("*.html")
        if not file.relative_to(site).match("404.html")
    } - {"as-at/index.html"}
    assert not [path for path in files if path.startswith(("as-at/", "preview/")) or path.endswith((".pdf", ".docx"))]
    for path, fingerprint in files.items():
        assert hashlib.sha256((site / path).read_bytes()).hexdigest() == fingerprint
    for page in site.rglob("*.html"):
        for tag, values in Tags(page.read_text("utf-8")).found:
            loaded = values.get("src") or (
                values.get("href") if tag == "link" and values["rel"] in "stylesheet icon" else ""
            )
            if loaded and page.name != "404.html" and not loaded.startswith("data:"):
                goal = normpath(f"{page.parent.relative_to(site).as_posix()}/{loaded.partition('?')[0]}")
                assert goal in files, f"{page} loads {loaded}"


def test_any_change_is_another_release() -> None:
    one = {"index.html": "a"}
    ids = {
        re.search(r'id: "(\w{16})"', made)[1]  # type: ignore[index]
        for made in (
            worker(WORKER, "23 November 2026", one),
            worker(WORKER, "24 November 2026", one),
            worker(WORKER, "23 November 2026", {"index.html": "b"}),
            worker(WORKER, "23 November 2026", {"other.html": "a"}),
            worker(WORKER + "\n", "23 November 2026", one),
        )
    }
    assert len(ids) == 5


def test_drafts_and_older_editions_beside_the_site_are_not_kept(tmp_path: Path) -> None:
    for path in ("index.html", "preview/x/index.html", "as-at/2026-11-23/index.html", "404.html", "worker.js", "a.pdf"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(path, "utf-8")
    assert list(fingerprints(Pages(tmp_path))) == ["index.html"]
    assert set(unpacked(packed(Pages(tmp_path), ABOUT, DAY, DAY, ""))) == {"README.txt", "index.html"}


def test_a_site_that_offers_no_copy_has_an_empty_worker(tmp_path: Path) -> None:
    for name, html in (("without", "<main>"), ("with", '<div data-module="keep">')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(html, "utf-8")
        add_copies(ROOT, Pages(tmp_path / name), ABOUT, DAY, DAY, "")
    assert (tmp_path / "without" / "worker.js").read_text("utf-8") == ""
    assert "const RELEASE = { id:" in (tmp_path / "with" / "worker.js").read_text("utf-8")
