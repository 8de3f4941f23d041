"""The door for one SSH key: it lets its owner fetch and push, by their name, and do nothing else."""

from __future__ import annotations

import os
import shlex
from datetime import datetime

from publishing.building import Say
from publishing.following import begin, follow, let_go
from publishing.logbook import Act, note
from publishing.repository import receive, serve
from publishing.settings import RefusedError, Server
from publishing.waiting import told_now

_SERVICES = ("git-receive-pack", "git-upload-pack")


def asked_for(command: str, server: Server) -> str:
    """The service of git's that a command over SSH asks for; refused where it asks for anything else."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    names = {str(server.repository), server.repository.name, f"/{server.repository.name}"}
    if len(words) != 2 or words[0] not in _SERVICES or words[1] not in names:
        raise RefusedError(f"This key is for git alone. Type: git clone …:{server.repository.name}")
    return words[0]


def open_door(server: Server, person: str, command: str, now: datetime, say: Say) -> int:
    """Gives `person` the service that they ask for, and says how it ended; refused for people the server does not know."""
    try:
        if person not in server.people:
            raise RefusedError(f'"{person}" may not publish. Ask the administrator of the server to add your key.')
        service = asked_for(command, server)
    except RefusedError as refused:
        note(server, now, Act("door refused", said=str(refused)), person)
        raise
    if service == "git-upload-pack":
        serve(server.repository, person)
    note(
        server, now, Act("push begun"), person
    )  # what git itself refuses before the gate sees it leaves this line alone
    push, ended = receive(server.repository, person)
    if not let_go(server, push) and ended == 0:
        _nothing_new(server, os.getpid(), say)
    return ended if ended >= 0 else 128 - ended


def _nothing_new(server: Server, push: int, say: Say) -> None:
    """Settles what an earlier push may have left, and says what is live: git itself says only that nothing is new."""
    said: list[str] = []

    def tell(line: str) -> None:
        said.append(line)
        say(line)

    begin(server, push)
    follow(server, push, tell)
    let_go(server, push)
    if not any(line.startswith("Live now: ") for line in said):
        say(told_now(server))
