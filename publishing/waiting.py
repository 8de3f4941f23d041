"""What git has taken and readers do not see yet: settled the next time anybody comes by, and told where that takes long."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import datetime, timedelta

from macros.topics.dates import day_at
from publishing.disk import replace
from publishing.releases import live, of
from publishing.repository import Repository
from publishing.settings import Server, visible
from publishing.times import moved

HELD = "held"  # holds the head of main that a rollback has put aside, and what it put in its place
_LONG = timedelta(minutes=5)
_TOLD = "told"  # in the work folder: what the operator has been told of, and on which day
_MAIL = re.compile(r"[^\s@-][^\s@]*@[^\s@]+")


def put_aside(server: Server) -> list[str]:
    """The head of main that a rollback has put aside, and the commit that it put in its place; empty without one."""
    file = server.folder / HELD
    return file.read_text("utf-8", "replace").split() if file.is_file() else []


def waiting(server: Server) -> str:
    """The head of main where git has taken it and readers see something else, against nobody's wish; else empty."""
    head, now = Repository(server.repository).commit(f"refs/heads/{server.main}"), live(server)
    if not head or put_aside(server)[:1] == [head] or (now and of(now, head)):
        return ""
    return head


def told_now(server: Server) -> str:
    """What is live, in one line."""
    now, repository = live(server), Repository(server.repository)
    if not now:
        return "Nothing has been published yet."
    head = repository.commit(f"refs/heads/{server.main}")
    line = f"Live now: {repository.pushed(now.inputs.commit)}"
    if head and put_aside(server)[:1] == [head]:
        line += f". {server.main} is at {repository.pushed(head)}; the administrator has put that aside."
    return line


def late(server: Server, now: datetime) -> str:
    """One line about a commit that was taken more than five minutes ago and is not live; empty where there is none."""
    head = waiting(server)
    if not head:
        return ""
    repository = Repository(server.repository)
    taken = moved(repository, f"refs/heads/{server.main}")
    since = taken[0][1] if taken else None
    if since and abs(now - since) <= _LONG:  # a clock that jumped must not hide it for years
        return ""
    when = f"was taken on {since:%Y-%m-%d at %H:%M} (universal time)" if since else "was taken"
    return visible(
        f"{repository.pushed(head)} {when} and is not live. Type: python -m publishing settle {server.folder}"
    )


def tell(server: Server, now: datetime) -> str:
    """Tells the operator what is late, once a day: in faults.log, and by mail where site.toml has their address."""
    line, file = late(server, now), server.work / _TOLD
    if not line:
        file.unlink(missing_ok=True)
        return ""
    mark = f"{waiting(server)} {day_at(now)}"
    if file.is_file() and file.read_text("utf-8", "replace") == mark:
        return line
    with (server.folder / "faults.log").open("a", encoding="utf-8") as faults:
        faults.write(f"{now.isoformat()} {line}{_mailed(server, line)}\n")
    replace(file, mark)
    return line


def _mailed(server: Server, line: str) -> str:
    """What became of the mail to the operator, for the log."""
    if not server.operator:
        return ""
    program = shutil.which("sendmail") or shutil.which("sendmail", path="/usr/sbin:/usr/lib")
    if not _MAIL.fullmatch(server.operator) or not program:
        return " No mail was sent: this server has no sendmail, or `operator` in site.toml is no address."
    text = f"To: {server.operator}\nSubject: {server.address}: what was pushed is not live\n"
    text += f"Content-Type: text/plain; charset=utf-8\n\n{line}\n"
    sent = subprocess.run([program, "-i", "--", server.operator], input=text.encode(), capture_output=True, timeout=60)
    return "" if sent.returncode == 0 else f" The mail to {server.operator} could not be sent."
