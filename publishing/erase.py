"""Personal data that was pushed by mistake, taken out of everything that a server holds; first shown, then done on demand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from macros.topics.dates import day_at
from publishing import old_assets
from publishing.building import Say
from publishing.disk import replace
from publishing.erased import Erasure, begin, begun, end, erasures, now_called
from publishing.history import History, forget, rewrite_logs
from publishing.leftovers import clean_faults, files_left, remove_sites, stale
from publishing.locking import locked
from publishing.logbook import Act, erase_words, note
from publishing.releases import live
from publishing.repository import Repository
from publishing.settings import RefusedError, Server, visible
from publishing.settling import settle
from publishing.traces import Wanted, pattern_of
from publishing.waiting import HELD

_MOST = 20  # lines of one kind
_REMAINS = (
    "Out of this server's reach, and for you to look after: clones of editors and maintainers; copies that readers keep, and "
    "caches and archives of others; an object store (type upload again, and delete what it keeps of old versions); backups and "
    "snapshots; old texts in documents that were mailed or printed; and the disk's free space until it is written over."
)


@dataclass(frozen=True)
class Asked:
    """What to erase: texts, the file at a path, or what commits brought; and why."""

    texts: list[str] = field(default_factory=list)
    path: str = ""
    commits: list[str] = field(default_factory=list)
    why: str = ""


class Eraser:
    """One erasure on a server."""

    def __init__(self, server: Server, asked: Asked, now: datetime, say: Say) -> None:
        self.server, self.asked, self.now, self.say = server, asked, now, say
        self.repository = Repository(server.repository)
        self.history = History(self.repository, Wanted(pattern_of(asked.texts)))
        self.wanted = self.history.wanted
        self.main = f"refs/heads/{server.main}"
        self.old_main = self.repository.commit(self.main)

    def run(self, yes: bool) -> None:
        """Shows what holds it, and with `yes` removes it; refused while readers still see it."""
        if not (any(text.strip() for text in self.asked.texts) or self.asked.path or self.asked.commits):
            raise RefusedError("Say what to erase: --text-file FILE, --path FILE or --commit COMMIT.")
        with locked(self.server, self.say):
            self.look()
            self.check_live()
            shown = list(self.told())
            if not shown and not begun(self.server):
                raise RefusedError("Nothing here holds it. Nothing was changed.")
            for line in shown:
                self.say(line)
            if not yes:
                self.say("Nothing was changed. To erase it, type the same again with --yes and --why.")
                return
            if not self.asked.why or self.wanted.holds(self.asked.why.encode()):
                raise RefusedError('Say why for the log, without the data: --why "a name was published by mistake"')
            self.rewrite()
        self.build_again()
        with locked(self.server, self.say):
            remove_sites(self.server, self.history.commits)
        self.build_again()  # where an edition went, what is live names it no longer
        with locked(self.server, self.say):
            self.sweep()
        for line in self.ended():
            self.say(line)

    def build_again(self) -> None:
        """Makes live, drafts and editions follow the history as it is now; where that fails, what is live stays."""
        try:
            settle(self.server, self.now, self.say)
        except RefusedError as refused:
            self.say(f"What is live could not be built again, and stays: {refused}")

    def look(self) -> None:
        """Finds what is wanted in git."""
        self.history.read()
        dropped = self.history.places(self.asked.path, self._commit()) if self.asked.path else set()
        for name in self.asked.commits if not self.asked.path else []:
            dropped |= self._brought(name)
        kept = self._shown_files() if not self._commit() else set()
        self.history.plan(dropped - kept)
        digests = {
            hashlib.sha256(self.repository.run("cat-file", "blob", name)).hexdigest() for name in self.history.dropped
        }
        self.wanted = Wanted(self.wanted.pattern, frozenset(digests))

    def _commit(self) -> str:
        """The one commit whose file at a path is meant; empty where it is every one."""
        return self._known(self.asked.commits[0]) if self.asked.commits and self.asked.path else ""

    def _known(self, name: str) -> str:
        commit = self.repository.commit(name)
        if not commit and not begun(self.server):  # else an earlier run has written it again, and git has let it go
            raise RefusedError(f'There is no commit "{visible(name)}" here.')
        return commit

    def _brought(self, name: str) -> set[str]:
        """The files that a commit has brought or changed."""
        commit = self._known(name)
        if not commit:
            return set()
        before = self.repository.commit(f"{commit}^")
        entries = {entry.path: entry.name for entry in self.repository.entries(commit)}
        paths = self.repository.touched(before, commit) if before else list(entries)
        return {entries[path] for path in paths if path in entries}

    def _shown_files(self) -> set[str]:
        """The files that main holds today: of a path or a commit, they are the correction."""
        return {entry.name for entry in self.repository.entries(self.old_main)} if self.old_main else set()

    def check_live(self) -> None:
        """Refuses while what readers see, or what main is, still holds it: a correction has to be pushed first."""
        shown = live(self.server)
        names = {self.old_main, now_called(self.server, shown.inputs.commit) if shown else ""}
        for commit in filter(self.history.knows, names):
            if not self.history.is_clean(commit):
                places = {
                    entry.path.decode("utf-8", "replace")
                    for entry in self.repository.entries(commit)
                    if entry.name in self.history.files or self.wanted.holds(entry.path)
                }
                raise RefusedError(
                    f"What readers see still holds it: {visible(', '.join(sorted(places)[:_MOST]))}. "
                    "Push a correction first, then type this again."
                )  # fmt: skip

    def told(self) -> Iterator[str]:
        """What holds it, in lines; none where nothing does."""
        refs, sites = self.history.refs, stale(self.server, self.history.commits)
        yield from _listed("Files in the history", self.history.paths())
        if self.history.commits:
            yield f"Commits to write again: {len(self.history.commits):,}; their signatures go"
        yield from _listed(
            "Branches and tags that move",
            [f"{ref}{'' if new else ' (deleted: its name holds it)'}" for ref, _, new in refs],
        )
        yield from _listed("Releases, drafts and editions to remove or to build again", sites)
        yield from _listed("Other files on the server", files_left(self.server, self.wanted, sites))

    def rewrite(self) -> None:
        """Writes git's history again: objects, then the note of what is erased, then all refs at once."""
        day = day_at(self.now).isoformat()
        self.history.write()
        note(self.server, self.now, Act("erasure begun", said=self.asked.why))
        begin(self.server, Erasure(day, self.history.renamed, sorted(self.history.files)))
        rows = [f"update {ref} {new} {old}" if new else f"delete {ref} {old}" for ref, old, new in self.history.refs]
        self.repository.run("update-ref", "--stdin", feed="".join(f"{row}\n" for row in rows).encode())
        moved = {name: new for each in erasures(self.server) for name, new in each.commits.items()}
        rewrite_logs(self.repository, moved, self.wanted)
        held = self.server.folder / HELD
        if held.is_file():
            shown = live(self.server)
            names = held.read_text("utf-8").split()[:2]
            names += [shown.inputs.commit] if shown and len(names) == 1 else []  # an older server noted the head alone
            replace(held, " ".join(now_called(self.server, name) for name in names) + "\n")

    def sweep(self) -> None:
        """Clears what else holds it, and what git still keeps; refused where anything is left."""
        remove_sites(self.server, self.history.commits)
        old_assets.forget(self.server)
        clean_faults(self.server, self.wanted)
        erase_words(self.server, self.wanted.holds)
        forget(self.repository)
        left = [f"git object {name}" for name, _, data in self.repository.objects() if self.wanted.holds(data)]
        left += files_left(self.server, self.wanted)
        if left:
            raise RefusedError(
                f"These still hold it, and are for you to look at: {visible(', '.join(left[:_MOST]))}. Then type the same again."
            )
        end(self.server)
        self._note()

    def _note(self) -> None:
        """Writes into the log what was erased, by names that say nothing of it."""
        prints = ", ".join(sorted(self.history.files)[:3])
        count = len(self.history.commits)
        said = f"{self.asked.why}; {count} commits written again; files by git's names: {prints or 'none'}"
        main = self.repository.commit(self.main)
        wrong = note(self.server, self.now, Act("erased", old=self.old_main, new=main, said=said))
        if wrong:
            self.say(wrong)

    def ended(self) -> Iterator[str]:
        """What is said at the end: that it is gone, what remains, and what everybody with a clone types."""
        yield "Erased: no file of this server and no object of its repository holds it."
        yield _REMAINS
        names = {new: old for each in erasures(self.server) for old, new in each.commits.items()}
        old = names.get(self.repository.commit(self.main), "")
        if old:
            yield "Everybody who has a clone types, before they go on:"
            yield f"  git fetch    git rebase --onto origin/{self.server.main} {old[:12]}"
            yield "or clones anew. Until then the server refuses their pushes, with these words."


def _listed(what: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"{what}: {len(lines):,}"
        yield from (f"  {visible(line)}" for line in lines[:_MOST])
        if len(lines) > _MOST:
            yield f"  … and {len(lines) - _MOST:,} more"
