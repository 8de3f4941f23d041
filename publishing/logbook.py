"""The log of what was done to a server: one line for each act, chained by fingerprints, added to and never rewritten."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import ipaddress
import json
import os
import pwd
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from publishing.disk import replace, sync
from publishing.settings import RefusedError, Server

BEGIN = "0" * 64  # what the first line has before it
_TAIL = 65_536  # bytes; a line is shorter
_LONGEST = 400  # characters of one text
_WORDS = ("said", "ref", "certificate")
_SEALED = ("said", "salt")  # a line's fingerprint counts them by their seal, so that words can be erased later


@dataclass(frozen=True)
class Act:
    """What was done: to which ref, from which commit to which, with which release, and in which words."""

    event: str
    ref: str = ""
    old: str = ""
    new: str = ""
    release: str = ""
    said: str = ""
    certificate: str = ""  # a signed push, as its pusher signed it


@dataclass(frozen=True)
class Line:
    """One whole line of the log: its place in the file, its fingerprint, and what it says."""

    place: int
    digest: str
    values: dict[str, Any]
    torn: str  # the fingerprint of what a power cut has left before it

    @property
    def said(self) -> dict[str, str]:
        """The words of the line; none where they have been erased."""
        return dict(self.values.get("said", {}))

    @property
    def fits(self) -> bool:
        """Whether the words of the line are those that it was sealed with."""
        values = self.values
        return "said" not in values or values.get("seal") == _seal(values["said"], values.get("salt", ""))


def record(server: Server, now: datetime, act: Act, who: str = "") -> None:
    """Adds one line, on the disk before this returns; after a power cut it goes on behind what was torn."""
    folder = server.log
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        new = not (folder / "lines").exists()
        number = os.open(folder / "lines", os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            _append(number, folder, _values(now, act, who))
        finally:
            os.close(number)
        if new:
            sync(folder)


def note(server: Server, now: datetime, act: Act, who: str = "") -> str:
    """Adds one line where that can be done; what was done already stays done, so it only tells where it cannot."""
    try:
        record(server, now, act, who)
    except OSError as error:
        return f"This could not be written into the log: {error.strerror or error}. Tell the server's administrator."
    return ""


def _values(now: datetime, act: Act, who: str) -> dict[str, Any]:
    plain = {key: value for key, value in asdict(act).items() if value}
    said = {key: plain.pop(key) for key in _WORDS if key in plain}
    said |= {key: _line(said[key]) for key in ("said", "ref") if key in said}
    when = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    values = {**plain, "when": when, "who": who or hand(), "from": address()}
    if said:
        salt = secrets.token_hex(16)
        values |= {"said": said, "salt": salt, "seal": _seal(said, salt)}
    return values


def _line(text: str) -> str:
    """The first line of a text; where that only counts what follows, the second too."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    counted = lines and re.fullmatch(r"[\d,]+ problems?\.", lines[0])
    return " ".join(lines[: 2 if counted else 1])[:_LONGEST]


def _append(file: int, folder: Path, values: dict[str, Any]) -> None:
    last, junk, ended = _end(file)
    values |= {"number": last.values["number"] + 1 if last else 1, "before": last.digest if last else BEGIN}
    values |= {"torn": hashlib.sha256(junk).hexdigest()} if junk else {}
    text = canonical(values)
    whole = (b"" if ended else b"\n") + text + b"\n"
    while whole:
        whole = whole[os.write(file, whole) :]
    os.fsync(file)
    replace(folder / "head", f"{values['number']} {digest_of(values)}\n")


def _end(file: int) -> tuple[Line | None, bytes, bool]:
    """The last whole line, what a power cut has left behind it, and whether the file ends with a line's end."""
    size = os.fstat(file).st_size
    for start in sorted({max(0, size - _TAIL), 0}, reverse=True):
        data = os.pread(file, size - start, start)
        skipped = data.partition(b"\n")[2] if start else data
        last, junk = None, b""
        for line, left in parsed(skipped):
            last, junk = line or last, left
        if last or not start:
            break
    ended = not data or data.endswith(b"\n")
    return last, junk if ended or not junk else junk + b"\n", ended


def parsed(data: bytes) -> Iterator[tuple[Line | None, bytes]]:
    """Each whole line; and last, where a power cut has left something behind them, nothing and what it has left."""
    junk, pieces = b"", data.split(b"\n")
    for place, piece in enumerate(pieces, 1):
        values = _whole(piece)
        if values is not None:
            yield Line(place, digest_of(values), values, hashlib.sha256(junk).hexdigest() if junk else ""), b""
            junk = b""
        else:
            junk += piece + (b"\n" if place < len(pieces) else b"")
    if junk:
        yield None, junk


def _whole(piece: bytes) -> dict[str, Any] | None:
    try:
        values = json.loads(piece)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not isinstance(values.get("number"), int) or canonical(values) != piece:
        return None
    return values if isinstance(values.get("said", {}), dict) else None


def canonical(values: dict[str, Any]) -> bytes:
    """The one way in which values are written: sorted, without spaces, in plain letters that no terminal obeys."""
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode("ascii")


def digest_of(values: dict[str, Any]) -> str:
    """A line's fingerprint, in which its words count by their seal."""
    return hashlib.sha256(canonical({key: values[key] for key in values if key not in _SEALED})).hexdigest()


def _seal(said: Any, salt: str) -> str:
    return hashlib.sha256(salt.encode() + canonical(said)).hexdigest()


def erase_words(server: Server, holds: Callable[[bytes], bool]) -> None:
    """Takes the words out of each line in which they hold what is to be erased; the chain stays whole."""
    file, rows, changed = server.log / "lines", [], False
    if not file.is_file():
        return
    with (server.log / "lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for piece in file.read_bytes().split(b"\n"):
            values = _whole(piece) or {}
            if any(holds(str(text).encode("utf-8", "replace")) for text in values.get("said", {}).values()):
                piece, changed = canonical({key: values[key] for key in values if key not in _SEALED}), True
            rows.append(piece)
        if changed:
            _write_whole(file, b"\n".join(rows))


def _write_whole(file: Path, data: bytes) -> None:
    fresh = file.with_name("lines.new")
    number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "wb") as open_file:
        open_file.write(data)
        open_file.flush()
        os.fsync(number)
    try:
        fresh.replace(file)
    except PermissionError:
        raise RefusedError(
            f"{file} can only be added to. As root: chattr -a {file}    and type the same again."
        ) from None


def hand() -> str:
    """Whose hand is at work: the name of the key at the door, or the system's user, with who logged in where that differs."""
    if os.environ.get("LRP_PUSHER"):
        return os.environ["LRP_PUSHER"]
    user, login = _user(os.getuid()), ""
    with contextlib.suppress(OSError, ValueError):
        number = int(Path("/proc/self/loginuid").read_text("ascii"))
        login = _user(number) if number < 2**32 - 1 else ""
    return f"{login} as {user}" if login and login != user else user


def _user(number: int) -> str:
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return str(number)


def address() -> str:
    """Where the hand is: the address from which somebody came by SSH; empty on the server itself."""
    given = (os.environ.get("SSH_CONNECTION") or os.environ.get("SSH_CLIENT") or "").split()[:1]
    try:
        return str(ipaddress.ip_address(given[0])) if given else ""
    except ValueError:
        return ""
