"""Whose hand a push shows besides the key at the door: commits or pushes signed by people whom the server knows."""

from __future__ import annotations

import os

from publishing.disk import replace
from publishing.repository import Repository, signer_line
from publishing.settings import RefusedError, Server

_ONCE = "Type once: git config gpg.format ssh    git config user.signingkey ~/.ssh/id_ed25519.pub    "
_WRONG = {
    "N": "is not signed",
    "B": "bears a signature that does not fit it",
    "U": "is signed by a key that this server does not know",
}


def add_signer(server: Server, name: str, key: str) -> None:
    """Keeps a person's public key, so that what they sign is known by it; the keys that they had stay."""
    file = server.signers
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    line = signer_line(name, key)
    if line not in lines:
        replace(file, "\n".join([*lines, line]) + "\n")


def check_commits(server: Server, repository: Repository, main: str, new: str) -> None:
    """Refuses commits that main has yet to hold, where one of them is not signed by a person of this server."""
    for commit, state, signer in repository.signers(repository.between(main, new), server.signers):
        if state != "G" or signer not in server.people:
            wrong = _WRONG.get(state, _WRONG["U"])
            raise RefusedError(
                f"The commit {commit[:12]} {wrong}; here every commit has to be, by the key that you push with. {_ONCE}"
                "git config commit.gpgsign true    and then: git rebase --force-rebase --gpg-sign "
                f"origin/{server.main}    and push again. A key that is not known: ask the server's administrator to add it."
            )


def certificate(repository: Repository) -> str:
    """The certificate of the push that is at the gate, as its pusher signed it; empty where there is none."""
    name = os.environ.get("GIT_PUSH_CERT", "")
    return repository.run("cat-file", "blob", name).decode("utf-8", "replace") if name.strip("0") else ""


def check_push(pusher: str) -> None:
    """Refuses a push that its pusher has not signed by a key of theirs, for this very moment."""
    state = os.environ.get("GIT_PUSH_CERT_STATUS", "") or "N"
    signer = os.environ.get("GIT_PUSH_CERT_SIGNER", "")
    if state != "G" or signer != pusher or os.environ.get("GIT_PUSH_CERT_NONCE_STATUS") != "OK":
        state = "U" if state == "G" and not signer else state  # git calls it good, and knows nobody by it
        wrong = _WRONG.get(state, "is signed by another's key, or was signed for another push")
        raise RefusedError(
            f"The push {wrong}; here every push has to be, by your own key. {_ONCE}git config push.gpgsign if-asked    "
            "and push again. A key that is not known: ask the server's administrator to add it."
        )
