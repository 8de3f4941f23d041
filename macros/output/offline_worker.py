"""The copy that a reader's browser keeps on request: what it holds, and the worker that fetches and serves it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from macros.markup.pages import Pages
from macros.source.names import PICTURES

WORKER = "worker.js"
_ENDINGS = {".html", ".css", ".js", ".svg", *PICTURES, ".woff2"}
_APART = ("404.html", WORKER)
APART = ("preview/", "as-at/")  # drafts and older editions are neither kept nor packed
EDITIONS = "as-at/index.html"  # names the editions, and is none
_PLACE = "const RELEASE = null;"


def kept_files(pages: Pages) -> Iterator[str]:
    """The paths of what the copy holds of the built site: every page, and what pages show and run; no document and no data."""
    for path in pages.paths():
        if PurePosixPath(path).suffix in _ENDINGS and path not in _APART and not path.startswith(APART):
            yield path


def worker(template: str, edition: str, files: Mapping[str, str]) -> str:
    """The script of the worker for `files`, each with its fingerprint; any change of a file or of the script is another release."""
    assert template.count(_PLACE) == 1, f"overrides/{WORKER} has no line {_PLACE}"
    told = json.dumps(files, indent=0, sort_keys=True)
    release = hashlib.sha256((template + edition + told).encode()).hexdigest()[:16]
    about = f'{{ id: "{release}", edition: {json.dumps(edition)}, files: {told} }}'
    return template.replace(_PLACE, f"const RELEASE = {about};")


def fingerprints(pages: Pages) -> dict[str, str]:
    """The fingerprint of each file that the copy holds, by its path in the site."""
    return {path: hashlib.sha256(pages.data(path)).hexdigest() for path in kept_files(pages)}
