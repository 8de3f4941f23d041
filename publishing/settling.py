"""Settling: what readers see is made to follow what the repository says; after a push, at boot, after any crash."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from publishing.building import Say, make
from publishing.editions import inputs_of, kept, make_copies
from publishing.gate import outside, staged_place
from publishing.locking import locked
from publishing.logbook import Act, note
from publishing.logcheck import anchor
from publishing.releases import Release, chosen, finish, kept_of, live, make_live, prune, publish, read, swap
from publishing.report import changed
from publishing.repository import Repository
from publishing.settings import RefusedError, Server, replace
from publishing.signing import due, sign

_HELD = "held"  # holds the head of main that a rollback has put aside
_TOLD = {"updates/": "What readers are told of it", "updates/briefing/": "For teams, on one sheet"}
_DRAFTS = "refs/heads/draft/"
_OLD = 3600.0  # seconds after which what lies in the work folder has been left there


def settle(server: Server, now: datetime, say: Say) -> None:
    """Makes live what main is, and shows the drafts that there are; does nothing where that is so already."""
    with locked(server, say):
        head = Repository(server.repository).commit(f"refs/heads/{server.main}")
        before = live(server)
        if head and not (before and before.inputs.commit == head) and _held(server) != head:
            after = kept_of(server, head)
            if after:
                make_live(server, after, now)
            else:
                after = _published(server, _staged(server, "", head, now, say), now, say)
            _logged(server, now, "live", after, say)
            _tell(server, before, after, say)
        _drafts(server, now, say)
        make_copies(server, now, say)
        shown = live(server)
        if shown and shown.inputs.editions != ",".join(kept(server)):
            _again(server, shown, now, say)
            say(f"All editions: {server.address}as-at/")
        prune(server)
        _clear(server, now)


def _published(server: Server, staged: Release, now: datetime, say: Say) -> Release:
    """A staged site, signed where a key is set, and made live."""
    wrong = sign(server, staged.site)
    if wrong:
        say(wrong)
    return publish(server, staged, now)


def _tell(server: Server, before: Release | None, after: Release, say: Say) -> None:
    """What the pusher reads once it is live."""
    say(f"Live now: {Repository(server.repository).pushed(after.inputs.commit)}")
    for line in changed(before.site if before else None, after.site, server.address):
        say(line)
    say(f"Read it at {server.address}")
    for path, what in _TOLD.items():
        if (after.site / path / "index.html").is_file():
            say(f"{what}: {server.address}{path}")
    say(f"To go back, ask the administrator to type: python -m publishing rollback {server.folder}")


def _staged(server: Server, draft: str, commit: str, now: datetime, say: Say) -> Release:
    """The site of a commit as the gate left it; built again where a crash took it."""
    place = staged_place(server, draft, commit)
    ready = read(place)
    if ready:
        return ready
    ref = f"{_DRAFTS}{draft}" if draft else f"refs/heads/{server.main}"
    repository = Repository(server.repository)
    main = repository.commit(f"refs/heads/{server.main}")
    generator = commit if outside(repository, main, commit) else main
    inputs = inputs_of(server, commit, generator, now, draft)
    make(server, inputs, place, say)
    return finish(place, inputs, repository.pusher(ref), now)


def _drafts(server: Server, now: datetime, say: Say) -> None:
    """A preview for each draft branch, and none for those that are gone."""
    refs = Repository(server.repository).refs(_DRAFTS)
    wanted = {ref.removeprefix(_DRAFTS): commit for ref, commit in refs.items()}
    builds = server.previews / ".builds"
    builds.mkdir(parents=True, exist_ok=True)
    for name, commit in wanted.items():
        goal = builds / f"{name}-{commit}"
        if not read(goal):
            shutil.rmtree(goal, ignore_errors=True)
            _staged(server, name, commit, now, say).folder.rename(goal)
        link = server.previews / name
        if not link.is_symlink() or link.readlink() != Path(".builds") / goal.name / "site":
            swap(link, f".builds/{goal.name}/site")
            say(f"The draft can be read at {server.address}preview/{name}/")
    for link in server.previews.glob("[!.]*"):
        if link.name not in wanted:
            link.unlink()
    kept = {f"{name}-{commit}" for name, commit in wanted.items()}
    for build in builds.iterdir():
        if build.name not in kept:
            shutil.rmtree(build)


def _clear(server: Server, now: datetime) -> None:
    """Removes what crashes and refused pushes have left in the work folder."""
    marks = " ".join(mark.read_text("utf-8") for mark in (server.work / "passed").glob("[0-9]*"))
    for place in (server.work / "staged").glob("*"):
        waiting = place.name.rsplit("-", 1)[-1] in marks
        if not waiting and (read(place) is None or now.timestamp() - place.stat().st_mtime > _OLD):
            shutil.rmtree(place, ignore_errors=True)


def _held(server: Server) -> str:
    file = server.folder / _HELD
    return file.read_text("utf-8").strip() if file.is_file() else ""


def _logged(server: Server, now: datetime, event: str, shown: Release, say: Say) -> None:
    """Writes down which release readers see from now on, and beside it how long the log is."""
    said = f"pushed by {shown.pusher}" if shown.pusher else ""
    wrong = note(server, now, Act(event, new=shown.inputs.commit, release=shown.folder.name, said=said))
    if wrong:
        say(wrong)
    else:
        anchor(server, shown)


def roll_back(server: Server, which: str, now: datetime, say: Say) -> None:
    """Makes an older release live by one rename; it stays until somebody pushes, or settles with `forward`."""
    with locked(server, say):
        release = chosen(server, which)
        replace(server.folder / _HELD, Repository(server.repository).commit(f"refs/heads/{server.main}") + "\n")
        make_live(server, release, now)
        _logged(server, now, "rollback", release, say)
    say(f"Live now: {Repository(server.repository).pushed(release.inputs.commit)}, made {release.made}.")
    say(
        f"{server.main} is as it was; the next push goes live. To undo this: python -m publishing forward {server.folder}"
    )


def go_forward(server: Server, now: datetime, say: Say) -> None:
    """Takes a rollback back: what main is becomes live again."""
    (server.folder / _HELD).unlink(missing_ok=True)
    note(server, now, Act("forward"))
    settle(server, now, say)


def rebuild(server: Server, now: datetime, say: Say) -> None:
    """Builds the live revision as of today, so that what is overdue is said; each night."""
    settle(server, now, say)
    with locked(server, say):
        before = live(server)
        if not before:
            raise RefusedError("Nothing has been published yet.")
        if before.inputs.build_date != now.date().isoformat() or due(server, before.site):
            _again(server, before, now, say)
            prune(server)
        Repository(server.repository).collect()


def _again(server: Server, shown: Release, now: datetime, say: Say) -> None:
    """Builds what is live once more, as of today and beside the editions that are kept now, and makes it live."""
    inputs = inputs_of(server, shown.inputs.commit, shown.inputs.generator, now)
    place = server.work / "again"
    make(server, inputs, place, say)
    _logged(server, now, "rebuilt", _published(server, finish(place, inputs, shown.pusher, now), now, say), say)
