"""What stands behind every document: the abbreviations it uses, the sources it rests on, the addresses it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from macros.content.addresses import address
from macros.content.load import Content
from macros.documents.table_widths import with_widths
from macros.markup.tree import Element, Piece, make
from macros.topics.dates import full_date
from macros.topics.sources import Source

ABBREVIATIONS = "Abbreviations used in this document"
SOURCES = "Sources used in this document"
ADDRESSES = "Pages and addresses named in this document"


@dataclass
class Settled:
    """What the text of a document names beside itself; dictionaries keep the order of reading."""

    terms: set[str] = field(default_factory=set)
    sources: dict[str, bool] = field(default_factory=dict)
    pages: dict[str, bool] = field(default_factory=dict)
    outside: dict[str, int] = field(default_factory=dict)

    def number(self, link: str) -> int:
        """The number of an outside address among those that the document names."""
        return self.outside.setdefault(link, len(self.outside) + 1)


def annexes(content: Content, settled: Settled, shown: Callable[[str], str]) -> Iterator[Piece]:
    """The annexes that the document needs; `shown` gives a page's address as it is printed."""
    terms = [term for term in content.terms if term.id in settled.terms and term.abbreviation]
    if terms:
        yield make("h1", ABBREVIATIONS, id="annex-abbreviations")
        rows = [
            make("tr", _cell("th", str(term.abbreviation), scope="row"), _cell("td", str(term.expansion)))
            for term in terms
        ]
        head = make("thead", make("tr", _cell("th", "Abbreviation", scope="col"), _cell("th", "In full", scope="col")))
        yield make("div", with_widths(make("table", head, make("tbody", *rows))), class_="short-list")
    sources = [source for source in content.sources.references if source.id in settled.sources]
    if sources:
        yield make("h1", SOURCES, id="annex-sources")
        yield make("div", *(_source(source) for source in sources), class_="sources")
    pages = [
        (page.front.title, address(page.path)) for page in content.in_order() if address(page.path) in settled.pages
    ]
    files = [goal for goal in settled.pages if goal and not goal.endswith("/")]
    if pages or files or settled.outside:
        yield make("h1", ADDRESSES, id="annex-addresses")
        lines: list[list[Piece]] = [[f"{title}: ", _address(shown(goal))] for title, goal in pages]
        lines += [[_address(shown(goal))] for goal in files]
        if lines:
            yield make("ul", *(make("li", *line) for line in lines))
        if settled.outside:
            yield make("p", "The numbers in square brackets stand for these addresses:")
            yield make("ol", *(make("li", _address(link)) for link in settled.outside))


def _cell(tag: str, words: str, **attributes: str) -> Element:
    return make(tag, words, **attributes)


def _address(link: str) -> Element:
    """An address in print; where it is a whole one, it is a link too."""
    return make("span", make("a", link, href=link) if "://" in link else link, class_="address")


def _source(source: Source) -> Element:
    facts = [str(source.publisher), str(source.edition or ""), f"checked {full_date(source.checked)}"]
    if source.status == "superseded":
        facts.append("superseded")
    link: list[Piece] = [" ", _address(str(source.link))] if source.link else []
    words = f" {source.title}. {', '.join(filter(None, facts))}."
    return make("div", make("p", make("strong", f"{source.short}."), words, *link), id=f"source-{source.id}")
