"""A built page read into the places that it holds: the page, its sections, and whatever else has an address and a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from macros.markup.reader import Reader
from macros.markup.tree import VOID

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
_HOLDERS = frozenset(["article", "section", "li", "div", "tr", "td"])
_SURE = frozenset(["article", "section"])  # a place of its own, with a heading or without
_CELLS = frozenset(["td", "th", "dt", "dd", "caption"])
_NAMES = frozenset([*_HEADINGS, "dt", "th", "summary", "caption", "legend"])
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "code",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "wbr",
    ]
)
_SILENT = frozenset(
    ["nav", "svg", "script", "style", "template", "pre", "button", "select", "textarea", "form", "label", "output"]
)
_UNSEARCHED = frozenset(["data-unsearched", "hidden"])
_SILENT_CLASSES = frozenset(["lrp-source", "lrp-mark", "lrp-leads", "lrp-sheet"])


_CELL = " · "  # ends a cell of a table
_MAIN = re.compile("<main.*</main>", re.S)


@dataclass
class Unit:
    """A place to be found: what it is called, the page and the headings it stands under, and its words."""

    address: str
    kind: str
    title: str = ""
    part: str = ""
    under: tuple[str, ...] = ()
    lead: str = ""
    text: str = ""
    level: int = 9
    sure: bool = False
    names: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    about_this_site: bool = False


@dataclass
class _Open:
    """An element that is open: its tag, the unit its words belong to, and whether it is left out."""

    tag: str
    unit: Unit
    silent: bool
    naming: Unit | None = None
    lead: bool = False


@dataclass
class _Reader(Reader):
    """Reads one built page into units: one for the page, one for each heading or holder that has an address."""

    page: str
    units: list[Unit] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    section: Unit | None = None

    def __post_init__(self) -> None:
        super().__init__()
        self.whole = Unit(self.page, "", level=1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opens a unit where the element has an address, and leaves out what is no text of the page."""
        if tag == "main":
            self.units, self.open = [self.whole], [_Open(tag, self.whole, False)]
        if not self.open or tag == "main" or tag in VOID:
            return
        values = {name: value or "" for name, value in attrs}
        top, classes = self.open[-1], values.get("class", "").split()
        silent = (
            top.silent or tag in _SILENT or not (_UNSEARCHED.isdisjoint(values) and _SILENT_CLASSES.isdisjoint(classes))
        )
        now = _Open(tag, top.unit, silent, top.naming if tag in _INLINE else None, "lrp-lead" in classes)
        if not silent and tag in _HEADINGS:
            now.unit = self._heading(_HEADINGS[tag], values.get("id", ""), top.unit)
        elif not silent and tag in _HOLDERS and values.get("id"):
            now.unit = self._new(values["id"], 5, top.unit)
            now.unit.sure = tag in _SURE
        if tag in _NAMES and not now.unit.title:
            now.naming = now.unit
        now.unit.text += _gap(tag)
        self.open.append(now)

    def _heading(self, level: int, name: str, holder: Unit) -> Unit:
        """The unit that a heading opens: its holder's where that is still without a name, else one of its own."""
        if not holder.title or not name:
            return holder
        unit = self._new(name, level, holder)
        for step in reversed(self.open):  # what follows the heading in the same holder belongs to it
            if step.unit is not holder and step.unit.level >= 5:
                break
            step.unit = unit
        return unit

    def _new(self, name: str, level: int, holder: Unit) -> Unit:
        above = [unit for unit in self.units if unit.level < level]
        parent = holder if holder.level < level else next((u for u in reversed(above) if u.level < level), self.whole)
        unit = Unit(f"{self.page}#{name}", "", level=level, under=(*parent.under, parent.title))
        self.units.append(unit)
        return unit

    def handle_endtag(self, tag: str) -> None:
        """Closes the element and what was left open in it."""
        if not self.open or (self.open[-1].tag != tag and all(step.tag != tag for step in self.open)):
            return
        while self.open.pop().tag != tag:
            pass
        if self.open:
            self.open[-1].unit.text += _gap(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Gives the words to the unit that they stand in."""
        if not self.open or self.open[-1].silent or not data:
            return
        top = self.open[-1]
        data = data.replace("\n", " ")  # what ends a line of the file ends no passage
        if top.naming:
            top.naming.title += data
        elif top.lead:
            top.unit.lead += data
        else:
            top.unit.text += data


def _gap(tag: str) -> str:
    """What stands between an element and what is beside it: cells of a row and parts of a list stay one passage."""
    name = tag.removeprefix("/")
    if name in _CELLS:
        return {"/dt": ": ", "/td": _CELL, "/th": _CELL}.get(tag, " ")
    return "" if name in _INLINE else "\n"


def _plain(text: str) -> str:
    """The text with its passages parted by one line break, and no other white space than single blanks."""
    return "\n".join(
        filter(
            None,
            (
                " ".join(line.split()).removeprefix(": ").removesuffix(_CELL.rstrip()).strip()
                for line in text.split("\n")
            ),
        )
    )


def read_page(html: str, page: str) -> list[Unit]:
    """The units of one built page; what has an address but no name is part of what it stands in."""
    reader = _Reader(page)
    whole = _MAIN.search(html)
    reader.take(whole[0] if whole else html)
    kept: list[Unit] = []
    for unit in reader.units:
        unit.title, unit.lead, unit.text = (_plain(part) for part in (unit.title, unit.lead, unit.text))
        unit.title = " ".join(unit.title.split())
        if not unit.title and not unit.sure and kept:
            kept[-1].text += f"\n{unit.text}"
        elif len(unit.title) != 1 and (unit.text or unit.level < 5 or (unit.sure and unit.title)):
            kept.append(unit)
    return kept
