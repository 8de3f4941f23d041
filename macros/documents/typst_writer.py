"""A document's pieces as Typst text: each element a call, each text a string, so that no letter is read as markup."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from macros.documents.table_widths import grid
from macros.markup.tree import HEADINGS, Element, Piece

Value = str | bool | Sequence[tuple[str, str]]
_CALLS = {"strong": "strong", "b": "strong", "em": "emph", "i": "emph", "sup": "super", "sub": "sub"}
_PLAIN = {"br": "#linebreak()", "hr": "#line(length: 100%)"}


def quoted(text: str) -> str:
    """A text as Typst writes it."""
    return json.dumps(text, ensure_ascii=False)


def dictionary(values: Mapping[str, Value]) -> str:
    """Some values as Typst writes them."""
    return f"({', '.join(f'{name}: {_value(value)}' for name, value in values.items())})"


def _value(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return quoted(value)
    return f"({' '.join(f'({quoted(name)}, {quoted(text)}),' for name, text in value)})"


def typst(pieces: Iterable[Piece]) -> str:
    """The pieces as Typst text."""
    return "".join(_words(piece) if isinstance(piece, str) else _element(piece) for piece in pieces)


def _words(text: str) -> str:
    """Text as a string between plain spaces, which Typst drops where a line begins or ends."""
    words = "\u00a0".join(" ".join(part.split()) for part in text.split("\u00a0"))
    if not words:
        return " " if text else ""
    before, after = (" " if letter in " \t\n" else "" for letter in (text[0], text[-1]))
    return f"{before}#{quoted(words)};{after}"


def _element(element: Element) -> str:
    if element.tag == "figure":
        return _figure(element)
    tag, inside = element.tag, typst(element.children)
    kind = element.attributes.get("class", "")
    if tag in HEADINGS:
        outlined = "false" if "unlisted" in element.classes else "true"
        level = HEADINGS.index(tag) + 1
        opening = "\n#pagebreak(weak: true)\n" if "opening" in element.classes else ""
        return f"{opening}\n#heading(level: {level}, outlined: {outlined})[{inside}]{_label(element)}\n"
    if tag == "p":
        return f"\n\n{inside}\n\n"
    if tag in _CALLS:
        return f"#{_CALLS[tag]}[{inside}]"
    if tag == "a":
        goal = element.attributes["href"]
        return f"#link({f'<{goal[1:]}>' if goal.startswith('#') else quoted(goal)})[{inside}]"
    if tag in ("div", "span") and kind:
        return f"#lrp-{kind}[{inside}]{_label(element)}" + ("\n" if tag == "div" else "")
    if tag == "div":
        return f"\n#block[{inside}]{_label(element)}\n"
    if tag in ("code", "kbd"):
        return f"#raw({quoted(element.words())})"
    return _group(element) or _PLAIN.get(tag, inside)


def _label(element: Element) -> str:
    return f" <{element.attributes['id']}>" if "id" in element.attributes else ""


def _group(element: Element) -> str:
    """Lists, pairs, tables and pictures; nothing for every other element."""
    if element.tag in ("ul", "ol"):
        items = "".join(f"[{typst(item.children)}], " for item in element.of("li"))
        start = f"start: {element.attributes['start']}, " if "start" in element.attributes else ""
        return f"\n#{'list' if element.tag == 'ul' else 'enum'}({start}{items})\n"
    if element.tag == "dl":
        return f"\n#lrp-pairs({''.join(f'[{typst(part.children)}], ' for part in element.of('dt', 'dd'))})\n"
    if element.tag == "table":
        return _table(element)
    if element.tag == "img":
        own = element.attributes
        return f"#lrp-picture({quoted(own['src'])}, {quoted(own['alt'])}, {own['width']})"
    return ""


def _figure(figure: Element) -> str:
    """A chart on a sheet of its own, or a picture under its caption."""
    caption = figure.of("figcaption")[0]
    if "chart" in figure.classes:
        own = figure.of("img")[0].attributes
        return f"\n#lrp-chart({quoted(own['src'] + '.svg')}, {quoted(own['alt'])}, {quoted(caption.words())})\n"
    rest = [piece for piece in figure.children if piece is not caption]
    return f"\n#lrp-framed([{typst(caption.children)}])[{typst(rest).strip()}]\n"


def _table(table: Element) -> str:
    """A table whose heading is repeated on every page."""
    parts = grid(table)
    columns = "".join(f"{share}fr, " for share in parts.shares or [1] * parts.columns)
    heading = f"table.header({_cells(parts.head)})," if parts.head else ""
    caption = "".join(f"caption: [{typst(part.children)}], " for part in parts.captions)
    return f"\n#figure(kind: table, {caption}table(columns: ({columns}), {heading} {_cells(parts.rows)}))\n"


def _cells(rows: list[Element]) -> str:
    cells = []
    for cell in (cell for row in rows for cell in row.of("th", "td")):
        spans = [f"{name}: {cell.attributes[name]}" for name in ("colspan", "rowspan") if name in cell.attributes]
        call = f"table.cell({', '.join(spans)})" if spans else ""
        cells.append(f"{call}[{typst(cell.children)}], ")
    return "".join(cells)
