"""A picture goes through the whole chain with its words: page, documents, copy for use offline."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from macros.content.load import Content
from macros.source.pictures import read

BOXES = "Three boxes in a row. An arrow leads from the first to the second, and one from the second to the third."
KEY = "A key that stands upright on its teeth"
SMALL = "The same three boxes, small"


def test_a_page_says_how_large_its_pictures_are_and_loads_those_below_as_they_come_near(site: Path) -> None:
    html = (site / "part-one" / "other-reviews" / "index.html").read_text("utf-8")
    frame = re.search(r'<figure class="lrp-picture-frame">.*?</figure>', html, re.S)
    assert frame
    assert "<figcaption>How a lost key is followed up</figcaption>" in frame[0]
    assert re.findall(r"<img [^>]*lrp-picture[^>]*>", html) == [
        f'<img alt="{words}" class="lrp-picture" decoding="async" height="{high}" loading="lazy" src="../{name}" width="{wide}" />'
        for words, name, wide, high in [
            (BOXES, "three-steps.png", 640, 160),
            (KEY, "key.jpg", 30, 90),
            (SMALL, "three-steps.png", 120, 30),
        ]
    ]
    assert re.search(r'<link rel="stylesheet" href="[^"]*"', html)


def test_a_site_holds_each_picture_packed_under_its_own_name(site: Path, content: Content) -> None:
    assert set(content.pictures) == {"part-one/key.jpg", "part-one/three-steps.png"}
    for path, picture in content.pictures.items():
        assert (site / path).read_bytes() == picture.data
        assert read(site / path).width == picture.width


def test_the_copies_for_use_offline_hold_the_pictures(site: Path, content: Content) -> None:
    worker = (site / "worker.js").read_text("utf-8")
    with zipfile.ZipFile(site / content.site.whole) as archive:
        (page,) = (name for name in archive.namelist() if name.endswith("/part-one/other-reviews/index.html"))
        top = page.removesuffix("part-one/other-reviews/index.html")
        for name in ("key.jpg", "three-steps.png"):
            assert f'"part-one/{name}"' in worker
            assert archive.read(f"{top}part-one/{name}") == (site / "part-one" / name).read_bytes()
            assert f'src="../{name}"' in archive.read(page).decode()


def test_the_pdf_says_in_words_what_its_pictures_show(site: Path) -> None:
    reader = PdfReader(site / "downloads" / "part-one.pdf")
    size = reader.trailer["/Size"]
    assert isinstance(size, int)
    said = [
        str(thing["/Alt"])
        for number in range(1, size)
        if isinstance(thing := reader.get_object(number), DictionaryObject) and "/Alt" in thing
    ]
    assert {BOXES, KEY, SMALL} <= set(said)


def test_word_shows_each_picture_as_wide_as_the_page_does(site: Path) -> None:
    with zipfile.ZipFile(site / "downloads" / "part-one.docx") as archive:
        text = archive.read("word/document.xml").decode()
        media = [name for name in archive.namelist() if name.startswith("word/media/")]
    shown = re.findall(r'<wp:extent cx="(\d+)" cy="(\d+)"\s*/>.*?<wp:docPr descr="([^"]*)"', text, re.S)
    sizes = {words: (round(int(wide) / 9525), round(int(high) / 9525)) for wide, high, words in shown}
    assert (sizes[KEY], sizes[SMALL]) == ((30, 90), (120, 30))
    assert 600 < sizes[BOXES][0] < 640, "as wide as the text"
    assert any(name.endswith(".jpg") for name in media)
