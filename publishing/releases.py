"""Releases: each a complete folder of its own; one rename makes one of them the site that readers see."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace as with_changes
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from macros.topics.dates import day_at
from publishing.building import Inputs
from publishing.compression import compress
from publishing.disk import clear_away, discard, hashes, replace, sync, sync_tree
from publishing.old_assets import remember
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.times import arrived

_NAME = re.compile(r"(\d{1,9})\.(\d{1,9})-.*")  # the number, the build, and of which commit


@dataclass(frozen=True)
class Release:
    """One release: its folder, what it was made from, who pushed it, and when it was made (universal time)."""

    folder: Path
    inputs: Inputs
    pusher: str
    made: str
    number: int = 0  # its place in the order of releases, which no clock decides; 0 while it waits
    build: int = 0  # how often it was built: of a revision that is built again the number stays
    before: int = 0  # the number of the release that readers had until then; 0 where nothing is known of one
    released: str = ""  # the day by the server's clock on which readers first had this revision

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    def files(self) -> dict[str, str]:
        """The fingerprint of each file of the site, packed twins too, as the server wrote them down."""
        return self._files(self.folder) or self._files(self.site)  # an older server left that to the build

    def _files(self, place: Path) -> dict[str, str]:
        record: dict[str, Any] = json.loads((place / "release.json").read_text("utf-8"))
        return {str(name): str(value) for name, value in record.get("files", {}).items()}

    def damage(self) -> list[str]:
        """The files that are not as they were written down, are missing, or came later."""
        try:
            wanted, stored = self.files(), hashes(self.site)
            whole = bool(self._files(self.folder))
        except (OSError, ValueError, AttributeError):
            return ["release.json"]
        names = wanted.keys() | stored.keys() if whole else wanted.keys()
        return sorted(name for name in names if wanted.get(name) != stored.get(name))


def read(folder: Path) -> Release | None:
    """The release in a folder; nothing where there is none, or only the beginning of one."""
    try:
        record = json.loads((folder / "release.json").read_text("utf-8"))
        numbers = {name: int(record.get(name, 0)) for name in ("number", "build", "before")}
        released = str(record.get("released", ""))
        inputs = Inputs(**record["inputs"])
        return Release(folder, inputs, record["pusher"], record["made"], released=released, **numbers)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def finish(place: Path, inputs: Inputs, pusher: str, now: datetime) -> Release:
    """Records what was built in `place`; only with this record is it complete."""
    made = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return seal(Release(place, inputs, pusher, made))


def seal(release: Release) -> Release:
    """Writes a release's record, once all that it names is on the disk to the last byte."""
    sync_tree(release.site)
    _record(release, hashes(release.site))
    sync(release.folder.parent)
    return release


def _record(release: Release, files: dict[str, str]) -> None:
    facts = {name: getattr(release, name) for name in ("pusher", "made", "number", "build", "before", "released")}
    record = {"inputs": release.inputs.plain(), **facts, "files": files}
    replace(release.folder / "release.json", json.dumps(record, indent=1) + "\n")


def live(server: Server) -> Release | None:
    """The release that readers see now."""
    return read(server.current.resolve()) if server.current.is_symlink() else None


def since(server: Server) -> datetime:
    """When the live release became live."""
    return datetime.fromtimestamp(server.current.lstat().st_mtime, UTC)


def first_day(server: Server, commit: str) -> date | None:
    """The day on which readers first had a commit, by the server's own clock and never by the commit's date."""
    days = [one.released for one in all_releases(server) if of(one, commit) and one.released]
    if days:
        return date.fromisoformat(min(days))
    taken = arrived(Repository(server.repository), f"refs/heads/{server.main}", commit)
    return day_at(taken) if taken else None


def released_on(server: Server, release: Release) -> date:
    """The day from which a release's own changes count as told; that of its making where nothing older is known."""
    return first_day(server, release.inputs.commit) or day_at(datetime.fromisoformat(release.made))


def all_releases(server: Server) -> list[Release]:
    """Every complete release, the newest first."""
    kept = [release for folder in server.releases.glob("[0-9]*") if (release := read(folder))]
    return sorted(kept, key=lambda one: (one.number, one.build, one.folder.name), reverse=True)


def newest(server: Server) -> datetime:
    """The latest moment at which a release was made; long ago where there is none."""
    made = (datetime.fromisoformat(release.made) for release in all_releases(server))
    return max(made, default=datetime.min.replace(tzinfo=UTC))


