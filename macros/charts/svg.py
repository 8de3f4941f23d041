"""The strokes of a picture in SVG: elements, lines of text, shapes; every word is escaped, every colour is a class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

SIZE, LINE, PAD = 14, 17, 11
EDGE = 18
Point = tuple[float, float]


def element(name: str, *inside: str, **attributes: object) -> Markup:
    """An element; a name with "_" becomes one with "-", and "class_" becomes "class"."""
    pairs = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_figure(value))}"' for key, value in attributes.items()
    )
    return Markup(f"<{name}{pairs}>{Markup('').join(inside)}</{name}>")


def _figure(value: object) -> object:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value


def lines(
    words: Sequence[str], x: float, y: float, kind: str = "", *, size: int = SIZE, line: int = LINE, anchor: str = ""
) -> Markup:
    """Lines of text one under the other; `y` is the top of the first."""
    style = f"lrp-chart__text {kind and f'lrp-chart__text--{kind}'}".strip()
    more = {"text_anchor": anchor} if anchor else {}
    first = {"y": float(y + line / 2 + size * 0.35)}
    spans = [
        element("tspan", escape(word), x=float(x), **({"dy": line} if n else first)) for n, word in enumerate(words)
    ]
    # The space between the lines is read out and copied, not drawn.
    return element("text", Markup(" ").join(spans), class_=style, **more) if words else Markup()


def turned(words: Sequence[str], x: float, y: float, kind: str) -> Markup:
    """Lines of text that run upwards, side by side from `x` on; `y` is where they begin."""
    return element("g", lines(words, 0, 0, kind), transform=f"translate({x:.1f} {y:.1f}) rotate(-90)")


def moved(corner: Point) -> str:
    """The transform that lays what is drawn from 0,0 on at `corner`: equal things stay equal, which packs well."""
    return f"translate({_figure(float(corner[0]))} {_figure(float(corner[1]))})"


def rectangle(kind: str, x: float, y: float, width: float, height: float, radius: float = 6) -> Markup:
    """A rectangle with round corners."""
    sides = {"x": float(x), "y": float(y), "width": float(width), "height": float(height), "rx": float(radius)}
    return element("rect", class_=f"lrp-chart__{kind}", **sides)


def shape(kind: str, points: Sequence[Point]) -> Markup:
    """A shape with straight sides."""
    return element("path", class_=f"lrp-chart__{kind}", d="M" + "L".join(_point(point) for point in points) + "Z")


def path(kind: str, start: Point, *parts: str | Point) -> Markup:
    """A line through points; a letter before points says what kind of line they make."""
    return element("path", class_=f"lrp-chart__{kind}", d=way(start, *parts))


def way(start: Point, *parts: str | Point) -> str:
    """The course of a line through points, as a path has it."""
    return f"M{_point(start)} " + " ".join(part if isinstance(part, str) else _point(part) for part in parts)


@dataclass(frozen=True)
class Arrow:
    """An arrow: the courses of its line, its tip, and whether it runs to the right or down to it."""

    ways: tuple[str, ...]
    tip: Point
    down: bool = False


def arrows(all_of_them: Iterable[Arrow]) -> Markup:
    """Every arrow of a picture, in one path for the lines and one for the heads: one element for each weighs more."""
    drawn = list(all_of_them)
    heads = "".join(f"M{_point(arrow.tip)}{'l-4.5-9h9z' if arrow.down else 'l-9-4.5v9z'}" for arrow in drawn)
    lines = "".join(way for arrow in drawn for way in arrow.ways)
    return element("path", class_="lrp-chart__arrow", d=lines) + element("path", class_="lrp-chart__tip", d=heads)


def picture(title: str, about: str, width: float, height: float, parts: Iterable[Markup]) -> Markup:
    """The whole picture in a frame that scrolls, and that a link shows on the full screen, without a script."""
    wide, high = width + 2 * EDGE, height + 2 * EDGE
    words = [element("title", escape(title), id="chart-title"), element("desc", escape(about), id="chart-about")]
    drawn = element("g", *parts, transform=f"translate({EDGE} {EDGE})")
    size = {"viewBox": f"0 0 {wide:.0f} {high:.0f}", "width": f"{wide:.0f}", "height": f"{high:.0f}"}
    names = {"aria_labelledby": "chart-title", "aria_describedby": "chart-about"}
    svg = element("svg", *words, drawn, role="group", **names, **size)
    label = f"Picture: {title}"
    frame = element("section", svg, class_="lrp-scroll", id="chart-picture", tabindex=0, aria_label=label)
    links = [
        element("a", Markup("See the picture on the full screen"), class_="lrp-chart__open", href="#chart"),
        element("a", Markup("Close the full screen"), class_="lrp-chart__close", href="#chart-picture"),
    ]
    head = element("p", *links, class_="lrp-chart__links")
    caption = element("figcaption", escape(title), class_="lrp-chart__caption")
    kind = f"lrp-chart lrp-chart--{'wide' if wide > high else 'tall'}"
    return element("figure", caption, head, frame, class_=kind, id="chart")


def _point(point: Point) -> str:
    return ",".join(str(_figure(float(value))) for value in point)
