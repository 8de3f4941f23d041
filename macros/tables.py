"""The Markdown extension that lets tables turn into labelled rows on narrow screens, and names their rows."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class _Rows(Treeprocessor):
    def run(self, root: Element) -> None:
        """Gives each cell the name of its column and makes the first cell of a row its header."""
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


class Tables(Extension):
    """Adds row headers and column labels to every table of a page."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the step after inline text is read and before attributes are written."""
        md.treeprocessors.register(_Rows(md), "lrp-tables", 5)
