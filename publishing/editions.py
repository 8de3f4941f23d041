"""Editions: tags named by the day from which they hold; each stays readable under that day, built for its own address."""

from __future__ import annotations

import re
import shutil
from datetime import date, datetime
from pathlib import Path

from publishing.building import Inputs, Say, make
from publishing.compression import compress
from publishing.logbook import Act, note
from publishing.releases import finish, read, swap
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.signing import due, sign

_TAG = re.compile(r"refs/tags/edition-(\d{4}-\d\d-\d\d)")


def tagged(repository: Repository) -> dict[str, str]:
    """The commit of each edition by its day, the oldest first."""
    found = ((_TAG.fullmatch(ref), commit) for ref, commit in repository.refs("refs/tags").items())
    return dict(sorted((match[1], commit) for match, commit in found if match))


def check_edition(repository: Repository, ref: str, commit: str, today: date) -> None:
    """Refuses a new tag that says no day, or one on which its edition cannot have come into force."""
    name, match = ref.removeprefix("refs/tags/"), _TAG.fullmatch(ref)
    try:
        day = date.fromisoformat(match[1]) if match else None
    except ValueError:
        day = None
    if not day:
        wish = f"Write edition- and the day from which it holds: edition-{today}."
        raise RefusedError(f'The tag "{name}" names no edition. {wish}')
    made, newest = repository.day(commit), max(tagged(repository), default="")
    if day > today:
        raise RefusedError(f'The day of the tag "{name}" has not come yet. Push it on that day.')
    if day < made:
        raise RefusedError(f'The tag "{name}" is older than its commit of {made}. Nobody could read it then.')
    if str(day) <= newest:
        raise RefusedError(f"There is an edition of {newest} already. A new one comes after it.")


def kept(server: Server) -> tuple[str, ...]:
    """The days of the editions that can be read, the oldest first."""
    return tuple(sorted(link.name for link in server.editions.glob("[0-9]*") if (link / "index.html").is_file()))


def inputs_of(server: Server, commit: str, generator: str, now: datetime, draft: str = "") -> Inputs:
    """What a site of a commit is built from today: the live one beside its editions, or a draft at an address of its own."""
    address = f"{server.address}preview/{draft}/" if draft else server.address
    editions = "" if draft else ",".join(kept(server))
    return Inputs(commit, generator, address, now.date().isoformat(), draft, editions=editions)


def make_copies(server: Server, now: datetime, say: Say) -> None:
    """A copy of each edition under its day; none of those whose tags are gone. What cannot be built is said."""
    editions = tagged(Repository(server.repository))
    builds = server.editions / ".builds"
    builds.mkdir(parents=True, exist_ok=True)
    for day, commit in editions.items():
        earlier = ",".join(other for other in editions if other < day)
        address = f"{server.address}as-at/{day}/"
        inputs = Inputs(commit, commit, address, build_date=day, as_at=day, editions=earlier)
        goal = builds / f"{day}-{commit}"
        ready = read(goal)
        if not ready or ready.inputs != inputs or due(server, ready.site):
            try:
                _make(server, inputs, goal, now, say)
            except RefusedError as refused:
                say(f"The edition of {day} could not be built: {refused} Tell a maintainer.")
                continue
            say(f"The edition of {day} can be read at {address}")
        link = server.editions / day
        if not link.is_symlink() or link.readlink() != Path(".builds") / goal.name / "site":
            swap(link, f".builds/{goal.name}/site")
    _remove_others(server, {f"{day}-{commit}" for day, commit in editions.items()})


def _make(server: Server, inputs: Inputs, goal: Path, now: datetime, say: Say) -> None:
    """Builds one edition with the generator of its own day."""
    place = server.work / "edition"
    say(f"Building the edition of {inputs.as_at} …")
    make(server, inputs, place, lambda _: None)
    ready = finish(place, inputs, "", now)
    wrong = sign(server, ready.site)
    if wrong:
        say(wrong)
    compress(ready.site, None, (ready.files(), {}))
    shutil.rmtree(goal, ignore_errors=True)
    place.rename(goal)
    said = f"edition of {inputs.as_at}"
    note(server, now, Act("edition made", new=inputs.commit, release=goal.name, said=said))


def _remove_others(server: Server, wanted: set[str]) -> None:
    for link in server.editions.glob("[0-9]*"):
        if not any(name.startswith(f"{link.name}-") for name in wanted):
            link.unlink()
    for build in (server.editions / ".builds").iterdir():
        if build.name not in wanted:
            shutil.rmtree(build)
