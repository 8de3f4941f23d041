"""The lines of the setup page that root types, followed one by one: a real nginx from no certificate to https and renewal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from publishing.nginx import CHALLENGES
from publishing.setup import init
from tests.project import ROOT
from tests.publishing.find import installed
from tests.publishing.harness import Place, copied, free_port, get
from tests.publishing.test_setup import blocks

HOST = "guidance.example.org"
_TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
# What would change this machine, or ask another one, writes down what it was asked for.
_STAND_IN = """#!/bin/sh
echo "{name} $*" >> {folder}/asked
"""
_NGINX = """#!/bin/sh
exec {program} -c {folder}/etc/nginx/nginx.conf -p {folder} "$@"
"""
# As systemd does: nginx runs from its installation on, and reads its configuration again.
_SYSTEMCTL = """#!/bin/sh
echo "systemctl $*" >> {folder}/asked
[ "$1" != reload ] || if [ -s {folder}/nginx.pid ]; then kill -HUP "$(cat {folder}/nginx.pid)"; else nginx; fi
"""
# As certbot does with --webroot: the authority fetches a file through the web server, and gives a certificate for that.
_CERTBOT = """#!/bin/sh -e
echo "certbot $*" >> {folder}/asked
mkdir -p {folder}/acme/.well-known/acme-challenge {folder}/live/{host}
echo proof > {folder}/acme/.well-known/acme-challenge/token
said=$({python} {folder}/authority.py)
rm {folder}/acme/.well-known/acme-challenge/token
[ "$said" = proof ]
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={host} -addext subjectAltName=DNS:{host} \\
  -keyout {folder}/live/{host}/privkey.pem -out {folder}/live/{host}/fullchain.pem 2> {folder}/openssl
"""
_AUTHORITY = """import time, urllib.request
asked = urllib.request.Request("http://127.0.0.1:{plain}/.well-known/acme-challenge/token", headers={{"Host": "{host}"}})
for _ in range(100):
    try:
        print(urllib.request.urlopen(asked, timeout=10).read().decode().strip())
        break
    except OSError:
        time.sleep(0.1)
"""


@dataclass(frozen=True)
class Machine:
    """A folder that stands for a server's disk, with its two ports, and the commands that stand in its path."""

    folder: Path
    place: Place
    plain: int
    secure: int

    def moved(self, text: str) -> str:
        """A text whose places are those of this folder, and whose ports are free ones."""
        others = {
            "/srv/guidance/server": str(self.place.folder),
            "/etc/letsencrypt/live": f"{self.folder}/live",
            CHALLENGES: f"{self.folder}/acme",
            "/etc/systemd/system": f"{self.folder}/system",
            "/etc/nginx": f"{self.folder}/etc/nginx",
            "/run/nginx.pid": f"{self.folder}/nginx.pid",
            "/var/log/nginx": str(self.folder),
            "listen 80;": f"listen 127.0.0.1:{self.plain};",
            "listen 443 ": f"listen 127.0.0.1:{self.secure} ",
            "user www-data;": "user root;" if os.geteuid() == 0 else "",
            "http {\n": "http {\n" + "".join(f"{kind}_temp_path {self.folder}/{kind};\n" for kind in _TEMPORARY),
        }
        for old, new in others.items():
            text = text.replace(old, new)
        return re.sub(r"\n *listen \[::\][^\n]*", "", text)

    def type(self, line: str) -> subprocess.CompletedProcess[str]:
        """Runs one line of the page as root's shell would."""
        own = {**os.environ, "PATH": f"{self.folder}/bin:{os.environ['PATH']}"}
        return subprocess.run(["sh", "-c", self.moved(line)], env=own, capture_output=True, text=True)

    def asked(self) -> list[str]:
        """What the stand-ins were asked for."""
        return (self.folder / "asked").read_text("utf-8").splitlines()

    def read(self, path: str) -> tuple[int, str, str]:
        """What https answers, with the certificate proved: status, body and the promise of https only."""
        known = ssl.create_default_context(cafile=str(self.folder / "live" / HOST / "fullchain.pem"))
        known.check_hostname = False  # it is the host's, and is asked here by its number
        request = urllib.request.Request(f"https://127.0.0.1:{self.secure}/{path}", headers={"Host": HOST})
        for _ in range(100):  # nginx opens its new door some time after it was told to read its configuration again
            with suppress(urllib.error.URLError), urllib.request.urlopen(request, timeout=10, context=known) as answer:
                return answer.status, answer.read().decode(), answer.headers["Strict-Transport-Security"]
            time.sleep(0.1)
        raise AssertionError("nginx does not answer.")


