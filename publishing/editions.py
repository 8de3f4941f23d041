"""Editions: tags named by the day from which they hold; each stays readable under that day, built for its own address."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

from macros.topics.dates import day_at
from publishing.building import Inputs, Say, make
from publishing.compression import compress
from publishing.disk import clear_away, discard, sync
from publishing.logbook import Act, note
from publishing.releases import Release, finish, read, seal, swap
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.signing import due, sign

_TAG = re.compile(r"refs/tags/edition-(\d{4}-\d\d-\d\d)")


def tagged(repository: Repository) -> dict[str, str]:
    """The commit of each edition by its day, the oldest first."""
    tags = ((_TAG.fullmatch(ref), commit) for ref, commit in repository.refs("refs/tags").items())
    return dict(sorted((match[1], commit) for match, commit in tags if match))


def check_edition(repository: Repository, ref: str, today: date, first: date | None) -> None:
    """Refuses a new tag that says no day, or one on which nobody could read its edition, readable since `first`."""
    name, match = ref.removeprefix("refs/tags/"), _TAG.fullmatch(ref)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if not day:
        wish = f"Write edition- and the day from which it holds: edition-{today}."
        raise RefusedError(f'The tag "{name}" names no edition. {wish}')
    first, newest = first or today, max(tagged(repository), default="")
    if day > today:
        raise RefusedError(f'The day of the tag "{name}" has not come yet. Push it on that day.')
    if day < first:
        raise RefusedError(f'The tag "{name}" is older than its release of {first}. Nobody could read it then.')
    if str(day) <= newest:
        raise RefusedError(f"There is an edition of {newest} already. A new one comes after it.")


def kept(server: Server) -> tuple[str, ...]:
    """The days of the editions that can be read, the oldest first."""
    return tuple(sorted(link.name for link in server.editions.glob("[0-9]*") if (link / "index.html").is_file()))


def address_of(server: Server, draft: str) -> str:
    """Where a draft is read, or the guidance itself."""
    return f"{server.address}preview/{draft}/" if draft else server.address


def inputs_of(server: Server, commit: str, generator: str, now: datetime, draft: str = "") -> Inputs:
    """What a site of a commit is built from today: the live one beside its editions, or a draft at an address of its own."""
    address = address_of(server, draft)
    editions = "" if draft else ",".join(kept(server))
    return Inputs(commit, generator, address, day_at(now).isoformat(), draft, editions=editions)


def make_copies(server: Server, now: datetime, say: Say) -> None:
    """A copy of each edition under its day; none of those whose tags are gone. What cannot be built is said."""
    editions = tagged(Repository(server.repository))
    builds = server.editions / ".builds"
    builds.mkdir(parents=True, exist_ok=True)
    for day, commit in editions.items():
        earlier = ",".join(other for other in editions if other < day)
        address = f"{server.address}as-at/{day}/"
        inputs = Inputs(commit, commit, address, build_date=day, as_at=day, editions=earlier)
        ready = shown(server.editions / day)
        if not ready or ready.inputs != inputs or due(server, ready.site):
            try:
                made = show(server.editions / day, _made(server, inputs, now, say))
                note(server, now, Act("edition made", new=commit, release=made, said=f"edition of {day}"))
            except RefusedError as refused:
                say(f"The edition of {day} could not be built: {refused} Tell a maintainer.")
                continue
            say(f"The edition of {day} can be read at {address}")
    drop_others(server.editions, set(editions))


def _made(server: Server, inputs: Inputs, now: datetime, say: Say) -> Release:
    """Builds one edition with the generator of its own day."""
    place = server.work / "edition"
    say(f"Building the edition of {inputs.as_at} …")
    make(server, inputs, place, lambda _: None)
    ready = finish(place, inputs, "", now)
    wrong = sign(server, ready.site)
    if wrong:
        say(wrong)
    compress(ready.site, None, (ready.files(), {}))
    return seal(ready)


def shown(link: Path) -> Release | None:
    """What an edition's or a draft's link shows; nothing where that is not whole."""
    return read(link.resolve().parent) if link.is_symlink() and (link / "index.html").is_file() else None


def show(link: Path, ready: Release) -> str:
    """Has a link show an edition or a draft that was built, never in the place of what readers see until then."""
    builds = link.parent / ".builds"
    number = 1 + max((int(place.name.rpartition(".")[2]) for place in builds.glob(f"{link.name}.*")), default=0)
    goal = builds / f"{link.name}.{number}"
    ready.folder.rename(goal)
    sync(builds)
    swap(link, f".builds/{goal.name}/site")
    return goal.name


def drop_others(folder: Path, wanted: set[str]) -> None:
    """Takes away the links that nothing stands for any more, and what was built and is not shown."""
    for link in folder.glob("[!.]*"):
        if link.name not in wanted:
            clear_away(link)
    seen = {link.resolve().parent for link in folder.glob("[!.]*")}
    for build in (folder / ".builds").iterdir():
        if build.resolve() not in seen:
            discard(build)
