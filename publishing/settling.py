"""Settling: what readers see is made to follow what the repository says; after a push, at boot, after any crash."""

from __future__ import annotations

from datetime import datetime

from macros.topics.dates import day_at
from publishing.apart import changed_apart
from publishing.building import Say, clear, make
from publishing.disk import replace
from publishing.editions import address_of, drop_others, inputs_of, kept, make_copies, show, shown
from publishing.gate import generator_of, staged_place
from publishing.locking import locked
from publishing.logbook import Act, note
from publishing.logcheck import anchor
from publishing.releases import (
    Release,
    all_releases,
    chosen,
    finish,
    live,
    make_live,
    number_old,
    prune,
    publish,
    read,
)
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.signing import due, sign
from publishing.trees import GENERATOR
from publishing.waiting import HELD, put_aside

_TOLD = {"updates/": "What readers are told of it", "updates/briefing/": "For teams, on one sheet"}
_DRAFTS = "refs/heads/draft/"
_OLD = 3600.0  # seconds after which what lies in the work folder has been left there


def settle(server: Server, now: datetime, say: Say) -> None:
    """Makes live what main is, and shows the drafts that there are; does nothing where that is so already."""
    with locked(server, say):
        number_old(server)
        fresh = _main(server, now, say)
        _drafts(server, now, say)
        make_copies(server, now, say)
        now_live = live(server)
        if now_live and now_live.inputs.editions != ",".join(kept(server)):
            _again(server, now_live, now, say)
            say(f"All editions: {server.address}as-at/")
        elif fresh and fresh.inputs.build_date != day_at(now).isoformat():
            _again(server, fresh, now, say)  # what waited for days would say what was due then
        prune(server)
        _clear(server, now)


def _published(server: Server, staged: Release, now: datetime, say: Say) -> Release:
    """A staged site, signed where a key is set, and made live."""
    wrong = sign(server, staged.site)
    if wrong:
        say(wrong)
    return publish(server, staged, now)


def _main(server: Server, now: datetime, say: Say) -> Release | None:
    """Makes live what main is, or what a rollback has put in its place; gives what it made live, if anything."""
    before = live(server)
    commit = _wanted(server, before)
    if not commit or (before and _answers(server, before, commit, "") and not before.damage()):
        return None
    answering = (one for one in all_releases(server) if _answers(server, one, commit, "") and not one.damage())
    after = next(answering, None)
    if after:
        make_live(server, after, now)
    else:
        after = _published(server, _staged(server, "", commit, now, say), now, say)
    _logged(server, now, "live", after, say)
    _tell(server, before, after, say)
    return after


def _answers(server: Server, built: Release, commit: str, draft: str) -> bool:
    """Whether what was built is what is asked for: this commit, this draft or none, today's address, the right generator."""
    repository, made = Repository(server.repository), built.inputs
    main = repository.commit(f"refs/heads/{server.main}")
    if (made.commit, made.draft, made.as_at, made.address) != (commit, draft, "", address_of(server, draft)):
        return False
    wanted = generator_of(repository, main, commit, draft)
    rooms = repository.rooms(made.generator, GENERATOR)
    approved = bool(draft) and repository.is_ancestor(made.generator, main)  # that of the day when it was pushed
    return approved or (rooms != "" and rooms == repository.rooms(wanted, GENERATOR))


def _tell(server: Server, before: Release | None, after: Release, say: Say) -> None:
    """What the pusher reads once it is live."""
    say(f"Live now: {Repository(server.repository).pushed(after.inputs.commit)}")
    if before and before.damage():
        say("What was live before was damaged on the disk.")
    else:
        for line in changed_apart(server, before.site if before else None, after.site):
            say(line)
    say(f"Read it at {server.address}")
    for path, what in _TOLD.items():
        if (after.site / path / "index.html").is_file():
            say(f"{what}: {server.address}{path}")
    say(f"To go back, ask the administrator to type: python -m publishing rollback {server.folder}")


