"""Releases: each a complete folder of its own; one rename makes one of them the site that readers see."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from publishing.building import Inputs
from publishing.compression import compress
from publishing.old_assets import remember
from publishing.repository import Repository
from publishing.settings import RefusedError, Server, replace, sync_folder


@dataclass(frozen=True)
class Release:
    """One release: its folder, what it was made from, who pushed it, and when it was made (universal time)."""

    folder: Path
    inputs: Inputs
    pusher: str
    made: str

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    def files(self) -> dict[str, str]:
        """The fingerprint of each file of the site, as the build wrote them down."""
        record: dict[str, Any] = json.loads((self.site / "release.json").read_text("utf-8"))
        return {str(name): str(value) for name, value in record["files"].items()}


def read(folder: Path) -> Release | None:
    """The release in a folder; nothing where there is none, or only the beginning of one."""
    try:
        record = json.loads((folder / "release.json").read_text("utf-8"))
        return Release(folder, Inputs(**record["inputs"]), record["pusher"], record["made"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def finish(place: Path, inputs: Inputs, pusher: str, now: datetime) -> Release:
    """Records what was built in `place`; only with this record is it complete."""
    made = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    record = {"inputs": inputs.plain(), "pusher": pusher, "made": made}
    replace(place / "release.json", json.dumps(record, indent=1) + "\n")
    return Release(place, inputs, pusher, made)


def live(server: Server) -> Release | None:
    """The release that readers see now."""
    return read(server.current.resolve()) if server.current.is_symlink() else None


def since(server: Server) -> datetime:
    """When the live release became live."""
    return datetime.fromtimestamp(server.current.lstat().st_mtime, UTC)


def all_releases(server: Server) -> list[Release]:
    """Every complete release, the newest first."""
    found = [read(folder) for folder in sorted(server.releases.glob("[0-9]*"), reverse=True)]
    return [release for release in found if release]


def publish(server: Server, staged: Release, now: datetime) -> Release:
    """Makes a staged site live: compressed, on the disk to the last byte, and then swapped in by one rename."""
    before = live(server)
    try:
        hashes = (staged.files(), before.files() if before else {})
        compress(staged.site, before.site if before else None, hashes)
    except OSError as error:
        raise RefusedError(f"The release could not be written: {error.strerror or error}.") from None
    os.sync()  # everything that was written reaches the disk before any name points to it
    stamp = staged.made.replace("-", "").replace(":", "")
    folder = server.releases / f"{stamp}-{staged.inputs.commit[:12]}"
    while folder.exists():
        folder = folder.with_name(f"{folder.name}-again")
    staged.folder.rename(folder)
    sync_folder(server.releases)
    release = Release(folder, staged.inputs, staged.pusher, staged.made)
    make_live(server, release, now)
    return release


def make_live(server: Server, release: Release, now: datetime) -> None:
    """Makes a complete release the one that readers see; pages of the one before may still ask for their assets."""
    before = live(server)
    with contextlib.suppress(OSError, ValueError, KeyError):  # a damaged release must not keep the next one away
        if before:
            remember(server, before.site, before.files(), now.date())
    swap(server.current, f"releases/{release.folder.name}")


def kept_of(server: Server, commit: str) -> Release | None:
    """The newest release of a commit, where one is kept and was made for the address that the server has now."""
    found = (release for release in all_releases(server) if release.inputs.commit == commit)
    return next((release for release in found if release.inputs.address == server.address), None)


def swap(link: Path, goal: str) -> None:
    """Points a link at another folder by one rename: a reader finds the old one or the new one, never none."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(goal)
    fresh.replace(link)
    sync_folder(link.parent)


def prune(server: Server) -> None:
    """Removes the oldest releases; keeps the live one, the newest of each tagged edition, and as many as the settings say.

    Of one commit only the newest build is kept, so that nightly rebuilds do not push older guidance out.
    """
    now = live(server)
    tagged = set(Repository(server.repository).refs("refs/tags").values())
    seen: set[str] = set()
    for release in all_releases(server):
        commit = release.inputs.commit
        kept = commit not in seen and (len(seen) < server.keep or commit in tagged)
        seen.add(commit)
        if not kept and not (now and release.folder == now.folder):
            shutil.rmtree(release.folder)


def chosen(server: Server, which: str) -> Release:
    """The release that `which` means: a number of releases back, a commit or an edition; refused where there is none."""
    found, now = all_releases(server), live(server)
    if which.isdigit() and len(which) < 4:
        older = [release for release in found if not now or release.folder.name < now.folder.name]
        if not 1 <= int(which) <= len(older):
            raise RefusedError(f"There are {len(older)} older releases, not {which}.")
        return older[int(which) - 1]
    commit = Repository(server.repository).commit(which)
    match = [release for release in found if commit and release.inputs.commit == commit]
    if not match:
        names = ", ".join(release.inputs.commit[:12] for release in found)
        raise RefusedError(f'No release is kept of "{which}". Kept are: {names}.')
    return match[0]
