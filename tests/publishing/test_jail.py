"""A maintainer's generator that turns against its server: in each kind of jail it changes nothing, reaches nobody, leaves nobody."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publishing import building, jail
from publishing.confine import LATE, Order
from publishing.gate import Gate, Update
from publishing.jail import Jail, as_user, jail_of
from publishing.kernel import landlock
from publishing.settings import RefusedError
from publishing.takeover import take
from tests.publishing.harness import Place, nginx
from tests.publishing.whole import answers, tree

# What the generator tries; each success is a line that begins with GOT. It ends with 1, so that nothing goes live.
_HOSTILE = """
import os, socket, subprocess, sys
from pathlib import Path

server, outside, port, victim = Path({server!r}), Path({outside!r}), {port}, {victim}
room = Path.cwd().parent

def attempt(what, work):
    try:
        if work() is not False:
            print("GOT", what, flush=True)
    except Exception:
        pass

live = server / "current" / "site"
goals = [live / "index.html", live / "index.html.gz", live / "new.html", server / "site.toml", server / "lock"]
goals += [server / "served" / "as-at" / "2020-01-01" / "index.html", server / "served" / "preview" / "x" / "index.html"]
goals += [server / "repository.git" / "refs" / "heads" / "main", server / "repository.git" / "hooks" / "post-receive"]
goals += [server / "work" / "passed" / "1", server / "work" / "staged" / "x", server.parent / "above", outside]
goals += [room.parent / "release.json", room.parent / ".release.json.new", room.parent / "site" / "index.html"]
goals += [Path(sys.prefix) / "bin" / outside.name, Path("/dev/shm") / outside.name]
for goal in goals:
    attempt(f"wrote {{goal}}", lambda: goal.write_text("All time limits are suspended."))
    attempt(f"linked {{goal}}", lambda: (os.link(goal, room / "linked"), (room / "linked").unlink()))
    attempt(f"made {{goal.parent}}", lambda: goal.parent.mkdir(parents=True))
    attempt(f"cut {{goal}}", lambda: os.truncate(goal, 0))
    attempt(f"opened {{goal}} to cut it", lambda: os.open(goal, os.O_RDONLY | os.O_TRUNC))
    attempt(f"removed {{goal}}", lambda: goal.unlink())
    attempt(f"moved {{goal}}", lambda: goal.rename(room / "taken"))
    for change in (lambda: goal.chmod(0o777), lambda: os.utime(goal, (1, 1)), lambda: os.setxattr(goal, "user.x", b"x")):
        try:
            change()
        except Exception:
            pass
