"""A document as one HTML text: its pages in order, their links settled for paper, and the annexes behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from macros.content.addresses import address
from macros.content.load import Content
from macros.documents.annexes import Settled, annexes
from macros.documents.table_widths import with_widths
from macros.markup.tree import HEADINGS, Element, Piece, make
from macros.topics.documents import Document, document_of
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE

PICTURES = "pictures"  # the folder of what editors show, beside the document
SHEET = frozenset(["side", "panel"])
_HERE = "https://site.invalid/"  # stands for the site's own address while links are resolved


@dataclass(frozen=True)
class Where:
    """Where the site will be read; without an address, links lead from the folder of the documents."""

    base: str = ""

    def link(self, goal: str) -> str:
        """The address that a document links to."""
        return f"{self.base.rstrip('/')}/{goal}" if self.base else f"../{goal}"

    def shown(self, goal: str) -> str:
        """The address as it is printed."""
        return self.link(goal) if self.base else f"/{goal}"


@dataclass
class _Draft:
    """One document in the making: what its links lead to, and what they name beside it."""

    content: Content
    document: Document
    where: Where
    anchors: dict[str, str] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)

    def page(self, path: str, pieces: Iterable[Piece], alone: bool) -> Iterator[Piece]:
        """The pieces of a page; a page among others begins with its title."""
        own, front = address(path), self.content.pages[path].front
        raise_by = 1 if alone else 0
        if not alone:
            yield make("h1", self._title(path), id=self.anchors[own], class_="opening")
        yield make("div", make("p", str(front.description)), class_="lead")
        made = [part for piece in pieces for part in self._piece(piece, own, raise_by)]
        home = document_of(path, self.content.documents) or self.document
        if home.layout != "list":
            yield from made
            return
        for heading in _headings(made) if not alone else ():
            heading.attributes["class"] = "unlisted"  # its letters would fill the contents of a collection
        yield make("div", *made, class_="columns")

    def _title(self, path: str) -> str:
        """The title of a page; where the document has the same one, what the menu calls the page."""
        title = str(self.content.pages[path].front.title)
        labels = {str(entry.page): str(entry.label) for entry in self.content.navigation.entries()}
        return labels.get(path, title) if title.casefold() == self.document.title.casefold() else title

    def _piece(self, piece: Piece, own: str, raise_by: int) -> Iterator[Piece]:
        if isinstance(piece, str):
            yield piece
            return
        children = [part for child in piece.children for part in self._piece(child, own, raise_by)]
        kept = {name: value for name, value in piece.attributes.items() if name not in ("id", "href")}
        if piece.tag == "a":
            yield from self._link(piece, own, children)
        elif piece.tag in HEADINGS:
            level, name = max(1, HEADINGS.index(piece.tag) + 1 - raise_by), self._anchor(own, piece)
            yield Element(f"h{level}", {"id": name, **kept}, list(_unlinked(children, f"#{name}")))
        elif piece.classes & SHEET and self.document.layout != "sheet":
            yield from children
        elif piece.tag == "img" and "width" in piece.attributes:
            goal = unquote(urlsplit(urljoin(_HERE + own, piece.attributes["src"])).path)
            yield make("img", **{**kept, "src": f"{PICTURES}{goal}"})
        elif piece.tag == "table":
            yield with_widths(Element("table", kept, children))
        else:
            yield Element(piece.tag, kept, children)

    def _anchor(self, own: str, heading: Element) -> str:
        return self.anchors[f"{own}#{heading.attributes['id'].split()[0]}"]

    def _link(self, link: Element, own: str, words: list[Piece]) -> Iterator[Piece]:
        """The words of a link, linked where paper or a screen can follow it; what it names is kept for the annexes."""
        whole = urlsplit(urljoin(_HERE + own, link.attributes.get("href", "")))
        if f"{whole.scheme}://{whole.netloc}/" != _HERE:
            number = self.settled.number(whole.geturl())
            yield make("a", *words, href=whole.geturl())
            yield make("span", f"\u00a0[{number}]", class_="number")
            return
        goal, anchor = unquote(whole.path).removeprefix("/"), unquote(whole.fragment)
        inside = self.anchors.get(f"{goal}#{anchor}" if anchor else goal)
        if "lrp-abbr" in link.classes:
            self.settled.terms.add(anchor)
            yield from words
        elif inside and "lrp-period" not in link.classes:
            yield make("a", *words, href=f"#{inside}")
        elif goal == address(REFERENCES_PAGE) and anchor in self.content.source:
            self.settled.sources[anchor] = True
            yield make("a", *words, href=f"#source-{anchor}")
        elif goal == own or goal == address(GLOSSARY_PAGE):
            yield from words
        else:
            self.settled.pages[goal] = True
            follow = goal if "lrp-period" in link.classes or not anchor else f"{goal}#{anchor}"
            yield make("a", *words, href=self.where.link(follow))


def _unlinked(pieces: Iterable[Piece], goal: str) -> Iterator[Piece]:
    """The pieces with the words of a link that leads to where it stands; on paper it would lead nobody anywhere."""
    for piece in pieces:
        if isinstance(piece, Element) and piece.attributes.get("href") == goal:
            yield from piece.children
        else:
            yield piece


def _headings(pieces: Iterable[Piece]) -> Iterator[Element]:
    for piece in pieces:
        if isinstance(piece, Element):
            yield from (element for element in piece.walk() if element.tag in HEADINGS)


def assembled(content: Content, document: Document, texts: Mapping[str, list[Piece]], where: Where) -> list[Piece]:
    """The whole text of a document, made from the `texts` of its pages."""
    made = _Draft(content, document, where)
    for number, path in enumerate(document.pages, 1):
        own = address(path)
        made.anchors[own] = f"page-{number}"
        for count, heading in enumerate(_headings(texts[path]), 1):
            names = heading.attributes.setdefault("id", f"heading-{count}").split()
            made.anchors.update((f"{own}#{name}", f"page-{number}-{count}") for name in names)
    alone = len(document.pages) == 1
    if alone:
        del made.anchors[address(document.pages[0])]
    body = [piece for path in document.pages for piece in made.page(path, texts[path], alone)]
    for path in document.pages:
        made.settled.sources.update((str(source), True) for source in content.pages[path].front.guidance)
    made.settled.pages.pop(address(document.pages[0]), None)
    return [*body, *annexes(content, made.settled, where.shown)]
