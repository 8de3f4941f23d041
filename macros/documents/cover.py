"""The cover of a document: what it is, of when, whose, where the current version is; for Word also its contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from macros.content.addresses import address, present
from macros.content.load import Content, edition
from macros.markup.tree import Element, Piece, make
from macros.topics.dates import full_date
from macros.topics.documents import Document

CONTENTS = "Contents"
CURRENT = "Current version"


@dataclass(frozen=True)
class Cover:
    """What stands on the cover; `rows` are names with their values."""

    title: str
    about: str
    edition: str
    notice: str
    rows: tuple[tuple[str, str], ...]


def cover_of(content: Content, document: Document, shown: str, today: date) -> Cover:
    """The cover of a document whose current version is at the address `shown`."""
    fronts = [content.pages[path].front for path in document.pages]
    day = full_date(edition(content))
    review = min(page.review for page in fronts)
    rows = (
        ("Edition", day),
        ("Approved", full_date(max(page.approved for page in fronts))),
        (
            "Review overdue" if review < today else "Review due",
            f"{'since ' if review < today else ''}{full_date(review)}",
        ),
        ("Owner", "; ".join(dict.fromkeys(str(page.owner) for page in fronts))),
        (CURRENT, shown),
    )
    place = "at" if "://" in shown else "on this guidance’s website, at"
    notice = f"Uncontrolled when printed; the current version is {place} {shown}"
    return Cover(str(document.title), str(fronts[0].description), day, notice, rows)


def notice(draft: str, as_at: str, site: str) -> str:
    """What every sheet of a draft says, or of an edition that is kept; empty for the guidance of today."""
    if draft:
        return f"Draft “{draft}”: this is not guidance. Do not act on it"
    day = full_date(date.fromisoformat(as_at)) if as_at else ""
    return f"The guidance as it stood on {day}; today’s is at {present(site, as_at)}" if as_at else ""


def noticed(cover: Cover, notice: str) -> Cover:
    """The cover with a notice of its own: what it was made from is not the current version."""
    rows = tuple(row for row in cover.rows if row[0] != CURRENT)
    return replace(cover, notice=notice, rows=rows) if notice else cover


def goal(content: Content, document: Document) -> str:
    """The address that holds the current version: of the document's first page, or the site's own for a collection."""
    first = document.pages[0]
    smaller = [other for other in content.documents if first in other.pages and len(other.pages) < len(document.pages)]
    return "" if smaller else address(first)


def for_word(cover: Cover, body: list[Piece], contents: bool) -> Iterator[Piece]:
    """The cover as Word shows it, under the title."""
    rows = [make("p", make("strong", f"{name}: "), value) for name, value in cover.rows]
    yield make("div", *rows, class_="facts")
    yield make("div", make("p", f"{cover.notice}."), class_="notice")
    if contents:
        yield make("div", make("p", CONTENTS), class_="name")
        yield make("div", *_contents(body), class_="contents")


def _contents(body: list[Piece]) -> Iterator[Element]:
    """A line for each first heading, linked to it, and under it one for each second."""
    second: list[Piece] = []
    for piece in body:
        for heading in piece.walk() if isinstance(piece, Element) else ():
            if heading.tag not in ("h1", "h2") or "unlisted" in heading.classes:
                continue
            link = make("a", heading.words(), href=f"#{heading.attributes['id']}")
            if heading.tag == "h2":
                second.append(make("li", link))
                continue
            if second:
                yield make("ul", *second)
                second = []
            yield make("p", make("strong", link))
    if second:
        yield make("ul", *second)
