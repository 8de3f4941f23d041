"""HTML as a tree: read from a built page, and changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.markup.reader import Reader

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


@dataclass
class Element:
    """One element with what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """The names of its class attribute."""
        return frozenset(self.attributes.get("class", "").split())

    def walk(self) -> Iterator[Element]:
        """The element and every one in it, in the order of reading."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def of(self, *tags: str) -> list[Element]:
        """The elements right in it that have one of the tags."""
        return [child for child in self.children if isinstance(child, Element) and child.tag in tags]

    def find(self, class_: str) -> list[Element]:
        """The elements in it that carry a class."""
        return [element for element in self.walk() if class_ in element.classes]

    def words(self) -> str:
        """Its text, spaces as a browser shows them."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()


Piece = Element | str


def make(tag: str, *children: Piece, class_: str = "", **attributes: str) -> Element:
    """An element with its children; "class_" becomes its class."""
    return Element(tag, {**({"class": class_} if class_ else {}), **attributes}, list(children))


class _Tree(Reader):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens an element in the one that is open."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Closes the element, and what was left open in it."""
        if any(element.tag == tag for element in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Adds text to the element that is open."""
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The tree of some HTML, in an element without a name."""
    tree = _Tree()
    tree.take(html)
    return tree.open[0]