def number_old(server: Server) -> None:
    """Numbers the releases of an older server, which named them by its clock, in the order of their names."""
    kept = all_releases(server)
    old = [release for release in reversed(kept) if not release.number]
    first = max((release.number for release in kept), default=0) + 1
    for number, release in enumerate(old, first):
        _record(with_changes(release, number=number), {})


def publish(server: Server, staged: Release, now: datetime) -> Release:
    """Makes a staged site live: compressed, on the disk to the last byte, and then swapped in by one rename."""
    before = live(server)
    try:
        sound = before if before and not before.damage() else None
        known = (staged.files(), sound.files() if sound else {})
        compress(staged.site, sound.site if sound else None, known)
        release = seal(_numbered(server, staged, before, now))
    except OSError as error:
        raise RefusedError(f"The release could not be written: {error.strerror or error}.") from None
    folder = server.releases / f"{release.number:06}.{release.build}-{release.inputs.commit[:12]}"
    release.folder.rename(folder)
    sync(server.releases)
    release = with_changes(release, folder=folder)
    make_live(server, release, now)
    return release


def _numbered(server: Server, staged: Release, before: Release | None, now: datetime) -> Release:
    """A staged release with its number: that of the same revision where it was built before, else the next one."""
    taken = [
        (int(name[1]), int(name[2])) for place in server.releases.iterdir() if (name := _NAME.fullmatch(place.name))
    ]
    same = next((one for one in all_releases(server) if of(one, staged.inputs.commit)), None)
    if same:
        build = max([same.build, *(build for number, build in taken if number == same.number)]) + 1
        return with_changes(staged, number=same.number, build=build, before=same.before, released=same.released)
    numbers = [one.number for one in all_releases(server)]
    number = max([0, *numbers, *(number for number, _ in taken)]) + 1
    today = day_at(now).isoformat()
    return with_changes(staged, number=number, build=1, before=before.number if before else 0, released=today)


def of(release: Release, commit: str) -> bool:
    """Whether a release shows a commit as today's guidance: no draft of it, and no older edition."""
    return (release.inputs.commit, release.inputs.draft, release.inputs.as_at) == (commit, "", "")


def make_live(server: Server, release: Release, now: datetime) -> None:
    """Makes a complete release the one that readers see; pages of the one before may still ask for their assets."""
    before = live(server)
    with contextlib.suppress(OSError, ValueError, KeyError):  # a damaged release must not keep the next one away
        if before:
            remember(server, before.site, before.files(), day_at(now))
    swap(server.current, f"releases/{release.folder.name}")


def swap(link: Path, goal: str) -> None:
    """Points a link at another folder by one rename: a reader finds the old one or the new one, never none."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(goal)
    if link.is_dir() and not link.is_symlink():
        clear_away(link)  # no link of ours is a folder: whoever put one there would stop every later swap
    fresh.replace(link)
    sync(link.parent)


def prune(server: Server) -> None:
    """Removes the oldest releases; keeps the live one, the newest of each tagged edition, and as many as the settings say.

    Of one commit only the newest build is kept, so that nightly rebuilds do not push older guidance out. What a crash
    left half removed goes too.
    """
    now = server.current.resolve()
    tagged = set(Repository(server.repository).refs("refs/tags").values())
    seen: set[str] = set()
    for release in all_releases(server):
        commit = release.inputs.commit
        kept = commit not in seen and (len(seen) < server.keep or commit in tagged)
        seen.add(commit)
        if not kept and release.folder != now:
            discard(release.folder)
    for folder in server.releases.glob("[0-9]*"):
        if folder != now and not read(folder):
            discard(folder)


def earlier(server: Server) -> Iterator[Release]:
    """What readers had before the live release, the latest first; what a rollback had put aside by then is left out."""
    now, kept = live(server), all_releases(server)
    most = _before(now) if now else max((release.number for release in kept), default=0)
    for release in kept:
        if release.number <= most:
            yield release
            most = _before(release)


def _before(release: Release) -> int:
    return release.before or release.number - 1


def chosen(server: Server, which: str) -> Release:
    """The release that `which` means: a number of releases back, a commit or an edition; refused where there is none."""
    kept = all_releases(server)
    if re.fullmatch(r"[0-9]{1,3}", which):
        older = list(earlier(server))
        if not 1 <= int(which) <= len(older):
            raise RefusedError(f"There are {len(older)} older releases, not {which}.")
        return older[int(which) - 1]
    commit = Repository(server.repository).commit(which)
    match = [release for release in kept if commit and of(release, commit)]
    if not match:
        names = ", ".join(release.inputs.commit[:12] for release in kept)
        raise RefusedError(f'No release is kept of "{which}". Kept are: {names}.')
    return match[0]
