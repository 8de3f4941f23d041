"""One revision built into a folder: generator and content put together, the build bounded in time, memory and size."""

from __future__ import annotations

import contextlib
import hashlib
import os
import resource
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from publishing.repository import Repository
from publishing.settings import Limits, RefusedError, Server
from publishing.trees import CONTENT, GENERATOR, in_rooms

Say = Callable[[str], None]
_LEFT_OUT = ("Nothing was published.", "To look at them:", "Traceback")


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
    server: Server, inputs: Inputs, place: Path, say: Say, released: str = "", evidence: Path | None = None
) -> None:
    """Builds a site into `place`/site; refused, with every problem said, where it cannot be built.

    `released` is the commit of the last release: what changed since then has to be told to readers. `evidence` is what
    was measured, where that is not what the server holds now.
    """
    project, before, repository = place / "project", place / "before", Repository(server.repository)
    shutil.rmtree(place, ignore_errors=True)
    _assemble(repository, inputs, project)
    python = environment_of(server, project)
    words = [str(python), "-m", "macros", "build", "--root", str(project), "--site", str(place / "site")]
    words += ["--date", inputs.build_date, "--address", inputs.address, "--commit", inputs.commit]
    measured = evidence or server.evidence
    words += ["--evidence", str(measured)] if measured.exists() else []
    words += ["--draft", inputs.draft] if inputs.draft else []
    words += ["--as-at", inputs.as_at] if inputs.as_at else []
    words += ["--editions", inputs.editions] if inputs.editions else []
    if released:
        _write(repository, released, CONTENT, before)
        words += ["--before", str(before), "--released", str(repository.day(released))]
    _run(words, project, server.limits, say)
    for folder in (project, before):
        shutil.rmtree(folder, ignore_errors=True)
    size = sum(file.stat().st_size for file in (place / "site").rglob("*"))
    if size > server.limits.site_mb * 1_000_000:
        raise RefusedError(f"The site has {size:,} bytes; the most is {server.limits.site_mb * 1_000_000:,}.")


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
    python = server.environments / lock_name(lock) / "bin" / "python"
    if not python.exists():
        raise RefusedError(
            "requirements.lock:1: The server has no environment for these versions yet. "
            f"Ask its administrator to run: python -m publishing environment {server.folder} requirements.lock"
        )
    return python


def _run(words: list[str], project: Path, limits: Limits, say: Say) -> None:
    """Runs the build in a process group of its own and passes on what it says; refused where it fails or takes too long."""
    faults = project.parent / "faults"
    temporary = project.parent / "temporary"
    temporary.mkdir()
    with faults.open("wb") as errors:
        run = _start(words, project, temporary, errors, limits)
    said: list[str] = []
    late = threading.Event()
    timer = threading.Timer(limits.build_seconds, _stop, (run.pid, late))
    timer.start()
    try:
        _listen(run, said, say)
    finally:
        timer.cancel()
        _end(run.pid)
        run.wait()
    if run.returncode:
        raise RefusedError(_why(limits, run.returncode, late.is_set(), said, faults.read_text("utf-8", "replace")))


def _start(words: list[str], project: Path, temporary: Path, errors: BinaryIO, limits: Limits) -> subprocess.Popen[str]:
    return subprocess.Popen(
        words,
        cwd=project,
        env=_environment(temporary),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
        preexec_fn=lambda: _bound(limits),
    )


def _listen(run: subprocess.Popen[str], said: list[str], say: Say) -> None:
    assert run.stdout
    for line in run.stdout:
        line = line.rstrip().removesuffix(" Nothing was published.")
        if line.startswith("Built "):
            line = line.split(" into ")[0] + "."
        if line and not line.startswith(_LEFT_OUT) and len(said) < 500:
            said.append(line)
            say(line)


def _why(limits: Limits, status: int, late: bool, said: list[str], faults: str) -> str:
    """Why a build failed, in one line; what it said itself has been read already."""
    if late or status == -signal.SIGXCPU:
        return f"The build took more than {limits.build_seconds} seconds and was stopped."
    if "MemoryError" in faults:
        return f"The build needed more than {limits.build_memory_mb:,} MB of memory and was stopped."
    if "No space left on device" in faults or "No space left on device" in "".join(said):
        return "The server's disk is full. Tell its administrator."
    if status == 1 and not faults.strip():
        return ""
    last = [line for line in faults.splitlines() if line.strip()][-1:] or [f"it ended with status {status}"]
    return f"The generator itself failed: {last[0]}. Tell a maintainer."


def _environment(temporary: Path) -> dict[str, str]:
    """What the build may know of the server: next to nothing."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "PYTHONHASHSEED": "0",
    }


def _bound(limits: Limits) -> None:
    """Bounds the process that is about to build, and all that it starts."""
    bounds = {
        resource.RLIMIT_AS: limits.build_memory_mb * 1_000_000,
        resource.RLIMIT_CPU: limits.build_seconds * 2,
        resource.RLIMIT_FSIZE: limits.site_mb * 1_000_000,
        resource.RLIMIT_CORE: 0,
    }
    for kind, most in bounds.items():
        resource.setrlimit(kind, (most, most))


def _stop(group: int, late: threading.Event) -> None:
    late.set()
    _end(group)


def _end(group: int) -> None:
    """Ends what is left of a build's process group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)
