"""The Markdown extension that lets tables turn into labelled rows on narrow screens, names their rows, and gives them captions."""

from __future__ import annotations

from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from macros.structure import CAPTION


class _Rows(Treeprocessor):
    def run(self, root: Element) -> None:
        """Gives each cell the name of its column and makes the first cell of a row its header."""
        for above in root.iter():
            _captions(above)
        for table in root.iter("table"):
            table.set("class", "lrp-rows")
            labels = ["".join(cell.itertext()).strip() for cell in table.iterfind("./thead/tr/th")]
            for cell in table.iterfind("./thead/tr/th"):
                cell.set("scope", "col")
            for row in table.iterfind("./tbody/tr"):
                for number, cell in enumerate(row):
                    if number == 0:
                        cell.tag = "th"
                        cell.set("scope", "row")
                    elif number < len(labels):
                        cell.set("data-label", labels[number])


def _captions(above: Element) -> None:
    """Moves each paragraph that holds a caption into the table behind it, among the parts of an element."""
    for line, table in list(pairwise(above)):
        if line.tag == "p" and table.tag == "table" and (line.text or "").startswith(CAPTION):
            above.remove(line)
            line.tag, line.tail, line.text = "caption", "\n", (line.text or "").removeprefix(CAPTION)
            table.insert(0, line)


class Tables(Extension):
    """Adds captions, row headers and column labels to every table of a page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the step after inline text is read and before attributes are written."""
        md.treeprocessors.register(_Rows(md), "lrp-tables", 5)
