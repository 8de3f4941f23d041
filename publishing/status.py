"""What is live, since when, by whom and from which commit; and the proof: the same inputs give the same bytes again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from publishing.building import make
from publishing.editions import kept
from publishing.erased import check_ended
from publishing.jail import held
from publishing.logcheck import check
from publishing.releases import Release, all_releases, live, since
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.signing import FILES, check_signed
from publishing.waiting import waiting

_TWINS = (".gz", ".br")


def status(server: Server, prove: bool) -> Iterator[str]:
    """The lines that tell what is live; with `prove` it is built again and compared, and refused where it differs."""
    now, repository = live(server), Repository(server.repository)
    if not now:
        yield "Nothing has been published yet."
        return
    yield f"Live: {repository.pushed(now.inputs.commit) or now.inputs.commit}"
    yield f"  commit {now.inputs.commit}, built as of {now.inputs.build_date}, for {now.inputs.address}"
    yield f"  pushed by {now.pusher or 'an unknown hand'}, live since {since(server):%Y-%m-%d %H:%M:%S} (universal time)"
    tags = [
        name.removeprefix("refs/tags/")
        for name, commit in repository.refs("refs/tags").items()
        if commit == now.inputs.commit
    ]
    yield f"  edition: {', '.join(tags)}" if tags else "  not tagged as an edition"
    head = repository.commit(f"refs/heads/{server.main}")
    if head != now.inputs.commit:
        yield f"  {server.main} is at {repository.pushed(head)}: {'waiting to go live' if waiting(server) else 'rolled back'}"
    yield f"Releases kept: {', '.join(release.inputs.commit[:12] for release in all_releases(server))}"
    drafts = sorted(link.name for link in server.previews.glob("[!.]*"))
    yield f"Editions shown: {', '.join(kept(server)) or 'none'}"
    yield f"Drafts shown: {', '.join(drafts) or 'none'}"
    yield held(server)
    yield check_signed(server, now.site)
    yield check(server)
    check_ended(server)
    if prove:
        yield _proof(server, now)


def _proof(server: Server, now: Release) -> str:
    place = server.work / "proof"
    try:
        make(server, now.inputs, place, lambda _: None, evidence=now.site / "evidence.json")
        again, kept = _files(place / "site"), _files(now.site)
        differ = sorted(name for name in again.keys() | kept.keys() if again.get(name) != kept.get(name))
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if differ:
        raise RefusedError(f"NOT proven: {len(differ)} files differ from a fresh build, first {differ[0]}.")
    return f"Proven: built again from the same inputs, all {len(kept):,} files have the same bytes."


def _files(site: Path) -> dict[str, bytes]:
    """The bytes of each file; compressed twins count as what they hold, and are left out."""
    found = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    twins = set(FILES) | {name for name in found if name.endswith(_TWINS) and name[:-3] in found}
    return {name: file.read_bytes() for name, file in found.items() if name not in twins}
