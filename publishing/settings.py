"""What a server's folder holds and what its `site.toml` says: address, people and limits."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass, field, fields
from pathlib import Path

from publishing.disk import replace

ROLES = ("maintainer", "editor")
DEMANDS = ("", "commits", "pushes")
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")


class RefusedError(Exception):
    """What was asked for cannot be done; its text is the plain reason, ready to be read."""


@dataclass(frozen=True)
class Limits:
    """The bounds of one push and of one build."""

    build_seconds: int = 300
    build_memory_mb: int = 4000
    site_mb: int = 300
    file_mb: int = 5
    push_mb: int = 50
    free_disk_mb: int = 200


@dataclass(frozen=True)
class Server:
    """One server's folder, with what its `site.toml` says."""

    folder: Path
    address: str
    main: str = "main"
    keep: int = 10
    security_contact: str = ""
    builder: str = ""  # the user that builds run as; empty: the server's own
    confined: bool = False  # whether a build must be shut in
    signing_key: str = ""  # the file of the private key that signs releases
    operator: str = ""  # the mail address that is told of what was taken and is not live
    signed: str = ""  # what has to be signed by the people who push: "commits", "pushes" or nothing
    limits: Limits = field(default_factory=Limits)
    people: dict[str, str] = field(default_factory=dict)

    @property
    def repository(self) -> Path:
        """The bare repository that editors push to."""
        return self.folder / "repository.git"

    @property
    def releases(self) -> Path:
        """One folder for each release, complete."""
        return self.folder / "releases"

    @property
    def current(self) -> Path:
        """The link to the release that is live; it changes by one rename."""
        return self.folder / "current"

    @property
    def previews(self) -> Path:
        """One link for each draft that can be looked at; the folder's path ends as the addresses begin."""
        return self.folder / "served" / "preview"

    @property
    def editions(self) -> Path:
        """One link for each edition that can be read as it stood; the folder's path ends as the addresses begin."""
        return self.folder / "served" / "as-at"

    @property
    def old_assets(self) -> Path:
        """Styles, scripts and parts of the search of earlier releases; the folder's paths are those of the site."""
        return self.folder / "served" / "old"

    @property
    def work(self) -> Path:
        """What is being built, and what has passed the gate; none of it is ever served."""
        return self.folder / "work"

    @property
    def evidence(self) -> Path:
        """What tests have measured of commits, a file for each topic; the pages of a release show it."""
        return self.folder / "evidence"

    @property
    def signers(self) -> Path:
        """The public keys of the people who push, as git checks their signatures by them."""
        return self.folder / "allowed_signers"

    @property
    def log(self) -> Path:
        """What was done here, by whom and when: the log's lines and its head."""
        return self.folder / "log"

    @property
    def environments(self) -> Path:
        """For each known requirements.lock, the Python that builds with it."""
        return self.folder / "environments"


def check_address(address: str) -> str:
    """The address of a site, ending in a stroke; refused where it is not the top of a host."""
    address = address if address.endswith("/") else f"{address}/"
    if not re.fullmatch(r"https?://[a-z0-9.-]+(:\d+)?/", address):
        raise RefusedError(f'The address "{address}" cannot be used. Write one like https://guidance.example.org/ .')
    return address


def read(folder: Path) -> Server:
    """The server in `folder`; refused where there is none, or its `site.toml` cannot be read."""
    file = folder / "site.toml"
    try:
        given = tomllib.loads(file.read_text("utf-8"))
        limits = Limits(**given.pop("limits", {}))
        server = Server(folder=folder.resolve(), limits=limits, **given)
    except FileNotFoundError:
        raise RefusedError(
            f"{folder} holds no site.toml. Make a server with: python -m publishing init {folder}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, AttributeError) as error:
        raise RefusedError(f"{file} cannot be read: {error}. Mend it by hand.") from None
    wrong = [role for role in server.people.values() if role not in ROLES]
    if wrong:
        raise RefusedError(f"{file}: nobody can be a {wrong[0]}. Write maintainer or editor.")
    if server.signed not in DEMANDS:
        raise RefusedError(f'{file}: signed cannot be "{server.signed}". Write "commits", "pushes" or "".')
    return server


def write(server: Server) -> None:
    """Writes the server's `site.toml`, whole or not at all."""
    plain = [part.name for part in fields(server) if part.name not in ("folder", "limits", "people")]
    lines = ["# The server's settings; made by python -m publishing, and yours to change."]
    lines += [f"{name} = {json.dumps(getattr(server, name), ensure_ascii=False)}" for name in plain]
    lines += ["", "[limits]", *(f"{part.name} = {getattr(server.limits, part.name)}" for part in fields(Limits))]
    lines += ["", "[people]  # the name in authorized_keys, and what it may do: maintainer or editor"]
    lines += [f"{name} = {json.dumps(role)}" for name, role in server.people.items()]
    replace(server.folder / "site.toml", "\n".join(lines) + "\n")


def visible(text: str) -> str:
    """A text in which what moves a terminal, or cannot be seen, is written out: \\x1b, \\u202e."""
    return "".join(
        letter if letter.isprintable() or unicodedata.category(letter) == "Zs" else ascii(letter)[1:-1]
        for letter in text
    )
