"""The Markdown extension that spares a page without HTML the search for HTML, a tenth of the time of a page."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_NAME, _PLACE = "html_block", 20  # as Python-Markdown and its md_in_html register it


class _Blocks(Preprocessor):
    def __init__(self, md: Markdown, inner: Preprocessor) -> None:
        super().__init__(md)
        self.inner = inner

    def run(self, lines: list[str]) -> list[str]:
        """The lines with blocks of HTML put away; where no sign could begin any, the lines as they are."""
        if any("<" in line or "&" in line for line in lines):
            return self.inner.run(lines)
        return lines


class Shortcuts(Extension):
    """Goes last, so that it finds what other extensions registered."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Puts itself before what looks for blocks of HTML."""
        md.preprocessors.register(_Blocks(md, md.preprocessors[_NAME]), _NAME, _PLACE)
