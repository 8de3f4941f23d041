"""python -m publishing init | person | status | rollback | …: the server's commands; the only place that reads the clock."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from macros.topics.dates import day_at
from publishing.building import lock_name
from publishing.disk import replace
from publishing.door import open_door
from publishing.erase import Asked, Eraser
from publishing.following import follow
from publishing.hook import judge
from publishing.logbook import Act, note
from publishing.logcheck import check, chosen, plain, table
from publishing.releases import live
from publishing.serving import security_file
from publishing.settings import RefusedError, Server, read
from publishing.settling import go_forward, rebuild, roll_back, settle
from publishing.setup import add_person, fingerprint, init, make_environment
from publishing.status import status
from publishing.store import Bucket, key_of
from publishing.telling import fault, gone, ready, say, say_aside
from publishing.upload import upload
from publishing.waiting import late, tell


def _now() -> datetime:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if not given:
        return datetime.now(UTC)
    if not re.fullmatch(r"[0-9]{1,11}", given):
        raise RefusedError("SOURCE_DATE_EPOCH has to be a number of seconds.")
    return datetime.fromtimestamp(int(given), UTC)


def _note(server: Server, act: Act) -> None:
    wrong = note(server, _now(), act)
    if wrong:
        say(wrong)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day. Write it like 2027-03-01.') from None


def _init(given: argparse.Namespace) -> None:
    server = init(given.folder, given.address, given.security_contact, given.maintainer, say)
    _security(server, day_at(_now()))
    _note(
        server,
        Act(
            "set up",
            said=f"for {server.address}"
            + (f", {given.maintainer} may change the generator" if given.maintainer else ""),
        ),
    )


def _security(server: Server, today: date) -> None:
    text = security_file(server, today)
    if text:
        replace(server.folder / "security.txt", text)


def _gate(given: argparse.Namespace) -> None:
    pusher = os.environ.get("LRP_PUSHER", "")
    judge(read(given.folder), pusher, sys.stdin.read(), os.getppid(), _now(), say)


def _follow(given: argparse.Namespace) -> None:
    server, push = read(given.folder), os.getppid()
    if not follow(server, push, say):
        settle(server, _now(), say)


def _settle(given: argparse.Namespace) -> None:
    server = read(given.folder)
    try:
        settle(server, _now(), say)
    finally:
        late = tell(server, _now())
        if late:
            say(late)


def _rebuild(given: argparse.Namespace) -> None:
    server = read(given.folder)
    _security(server, day_at(_now()))
    rebuild(server, _now(), say)


def _status(given: argparse.Namespace) -> None:
    server = read(given.folder)
    waits = late(server, _now())
    if waits:
        say(f"NOT live: {waits}")
    for line in status(server, prove=not given.quick):
        say(line)


def _person(given: argparse.Namespace) -> None:
    server = read(given.folder)
    line = add_person(server, given.name, given.role, given.key)
    event = "person changed" if given.name in server.people else "person added"
    _note(server, Act(event, said=f"{given.name}, {given.role}, key {fingerprint(given.key)}"))
    say(line)


def _environment(given: argparse.Namespace) -> None:
    server = read(given.folder)
    make_environment(server, given.lock, say)
    _note(server, Act("environment", said=f"{given.lock.name} {lock_name(given.lock)}"))


def _door(given: argparse.Namespace) -> None:
    command = os.environ.get("SSH_ORIGINAL_COMMAND", "")
    sys.exit(open_door(read(given.folder), given.name, command, _now(), say_aside))


def _upload(given: argparse.Namespace) -> None:
    bucket = Bucket(given.bucket, key_of(dict(os.environ)), lambda: datetime.now(UTC))  # a store refuses another clock
    server = read(given.folder)
    upload(server, bucket, given.keep_days, _now(), say)
    shown = live(server)
    _note(server, Act("uploaded", release=shown.folder.name if shown else "", said=given.bucket))


def _erase(given: argparse.Namespace) -> None:
    name = given.text_file
    try:
        text = sys.stdin.read() if name == "-" else Path(name).read_text("utf-8") if name else ""
    except (OSError, UnicodeDecodeError):
        raise RefusedError(f"{name} cannot be read as text. Write into it what to erase, one text a line.") from None
    asked = Asked(text.splitlines(), given.path, given.commit, given.why)
    Eraser(read(given.folder), asked, _now(), say).run(given.yes)


def _log(given: argparse.Namespace) -> None:
    server = read(given.folder)
    if given.check:
        say(check(server))
        return
    lines = chosen(server, given.since, given.person)
    for line in map(plain, lines) if given.json else table(lines):
        say(line)


class _Commands:
    """The words that the command line knows."""

    def __init__(self) -> None:
        self.parser = argparse.ArgumentParser(prog="python -m publishing", description="Publishes the guidance.")
        self.all = self.parser.add_subparsers(dest="command", required=True)

    def add(self, name: str, work: Callable[[argparse.Namespace], None], help: str) -> argparse.ArgumentParser:
        added = self.all.add_parser(name, help=help)
        added.set_defaults(work=work)
        added.add_argument("folder", type=Path, help="the server's folder")
        return added


def _add_records(commands: _Commands) -> None:
    """The words for what is kept of the past: the log, and what has to go."""
    told = commands.add("log", _log, "tells what was done here, by whom and when")
    told.add_argument("--since", type=_day, help="from this day on: 2027-03-01")
    told.add_argument("--person", default="", help="of one person alone")
    told.add_argument("--json", action="store_true", help="the lines as they stand in the log")
    told.add_argument("--check", action="store_true", help="proves that no line was changed or taken out")
    gone = commands.add(
        "erase", _erase, "takes personal data that was pushed by mistake out of all that the server holds"
    )
    gone.add_argument("--text-file", default="", help="a file with the texts, one a line; - reads what you type")
    gone.add_argument("--path", default="", help="a file of the content, in every version but today's: docs/photo.jpg")
    gone.add_argument(
        "--commit", action="append", default=[], help="what this commit brought; or the version of the path"
    )
    gone.add_argument("--why", default="", help="for the log, without the data")
    gone.add_argument("--yes", action="store_true", help="erase it, and not only show what holds it")


def _arguments(words: list[str]) -> argparse.Namespace:
    commands = _Commands()
    made = commands.add("init", _init, "makes a server, or mends one")
    made.add_argument("--address", default="", help="where readers will read it: https://…/")
    made.add_argument("--maintainer", default="", help="the name of a person who may change the generator too")
    made.add_argument("--security-contact", default="", help="an address for security.txt: https://… or mailto:…")
    person = commands.add("person", _person, "adds a person and prints their line for authorized_keys")
    person.add_argument("name")
    person.add_argument("role", help="maintainer or editor")
    person.add_argument("key", type=Path, help="the file of their public key")
    commands.add("status", _status, "tells what is live and proves it").add_argument("--quick", action="store_true")
    back = commands.add("rollback", lambda given: roll_back(read(given.folder), given.which, _now(), say), "goes back")
    back.add_argument("which", nargs="?", default="1", help="how many releases back, a commit or an edition (1)")
    commands.add("forward", lambda given: go_forward(read(given.folder), _now(), say), "takes a rollback back")
    commands.add("settle", _settle, "makes live what main is; after a crash, and at boot")
    commands.add("rebuild", _rebuild, "builds the live revision as of today; each night")
    sent = commands.add("upload", _upload, "takes what is live to an object store")
    sent.add_argument("bucket", help="the bucket's address: https://s3.example.org/bucket")
    sent.add_argument("--keep-days", type=int, default=30, help="how long old assets stay (30)")
    _add_records(commands)
    made = commands.add("environment", _environment, "prepares new versions of what the build needs")
    made.add_argument("lock", type=Path, help="the requirements.lock")
    commands.add("gate", _gate, "(the pre-receive hook)")
    commands.add("follow", _follow, "(the post-receive hook)")
    commands.add("door", _door, "(the forced command of a key)").add_argument("name")
    return commands.parser.parse_args(words)


def main(words: list[str]) -> int:
    """Runs one command; 0 where all is well, 1 where it was refused."""
    ready()
    given = _arguments(words)
    os.umask(0o022)
    try:
        given.work(given)
    except RefusedError as refused:
        said = str(refused)
    except BrokenPipeError:
        gone()
        return 1
    except KeyboardInterrupt:
        said = "Stopped."
    except Exception as error:
        said = fault(given.folder, given.command, error, datetime.now(UTC))
    else:
        return 0
    if said:
        (say_aside if given.command == "door" else say)(said)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
