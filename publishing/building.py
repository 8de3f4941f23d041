"""One revision built into a folder: generator and content put together, the build bounded in time, memory and size."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import IO

from publishing.confine import FULL, LATE, Order
from publishing.disk import discard
from publishing.jail import as_user, jail_of, readable
from publishing.repository import Repository
from publishing.settings import Limits, RefusedError, Server
from publishing.takeover import take
from publishing.trees import CONTENT, GENERATOR, in_rooms

Say = Callable[[str], None]
Since = tuple[str, date]  # the commit of the last release, with the day on which readers first had it
_LEFT_OUT = ("Nothing was published.", "To look at them:", "Traceback")
_LONGEST = 10_000  # bytes of one line of what a build says


@dataclass(frozen=True)
class Inputs:
    """What a site is made from; the same inputs give the same bytes."""

    commit: str
    generator: str  # the commit that macros/, overrides/ and mkdocs.yml are taken from
    address: str
    build_date: str
    draft: str = ""
    as_at: str = ""  # the day of the edition that it shows
    editions: str = ""  # the days of those that are kept beside it, with commas

    def plain(self) -> dict[str, str]:
        """The inputs as they stand in a release's record."""
        return asdict(self)


def make(
    server: Server, inputs: Inputs, place: Path, say: Say, released: Since | None = None, evidence: Path | None = None
) -> None:
    """Builds a site into `place`/site; refused, with every problem said, where it cannot be built.

    What changed since `released` has to be told to readers. `evidence` is what was measured, where that is not what the
    server holds now.
    """
    clear(server, place)
    room, repository = _room(server, place), Repository(server.repository)
    project, before = room / "project", room / "before"
    _assemble(repository, inputs, project)
    python, measured = environment_of(server, project), evidence or server.evidence
    words = [str(python), "-m", "macros", "build", "--root", str(project), "--site", str(room / "site")]
    words += ["--date", inputs.build_date, "--address", inputs.address, "--commit", inputs.commit]
    words += ["--evidence", str(measured)] if measured.exists() else []
    words += ["--draft", inputs.draft] if inputs.draft else []
    words += ["--as-at", inputs.as_at] if inputs.as_at else []
    words += ["--editions", inputs.editions] if inputs.editions else []
    if released:
        _write(repository, released[0], CONTENT, before)
        words += ["--before", str(before), "--released", str(released[1])]
    order = _order(server, room, [*readable(python), str(measured.resolve())])
    _run(jail_of(server).words(order, words), place, server.limits, say)
    take(room / "site", place / "site", server.limits.site_mb * 1_000_000)
    clear(server, room)


def clear(server: Server, place: Path) -> None:
    """Removes a build's place, and in it what another user's build has made."""
    if place.exists() and as_user(server.builder) and os.geteuid():
        subprocess.run([*as_user(server.builder), "rm", "-rf", "--one-file-system", str(place)], capture_output=True)
    discard(place)


def _room(server: Server, place: Path) -> Path:
    """The fresh folder in a build's place which is all that the build can write to."""
    room = place / "room"
    for folder in (room, room / "temporary"):
        folder.mkdir(parents=True)
        if as_user(server.builder):
            folder.chmod(0o770)  # the other user's group is this one's
            if os.geteuid() == 0:
                shutil.chown(folder, server.builder)
    return room


def _order(server: Server, room: Path, read: list[str]) -> Order:
    """What the build may do."""
    limits, temporary = server.limits, str(room / "temporary")
    known = {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8", "HOME": temporary, "TMPDIR": temporary}
    return Order(
        write=[str(room)],
        read=read,
        folder=str(room / "project"),
        environment={**known, "PYTHONHASHSEED": "0"},  # next to nothing of what the server knows
        seconds=limits.build_seconds,
        memory_mb=limits.build_memory_mb,
        file_mb=limits.site_mb,
        free_disk_mb=limits.free_disk_mb // 2,
    )


def _assemble(repository: Repository, inputs: Inputs, project: Path) -> None:
    """A fresh folder with the generator of one commit and the content of another."""
    _write(repository, inputs.generator, GENERATOR, project)
    _write(repository, inputs.commit, CONTENT, project)


def _write(repository: Repository, commit: str, rooms: tuple[str, ...], folder: Path) -> None:
    repository.write([entry for entry in repository.entries(commit) if in_rooms(entry.path, rooms)], folder)
    for room in CONTENT:
        (folder / room).mkdir(parents=True, exist_ok=True)


def lock_name(lock: Path) -> str:
    """The short name of a requirements.lock: a fingerprint of its bytes."""
    return hashlib.sha256(lock.read_bytes()).hexdigest()[:16]


def environment_of(server: Server, project: Path) -> Path:
    """The Python that holds what the project's requirements.lock names; refused where the server has none."""
    lock = project / "requirements.lock"
    if not lock.is_file():
        raise RefusedError("requirements.lock:1: The file is missing. Put it back.")
    python = (server.environments / lock_name(lock)).resolve() / "bin" / "python"
    if not python.exists():
        raise RefusedError(
            "requirements.lock:1: The server has no environment for these versions yet. "
            f"Ask its administrator to run: python -m publishing environment {server.folder} requirements.lock"
        )
    return python


def _run(words: list[str], place: Path, limits: Limits, say: Say) -> None:
    """Runs the build and passes on what it says; refused where it fails or takes too long."""
    faults, said = place / "faults", list[str]()
    pipe = subprocess.PIPE
    with (
        faults.open("wb") as errors,
        subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=errors, start_new_session=True) as run,
    ):  # at the latest here its input is closed, and with that the build is ended
        assert run.stdout
        _listen(run.stdout, said, say)
        status = run.wait()
    if status:
        raise RefusedError(_why(limits, status, said, _end_of(faults)))


def _listen(output: IO[bytes], said: list[str], say: Say) -> None:
    while part := output.readline(_LONGEST):
        line = part.decode("utf-8", "replace").rstrip().removesuffix(" Nothing was published.")
        if line.startswith("Built "):
            line = line.split(" into ")[0] + "."
        if line and not line.startswith(_LEFT_OUT) and len(said) < 500:
            said.append(line)
            say(line)


def _end_of(file: Path) -> str:
    with file.open("rb") as text:
        text.seek(max(0, file.stat().st_size - _LONGEST))
        return text.read().decode("utf-8", "replace")


def _why(limits: Limits, status: int, said: list[str], faults: str) -> str:
    """Why a build failed, in one line; what it said itself has been read already."""
    if status in (LATE, 128 + signal.SIGXCPU):
        return f"The build took more than {limits.build_seconds} seconds and was stopped."
    if "MemoryError" in faults:
        return f"The build needed more than {limits.build_memory_mb:,} MB of memory and was stopped."
    if status == FULL or "No space left on device" in faults or "No space left on device" in "".join(said):
        return "The server's disk is full. Tell its administrator."
    if status == 1 and not faults.strip():
        return ""
    last = [line for line in faults.splitlines() if line.strip()][-1:] or [f"it ended with status {status}"]
    return f"The generator itself failed: {last[0]}. Tell a maintainer."
