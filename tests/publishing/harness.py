"""A real server for tests: a bare repository with its hooks, people who push to it through its door, and nginx before it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from publishing.settings import Server, read
from publishing.setup import init
from tests.project import ROOT, small_project
from tests.publishing.find import installed

# Stands for sshd with the line of authorized_keys: the name of the host is the name of the person.
_SSH = """#!/bin/sh
shift $(($#-2))
cd /
exec setsid -w env -u GIT_DIR PYTHONPATH={root} SSH_ORIGINAL_COMMAND="$2" {python} -P -m publishing door {folder} "$1"
"""
_NGINX = """daemon off;
pid {place}/nginx.pid;
error_log {place}/error.log;
{user}
worker_processes auto;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {place}/body;
  proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  include {conf};
}}
"""


@dataclass(frozen=True)
class Answer:
    """What a web server answered."""

    status: int
    headers: Message
    body: bytes


@dataclass(frozen=True)
class Pushed:
    """How a push ended, and what the pusher read of the server."""

    ok: bool
    lines: list[str]
    text: str


@dataclass(frozen=True)
class Place:
    """A server's folder, with a stand-in for sshd."""

    folder: Path
    ssh: Path

    @property
    def server(self) -> Server:
        """The server as its settings are now."""
        return read(self.folder)

    def git(self, *words: str, at: Path, person: str = "ed", feed: bytes | None = None) -> str:
        """What git prints; a failure fails the test."""
        run = self.run_git(*words, at=at, feed=feed)
        assert run.returncode == 0, run.stderr.decode()
        return run.stdout.decode().strip()

    def run_git(self, *words: str, at: Path, feed: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
        """Runs git in a clone, as people do: with a name of their choice, which counts for nothing here."""
        words = ("-c", "init.defaultBranch=main", "-c", "advice.pushUpdateRejected=false", *words)
        return subprocess.run(["git", *words], cwd=at, env=self._environment(), input=feed, capture_output=True)

    def _environment(self) -> dict[str, str]:
        who = {f"GIT_{role}_{part}": "Anybody" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
        own = {
            "GIT_SSH": str(self.ssh),
            "GIT_SSH_VARIANT": "simple",
            "GIT_CONFIG_NOSYSTEM": "1",
            "HOME": str(self.folder),
        }
        return {"PATH": os.environ["PATH"], **who, **own}

    def clone(self, place: Path, person: str = "ed") -> Path:
        """A person's clone of the repository."""
        place.parent.mkdir(parents=True, exist_ok=True)
        self.git("clone", "-q", f"{person}:repository.git", str(place), at=place.parent)
        return place

    def commit(self, clone: Path, message: str = "Change") -> str:
        """Commits everything that was changed in a clone; gives the commit's name."""
        self.git("add", "-A", at=clone)
        self.git("commit", "-q", "--allow-empty", "-m", message, at=clone)
        return self.git("rev-parse", "HEAD", at=clone)

    def push(self, clone: Path, *words: str) -> Pushed:
        """Pushes, main where nothing else is said."""
        run = self.run_git("push", "origin", *(words or ("HEAD:main",)), at=clone)
        text = run.stderr.decode("utf-8", "replace")
        lines = [line.removeprefix("remote: ").rstrip() for line in text.splitlines() if line.startswith("remote:")]
        return Pushed(run.returncode == 0, lines, text)

    def start_push(self, clone: Path) -> subprocess.Popen[bytes]:
        """Begins to push main, for a test that ends the client before the server is done."""
        words = ["git", "push", "-q", "origin", "HEAD:main"]
        return subprocess.Popen(words, cwd=clone, env=self._environment(), stderr=subprocess.DEVNULL)

    def command(self, word: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Runs one of the server's commands as its administrator does."""
        line = [sys.executable, "-m", "publishing", word, str(self.folder), *words]
        return subprocess.run(line, cwd=ROOT, capture_output=True, text=True)

    def head(self, ref: str = "refs/heads/main") -> str:
        """The commit of a ref on the server; empty where there is none."""
        run = self.run_git("rev-parse", "--verify", "--quiet", ref, at=self.server.repository)
        return run.stdout.decode().strip()

    def page(self, path: str = "index.html") -> str:
        """A page as readers would get it."""
        return (self.folder / "current" / "site" / path).read_text("utf-8")


def free_port() -> int:
    """A port of this machine that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def new_place(folder: Path, address: str = "") -> Place:
    """A new server with one maintainer, mia, and one editor, ed."""
    server = init(folder / "server", address or f"http://127.0.0.1:{free_port()}/", "", "mia", lambda _: None)
    settings = server.folder / "site.toml"
    text = settings.read_text("utf-8").replace("free_disk_mb = 200", "free_disk_mb = 1")
    settings.write_text(text + 'ed = "editor"\n', "utf-8")
    return _place(server, folder)


def copied(old: Place, folder: Path) -> Place:
    """A copy of a server, with all that it has published; made in a moment."""
    shutil.copytree(old.folder, folder / "server", symlinks=True)
    return _place(init(folder / "server", "", "", "", lambda _: None), folder)


def _place(server: Server, folder: Path) -> Place:
    ssh = folder / "ssh"
    ssh.write_text(_SSH.format(root=ROOT, python=sys.executable, folder=server.folder), "utf-8")
    ssh.chmod(0o755)
    return Place(server.folder, ssh)


def first_push(place: Place, folder: Path) -> Path:
    """The maintainer's clone, from which the small site was published first."""
    project = small_project(folder, with_generator=True)
    shutil.copy(ROOT / "requirements.lock", project)
    place.git("init", "-q", at=project)
    place.git("remote", "add", "origin", "mia:repository.git", at=project)
    place.commit(project, "Begin")
    pushed = place.push(project)
    assert pushed.ok, pushed.text
    return project


def get(address: str, method: str = "GET", **headers: str) -> Answer:
    """One answer of a web server on this machine."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, headers=named, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


@contextmanager
def _running(words: list[str], place: Place, folder: Path) -> Iterator[str]:
    """A web server; gives the address as soon as it answers, and ends what it started."""
    own = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}  # where Caddy keeps what it keeps
    with (folder / "said").open("w") as said:
        run = subprocess.Popen(words, stderr=said, env={**os.environ, **own})
    address = place.server.address
    try:
        for _ in range(200):
            if run.poll() is not None:
                raise AssertionError((folder / "said").read_text("utf-8"))
            try:
                get(address)
                break
            except OSError:
                time.sleep(0.05)
        yield address
    finally:
        run.terminate()
        run.wait(10)


def nginx(place: Place, folder: Path) -> AbstractContextManager[str]:
    """A real nginx on the server's own configuration."""
    program = installed("nginx")
    assert program, "No nginx was found. Run the tests with: make test"
    folder.mkdir(exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""
    main = folder / "nginx.conf"
    main.write_text(_NGINX.format(place=folder, user=user, conf=place.folder / "nginx.conf"), "utf-8")
    return _running([program, "-c", str(main), "-p", str(folder)], place, folder)


def caddy(place: Place, folder: Path) -> AbstractContextManager[str]:
    """A real Caddy on the server's own configuration, where it is installed."""
    folder.mkdir(exist_ok=True)
    main = folder / "Caddyfile"
    limits, site = place.folder / "caddy-limits", place.folder / "Caddyfile"
    main.write_text(f"{{\n  admin off\n  import {limits}\n}}\nimport {site}\n", "utf-8")
    return _running(["caddy", "run", "--adapter", "caddyfile", "--config", str(main)], place, folder)