@pytest.fixture
def machine(tmp_path: Path, shared: tuple[Place, Path]) -> Iterator[Machine]:
    """A machine after the first two blocks of the page, with a site that was pushed to it before."""
    place = copied(shared[0], tmp_path)
    init(place.folder, f"https://{HOST}/", "", "", lambda _: None)
    made = Machine(tmp_path, place, free_port(), free_port())
    shutil.copytree("/etc/nginx", tmp_path / "etc" / "nginx", symlinks=True)
    (tmp_path / "modules").symlink_to("/usr/share/nginx/modules")
    for folder in ("bin", "system"):
        (tmp_path / folder).mkdir()
    for file in (tmp_path / "etc" / "nginx" / "nginx.conf", *place.folder.glob("nginx*.conf")):
        file.write_text(made.moved(file.read_text("utf-8")), "utf-8")
    words = {"folder": tmp_path, "host": HOST, "plain": made.plain, "python": os.sys.executable}  # type: ignore[attr-defined]
    texts = {name: _STAND_IN.replace("{name}", name) for name in ("apt-get", "adduser", "su")}
    texts |= {"nginx": _NGINX, "systemctl": _SYSTEMCTL, "certbot": _CERTBOT}
    for name, text in texts.items():
        (tmp_path / "bin" / name).write_text(text.format(**words, program=installed("nginx")), "utf-8")
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "authority.py").write_text(_AUTHORITY.format(**words), "utf-8")
    try:
        yield made
    finally:
        with suppress(OSError, ValueError):
            os.kill(int((tmp_path / "nginx.pid").read_text("utf-8")), signal.SIGTERM)


@pytest.mark.site
def test_what_root_types_leads_from_no_certificate_to_https_and_to_renewal(machine: Machine) -> None:
    before, after, _ = blocks("console")[:3]
    lines = [line for line in (before + after).splitlines() if line]
    for line in lines:
        ran = machine.type(line)
        assert ran.returncode == 0, (line, ran.stdout, ran.stderr)
    asked = machine.asked()
    assert [words.split()[0] for words in asked[:3]] == ["apt-get", "adduser", "su"]
    main = (machine.folder / "etc" / "nginx" / "nginx.conf").read_text("utf-8")
    assert "worker_connections 8192;" in main
    assert main.startswith("worker_rlimit_nofile 16384;")
    status, home, promise = machine.read("")
    assert (status, "</html>" in home, promise[:8]) == (200, True, "max-age=")
    plain = f"http://127.0.0.1:{machine.plain}/"
    assert get(f"{plain}.well-known/acme-challenge/none", Host=HOST).status == 404
    assert (
        machine.type(next(line for line in lines if line.startswith("certbot"))).returncode == 0
    )  # it renews under https
    assert machine.type("nginx -t").returncode == 0
    enabled = asked[-1].split()
    assert enabled[:3] == ["systemctl", "enable", "--now"]
    assert {f"{machine.folder}/system/{name}" for name in enabled[3:]} <= {
        str(file) for file in (machine.folder / "system").iterdir()
    }


def test_plain_http_leads_to_https_and_shows_what_the_authority_asks_for_alone(machine: Machine) -> None:
    for name in ("nginx-first.conf", "nginx.conf"):
        text = (machine.place.folder / name).read_text("utf-8")
        assert text.count("return 301 https://guidance.example.org$request_uri;") == 1
        assert text.count("location ^~ /.well-known/acme-challenge/ {") == 1
    assert "ssl_certificate" not in (machine.place.folder / "nginx-first.conf").read_text("utf-8")


def test_the_page_names_releases_whose_python_is_new_enough() -> None:
    """Debian 12 has Python 3.11.2, and Debian 13 has 3.13."""
    page = (ROOT / "publishing" / "README.md").read_text("utf-8")
    assert "## Set it up, on Debian 12 or 13 with nginx\n" in page
    for file in ("pyproject.toml", "Makefile", "README.md"):
        assert re.findall(r"3\.11\.\d+", (ROOT / file).read_text("utf-8"))[:1] == ["3.11.2"], file