attempt("moved the live site", lambda: os.rename(live, live.with_name("other")))
attempt("swapped the site", lambda: (os.symlink("releases/x", room / "swap"), os.replace(room / "swap", server / "current")))
attempt("connected", lambda: socket.create_connection(("127.0.0.1", port), 2))
attempt("sent", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", port)) and False)
attempt("killed", lambda: os.kill(victim, 9))
attempt("bound another", lambda: __import__("resource").prlimit(victim, __import__("resource").RLIMIT_CPU, (0, 0)))
attempt("slowed another", lambda: os.setpriority(os.PRIO_PROCESS, victim, 19))
attempt("read the settings", lambda: (server / "site.toml").read_text())
attempt("read the repository", lambda: (server / "repository.git" / "HEAD").read_text())
attempt("read another's memory", lambda: Path(f"/proc/{{victim}}/environ").read_bytes())
if os.fork() == 0:  # somebody who stays, and waits until the site has been looked at
    os.setsid()
    if os.fork():
        os._exit(0)
    os.execv(sys.executable, [sys.executable, "-c", "import time; time.sleep(600)", {mark!r}])
sys.exit(1)
"""
KINDS = [
    kind
    for kind in (Jail("", True, landlock()), Jail("", True, 0), Jail("", False, landlock()), Jail("", False, 3))
    if landlock() >= kind.landlock and kind.whole and jail._bubblewrap_works() >= kind.bubblewrap
]


@dataclass(frozen=True)
class Hostile:
    """The commit of a generator that turns against its server, and those whom it could reach."""

    place: Place
    commit: str
    outside: Path
    victim: subprocess.Popen[bytes]
    door: socket.socket
    post: socket.socket
    mark: str

    def built(self) -> list[str]:
        """What the generator got, built by the gate in this process."""
        said: list[str] = []
        update = Update(self.place.head(), self.commit, "refs/heads/main")
        with pytest.raises(RefusedError):
            Gate(self.place.server, "mia", datetime.now(UTC), said.append).stage(update)
        return [line for line in said if line.startswith("GOT")]

    def reached(self) -> list[str]:
        """Who was reached: the process of somebody else, and who listens on this machine."""
        found = ["the process"] if self.victim.poll() is not None else []
        for listener in (self.door, self.post):
            try:
                listener.accept()[0].close() if listener is self.door else listener.recv(10)
                found.append("a listener")
            except BlockingIOError:
                pass
        return found

    def left(self) -> list[str]:
        """The processes that it left behind."""
        lines = (file.read_bytes() for file in Path("/proc").glob("[0-9]*/cmdline") if file.exists())
        return [line.decode() for line in lines if self.mark.encode() in line]


@contextmanager
def hostile(place: Place, folder: Path) -> Iterator[Hostile]:
    outside, mark = Path("/tmp") / f"outside-{folder.name}-{os.getpid()}", f"mark-{folder.name}-{os.getpid()}"
    victim = subprocess.Popen(["sleep", "600"])
    with closing(socket.socket()) as door, closing(socket.socket(type=socket.SOCK_DGRAM)) as post:
        door.bind(("127.0.0.1", 0))
        door.listen()
        post.bind(door.getsockname())
        door.setblocking(False)
        post.setblocking(False)
        facts = {"server": str(place.folder), "outside": str(outside), "port": door.getsockname()[1]}
        clone = place.clone(folder / "mia", "mia")
        file = clone / "macros" / "__main__.py"
        hostile = _HOSTILE.format(victim=victim.pid, mark=mark, **facts)
        file.write_text(hostile, "utf-8")
        commit = place.commit(clone)
        place.git("fetch", "-q", str(clone), "HEAD:refs/hostile/x", at=place.server.repository)
        try:
            yield Hostile(place, commit, outside, victim, door, post, mark)
        finally:
            victim.kill()
            victim.wait()
            for goal in (outside, Path("/dev/shm") / outside.name, Path(sys.prefix) / "bin" / outside.name):
                goal.unlink(missing_ok=True)


@pytest.mark.parametrize("kind", KINDS, ids=Jail.told)
def test_a_hostile_generator_changes_nothing_and_reaches_nobody(
    kind: Jail, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "jail_of", lambda _: kind)
    with hostile(place, tmp_path) as attack:
        before = tree(place)
        assert attack.built() == []
        assert tree(place) == before
        assert attack.reached() == []
        assert attack.left() == []
        assert not attack.outside.exists()


def test_without_a_jail_it_would(place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "jail_of", lambda _: Jail("", False, 0))
    with hostile(place, tmp_path) as attack:
        before = tree(place)
        got = attack.built()
        for what in ("wrote", "cut", "removed", "moved", "linked", "swapped", "connected", "killed", "read"):
            assert any(line.startswith(f"GOT {what}") for line in got), what
        assert tree(place) != before
        assert attack.reached() == ["the process", "a listener", "a listener"]
        assert attack.left() == []


def test_a_push_of_it_changes_nothing_that_is_held_or_answered(place: Place, tmp_path: Path) -> None:
    with nginx(place, tmp_path / "nginx") as address, hostile(place, tmp_path) as attack:
        before, shown = tree(place), answers(place, address)
        pushed = place.push(tmp_path / "mia")
        assert not pushed.ok
        assert "GOT" not in pushed.text
        assert (tree(place), answers(place, address)) == (before, shown)
        assert (attack.reached(), attack.left()) == ([], [])


def test_where_a_jail_is_demanded_nothing_is_built_without(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = place.folder / "site.toml"
    demanded = settings.read_text("utf-8").replace("confined = false", "confined = true")
    settings.write_text(demanded, "utf-8")
    monkeypatch.setattr(jail, "landlock", lambda: 0)
    monkeypatch.setattr(jail, "_bubblewrap_works", lambda: False)
    with pytest.raises(RefusedError) as refused:
        jail_of(place.server)
    assert str(refused.value) == (
        "Builds must be confined here, and there is no jail: this machine has neither Landlock (Linux 6.2 or newer) "
        f"nor bubblewrap that works. Install bubblewrap, or write confined = false into {settings}."
    )
    assert jail.held(place.server) == str(refused.value)
    settings.write_text(demanded.replace("confined = true", "confined = false"), "utf-8")
    assert jail.held(place.server).startswith("Builds run in no jail: ")


def order(folder: Path, seconds: int = 60) -> Order:
    read = ["/usr", "/lib", "/lib64", "/bin"]
    return Order([str(folder)], read, str(folder), {"PATH": os.environ["PATH"]}, seconds, 4000, 10, 0)


def alive(mark: str) -> bool:
    return any(mark.encode() in file.read_bytes() for file in Path("/proc").glob("[0-9]*/cmdline") if file.exists())


def test_a_build_that_nobody_waits_for_any_more_is_ended(tmp_path: Path) -> None:
    mark = f"599.{os.getpid()}"
    words = Jail("", False, landlock()).words(order(tmp_path), ["sh", "-c", f"setsid sleep {mark} & sleep {mark}"])
    with subprocess.Popen(words, stdin=subprocess.PIPE) as run:
        while not alive(mark):
            time.sleep(0.01)
        assert run.stdin
        run.stdin.close()
        assert run.wait(20) == 1
    assert not alive(mark)


def test_a_build_is_ended_after_its_time_whatever_it_started(tmp_path: Path) -> None:
    mark = f"598.{os.getpid()}"
    words = Jail("", False, landlock()).words(order(tmp_path, 1), ["sh", "-c", f"setsid sleep {mark} & sleep {mark}"])
    with subprocess.Popen(words, stdin=subprocess.PIPE) as run:
        assert run.wait(20) == LATE
    assert not alive(mark)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes another user without a password")
def test_another_user_builds_where_one_is_named(tmp_path: Path) -> None:
    words = [*as_user("nobody"), "id", "--user", "--name"]
    assert subprocess.run(words, capture_output=True, text=True).stdout == "nobody\n"
    with pytest.raises(RefusedError, match='This machine has no user "nemo" to build as'):
        as_user("nemo")


def test_of_what_was_built_only_plain_files_are_taken(tmp_path: Path) -> None:
    made = tmp_path / "made"
    (made / "part").mkdir(parents=True)
    (made / "part" / "index.html").write_text("Words.", "utf-8")
    (made / "part" / "index.html").chmod(0o777)
    take(made, tmp_path / "site", 6)
    taken = tmp_path / "site" / "part" / "index.html"
    assert (taken.read_text("utf-8"), taken.stat().st_mode & 0o777) == ("Words.", 0o644)
    with pytest.raises(RefusedError, match="more than 5 bytes"):
        take(made, tmp_path / "small", 5)


@pytest.mark.parametrize("kind", ["link", "link to a folder", "pipe", "name", "hidden", "no folder"])
def test_what_is_no_plain_file_is_refused(kind: str, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    (tmp_path / "secret").write_text("Secret.", "utf-8")
    if kind == "link":
        (made / "index.html").symlink_to(tmp_path / "secret")
    elif kind == "link to a folder":
        (made / "part").symlink_to(tmp_path)
    elif kind == "pipe":
        os.mkfifo(made / "index.html")
    elif kind == "name":
        (made / "a\nb.html").write_text("", "utf-8")
    elif kind == "hidden":
        (made / ".htaccess").write_text("", "utf-8")
    else:
        shutil.rmtree(made)
        made.symlink_to(tmp_path)
    with pytest.raises(RefusedError):
        take(made, tmp_path / "site", 1000)
