"""A file of a site as a release packs it: what its way to a reader costs."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path


def packed(file: Path) -> bytes:
    """The file compressed by gzip; made once for as long as the file stays as it is."""
    return _packed(file, file.stat().st_mtime_ns)


@cache
def _packed(file: Path, changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 9, mtime=0)
