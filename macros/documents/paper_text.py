"""The text of a built page as paper can hold it: nothing that needs a screen, questions numbered, classes few and plain.

The classes that come out (`BLOCKS`, `SPANS`) are the ones that overrides/documents knows how to set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from macros.documents.paper_components import SPECIAL, alternative
from macros.markup.tree import HEADINGS, Element, Piece, make, read

BLOCKS = {
    "lrp-glance": "glance",
    "lrp-duty": "duty",
    "lrp-duty__note": "aside",
    "admonition": "note",
    "admonition-title": "name",
    "lrp-warning": "note",
    "lrp-why": "aside",
    "lrp-source": "source",
    "lrp-term__facts": "source",
    "lrp-term__note": "aside",
    "lrp-step__role": "name",
    "lrp-question": "question",
    "lrp-step": "step",
    "lrp-term": "term",
    "lrp-outcome--act": "act",
    "lrp-outcome--advice": "advice",
    "lrp-outcome--elsewhere": "elsewhere",
    "lrp-help": "aside",
    "lrp-protect": "aside",
    "lrp-asked": "asked",
    "lrp-boxes": "boxes",
    "lrp-room": "room",
    "lrp-line-room": "line-room",
    "lrp-pocket__side": "side",
    "lrp-pocket__panel": "panel",
}
SPANS = ("must", "should", "expected", "locally", "mark", "number")
_SCREEN_TAGS = frozenset(
    ["script", "noscript", "button", "form", "nav", "input", "select", "textarea", "summary", "svg"]
)
_SCREEN = frozenset(
    [
        "headerlink",
        "lrp-again",
        "lrp-calculator",
        "lrp-chart__links",
        "lrp-go",
        "lrp-hidden",
        "lrp-kinds",
        "lrp-months",
        "lrp-dialog",
        "lrp-faults",
        "lrp-form__check",
        "lrp-form__start",
        "lrp-form__stop",
        "lrp-form__tools",
        "lrp-panel",
        "lrp-process-table",
        "lrp-screen",
        "lrp-report",
        "lrp-sheet-note",
        "lrp-term__uses",
    ]
)
_FRAMES = ("div", "section", "article", "details", "bdi", "small")
WIDEST, TALLEST = 16.5, 21.0  # centimetres of a picture on a sheet
_CENTIMETRES = 2.54 / 96  # in a point of a page
_KEPT = ("id", "href", "start", "colspan", "rowspan", "scope")


def excerpt(html: str, picture: str) -> list[Piece]:
    """The text of a built page; `picture` names the drawing of its chart, where it has one."""
    main = read(html[html.index("<main") : html.index("</main>")])
    return _charts_first(_with_text(list(_papers(main.find("lrp-prose")[0].children, picture))))


def chart(html: str) -> str:
    """The drawing of a page as it stands there; empty where it has none."""
    match = re.search(r'<figure class="lrp-chart.*?(<svg.*?</svg>)', html, re.S)
    return match[1] if match else ""


def _papers(pieces: Iterable[Piece], picture: str) -> Iterator[Piece]:
    for piece in pieces:
        yield from [piece] if isinstance(piece, str) else _paper(piece, picture)


def _paper(element: Element, picture: str) -> Iterator[Piece]:
    """What one element becomes."""
    classes = element.classes
    if element.tag in _SCREEN_TAGS or classes & _SCREEN or element.attributes.keys() & {"hidden", "data-without"}:
        return
    special = next((change for name, change in SPECIAL.items() if name in classes), None)
    if special:
        element = special(element)
        classes = element.classes
    if element.tag == "img" or "lrp-chart" in classes:
        yield _picture(element.attributes) if element.tag == "img" else _figure(element, picture)
        return
    inside = list(_papers(element.children, picture))
    block = next((BLOCKS[name] for name in classes if name in BLOCKS), "")
    if element.tag in ("p", "div", "section", "article") and not any(map(_says, inside)):
        return
    if element.tag in _FRAMES:
        _name(inside, element.attributes.get("id", ""))
    if block and element.tag == "li":
        yield make("li", make("div", *inside, class_=block))
    elif block:
        whole = element.tag in ("p", "ul", "ol", "dl")
        yield make("div", *([make(element.tag, *inside)] if whole else inside), class_=block)
    elif element.tag in _FRAMES:
        yield from inside
    else:
        own = {name: value for name, value in element.attributes.items() if name in _KEPT}
        named = {"class": element.attributes["class"]} if classes & _OURS else {}
        yield Element(element.tag, {**named, **own}, inside)


def _figure(figure: Element, picture: str) -> Element:
    """A chart as a picture with its caption."""
    lies = "wide" if "lrp-chart--wide" in figure.classes else ""
    image = make("img", src=picture, alt=alternative(figure), class_=lies)
    return make("figure", image, *figure.find("lrp-chart__caption"), class_="chart")


def _picture(own: Mapping[str, str]) -> Element:
    """A picture of the editors, as wide as on a page, but no larger than a sheet."""
    wide, high = int(own["width"]), int(own["height"])
    across = min(wide * _CENTIMETRES, WIDEST, TALLEST * wide / high)
    return make("img", src=own["src"], alt=own["alt"], width=f"{across:.2f}cm")


def _name(pieces: list[Piece], names: str) -> None:
    """Gives the first heading the names of what it stands in, beside its own: only headings are led to on paper."""
    within = (inner for piece in pieces if isinstance(piece, Element) for inner in piece.walk())
    heading = next((inner for inner in within if inner.tag in HEADINGS), None)
    if heading and names:
        heading.attributes["id"] = f"{names} {heading.attributes.get('id', '')}".strip()


_OURS = frozenset([*SPANS, "lrp-abbr", "lrp-period", "unlisted"])


def _says(piece: Piece) -> bool:
    return bool(piece.strip()) if isinstance(piece, str) else piece.tag == "img" or any(map(_says, piece.children))


def _with_text(pieces: list[Piece]) -> list[Piece]:
    """The pieces without headings that nothing stands under."""
    kept: list[Piece] = []
    level = 0  # of the next heading below; deeper than any where text stands between
    for piece in reversed(pieces):
        if isinstance(piece, Element) and piece.tag in HEADINGS:
            if level and level <= HEADINGS.index(piece.tag) + 1:
                continue
            level = HEADINGS.index(piece.tag) + 1
        elif _says(piece):
            level = 9
        kept.append(piece)
    return kept[::-1]


def _charts_first(pieces: list[Piece]) -> list[Piece]:
    """The pieces with each chart before the heading above it: a chart takes a sheet of its own."""
    kept: list[Piece] = []
    for piece in pieces:
        above = next((n for n in range(len(kept) - 1, -1, -1) if _says(kept[n])), None)
        last = kept[above] if above is not None else ""
        if (
            isinstance(piece, Element)
            and "chart" in piece.classes
            and isinstance(last, Element)
            and last.tag in HEADINGS
        ):
            kept.insert(above or 0, piece)
        else:
            kept.append(piece)
    return kept
