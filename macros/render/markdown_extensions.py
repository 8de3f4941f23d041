"""The Markdown extension that marks the terms of a page."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from macros.terms.annotate import Reading, mark
from macros.terms.spellings import Spellings
from macros.topics.glossary import Term

Finish = Callable[[str, list[Term]], str]


class _Marker(Postprocessor):
    """Marks the page once: Python-Markdown runs its postprocessors over each heading too, to name its anchor."""

    def __init__(self, extension: Abbreviations) -> None:
        super().__init__()
        self.extension, self.armed = extension, False

    def run(self, text: str) -> str:
        """The finished HTML of the page, marked; anything before that as it is."""
        if not self.armed:
            return text
        self.armed = False
        return self.extension.finish(*mark(text, self.extension.spellings, self.extension.reading()))


class _Arm(Treeprocessor):
    def __init__(self, marker: _Marker) -> None:
        super().__init__()
        self.marker = marker

    def run(self, root: Element) -> None:
        """Lets the marker work from here on: this is the last step before the page is written out."""
        self.marker.armed = True


class Abbreviations(Extension):
    """Marks abbreviations; `reading` tells how the current page is read, `finish` adds what follows from its terms."""

    def __init__(self, spellings: Spellings, reading: Callable[[], Reading], finish: Finish) -> None:
        super().__init__()
        self.spellings, self.reading, self.finish = spellings, reading, finish

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the marker as the last step, after raw HTML has been put back."""
        marker = _Marker(self)
        md.postprocessors.register(marker, "lrp-abbreviations", -10)
        md.treeprocessors.register(_Arm(marker), "lrp-abbreviations", -100)
