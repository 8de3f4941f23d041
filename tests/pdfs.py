"""The text of a PDF, in the order in which it is read."""

from __future__ import annotations

from pathlib import Path

from pypdfium2 import PdfDocument

_BROKEN = "\ufffe"  # how PDFium writes the hyphen of a word that is broken over two lines


def sheets(pdf: Path | bytes) -> list[str]:
    """The text of each page."""
    with PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_bounded().replace(_BROKEN, "-") for page in document]


def text_of(pdf: Path | bytes) -> str:
    """The text of all pages, spaces made one."""
    return " ".join(" ".join(sheets(pdf)).split())
