"""Where a build runs: the layers that keep it from writing anywhere but in its own room, from the network and from others."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from pwd import getpwnam

from publishing.confine import Order
from publishing.kernel import landlock
from publishing.settings import RefusedError, Server

CODE = Path(__file__).parent.parent  # the server's own copy of the project; pushed code never takes its place
_START = "import sys; sys.path.insert(0, {code!r}); from publishing.confine import main; sys.exit(main(sys.argv[1:]))"
# What programs need of the system, none of it secret; what is not there is left out.
_SYSTEM = (
    "/usr",
    "/lib",
    "/lib64",
    "/bin",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
    "/dev/urandom",
)
_SETTINGS = ("ld.so.cache", "localtime", "mime.types", "fonts", "ssl/openssl.cnf", "passwd", "group", "nsswitch.conf")
_NONE = "no jail: this machine has neither Landlock (Linux 6.2 or newer) nor bubblewrap that works"


@dataclass(frozen=True)
class Jail:
    """The layers around a build on this machine: another user, bubblewrap, and Landlock with a filter of system calls."""

    user: str
    bubblewrap: bool
    landlock: int

    @property
    def whole(self) -> bool:
        """Whether a build can write nothing but its room, and reach neither the network nor other processes."""
        return self.bubblewrap or bool(self.landlock)

    def told(self) -> str:
        """The layers in words."""
        layers = [f"the user {self.user}"] if self.user else []
        layers += ["bubblewrap"] if self.bubblewrap else []
        layers += [f"Landlock {self.landlock} with a filter of system calls"] if self.landlock else []
        return ", ".join(layers if self.whole else [*layers, _NONE])

    def words(self, order: Order, words: list[str]) -> list[str]:
        """The command that runs `words` within all layers."""
        order = replace(order, landlock=self.landlock)
        start = [sys.executable, "-I", "-S", "-c", _START.format(code=str(CODE)), order.text(), *words]
        return [*as_user(self.user), *(_bubblewrap(order) if self.bubblewrap else []), *start]


def jail_of(server: Server) -> Jail:
    """The layers that this machine has for the server's builds; refused where it demands a jail and there is none."""
    jail = Jail(server.builder, _bubblewrap_works(), landlock())
    if server.confined and not jail.whole:
        wish = f"Install bubblewrap, or write confined = false into {server.folder / 'site.toml'}."
        raise RefusedError(f"Builds must be confined here, and there is {_NONE}. {wish}")
    return jail


def held(server: Server) -> str:
    """What keeps a build in its room on this machine, in one line."""
    try:
        jail = jail_of(server)
    except RefusedError as refused:
        return str(refused)
    demanded = "demanded" if server.confined else "not demanded"
    return f"Builds run in {jail.told()} ({demanded} by site.toml)"


def as_user(name: str) -> list[str]:
    """The words that run a command as another user, who may read what this one's group may; none for this user itself."""
    try:
        user = getpwnam(name) if name else None
    except KeyError:
        raise RefusedError(
            f'site.toml: This machine has no user "{name}" to build as. Add it, or name another.'
        ) from None
    if user is None or user.pw_uid == os.geteuid():
        return []
    if os.geteuid() == 0:
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
    return ["sudo", "--non-interactive", f"--user={name}", "--"]


def readable(python: Path) -> list[str]:
    """What a Python environment needs to be read: its own folder, that of the Python behind it, and the system's."""
    prefix, behind = python.parent.parent, python.resolve().parent.parent
    return [*_SYSTEM, *(f"/etc/{name}" for name in _SETTINGS), str(prefix), str(behind)]


def _bubblewrap(order: Order) -> list[str]:
    """The words that give a command a file system of its own, in which only the order's places exist."""
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
    words += ["--proc", "/proc", "--dev", "/dev"]
    for path in _shown([*order.read, str(CODE / "publishing"), *readable(Path(sys.executable))]):
        words += ["--ro-bind-try", path, path]
    for path in order.write:
        words += ["--bind", path, path]
    return [*words, "--remount-ro", "/", "--remount-ro", "/dev", "--chdir", order.folder, "--"]


def _shown(paths: list[str]) -> list[str]:
    """The places that bubblewrap shows: each where it truly is, and by its given name where no shown folder holds that."""
    true = [os.path.realpath(path) for path in paths if not path.startswith(("/proc", "/dev"))]
    named = [path for path in paths if not any(path.startswith(f"{place}/") for place in ("/proc", "/dev", *true))]
    return sorted({*true, *named})  # folders before what stands in them


def _bubblewrap_works() -> bool:
    """Whether bubblewrap is installed, and this machine lets it work."""
    if not shutil.which("bwrap"):
        return False
    words = ["bwrap", "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]
    return not subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True).returncode
