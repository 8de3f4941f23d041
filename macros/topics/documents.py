"""The documents to take along: which pages each holds, and how it is laid out on paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.source.ids import Id, PagePath, Place
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.kind import Kind

FOLDER = "downloads"
FORMATS = {"pdf": "PDF", "docx": "Word"}


@dataclass(frozen=True)
class Document:
    """One document: a report with its contents at the front, a sheet of two sides, or a list in two columns."""

    place: Place
    id: Id
    title: Text
    pages: tuple[PagePath, ...]
    layout: Literal["report", "sheet", "list"] = "report"
    contents: bool = False

    def files(self) -> tuple[str, ...]:
        """The addresses of its files, one for each format."""
        return tuple(f"{FOLDER}/{self.id}.{ending}" for ending in FORMATS)


@dataclass(frozen=True)
class Documents:
    """The content of docs/downloads.yml."""

    place: Place
    documents: tuple[Document, ...]


def document_of(page: str, documents: tuple[Document, ...]) -> Document | None:
    """The document that a page belongs to: the one with the fewest pages among those that hold it."""
    return min((document for document in documents if page in document.pages), key=lambda d: len(d.pages), default=None)


def check_documents(documents: Documents) -> Iterator[Problem]:
    """Documents without a page, and pages that stand twice in one document."""
    for document in documents.documents:
        if "pages" in document.place.keys and not document.pages:
            yield document.place.problem(
                f'The document "{document.id}" has no pages.',
                "Name at least one page, or remove the document.",
                "pages",
            )
        for number, page in enumerate(document.pages):
            if page in document.pages[:number]:
                yield page.problem(f'"{page}" stands twice in the document "{document.id}".', "Keep one of them.")


KIND = Kind("documents", Documents, "downloads", check=lambda documents, _: check_documents(documents))
