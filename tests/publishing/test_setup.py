"""The setup page followed as it is written, on real git, a real nginx and a real SSH server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from pwd import getpwuid

import pytest

from publishing.door import asked_for
from publishing.serving import headers
from publishing.settings import RefusedError, read
from publishing.setup import add_person, init
from tests.project import ROOT, change, small_project
from tests.publishing.find import installed
from tests.publishing.harness import Place, free_port, get, new_place, nginx

KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDGaHyJt7KBwAEP4kM7TQHuZcoVY+lWFr4PSVDBhz5P7 somebody@desk"


def blocks(kind: str) -> list[str]:
    """The commands of the setup page that are marked as `kind`."""
    page = (ROOT / "publishing" / "README.md").read_text("utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)


def commands(folder: Path, address: str) -> str:
    """The commands of the user "guidance", for this machine: other places, and no download."""
    (text,) = blocks("sh")
    project = folder / "project"
    others = {
        "git clone https://example.org/guidance.git generator": f"mv {project} generator",
        "make -C generator site": f"ln -s {os.path.realpath(os.sys.prefix)} generator/.venv",  # type: ignore[attr-defined]
        "https://guidance.example.org/": address,
        "/srv/guidance": str(folder),
    }
    for old, new in others.items():
        assert old in text, old
        text = text.replace(old, new)
    return f"set -e\n{text}"


@contextmanager
def ssh_server(folder: Path) -> Iterator[str]:
    """A real SSH server that lets in the keys of the folder's authorized_keys; gives git's command to reach it."""
    program, port = installed("sshd"), free_port()
    assert program, "No SSH server was found. Run the tests with: make test"
    host = folder / "host"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(host)], check=True)
    lines = [
        f"Port {port}",
        "ListenAddress 127.0.0.1",
        f"HostKey {host}",
        f"PidFile {folder}/sshd.pid",
        "StrictModes no",
    ]
    lines += [f"AuthorizedKeysFile {folder}/.ssh/authorized_keys", "PermitRootLogin yes", "UsePAM no"]
    config = folder / "sshd.conf"
    config.write_text("\n".join(lines) + "\n", "utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    run = subprocess.Popen([program, "-D", "-e", "-f", str(config)], stderr=subprocess.DEVNULL)
    try:
        known = f"-o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new -o IdentitiesOnly=yes"
        yield f"ssh -F none -p {port} {known} -o ConnectionAttempts=20"
    finally:
        run.terminate()
        run.wait(10)


@pytest.mark.site
def test_the_setup_page_leads_to_a_live_site_that_is_edited_and_rolled_back(tmp_path: Path) -> None:
    project = small_project(tmp_path, with_generator=True)
    shutil.copytree(ROOT / "publishing", project / "publishing", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "requirements.lock", project)
    for name in ("mia", "ed", "eve"):  # nobody adds Eve's key
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)], check=True)
    desk = tmp_path / "desk"
    shutil.copytree(project, desk)
    address = f"http://127.0.0.1:{free_port()}/"
    ran = subprocess.run(["sh", "-c", commands(tmp_path, address)], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    place = Place(tmp_path / "server", tmp_path / "no-stand-in")
    with ssh_server(tmp_path) as ssh, nginx(place, tmp_path / "nginx"):
        user = getpwuid(os.getuid()).pw_name

        def git(person: str, at: Path, *words: str) -> subprocess.CompletedProcess[str]:
            own = {
                "GIT_SSH_COMMAND": f"{ssh} -i {tmp_path / person}",
                "HOME": str(tmp_path),
                "PATH": os.environ["PATH"],
            }
            who = ["-c", "user.name=Anybody", "-c", "user.email=anybody@desk", "-c", "init.defaultBranch=main"]
            return subprocess.run(["git", *who, *words], cwd=at, env=own, capture_output=True, text=True)

        assert git("mia", desk, "init", "-q").returncode == 0
        git("mia", desk, "add", "-A")
        git("mia", desk, "commit", "-q", "-m", "Begin")
        first = git("mia", desk, "push", f"{user}@127.0.0.1:repository.git", "HEAD:main")
        assert first.returncode == 0, first.stderr
        assert "<h1>Search</h1>" in get(f"{address}search/").body.decode()
        unknown = git("eve", tmp_path, "clone", "-q", f"{user}@127.0.0.1:repository.git", "hers")
        assert (unknown.returncode, (tmp_path / "hers").exists()) == (128, False)
        assert "Permission denied (publickey" in unknown.stderr
        cloned = git("ed", tmp_path, "clone", "-q", f"{user}@127.0.0.1:repository.git", "clone")
        assert cloned.returncode == 0, cloned.stderr
        clone = tmp_path / "clone"
        change(clone, "docs/search.md", ("title: Search", "titel: Find"))
        git("ed", clone, "commit", "-qam", "Search: find")
        refused = git("ed", clone, "push")
        assert refused.returncode == 1
        assert "remote: docs/search.md:2: " in refused.stderr
        change(clone, "docs/search.md", ("titel: Find", "title: Find"))
        git("ed", clone, "commit", "-qam", "Search: find")
        pushed = git("ed", clone, "push")
        assert pushed.returncode == 0, pushed.stderr
        assert "<h1>Find</h1>" in get(f"{address}search/").body.decode()
        assert "pushed by ed, " in place.command("status", "--quick").stdout
        shell = subprocess.run(
            [*ssh.split(), "-i", str(tmp_path / "ed"), f"{user}@127.0.0.1", "id"], capture_output=True, text=True
        )
        assert (shell.returncode, shell.stdout) == (1, "")
        assert "This key is for git alone." in shell.stderr
        assert place.command("rollback").returncode == 0
        assert "<h1>Search</h1>" in get(f"{address}search/").body.decode()
        assert set(headers(address)) <= set(get(address).headers)


def test_the_page_names_every_word_of_the_command_line() -> None:
    page = (ROOT / "publishing" / "README.md").read_text("utf-8")
    text = (ROOT / "publishing" / "__main__.py").read_text("utf-8")
    words = set(re.findall(r'commands\.add\("(\w+)"', text)) - {"gate", "door", "follow"}
    assert {word for word in words if f"`{word} /srv/guidance/server" not in page} == set()


@pytest.mark.parametrize(
    "command",
    ["", "id", "git-shell", "git-receive-pack '/etc'", "git-upload-pack '../x'", "git-upload-pack 'repository.git' x",
     "git-upload-archive 'repository.git'", "git-receive-pack 'repository.git'; id", "git-receive-pack '", "$(id)"],
)  # fmt: skip
def test_the_door_opens_for_git_alone(command: str, tmp_path: Path) -> None:
    server = new_place(tmp_path).server
    with pytest.raises(RefusedError, match="This key is for git alone"):
        asked_for(command, server)


def test_the_door_opens_for_a_push_and_a_fetch(tmp_path: Path) -> None:
    server = new_place(tmp_path).server
    assert asked_for("git-receive-pack 'repository.git'", server) == "git-receive-pack"
    assert asked_for(f"git-upload-pack '{server.repository}'", server) == "git-upload-pack"


def test_a_person_is_added_with_a_line_that_gives_them_git_alone(tmp_path: Path) -> None:
    server = new_place(tmp_path).server
    key = tmp_path / "key.pub"
    key.write_text(KEY, "utf-8")
    line = add_person(server, "jo", "editor", key)
    assert line.startswith('command="PYTHONPATH=')
    assert f'-P -m publishing door {server.folder} jo",restrict {KEY.rsplit(" ", 1)[0]} jo' in line
    assert read(server.folder).people == {"mia": "maintainer", "ed": "editor", "jo": "editor"}


@pytest.mark.parametrize(
    "text", ["", "ssh-ed25519", "ssh-ed25519 AAAA", 'x" ssh-ed25519 AAAA', "-----BEGIN OPENSSH PRIVATE KEY-----\nx"]
)
def test_what_is_no_public_key_is_refused(text: str, tmp_path: Path) -> None:
    server = new_place(tmp_path).server
    key = tmp_path / "key.pub"
    key.write_text(text, "utf-8")
    with pytest.raises(RefusedError, match=r"holds no public key\. It is the file that ends in \.pub\."):
        add_person(server, "jo", "editor", key)


@pytest.mark.parametrize(
    ("name", "role", "said"),
    [
        ("Jo Smith", "editor", "is no name for a person here"),
        ('x"', "editor", "is no name"),
        ("jo", "king", "Nobody can be a king"),
    ],
)
def test_people_have_plain_names_and_known_roles(name: str, role: str, said: str, tmp_path: Path) -> None:
    key = tmp_path / "key.pub"
    key.write_text(KEY, "utf-8")
    with pytest.raises(RefusedError, match=said):
        add_person(new_place(tmp_path).server, name, role, key)


def test_init_again_keeps_people_and_limits(tmp_path: Path) -> None:
    server = new_place(tmp_path).server
    again = init(server.folder, "", "mailto:x", "", lambda _: None)
    assert (again.people, again.address, again.limits) == (server.people, server.address, server.limits)
    assert read(server.folder).security_contact == "mailto:x"


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"holds no site\.toml\. Make a server with: python -m publishing init"):
        read(tmp_path)
    (tmp_path / "site.toml").write_text("adress = 1\n", "utf-8")
    with pytest.raises(RefusedError, match=r"site\.toml cannot be read: .*adress.* Mend it by hand\."):
        read(tmp_path)
