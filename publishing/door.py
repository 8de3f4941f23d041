"""The door for one SSH key: it lets its owner fetch and push, by their name, and do nothing else."""

from __future__ import annotations

import shlex

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


def open_door(server: Server, person: str, command: str) -> None:
    """Becomes the service that `person` asks for; refused for people the server does not know."""
    if person not in server.people:
        raise RefusedError(f'"{person}" may not publish. Ask the administrator of the server to add your key.')
    serve(asked_for(command, server), server.repository, person)
