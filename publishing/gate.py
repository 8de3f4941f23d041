"""The gate: what a push brings is judged and built whole before git takes any of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

from macros.source.problems import Problem, report
from macros.topics.dates import day_at
from publishing.apart import lost_apart
from publishing.building import Say, clear, make
from publishing.editions import check_edition, inputs_of
from publishing.erased import check_erased
from publishing.locking import locked, mark_passed
from publishing.logbook import Act, note, record
from publishing.releases import finish, first_day, live, newest, released_on
from publishing.repository import NOTHING, Repository
from publishing.settings import NAME, RefusedError, Server
from publishing.signatures import certificate, check_commits, check_push
from publishing.times import dates
from publishing.trees import CONTENT, check_entries, in_rooms

_MOST_COMMITS = 200
_MOST_PROBLEMS = 500
_PATIENCE = 120  # seconds for the names in all commits of a push
_MOST_REFS = 10
_GRACE = timedelta(days=1)  # clocks are set wrong, and it is tomorrow elsewhere
_LAST = 253_402_300_800  # the first second of the year 10000
_DRAFT = "refs/heads/draft/"


@dataclass(frozen=True)
class Update:
    """One ref that a push would move."""

    old: str
    new: str
    ref: str


def act_of(event: str, update: Update, said: str = "") -> Act:
    """What a push did, or would have done, to one ref."""
    return Act(event, update.ref, update.old, update.new, said=said)


def note_refused(server: Server, now: datetime, updates: list[Update], reason: str) -> None:
    """Writes down why a push was refused: for each ref, or once where it would have moved too many."""
    acts = [act_of("push refused", update, reason) for update in updates]
    for act in acts if len(acts) <= _MOST_REFS else [Act("push refused", said=reason)]:
        note(server, now, act)


class Gate:
    """One push on its way in."""

    def __init__(self, server: Server, pusher: str, now: datetime, say: Say) -> None:
        self.server, self.pusher, self.now, self.say = server, pusher, now, say
        self.repository = Repository(server.repository)
        self.main = f"refs/heads/{server.main}"
        self.maintainer = server.people.get(pusher) == "maintainer"

    def take(self, updates: list[Update], process: int) -> None:
        """Lets the push of git's `process` in, its sites built and waiting; refused with what is wrong."""
        if self.pusher not in self.server.people:
            who = f'"{self.pusher}"' if self.pusher else "Somebody without a name here"
            raise RefusedError(f"{who} may not publish. Ask the administrator of the server to add your key.")
        if len(updates) > _MOST_REFS:
            raise RefusedError(f"The push moves {len(updates)} branches and tags. Push one at a time.")
        with locked(self.server, self.say):
            self.check_disk()
            if self.server.signed == "pushes":
                check_push(self.pusher)
            for update in updates:
                self.check_ref(update)
            for update in updates:
                if update.new != NOTHING:
                    check_erased(self.server, self.repository, update.new)
                    self.check_names(update.new)
                    self.check_dates(update.new)
                    self.check_signed(update.new)
                if update.new != NOTHING and not update.ref.startswith("refs/tags/"):
                    self.stage(update)
            signed = certificate(self.repository)
            for update in updates:
                record(self.server, self.now, replace(act_of("push taken", update), certificate=signed))
            mark_passed(self.server, {update.ref: update.new for update in updates}, process)

    def check_disk(self) -> None:
        """Refuses a push that the disk might not hold, before anything is written."""
        free = shutil.disk_usage(self.server.folder).free / 1e6
        if free < self.server.limits.free_disk_mb:
            least = self.server.limits.free_disk_mb
            raise RefusedError(
                f"The server's disk is full: {free:,.0f} MB free, {least:,} needed. Tell its administrator."
            )

    def check_ref(self, update: Update) -> None:
        """Refuses what would lose or move what others rely on."""
        name = update.ref.removeprefix("refs/heads/").removeprefix("refs/tags/")
        if update.old != self.repository.refs(update.ref).get(update.ref, NOTHING) and not update.ref.startswith(
            "refs/tags/"
        ):
            raise RefusedError(f"{name} has moved on since you fetched it. Type: git pull --rebase    and push again.")
        if update.ref.startswith("refs/tags/"):
            return self.check_tag(update, name)
        if update.ref.startswith(_DRAFT):
            if not NAME.fullmatch(update.ref.removeprefix(_DRAFT)):
                raise RefusedError(
                    f"{name} is no name for a draft. Use small letters, digits and hyphens: draft/my-change."
                )
            return None
        if update.ref != self.main:
            wish = f"Push to {self.server.main}, or to draft/ and a name."
            raise RefusedError(f'The branch "{name}" is not kept here. {wish}')
        if update.new == NOTHING:
            raise RefusedError(f"{name} holds the guidance and cannot be deleted.")
        if update.old != NOTHING and not self.repository.is_ancestor(update.old, update.new):
            wish = "Type: git pull --rebase    and push again, without --force."
            raise RefusedError(f"This push would take published changes out of {name}. {wish}")
        return None

    def check_tag(self, update: Update, name: str) -> None:
        """Refuses tags that move or go: an edition stays what it was."""
        if update.old != NOTHING:
            raise RefusedError(
                f'The tag "{name}" names an edition and stays where it is. Give the new edition its own tag.'
            )
        if not self.maintainer:
            raise RefusedError("Only a maintainer can name an edition. Ask one to push the tag.")
        main = self.repository.commit(self.main)
        if not main or not self.repository.is_ancestor(self.repository.commit(update.new), main):
            raise RefusedError(f'The tag "{name}" is not on {self.server.main}. Publish the commit first, then tag it.')
        today, first = day_at(self.now), first_day(self.server, self.repository.commit(update.new))
        check_edition(self.repository, update.ref, today, first and min(first, today))

    def check_names(self, new: str) -> None:
        """Refuses trees with names, kinds or sizes that must not be here; in each new commit, because history stays."""
        fresh = self.repository.fresh(new, _MOST_COMMITS + 1)
        if len(fresh) > _MOST_COMMITS and not self.maintainer:
            raise RefusedError(f"The push brings more than {_MOST_COMMITS} commits, the most. Ask a maintainer.")
        problems: set[Problem] = set()
        limits, until = self.server.limits, monotonic() + _PATIENCE
        for commit in list(dict.fromkeys([new, *fresh]))[:_MOST_COMMITS]:
            refused = check_entries(self.repository.entries(commit, folders=True), limits.file_mb, limits.site_mb)
            problems |= set(refused)
            if monotonic() > until or len(problems) > _MOST_PROBLEMS:
                break
        if problems:
            raise RefusedError(_listed(problems))
        if monotonic() > until:
            raise RefusedError(f"Its commits took more than {_PATIENCE} seconds to read. Push fewer at a time.")

    def check_dates(self, new: str) -> None:
        """Refuses new commits of a day that has not come, or that is none: others could not tell what came first.

        A server whose own clock has gone back knows from its releases that the day has come.
        """
        latest = (max(self.now, newest(self.server)) + _GRACE).timestamp()
        fresh = self.repository.fresh(new, _MOST_COMMITS)
        for name, said in dates(self.repository, fresh) if fresh else ():
            days = [int(text) if re.fullmatch(r"[0-9]{1,11}", text) else None for text in said]
            if len(days) == 2 and all(day is not None and day <= latest for day in days):
                continue
            odd = max((day for day in days if day is not None and day < _LAST), default=None)
            wrong = (
                f"is dated {datetime.fromtimestamp(odd, UTC):%Y-%m-%d}, which has not come yet"
                if odd and odd > latest
                else ""
            )
            wish = "Set the clock of your computer right, type: git rebase --force-rebase --ignore-date origin/main    and push again."
            raise RefusedError(f"The commit {name[:7]} {wrong or 'has a date that cannot be read'}. {wish}")

    def check_signed(self, new: str) -> None:
        """Refuses commits without a signature where the server demands one, those that a draft has brought before too."""
        if self.server.signed == "commits":
            check_commits(self.server, self.repository, self.repository.commit(self.main), new)

    def stage(self, update: Update) -> None:
        """Builds the site that the push would make, and leaves it waiting for git to move the ref."""
        main = self.repository.commit(self.main)
        generator = self.lane(main, update.new)
        draft = update.ref.removeprefix(_DRAFT) if update.ref.startswith(_DRAFT) else ""
        inputs = inputs_of(self.server, update.new, generator, self.now, draft)
        place = staged_place(self.server, draft, update.new)
        self.say(f"Building {draft or self.server.main} …")
        try:
            now = live(self.server)
            since = (now.inputs.commit, min(released_on(self.server, now), day_at(self.now))) if now else None
            make(self.server, inputs, place, self.say, since)
            gone = lost_apart(self.server, now.site, place / "site") if now and not draft else []
            if gone:
                raise RefusedError(_listed(gone))
            finish(place, inputs, self.pusher, self.now)
        except (RefusedError, OSError):
            clear(self.server, place)
            raise

    def lane(self, main: str, new: str) -> str:
        """The commit whose generator builds the push: the approved one, unless a maintainer brings another."""
        other = outside(self.repository, main, new)
        if not other:
            return main
        if self.maintainer:
            return new
        names = [re.sub(r"[^\x20-\x7e]", "?", path.decode("utf-8", "replace")) for path in other[:5]]
        more = f" and {len(other) - 5} more" if len(other) > 5 else ""
        raise RefusedError(
            f"The push changes {', '.join(names)}{more}, outside of docs/ and glossary/. "
            "Leave that out, or ask a maintainer to push it."
        )


def _listed(problems: Iterable[Problem]) -> str:
    """All problems, counted first; that nothing was published is said once, at the end of every refusal."""
    return report(problems).replace(" Nothing was published.", "", 1)


def outside(repository: Repository, main: str, new: str) -> list[bytes]:
    """The paths outside of the editors' rooms that a push changes, counted from where it left main."""
    base = repository.base(main, new) if main else ""
    return [path for path in repository.touched(base, new) if not in_rooms(path, CONTENT)] if base else [b"everything"]


def staged_place(server: Server, draft: str, commit: str) -> Path:
    """Where the site of a commit waits until git has moved its ref."""
    return server.work / "drafts" / f"{draft}-{commit}" if draft else server.work / "staged" / commit


def generator_of(repository: Repository, main: str, commit: str, draft: str) -> str:
    """The commit whose generator builds one that git has taken: its own on main and where a maintainer changed it."""
    return commit if not draft or outside(repository, main, commit) else main
