"""Assets of earlier releases: what a page that is still open asks for stays reachable for a month; nothing else does."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from publishing.compression import has_brotli, unpacked
from publishing.disk import replace
from publishing.serving import HASHED_NAMES
from publishing.settings import Server

DAYS = 30  # counted from the last day on which an asset was part of the live site
_RECORD = "old-assets.json"
_TWINS = ("", ".gz", ".br")


def remember(server: Server, site: Path, digests: Mapping[str, str], today: date) -> None:
    """Keeps the assets of the site that is live until now, and lets go of those that were live too long ago.

    Only what the build named by its content is an asset: no page, no document and no picture, which may be withdrawn.
    """
    record = _record(server)
    for name, digest in digests.items():
        if re.search(HASHED_NAMES, name) and (site / name).is_file():
            _keep(site / name, server.old_assets / name)
            record[name] = [today.isoformat(), digest]
    oldest = (today - timedelta(days=DAYS)).isoformat()
    for name in _names(server):
        last, digest = record.get(name, [today.isoformat(), ""])
        record[name] = [min(last, today.isoformat()), digest]  # the clock may have been wrong
        if record[name][0] < oldest:
            _drop(server, name)
    _write(server, {name: facts for name, facts in record.items() if (server.old_assets / name).is_file()})


def forget(server: Server) -> None:
    """Lets go of all of them at once: what was pushed by mistake may stand in the parts of the search."""
    shutil.rmtree(server.old_assets, ignore_errors=True)
    _write(server, {})


def damaged(server: Server) -> list[str]:
    """Those whose bytes, as they are or compressed, are not the ones that were live."""
    record = _record(server)
    return sorted(
        f"{name}{twin}"
        for name in _names(server)
        for twin in (_TWINS if has_brotli() else _TWINS[:2])
        if (file := server.old_assets / f"{name}{twin}").is_file()
        and sha256(unpacked(file)).hexdigest() != record.get(name, ["", ""])[1]
    )


def _names(server: Server) -> Iterator[str]:
    """The names of the assets that are kept, as they stand on the disk."""
    for file in sorted(server.old_assets.rglob("*")):
        if file.is_file() and file.suffix not in _TWINS:
            yield file.relative_to(server.old_assets).as_posix()


def _keep(file: Path, goal: Path) -> None:
    """Has the bytes of a file, and of its compressed twins, at another place too, where they take no room of their own."""
    goal.parent.mkdir(parents=True, exist_ok=True)
    for twin in _TWINS:
        old, new = (path.with_name(path.name + twin) for path in (file, goal))
        if old.is_file() and not new.exists():
            try:
                os.link(old, new)
            except OSError:  # a system may refuse it for what another user has made
                fresh = new.with_name(f".{new.name}.new")
                shutil.copy2(old, fresh)
                fresh.replace(new)


def _drop(server: Server, name: str) -> None:
    file = server.old_assets / name
    for twin in _TWINS:
        file.with_name(file.name + twin).unlink(missing_ok=True)


def _record(server: Server) -> dict[str, list[str]]:
    """For each asset the last day on which it was live, and the fingerprint of its bytes."""
    with contextlib.suppress(OSError, ValueError):
        return {
            str(name): [str(day), str(digest)]
            for name, (day, digest) in json.loads(_file(server).read_text("utf-8")).items()
        }
    return {}


def _write(server: Server, record: Mapping[str, list[str]]) -> None:
    replace(_file(server), json.dumps(record, indent=0, sort_keys=True) + "\n")


def _file(server: Server) -> Path:
    return server.folder / _RECORD
