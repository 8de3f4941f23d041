"""What the bare repository holds; the only module here that runs git."""

from __future__ import annotations

import os
import secrets
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.settings import RefusedError

NOTHING = "0" * 40  # what git calls a ref that is not there
_SECONDS = 60  # for one command of git's
_MEMORY = 2_000_000_000  # bytes, for git's own work
_PART = 1 << 16


@dataclass(frozen=True)
class Entry:
    """One entry of a commit's tree; its path is bytes, because a pusher may name it as they like."""

    mode: str
    name: str
    size: int
    path: bytes


class Repository:
    """A bare repository; inside a hook its answers include the objects of the push."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _git(self, *words: str, seconds: int = _SECONDS) -> dict[str, Any]:
        """How git is started, whatever it does: with its words, its settings, and no more than its time and memory."""
        environment = {**os.environ, "GIT_DIR": str(self.folder), "LC_ALL": "C.UTF-8"}
        return {"args": [*_bounded(seconds), "git", *words], "env": environment}

    def run(self, *words: str, feed: bytes | None = None, seconds: int = _SECONDS) -> bytes:
        """What git prints; a fault of git's is refused in its own words."""
        try:
            run: subprocess.CompletedProcess[bytes] = subprocess.run(
                **self._git(*words, seconds=seconds), input=feed, capture_output=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            raise RefusedError(f"git {words[0]} took more than {seconds} seconds and was stopped.") from None
        if run.returncode:
            raise RefusedError(f"git {words[0]} failed: {run.stderr.decode('utf-8', 'replace').strip()}")
        return run.stdout

    def _rows(self, *words: str) -> Iterator[bytes]:
        """What git prints, one row after the other as they come; who has read enough of them leaves, and git ends."""
        with subprocess.Popen(**self._git(*words), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
            assert run.stdout
            output = run.stdout.fileno()
            left = b""
            try:
                while part := os.read(output, _PART):
                    *rows, left = (left + part).split(b"\0")
                    yield from rows
                    if len(left) > _PART:
                        raise RefusedError("A name in the push has more letters than any file can have.")
                ended = run.wait()
            finally:
                run.kill()
        if ended:
            raise RefusedError(f"git {words[0]} could not read the push to its end.")

    def line(self, *words: str) -> str:
        """The one line that git prints; empty where it fails."""
        try:
            return self.run(*words).decode("utf-8", "replace").strip()
        except RefusedError:
            return ""

    def create(self, main: str, push_mb: int, signers: Path) -> None:
        """Makes the repository where there is none, and sets what it keeps to."""
        if not (self.folder / "HEAD").exists():
            subprocess.run(["git", "init", "-q", "--bare", "-b", main, str(self.folder)], check=True)
        settings = {
            "core.logAllRefUpdates": "always",
            "gc.reflogExpire": "never",
            "gc.reflogExpireUnreachable": "never",
            "receive.fsckObjects": "true",
            "receive.maxInputSize": f"{push_mb}m",
            "receive.autogc": "false",  # a kill would leave its lock; the nightly rebuild collects instead
            "gc.auto": "0",
            "core.fsync": "all",
            "gpg.ssh.allowedSignersFile": str(signers),
            "gpg.openpgp.program": "false",  # a signature counts by the keys in that file alone
            "gpg.x509.program": "false",
            "receive.certNonceSeed": self.line("config", "receive.certNonceSeed") or secrets.token_hex(32),
        }
        # Names that harm are refused by the gate instead, with a line that says which file it is.
        names = (
            "fullPathname",
            "emptyName",
            "hasDot",
            "hasDotdot",
            "hasDotgit",
            "gitmodulesSymlink",
            "badDateOverflow",
        )
        for key, value in {**settings, **{f"receive.fsck.{name}": "ignore" for name in names}}.items():
            self.run("config", key, value)

    def commit(self, name: str) -> str:
        """The whole name of the commit that a ref, a tag or a short name means; empty where there is none."""
        return self.line("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")

    def rooms(self, commit: str, names: tuple[str, ...]) -> str:
        """What stands in some rooms of a commit, as one text: where two are alike, so are the rooms, to the byte."""
        return self.line("ls-tree", "--full-tree", commit, "--", *names)

    def refs(self, under: str) -> dict[str, str]:
        """The refs under a prefix, by name, with the commit of each."""
        form = "%(refname) %(objectname) %(*objectname)"
        lines = self.run("for-each-ref", f"--format={form}", under).decode().splitlines()
        return {line.split()[0]: line.split()[-1] for line in lines}

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` holds all of the history of `old`."""
        return self.line("merge-base", old, new) == old

    def base(self, one: str, other: str) -> str:
        """The commit that two histories part from; empty where they share none."""
        return self.line("merge-base", one, other)

    def fresh(self, commit: str, most: int) -> list[str]:
        """The commits that only this push has brought, newest first, as many as are wanted."""
        return self.run("rev-list", f"--max-count={most}", commit, "--not", "--all").decode().split()

    def between(self, main: str, new: str) -> list[str]:
        """The commits that `new` has and main has not, newest first; all of its own where there is no main."""
        return self.run("rev-list", new, *(["--not", main] if main else [])).decode().split()

    def signers(self, commits: list[str], known: Path) -> list[tuple[str, str, str]]:
        """How each commit is signed: its name, git's letter for its signature, and whose of the `known` keys it bears."""
        if not commits:
            return []
        keys = [f"gpg.ssh.allowedSignersFile={known}", "gpg.openpgp.program=false", "gpg.x509.program=false"]
        words = [word for key in keys for word in ("-c", key)]
        form = "--format=%H%x09%G?%x09%GS"
        rows = self.run(*words, "log", "--no-walk", "--stdin", form, feed="\n".join(commits).encode())
        columns = [row.split("\t", 2) for row in rows.decode("utf-8", "replace").splitlines()]
        return [(row[0], row[1], row[2]) for row in columns if len(row) == 3]

    def touched(self, old: str, new: str) -> list[bytes]:
        """The paths that differ between two commits."""
        names = self.run("diff-tree", "-r", "-z", "--no-renames", "--name-only", old, new)
        return [name for name in names.split(b"\0") if name]

    def entries(self, commit: str, folders: bool = False) -> Iterator[Entry]:
        """Every file of a commit, without reading any, and where they are asked for its folders, each before what it holds."""
        for row in self._rows("ls-tree", "-r", *(["-t"] if folders else []), "-l", "-z", "--full-tree", commit):
            facts, _, path = row.partition(b"\t")
            mode, _, name, size = facts.decode().split()
            yield Entry(mode, name, int(size) if size.isdigit() else 0, path)

    def objects(self) -> Iterator[tuple[str, str, bytes]]:
        """Everything that the repository holds, whether a ref leads to it or not: name, kind and bytes, one at a time."""
        words = ("cat-file", "--batch", "--batch-all-objects", "--unordered")
        with subprocess.Popen(**self._git(*words, seconds=3600), stdout=subprocess.PIPE) as run:
            assert run.stdout
            for row in run.stdout:
                name, kind, size = row.decode().split()
                yield name, kind, run.stdout.read(int(size))
                run.stdout.read(1)
        if run.returncode:
            raise RefusedError("git cat-file failed: an object cannot be read. Tell the server's administrator.")

    def write(self, entries: Iterable[Entry], folder: Path) -> None:
        """Writes exactly these files into a folder, byte for byte: nothing that git would run or convert takes part."""
        pipe = subprocess.PIPE
        with subprocess.Popen(**self._git("cat-file", "--batch"), stdin=pipe, stdout=pipe) as run:
            assert run.stdin
            assert run.stdout
            for entry in entries:
                run.stdin.write(f"{entry.name}\n".encode())
                run.stdin.flush()
                size = int(run.stdout.readline().split()[2])
                file = folder / _plain(entry.path)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(run.stdout.read(size))
                run.stdout.read(1)

    def pusher(self, ref: str) -> str:
        """Who moved a ref last, as the door wrote it into git's own log."""
        return self.line("log", "-g", "-1", "--format=%gn", ref, "--")

    def pushed(self, commit: str) -> str:
        """A commit in one line, as people know it."""
        return self.line("log", "-1", "--no-show-signature", "--format=%h %s", commit)

    def drop_stale_locks(self) -> None:
        """Removes the locks that a killed push left on refs; only where no push can be at work."""
        for lock in [*(self.folder / "refs").rglob("*.lock"), *self.folder.glob("*.lock")]:
            lock.unlink(missing_ok=True)

    def collect(self) -> None:
        """Packs the repository and drops what refused and killed pushes left behind."""
        self.run("gc", "--quiet", "--prune=1.day.ago", seconds=3600)


def _plain(path: bytes) -> str:
    """A path that stays in the folder which it is put into; the gate has refused others, and nothing writes them."""
    parts = path.split(b"/")
    if {b"", b".", b".."} & set(parts) or b"\0" in path:
        raise RefusedError(f"The name {path!a} leads out of its folder.")
    return path.decode("utf-8")


def _bounded(seconds: int) -> list[str]:
    """The words before a command that bound it: a pusher decides what git has to read.

    The shell sets the bounds: with a function of Python's in between, a large process would be copied for each command.
    """
    return ["/bin/sh", "-c", f'ulimit -t {seconds}; ulimit -d {_MEMORY // 1024}; exec "$0" "$@"']


def signer_line(name: str, key: str) -> str:
    """Whose key it is, for what git signs and for nothing else, as git reads it of the people known."""
    return f'{name} namespaces="git" {key}'


def _known_as(person: str) -> dict[str, str]:
    """What git's side of a push or a fetch may know: the person's name is for the hooks and the log."""
    system = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "SOURCE_DATE_EPOCH")
    client = ("GIT_PROTOCOL", "SSH_CONNECTION", "SSH_CLIENT")
    kept = {name: os.environ[name] for name in (*system, *client) if name in os.environ}
    named = {"LRP_PUSHER": person, "GIT_COMMITTER_NAME": person, "GIT_COMMITTER_EMAIL": f"{person}@localhost"}
    return {**kept, **named}


def serve(folder: Path, person: str) -> None:
    """Becomes git's side of a fetch; does not return."""
    os.execvpe("git", ["git", "upload-pack", str(folder)], _known_as(person))


def receive(folder: Path, person: str) -> tuple[int, int]:
    """Has git take a push; the process that did, and how it ended."""
    run = subprocess.Popen(["git", "receive-pack", str(folder)], env=_known_as(person))
    return run.pid, run.wait()
