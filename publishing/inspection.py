"""Everything that readers can be served, compared with what the server wrote down when it made it."""

from __future__ import annotations

import gzip
import os
import stat
import subprocess
import zlib
from collections.abc import Iterator
from pathlib import Path

from publishing.compression import has_brotli
from publishing.editions import tagged
from publishing.old_assets import damaged
from publishing.releases import Release, all_releases, live, read
from publishing.repository import Repository
from publishing.settings import Server

_BUILDS = ".builds"


def forged(server: Server) -> list[str]:
    """What is served or kept and is not as it was made, each in one line; nothing where all is well."""
    repository = Repository(server.repository)
    editions = tagged(repository)
    drafts = {
        name.removeprefix("refs/heads/draft/"): commit for name, commit in repository.refs("refs/heads/draft/").items()
    }
    wrongs = list(_current(server))
    for release in all_releases(server):
        wrongs += [f"releases/{release.folder.name}/{wrong}" for wrong in _wrongs(release)]
    for folder, wanted, kind in ((server.editions, editions, "as_at"), (server.previews, drafts, "draft")):
        wrongs += [f"{folder.name}/{wrong}" for wrong in _links(folder, wanted, kind)]
    wrongs += [f"{place}: nothing was to stand here" for place in _beside(server)]
    return wrongs + [
        f"{server.old_assets.name}/{name}: its bytes differ from those that were live" for name in damaged(server)
    ]


def _current(server: Server) -> Iterator[str]:
    """What is wrong with the link to the live release."""
    if not server.current.is_symlink() or server.current.readlink().parent != Path("releases"):
        yield "current: it is no link to one of the releases"
    now = live(server)
    if now and (now.inputs.draft or now.inputs.as_at or now.inputs.address != server.address):
        yield "current: it shows something that was not built to be live"


def _beside(server: Server) -> Iterator[str]:
    """What stands where only releases, editions and drafts do."""
    known = {release.folder.name for release in all_releases(server)}
    yield from (f"releases/{name}" for name in sorted(os.listdir(server.releases)) if name not in known)
    served = server.editions.parent
    yield from (
        f"served/{name}"
        for name in sorted(os.listdir(served))
        if served / name not in (server.editions, server.previews, server.old_assets)
    )


def _links(folder: Path, wanted: dict[str, str], kind: str) -> Iterator[str]:
    """What is wrong with the editions or drafts that are shown: `wanted` are their commits by their names."""
    shown = set()
    for link in sorted(folder.glob("*")):
        if link.name == _BUILDS:
            continue
        goal = link.readlink() if link.is_symlink() else Path()
        if len(goal.parts) != 3 or goal.parts[0] != _BUILDS or goal.parts[1] in ("", "..") or goal.parts[2] != "site":
            yield f"{link.name}: it is no link to what was built here"
            continue
        shown.add(goal.parts[1])
        built = read(folder / _BUILDS / goal.parts[1])
        facts = (built.inputs.commit, getattr(built.inputs, kind)) if built else ("", "")
        if not built or facts != (wanted.get(link.name), link.name):
            yield f"{link.name}: it shows something else than its name says"
        if built:
            yield from (f"{link.name}/{wrong}" for wrong in _wrongs(built))
    yield from (f"{name}: it is not shown" for name in sorted(wanted.keys() - {link.name for link in folder.glob("*")}))
    builds = folder / _BUILDS
    if builds.is_dir():
        yield from (
            f"{_BUILDS}/{name}: nothing was to stand here" for name in sorted(os.listdir(builds)) if name not in shown
        )


def _wrongs(release: Release) -> Iterator[str]:
    """What of a built site is not as it was made: bytes, files that came or went, links, and packed twins."""
    odd = list(_odd(release.site))
    if odd:
        yield from odd
        return
    yield from (
        f"{name}: its bytes are not those that were made, or it came later, or is gone" for name in release.damage()
    )
    yield from (f"{name}: it unpacks to something else than the file beside it" for name in _twins(release.site))


def _odd(site: Path) -> Iterator[str]:
    """What in a site is neither a file nor a folder, and what stands empty."""
    if not stat.S_ISDIR(site.lstat().st_mode if site.exists() else 0):
        yield "site: it is no folder"
        return
    for here, folders, files in os.walk(site):
        for name in [*folders, *files]:
            path = Path(here, name)
            mode = path.lstat().st_mode
            if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                yield f"{path.relative_to(site).as_posix()}: it is neither a file nor a folder"
        if not folders and not files:
            yield f"{Path(here).relative_to(site).as_posix()}: the folder is empty"


def _twins(site: Path) -> Iterator[str]:
    """The packed twins that hold something else than their files."""
    for twin in sorted(site.rglob("*.gz")):
        plain = twin.with_suffix("")
        if plain.is_file() and _unpacked(twin, plain.stat().st_size) != plain.read_bytes():
            yield twin.relative_to(site).as_posix()
    twins = [twin for twin in sorted(site.rglob("*.br")) if twin.with_suffix("").is_file()]
    if twins and has_brotli() and not _same(twins):
        yield from (twin.relative_to(site).as_posix() for twin in twins if not _same([twin]))


def _unpacked(twin: Path, most: int) -> bytes:
    try:
        with gzip.open(twin) as file:
            return file.read(most + 1)
    except (OSError, EOFError, zlib.error):
        return b""


def _same(twins: list[Path]) -> bool:
    """Whether brotli's twins unpack to exactly their files, one after the other."""
    words = ["brotli", "--decompress", "--stdout", "--", *map(str, twins)]
    with subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        assert run.stdout
        same = all(run.stdout.read(len(data)) == data for data in (twin.with_suffix("").read_bytes() for twin in twins))
        same = same and not run.stdout.read(1)
        run.kill()
    return same
