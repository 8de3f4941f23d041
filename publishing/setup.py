"""A server set up: its folder, repository, hooks, people and the configurations of web servers, each made again at will."""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import replace as with_changes
from pathlib import Path

from publishing.building import Say, lock_name
from publishing.caddy import LIMITS, caddy
from publishing.disk import replace
from publishing.jail import CODE, held, jail_of
from publishing.nginx import nginx, nginx_first
from publishing.repository import Repository
from publishing.serving import pages_file
from publishing.settings import NAME, ROLES, RefusedError, Server, check_address, read, write
from publishing.signatures import add_signer
from publishing.units import units

_HOOK = """#!/bin/sh
# Made by python -m publishing init; init makes it again.
umask 022
PYTHONPATH={code} exec {python} -P -m publishing {word} {folder}
"""
HOOKS = {"pre-receive": "gate", "post-receive": "follow"}
_BROTLI_MODULE = Path("/usr/share/nginx/modules-available")


def init(folder: Path, address: str, contact: str, maintainer: str, say: Say) -> Server:
    """The server in `folder`, made where there is none and mended where there is; nothing that it holds is lost."""
    folder = folder.resolve()
    known = read(folder) if (folder / "site.toml").exists() else None
    server = known or Server(folder=folder, address="", confined=jail_of(Server(folder, "")).whole)
    address = check_address(address or server.address)
    server = with_changes(server, address=address, security_contact=contact or server.security_contact)
    if maintainer:
        server = with_changes(server, people={**server.people, _person(maintainer): "maintainer"})
    for part in (
        server.folder,
        server.releases,
        server.previews,
        server.editions,
        server.old_assets,
        server.work / "staged",
        server.environments,
    ):
        part.mkdir(parents=True, exist_ok=True)
    write(server)
    Repository(server.repository).create(server.main, server.limits.push_mb, server.signers)
    _hooks(server)
    register(server, CODE / "requirements.lock", Path(sys.prefix))
    configure(server)
    say(f"The server stands in {folder}. Its repository is {server.repository}.")
    say(f"{held(server)}.")
    say(f"Add a person with: python -m publishing person {folder} NAME ROLE KEYFILE")
    return server


def _hooks(server: Server) -> None:
    for name, word in HOOKS.items():
        file = server.repository / "hooks" / name
        words = {"code": CODE, "python": sys.executable, "folder": server.folder}
        quoted = {key: shlex.quote(str(value)) for key, value in words.items()}
        replace(file, _HOOK.format(word=word, **quoted))
        file.chmod(0o755)


def configure(server: Server) -> None:
    """Writes the configurations of nginx and Caddy the `_headers` file and the units of systemd into the server's folder."""
    brotli = any(_BROTLI_MODULE.glob("*brotli-static*"))
    replace(server.folder / "nginx.conf", nginx(server, brotli))
    replace(server.folder / "nginx-first.conf", nginx_first(server))
    replace(server.folder / "Caddyfile", caddy(server))
    replace(server.folder / "caddy-limits", LIMITS)
    replace(server.folder / "_headers", pages_file(server.address))
    user = pwd.getpwuid(os.getuid()).pw_name
    for name, text in units(server, str(CODE), sys.executable, user).items():
        replace(server.folder / name, text)


def _person(name: str) -> str:
    if not NAME.fullmatch(name):
        raise RefusedError(f'"{name}" is no name for a person here. Use small letters, digits and hyphens.')
    return name


def add_person(server: Server, name: str, role: str, key_file: Path) -> str:
    """The line for authorized_keys that lets a person in by their key, once the server knows their role."""
    if role not in ROLES:
        raise RefusedError(f"Nobody can be a {role}. Write maintainer or editor.")
    key = _key(key_file)
    write(with_changes(server, people={**server.people, _person(name): role}))
    add_signer(server, name, key)
    words = [f"PYTHONPATH={shlex.quote(str(CODE))}", "exec", shlex.quote(sys.executable), "-P -m publishing door"]
    command = " ".join([*words, shlex.quote(str(server.folder)), name]).replace("\\", "\\\\").replace('"', '\\"')
    return f'command="{command}",restrict {key} {name}'


def _key(file: Path) -> str:
    """The kind and the body of a public key, without its comment; refused where the file holds no such key."""
    try:
        kind, body = file.read_text("utf-8").strip().split()[:2]
        inner = base64.b64decode(body, validate=True)
    except (OSError, ValueError, UnicodeDecodeError, binascii.Error):
        kind, body, inner = "", "", b""
    if not re.fullmatch(r"(sk-)?(ssh|ecdsa)-[a-z0-9@.-]+", kind) or kind.encode() not in inner[:64]:
        raise RefusedError(f"{file} holds no public key. It is the file that ends in .pub.")
    return f"{kind} {body}"


def fingerprint(file: Path) -> str:
    """A public key's fingerprint, as ssh-keygen shows it."""
    body = base64.b64decode(_key(file).split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(body).digest()).decode().rstrip("=")


def register(server: Server, lock: Path, prefix: Path) -> None:
    """Has what `lock` names be built with the Python environment in `prefix`."""
    link = server.environments / lock_name(lock)
    if link.is_symlink():
        link.unlink()
    if not link.exists():
        link.symlink_to(prefix)


def make_environment(server: Server, lock: Path, say: Say) -> None:
    """Makes the environment for a requirements.lock, each package checked by its fingerprint."""
    place = server.environments / lock_name(lock)
    if (place / "bin" / "python").exists():
        say("The server has this environment already.")
        return
    fresh = place.with_name(f"{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    say("Making the environment …")
    python = fresh / "bin" / "python"
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--require-hashes"]
    words = ([sys.executable, "-m", "venv", str(fresh)], [*pip, "-r", str(lock)])
    if any(subprocess.run(command, env=dict(os.environ)).returncode for command in words):
        raise RefusedError("The environment could not be made; the lines above say why.")
    fresh.rename(place)
    say(f"Made {place.name}.")
