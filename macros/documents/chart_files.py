"""The charts as pictures of their own, and the colours of the site for documents, both read from its stylesheets."""

from __future__ import annotations

import re
from pathlib import Path

FONT = "Lato"
_BASE, _CHART = Path("overrides", "base", "lrp.css"), Path("overrides", "components", "chart", "chart.css")
_TOKEN = re.compile(r"--lrp-([a-z-]+): (#[0-9a-f]{3,6});")
_RULE = re.compile(r"^(\.lrp-chart__[\w-]+(?:, \.lrp-chart__[\w-]+)*) \{([^}]*)\}", re.M)
_USE = re.compile(r"var\(--lrp-([a-z-]+)\)")


def palette(root: Path) -> dict[str, str]:
    """The colours of the light site, by the names of their tokens."""
    text = (root / _BASE).read_text("utf-8")
    light = text[text.index(":root {") :]
    return dict(_TOKEN.findall(light[: light.index("}")]))


def standalone(svg: str, root: Path, colours: dict[str, str]) -> str:
    """A chart of a page as a file of its own: the rules of its stylesheet stand in it, their tokens filled in."""
    values = {**colours, "fonts": f"'{FONT}'"}
    text = (root / _CHART).read_text("utf-8")
    rules = [
        f"{selectors} {{ {_USE.sub(lambda use: values[use[1]], body).strip()} }}"
        for selectors, body in _RULE.findall(text)
    ]
    start = svg.index(">") + 1
    opening = svg[: start - 1].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    return f"{opening}><style>{' '.join(rules)}</style>{svg[start:]}"


def width(svg: str) -> int:
    """How wide the drawing is, in its own units."""
    match = re.search(r' width="(\d+)"', svg)
    return int(match[1]) if match else 0