def _staged(server: Server, draft: str, commit: str, now: datetime, say: Say) -> Release:
    """The site of a commit as the gate left it; built again where it is something else, or not whole."""
    place = staged_place(server, draft, commit)
    ready = read(place)
    repository = Repository(server.repository)
    main = repository.commit(f"refs/heads/{server.main}")
    inputs = inputs_of(server, commit, generator_of(repository, main, commit, draft), now, draft)
    if ready and _answers(server, ready, commit, draft) and ready.inputs.editions == inputs.editions:
        damage = ready.damage()
        if not damage:
            return ready
        say(f"What was built of this push was damaged on the disk, first {damage[0]}. Building it again …")
    make(server, inputs, place, say)
    return finish(place, inputs, repository.pusher(f"{_DRAFTS}{draft}" if draft else f"refs/heads/{server.main}"), now)


def _drafts(server: Server, now: datetime, say: Say) -> None:
    """A preview for each draft branch, and none for those that are gone; what cannot be built is said."""
    refs = Repository(server.repository).refs(_DRAFTS)
    wanted = {ref.removeprefix(_DRAFTS): commit for ref, commit in refs.items()}
    (server.previews / ".builds").mkdir(parents=True, exist_ok=True)
    for name, commit in wanted.items():
        link = server.previews / name
        ready = shown(link)
        if not ready or not _answers(server, ready, commit, name):
            try:
                show(link, _staged(server, name, commit, now, say))
            except RefusedError as refused:
                say(f"The draft {name} could not be built: {refused}")
                continue
            say(f"The draft can be read at {server.address}preview/{name}/")
    drop_others(server.previews, set(wanted))


def _clear(server: Server, now: datetime) -> None:
    """Removes what crashes and refused pushes have left in the work folder."""
    marks = " ".join(mark.read_text("utf-8", "replace") for mark in (server.work / "passed").glob("[0-9]*"))
    for place in (place for folder in ("staged", "drafts") for place in (server.work / folder).glob("*")):
        waiting = place.name.rsplit("-", 1)[-1] in marks
        if not waiting and (read(place) is None or now.timestamp() - place.stat().st_mtime > _OLD):
            clear(server, place)
    for file in (server.work / "said").glob("*"):
        if now.timestamp() - file.stat().st_mtime > _OLD:
            file.unlink(missing_ok=True)


def _wanted(server: Server, before: Release | None) -> str:
    """The commit that readers should see: the head of main, or what a rollback has put in its place."""
    head, held = Repository(server.repository).commit(f"refs/heads/{server.main}"), put_aside(server)
    if held[:1] != [head]:
        return head
    return held[1] if len(held) > 1 else before.inputs.commit if before else head


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
        number_old(server)
        release = chosen(server, which)
        if release.damage() or release.inputs.address != server.address:
            wrong = "was made for another address" if not release.damage() else "is damaged on the disk"
            say(f"That release {wrong}. Building it again …")
            release = _built(server, release, now, say)
        head = Repository(server.repository).commit(f"refs/heads/{server.main}")
        replace(server.folder / HELD, f"{head} {release.inputs.commit}\n")
        if release.folder.parent == server.releases:
            make_live(server, release, now)
        else:
            release = _published(server, release, now, say)
        _logged(server, now, "rollback", release, say)
    say(f"Live now: {Repository(server.repository).pushed(release.inputs.commit)}, made {release.made}.")
    say(
        f"{server.main} is as it was; the next push goes live. To undo this: python -m publishing forward {server.folder}"
    )


def go_forward(server: Server, now: datetime, say: Say) -> None:
    """Takes a rollback back: what main is becomes live again."""
    (server.folder / HELD).unlink(missing_ok=True)
    note(server, now, Act("forward"))
    settle(server, now, say)


def rebuild(server: Server, now: datetime, say: Say) -> None:
    """Builds the live revision as of today, so that what is overdue is said; each night."""
    settle(server, now, say)
    with locked(server, say):
        before = live(server)
        if not before:
            raise RefusedError("Nothing has been published yet.")
        if before.inputs.build_date != day_at(now).isoformat() or due(server, before.site):
            _again(server, before, now, say)
            prune(server)
        Repository(server.repository).collect()


def _again(server: Server, shown: Release, now: datetime, say: Say) -> None:
    """Builds what is live once more, as of today and beside the editions that are kept now, and makes it live."""
    _logged(server, now, "rebuilt", _published(server, _built(server, shown, now, say), now, say), say)


def _built(server: Server, release: Release, now: datetime, say: Say) -> Release:
    inputs = inputs_of(server, release.inputs.commit, release.inputs.generator, now)
    place = server.work / "again"
    make(server, inputs, place, say)
    return finish(place, inputs, release.pusher, now)
