"""The documents made beside the built pages, and what is known only then filled into the pages: sizes, pages, dates."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.content.addresses import address
from macros.content.load import Content
from macros.documents.assembly import PICTURES, Where, assembled
from macros.documents.chart_files import palette, standalone, width
from macros.documents.cover import CONTENTS, Cover, cover_of, for_word, goal, noticed
from macros.documents.form_files import made_forms
from macros.documents.pandoc_writer import tree
from macros.documents.paper_text import chart, excerpt
from macros.documents.typesetting import Press, colours, count_pages
from macros.documents.typst_writer import Value, dictionary, typst
from macros.documents.word_finish import finished, reference
from macros.markup.pages import Pages
from macros.markup.slots import fill, size
from macros.markup.tree import Piece
from macros.source.writing import add
from macros.topics.dates import full_date
from macros.topics.documents import FOLDER, Document

_STYLES = Path("overrides", "documents")
_PICTURE_WIDTH = 2400  # points of a picture in Word: it is read at twice its size


@dataclass(frozen=True)
class Made:
    """One document in both formats."""

    document: Document
    pdf: bytes
    word_file: bytes

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file's address with its bytes."""
        yield from zip(self.document.files(), (self.pdf, self.word_file), strict=True)


@dataclass(frozen=True)
class _Run:
    """What all documents of one build share."""

    content: Content
    press: Press
    where: Where
    today: date
    epoch: int
    notice: str
    forms: Mapping[str, bytes]  # Word files that have fields to fill in, by their addresses

    def pdf(self, document: Document, cover: Cover, body: list[Piece]) -> bytes:
        """A document as PDF."""
        return self.press.compiled(self._typst(document, cover, body), self.epoch)

    def word_file(self, document: Document, cover: Cover, body: list[Piece], pictures: list[Future[None]]) -> bytes:
        """A document as Word file, once the pictures are there; of a form, the one to fill in."""
        if form := self.forms.get(document.files()[1]):
            return form
        wait(pictures)
        return finished(self._word_file(document, cover, body), self.today, self.content.site.publisher)

    def all(self, built: Pages) -> list[Made]:
        """Every document in both formats; the longest first, so that no processor waits for it at the end."""
        documents = sorted(self.content.documents, key=lambda document: -len(document.pages))
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            pages = _pages(self.content, built)
            pictures = [pool.submit(self._picture, name) for name in _drawn(self.content, pages, self.press.work)]
            texts = {path: excerpt(html, _named(path)) for path, html in pages.items()}
            made = []
            for document in documents:
                shown = self.where.shown(goal(self.content, document))
                cover = noticed(cover_of(self.content, document, shown, self.today), self.notice)
                body = assembled(self.content, document, texts, self.where)
                pdf = pool.submit(self.pdf, document, cover, body)
                made.append((document, pdf, pool.submit(self.word_file, document, cover, body, pictures)))
            for picture in pictures:
                picture.result()
            return [Made(document, pdf.result(), word_file.result()) for document, pdf, word_file in made]

    def _picture(self, name: str) -> None:
        """Draws a picture of the folder for Word, which shows no SVG everywhere."""
        file = self.press.work / name
        points = width(file.read_text("utf-8")) * 0.75
        add(self.press.work, f"{file.stem}.png", self.press.picture(name, 72 * _PICTURE_WIDTH / points))

    def _typst(self, document: Document, cover: Cover, body: list[Piece]) -> str:
        day = f"datetime(year: {self.today.year}, month: {self.today.month}, day: {self.today.day})"
        facts: dict[str, Value] = {
            "title": cover.title,
            "about": cover.about,
            "edition": cover.edition,
            "notice": cover.notice,
            "site": self.content.site.short_name,
            "publisher": self.content.site.publisher,
            "rows": cover.rows,
            "contents": document.contents,
            "contents-name": CONTENTS,
        }
        layout = "sheet" if document.layout == "sheet" else "report"
        opening = f'#import "style.typ": *\n#let facts = {dictionary(facts)}\n#show: {layout}.with(facts, {day})\n'
        return opening + typst(body)

    def _word_file(self, document: Document, cover: Cover, body: list[Piece]) -> bytes:
        name = f"{document.id}.docx"
        values = {"title": cover.title, "edition": cover.edition, "notice": cover.notice}
        root = self.content.root
        add(self.press.work, name, reference(root / _STYLES / "word", values, palette(root)))
        about = {
            "title": cover.title,
            "subtitle": self.content.site.short_name,
            "author-meta": self.content.site.publisher,
            "lang": "en-GB",
            "description": cover.about,
        }
        return self.press.word_file(
            tree([*for_word(cover, body, document.contents), *body], about), self.press.work / name
        )


def make_documents(content: Content, pages: Pages, base: str, today: date, epoch: int, notice: str = "") -> int:
    """Writes every document beside the built `pages` and fills the pages; how many there are comes back.

    `notice` stands on each sheet where it is not of the guidance of today.
    """
    if not content.documents:
        return 0
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for file in (content.root / _STYLES).iterdir():
            if file.is_file():
                add(work, file.name, file.read_bytes())
        for path, picture in content.pictures.items():
            add(work, f"{PICTURES}/{path}", picture.data)
        forms = {f"{FOLDER}/{name}": data for name, data in made_forms(content)}
        made = _Run(content, Press(work), Where(base), today, epoch, notice, forms).all(pages)
    for path, data in (file for one in made for file in one.files()):
        pages.add(path, data)
    _fill(pages, made, today)
    return len(made)


def _pages(content: Content, built: Pages) -> dict[str, str]:
    """The HTML of each page that a document holds."""
    paths = dict.fromkeys(path for document in content.documents for path in document.pages)
    return {path: built.texts[f"{address(path)}index.html"] for path in paths}


def _named(path: str) -> str:
    return path.removesuffix(".md").replace("/", "-")


def _drawn(content: Content, pages: Mapping[str, str], work: Path) -> list[str]:
    """Puts the colours and the picture of each page into the folder `work`; the names of the pictures."""
    shades = palette(content.root)
    add(work, "palette.typ", colours(shades))
    drawings = {f"{_named(path)}.svg": chart(html) for path, html in pages.items()}
    for name, drawing in drawings.items():
        if drawing:
            add(work, name, standalone(drawing, content.root, shades))
    return [name for name, drawing in drawings.items() if drawing]


def _fill(pages: Pages, made: list[Made], today: date) -> None:
    """Puts sizes, pages and the build date into the slots of the pages."""
    facts = {"date": full_date(today)}
    for one in made:
        for path, data in one.files():
            facts[f"{path} size"] = size(len(data))
            facts[f"{path} date"] = full_date(today)
        count = count_pages(one.pdf)
        facts[f"{one.document.files()[0]} pages"] = f"{count}\u00a0page{'' if count == 1 else 's'}"
    pages.change(lambda html: fill(html, facts))
