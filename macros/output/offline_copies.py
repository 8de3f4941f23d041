"""The two copies of a finished site for use without a network: the zip, and the one that a reader's browser keeps."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from macros.markup.slots import fill_pages, size
from macros.output.offline_worker import WORKER, fingerprints, kept_files, worker
from macros.output.offline_zip import packed
from macros.source.writing import add
from macros.topics.dates import written
from macros.topics.identity import Site

_OFFER = 'data-module="keep"'


def add_copies(root: Path, site: Path, about: Site, edition: date, today: date, address: str) -> None:
    """Adds the zip and the worker to the site in `site`, which must be whole but for the sizes of the two, and fills these in."""
    data = packed(site, about, edition, today, address)
    add(site, about.whole, data)
    kept = sum(file.stat().st_size for file in kept_files(site))
    fill_pages(site, {f"{about.whole} size": size(len(data)), "keep size": size(kept)})
    add(site, WORKER, _worker(root, site, edition))


def _worker(root: Path, site: Path, edition: date) -> str:
    """The worker; empty where no page offers to keep the site, which ends what browsers have kept of it."""
    if not any(_OFFER in page.read_text("utf-8") for page in site.rglob("*.html")):
        return ""
    template = (root / "overrides" / WORKER).read_text("utf-8")
    return worker(template, written(edition), fingerprints(site, kept_files(site)))
