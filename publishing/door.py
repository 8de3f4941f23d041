"""The door for one SSH key: it lets its owner fetch and push, by their name, and do nothing else."""

from __future__ import annotations

import shlex
from datetime import datetime

from publishing.logbook import Act, note
from publishing.repository import serve
from publishing.settings import RefusedError, Server

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


def open_door(server: Server, person: str, command: str, now: datetime) -> None:
    """Becomes the service that `person` asks for; refused for people the server does not know."""
    try:
        if person not in server.people:
            raise RefusedError(f'"{person}" may not publish. Ask the administrator of the server to add your key.')
        service = asked_for(command, server)
    except RefusedError as refused:
        note(server, now, Act("door refused", said=str(refused)), person)
        raise
    if service == "git-receive-pack":  # what git itself refuses before the gate sees it leaves this line alone
        note(server, now, Act("push begun"), person)
    serve(service, server.repository, person)
