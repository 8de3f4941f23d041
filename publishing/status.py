"""What is live, since when, by whom and from which commit; and the proof: the same inputs give the same bytes again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from publishing.building import clear, make
from publishing.editions import kept
from publishing.erased import check_ended
from publishing.inspection import forged
from publishing.jail import held
from publishing.logcheck import check
from publishing.releases import Release, all_releases, live, read, since
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.signing import FILES, check_signed
from publishing.waiting import waiting

_TWINS = (".gz", ".br")
_MOST = 50  # lines of what is not as it was made


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
    yield _made(server)
    if prove:
        yield _proven(server, now)


def _made(server: Server) -> str:
    """That everything served is as it was made; refused with what is not."""
    wrong = forged(server)
    if wrong:
        raise RefusedError("\n".join([f"NOT as it was made: {len(wrong)} things.", *wrong[:_MOST]]))
    return "All releases, editions and drafts, their packed twins too, are as they were made."


def _proven(server: Server, now: Release) -> str:
    """That the live site and every edition come out the same again; refused where a byte differs."""
    shown = [one for day in kept(server) if (one := read((server.editions / day).resolve().parent))]
    count = sum(_proof(server, built) for built in [now, *shown])
    return f"Proven: built again from the same inputs, all {count:,} files have the same bytes{_besides(len(shown))}."


def _besides(editions: int) -> str:
    return f", those of {editions} edition{'' if editions == 1 else 's'} too" if editions else ""


def _proof(server: Server, built: Release) -> int:
    """The number of the files of a built site, once it is built again and no byte differs; refused where one does."""
    place = server.work / "proof"
    try:
        make(server, built.inputs, place, lambda _: None, evidence=built.site / "evidence.json")
        again, kept = _files(place / "site"), _files(built.site)
        differ = sorted(name for name in again.keys() | kept.keys() if again.get(name) != kept.get(name))
    finally:
        clear(server, place)
    if differ:
        which = f" of the edition of {built.inputs.as_at}" if built.inputs.as_at else ""
        raise RefusedError(f"NOT proven: {len(differ)} files{which} differ from a fresh build, first {differ[0]}.")
    return len(kept)


def _files(site: Path) -> dict[str, bytes]:
    """The bytes of each file; compressed twins count as what they hold, and are left out."""
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    twins = set(FILES) | {name for name in files if name.endswith(_TWINS) and name[:-3] in files}
    return {name: file.read_bytes() for name, file in files.items() if name not in twins}
