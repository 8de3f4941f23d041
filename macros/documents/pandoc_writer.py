"""A document's pieces as pandoc's own tree, so that it has neither HTML nor a filter to read: each text is one string."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from macros.documents.table_widths import grid
from macros.markup.tree import HEADINGS, Element, Piece

VERSION = [1, 23]  # of pandoc's tree; a pandoc that needs another one says so
_CALLS = {"strong": "Strong", "b": "Strong", "em": "Emph", "i": "Emph", "sup": "Superscript", "sub": "Subscript"}
_BLOCKS = frozenset(["p", "div", "ul", "ol", "dl", "table", "figure", *HEADINGS])
_BOX = "☐"
_NOTHING = ["", [], []]  # neither an id nor a class
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_SECTION = (
    '<w:p><w:pPr><w:sectPr><w:pgSz w:w="{}" w:h="{}"{}/><w:pgMar w:top="1361" w:right="1247" w:bottom="1361" '
    'w:left="1247" w:header="624" w:footer="567" w:gutter="0"/></w:sectPr></w:pPr></w:p>'
)
_UPRIGHT = _SECTION.format(11906, 16838, "")
_TURNED = _SECTION.format(16838, 11906, ' w:orient="landscape"')
Node = dict[str, Any]


def tree(pieces: Iterable[Piece], about: dict[str, str]) -> Node:
    """The pieces as a whole document of pandoc; `about` is what it says of itself."""
    meta = {name: _node("MetaString", value) for name, value in about.items()}
    return {"pandoc-api-version": VERSION, "meta": meta, "blocks": list(_blocks(pieces))}


def style(name: str) -> str:
    """The style in Word that the class of a block or a span stands for."""
    words = name.replace("-", " ")
    return f"LRP {words[0].upper()}{words[1:]}"


def _node(kind: str, content: object = None) -> Node:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _blocks(pieces: Iterable[Piece]) -> Iterator[Node]:
    """The pieces as blocks; text between them is a block of its own."""
    line: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) or not any(part.tag in _BLOCKS for part in piece.walk()):
            line.append(piece)
            continue
        yield from _text(line)
        line = []
        yield from _block(piece) if piece.tag in _BLOCKS else _blocks(piece.children)
    yield from _text(line)


def _text(pieces: Sequence[Piece]) -> Iterator[Node]:
    inside = _line(pieces)
    if inside:
        yield _node("Plain", inside)


def _block(element: Element) -> Iterator[Node]:
    tag, inside = element.tag, element.children
    if tag == "p":
        yield from [_node("Para", line)] if (line := _line(inside)) else []
    elif tag in HEADINGS:
        if "opening" in element.classes:
            yield _raw(_BREAK)
        yield _node("Header", [HEADINGS.index(tag) + 1, _attributes(element), _line(inside)])
    elif tag == "div":
        yield _node("Div", [_attributes(element), list(_blocks(inside))])
    elif tag == "ul":
        yield _node("BulletList", _items(element))
    elif tag == "ol":
        start = int(element.attributes.get("start", "1"))
        yield _node("OrderedList", [[start, _node("DefaultStyle"), _node("DefaultDelim")], _items(element)])
    elif tag == "dl":
        yield _node("DefinitionList", list(_pairs(element)))
    elif tag == "table":
        yield _table(element)
    else:
        yield from _figure(element)


def _items(element: Element) -> list[list[Node]]:
    return [list(_blocks(item.children)) for item in element.of("li")]


def _pairs(element: Element) -> Iterator[list[Any]]:
    """Names, each with what is said of it."""
    name: list[Node] = []
    for part in element.of("dt", "dd"):
        if part.tag == "dt":
            name = _line(part.children)
        else:
            yield [name, [list(_blocks(part.children))]]
            name = []


def _table(table: Element) -> Node:
    """A table whose heading is repeated on every page."""
    parts = grid(table)
    widths = [_node("ColWidth", share / 100) for share in parts.shares] or [_node("ColWidthDefault")] * parts.columns
    columns = [[_node("AlignDefault"), width] for width in widths]
    caption = [None, [block for part in parts.captions for block in _blocks(part.children)]]
    head, body = [_NOTHING, list(map(_row, parts.head))], [_NOTHING, 0, [], list(map(_row, parts.rows))]
    return _node("Table", [_NOTHING, caption, columns, head, [body], [_NOTHING, []]])


def _row(row: Element) -> list[Any]:
    return [_NOTHING, [_cell(cell) for cell in row.of("th", "td")]]


def _cell(cell: Element) -> list[Any]:
    down, across = (int(cell.attributes.get(name, "1")) for name in ("rowspan", "colspan"))
    return [_NOTHING, _node("AlignDefault"), down, across, list(_blocks(cell.children))]


def _figure(figure: Element) -> Iterator[Node]:
    """A picture under its caption; a chart on a page that lies as it does."""
    caption = figure.of("figcaption")[0]
    name = ["", [], [["custom-style", style("name")]]]
    above = _node("Div", [name, [_node("Para", _line(caption.children))]])
    if "chart" not in figure.classes:
        rest = [piece for piece in figure.children if piece is not caption]
        yield from [above, _node("Para", _line(rest))]
        return
    image = figure.of("img")[0]
    wide, own = "wide" in image.classes, image.attributes
    blocks = [above, _node("Para", [_image(f"{own['src']}.png", own["alt"], "22.5cm" if wide else "16.5cm")])]
    yield from [_raw(_UPRIGHT), *blocks, _raw(_TURNED)] if wide else blocks


def _image(file: str, words: str, width: str) -> Node:
    return _node("Image", [["", [], [["width", width]]], [_node("Str", words)], [file, ""]])


def _raw(xml: str) -> Node:
    return _node("RawBlock", ["openxml", xml])


def _attributes(element: Element) -> list[Any]:
    """The id of an element, and the style that its class stands for."""
    kind = element.attributes.get("class", "")
    styled = element.tag in ("div", "span") and re.fullmatch("[a-z-]+", kind)
    return [element.attributes.get("id", ""), [], [["custom-style", style(kind)]] if styled else []]


def _line(pieces: Sequence[Piece]) -> list[Node]:
    """Text and what stands in it, without spaces at its ends."""
    line = list(_words(pieces))
    for place, strip in ((0, str.lstrip), (-1, str.rstrip)):
        while line and line[place]["t"] == "Str":
            line[place]["c"] = strip(line[place]["c"], " ")
            if line[place]["c"]:
                break
            del line[place]
    first = line[0]["c"] if line and line[0]["t"] == "Str" else ""
    if first.startswith(f"{_BOX} "):  # apart, pandoc makes it the mark of the list
        line[:1] = [_node("Str", _BOX), _node("Space"), _node("Str", first[2:])]
    return line


def _words(pieces: Iterable[Piece]) -> Iterator[Node]:
    for piece in pieces:
        if isinstance(piece, str):
            if piece:
                yield _node("Str", re.sub(r"[ \t\r\n]+", " ", piece))
        elif piece.tag in _CALLS:
            yield _node(_CALLS[piece.tag], list(_words(piece.children)))
        elif piece.tag == "a":
            yield _node("Link", [_attributes(piece), list(_words(piece.children)), [piece.attributes["href"], ""]])
        elif piece.tag == "span":
            yield _node("Span", [_attributes(piece), list(_words(piece.children))])
        elif piece.tag in ("code", "kbd"):
            yield _node("Code", [_NOTHING, piece.words()])
        elif piece.tag == "br":
            yield _node("LineBreak")
        elif piece.tag == "img":
            yield _image(piece.attributes["src"], piece.attributes["alt"], piece.attributes["width"])
        else:
            yield from _words(piece.children)
