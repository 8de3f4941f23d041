"""The compressed twins of a site's files, made once when a release is made: gzip always, brotli where the server has it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import zlib
from pathlib import Path

KINDS = {".html", ".css", ".js", ".json", ".csv", ".xml", ".svg", ".txt", ".ics"}
SMALLEST = 500  # bytes; below it a twin saves nothing


def compress(site: Path, before: Path | None, hashes: tuple[dict[str, str], dict[str, str]]) -> None:
    """Puts .gz and .br beside every text of the site.

    Where `before`, the live site, holds the same file, its twins are linked instead; `hashes` are those of both sites.
    """
    new, old = hashes
    files = [file for file in site.rglob("*") if file.suffix in KINDS and file.stat().st_size >= SMALLEST]
    fresh = []
    for file in files:
        name = file.relative_to(site).as_posix()
        same = before is not None and new.get(name) == old.get(name) is not None
        if not (same and before is not None and _linked(file, before / name)):
            fresh.append(file)
    waiting = _brotli(fresh)
    for file in fresh:
        twin = file.with_name(f"{file.name}.gz")
        if not twin.exists():  # MkDocs makes the site map's own
            twin.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
    if waiting and waiting.wait():
        raise OSError("brotli ended with a fault")


def _linked(file: Path, old: Path) -> bool:
    """Whether the twins of an unchanged file could be taken over."""
    kinds = (".gz", ".br") if has_brotli() else (".gz",)
    twins = [(old.with_name(old.name + kind), file.with_name(file.name + kind)) for kind in kinds]
    if not all(twin.is_file() for twin, _ in twins):
        return False
    for twin, goal in twins:
        if not goal.exists():
            os.link(twin, goal)
    return True


def unpacked(file: Path) -> bytes:
    """What a file holds; of a compressed twin what it stands for, and nothing where it is damaged."""
    try:
        if file.suffix == ".gz":
            return gzip.decompress(file.read_bytes())
        if file.suffix == ".br":
            return subprocess.run(["brotli", "-dc", "--", str(file)], capture_output=True).stdout
        return file.read_bytes()
    except (OSError, EOFError, zlib.error):
        return b""


def has_brotli() -> bool:
    """Whether this server can make brotli: Debian's package "brotli" is enough."""
    return shutil.which("brotli") is not None


def _brotli(files: list[Path]) -> subprocess.Popen[bytes] | None:
    """Starts brotli on the files, beside our own gzip; nothing where it is not installed."""
    if not files or not has_brotli():
        return None
    words = ["brotli", "--keep", "--force", "--quality=9", "--", *map(str, files)]
    return subprocess.Popen(words, stdin=subprocess.DEVNULL)
