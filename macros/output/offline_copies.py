"""The two copies of a finished site for use without a network: the zip, and the one that a reader's browser keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.markup.pages import Pages
from macros.markup.slots import fill, size
from macros.output.offline_worker import WORKER, fingerprints, kept_files, worker
from macros.output.offline_zip import packed
from macros.topics.dates import full_date
from macros.topics.identity import Site

_OFFER = 'data-module="keep"'


def add_copies(root: Path, pages: Pages, about: Site, edition: date, today: date, address: str) -> None:
    """Adds the zip and the worker to a site which is whole but for the sizes of the two, and fills these into its pages."""
    data = packed(pages, about, edition, today, address)
    pages.add(about.whole, data)
    sizes = {f"{about.whole} size": size(len(data))}
    for _ in range(
        2
    ):  # the figure stands in a page that it counts: once with its slot as it was, then with itself in it
        kept = sum(len(pages.data(path)) for path in kept_files(pages))
        sizes["keep size"] = size(kept)
        pages.change(lambda html: fill(html, sizes))
    pages.add(WORKER, _worker(root, pages, edition).encode())


def _worker(root: Path, pages: Pages, edition: date) -> str:
    """The worker; empty where no page offers to keep the site, which ends what browsers have kept of it."""
    if not any(_OFFER in html for html in pages.texts.values()):
        return ""
    template = (root / "overrides" / WORKER).read_text("utf-8")
    return worker(template, full_date(edition), fingerprints(pages))
