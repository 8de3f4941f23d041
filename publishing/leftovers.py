"""What a server holds besides git's objects once its history was written again: sites of old commits, notes, words."""

from __future__ import annotations

from collections.abc import Iterable

from publishing.building import clear
from publishing.disk import discard, replace
from publishing.erased import erasures
from publishing.releases import live, read
from publishing.settings import Server
from publishing.traces import Wanted, files_with

_ROOMS = ("staged", "drafts", "passed")  # of the work folder


def stale(server: Server, commits: Iterable[str]) -> list[str]:
    """The sites of these commits, and of those of earlier erasures, and what was begun and never ended; never the live one."""
    gone = {*commits, *(name for each in erasures(server) for name in each.commits)}
    shown, folders = live(server), []
    builds = [folder / ".builds" for folder in (server.previews, server.editions)]
    for folder in sorted(folder for room in (server.releases, *builds) for folder in room.glob("[!.]*")):
        release = read(folder)
        lives = shown is not None and folder == shown.folder
        if gone and not lives and (not release or gone & {release.inputs.commit, release.inputs.generator}):
            folders.append(str(folder.relative_to(server.folder)))
    return folders


def remove_sites(server: Server, commits: Iterable[str]) -> None:
    """Removes those sites, the links to them, and what lies in the work folder."""
    for name in stale(server, commits):
        discard(server.folder / name)
    for link in [link for folder in (server.previews, server.editions) for link in folder.glob("[!.]*")]:
        if not link.exists():  # what it showed could not be built again, and is gone
            link.unlink()
    for place in [place for room in (*_ROOMS[:2], ".") for place in (server.work / room).glob("*")]:
        if place.name not in _ROOMS:
            clear(server, place)


def files_left(server: Server, wanted: Wanted, besides: Iterable[str] = ()) -> list[str]:
    """The files of the server that hold it, but for git's objects and the environments of builds."""
    folder = server.folder
    out = (server.repository / "objects", server.environments, *(folder / place for place in besides))
    return [str(file.relative_to(folder)) for file in files_with(folder, wanted, out)]


def clean_faults(server: Server, wanted: Wanted) -> None:
    """Takes the texts out of the file of faults, the only one here that holds words of others and stays."""
    faults = server.folder / "faults.log"
    if faults.is_file():
        replace(faults, wanted.cleared(faults.read_bytes()).decode("utf-8", "replace"))
