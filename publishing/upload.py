"""The live release taken to an object store: what is new first, pages last, and old assets only after a while."""

from __future__ import annotations

import fcntl
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath

from publishing.building import Say
from publishing.editions import kept
from publishing.releases import live
from publishing.serving import HASHED_NAMES, cache
from publishing.settings import RefusedError, Server
from publishing.store import Bucket

RECORD = ".upload.json"  # in the bucket: what upload has put there
_TWINS = (".gz", ".br")
# What browsers fetch goes packed. Data stays plain: programs read it that do not unpack, and a store keeps one form.
_PACKED = (".html", ".css", ".js", ".svg")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".zip": "application/zip",
}
_LAST = ("worker.js", "release.json")  # they name what all the others hold
_BATCH = 100  # objects after which the record is written again, so that an interrupted upload goes on from there


@dataclass(frozen=True)
class Thing:
    """One object as the store will hold it."""

    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def digest(self) -> str:
        """What tells it from another: its bytes and its headers."""
        return hashlib.sha256(json.dumps(self.headers, sort_keys=True).encode() + b"\n" + self.body).hexdigest()


@dataclass
class Record:
    """What upload has put into a bucket: each object's digest, empty while it is in doubt, and since when it is old."""

    address: str
    files: dict[str, str] = field(default_factory=dict)
    old: dict[str, str] = field(default_factory=dict)

    def write(self, bucket: Bucket) -> None:
        """Has the bucket hold it."""
        text = json.dumps(vars(self), indent=0, sort_keys=True)
        bucket.put(RECORD, text.encode(), {"Content-Type": _TYPES[".json"], "Cache-Control": "no-store"})


def upload(server: Server, bucket: Bucket, keep_days: int, now: datetime, say: Say) -> None:
    """Makes the bucket hold what the server shows, drafts aside; refused where it belongs to something else."""
    with _alone(server):
        files = _files(server)
        there = set(bucket.names()) - {RECORD}
        record = _record(server, bucket, there)
        digests = {name: thing(name, file).digest for name, file in files.items()}
        due = [name for name, digest in digests.items() if name not in there or record.files.get(name) != digest]
        due.sort(key=lambda name: _turn(name, name in there))
        sent = _send(bucket, record, [(name, files[name]) for name in due], say)
        removed = _remove(bucket, record, set(files), there, (now, keep_days))
        record.write(bucket)
    say(f"Uploaded {len(due):,} of {len(files):,} files ({sent:,} bytes); the others were there already.")
    say(
        f"Removed {removed:,} old files; {len(record.old):,} old assets stay for {keep_days} days after their last use."
    )


@contextmanager
def _alone(server: Server) -> Iterator[None]:
    """Holds the lock of uploads; pushes go on meanwhile."""
    with (server.folder / "upload.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise RefusedError("Another upload is at work. Wait until it has ended.") from None
        yield


def _files(server: Server) -> dict[str, Path]:
    """The file of each object: the live site, the editions beside it, and security.txt."""
    release = live(server)
    if not release:
        raise RefusedError("Nothing has been published yet.")
    tops = {"": release.site} | {f"as-at/{day}/": (server.editions / day).resolve() for day in kept(server)}
    things = {
        f"{place}{file.relative_to(top).as_posix()}": file
        for place, top in tops.items()
        for file in sorted(top.rglob("*"))
        if file.is_file() and file.suffix not in _TWINS
    }
    security = server.folder / "security.txt"
    return things | ({".well-known/security.txt": security} if security.is_file() else {})


def thing(name: str, file: Path) -> Thing:
    """A file as the store will hold it under its name, packed where the release has its twin."""
    headers = {"Cache-Control": cache(name)}
    headers["Content-Type"] = _TYPES.get(file.suffix, "application/octet-stream")
    twin = file.with_name(f"{file.name}.gz")
    try:
        if file.suffix in _PACKED and twin.is_file():
            return Thing({**headers, "Content-Encoding": "gzip"}, twin.read_bytes())
        return Thing(headers, file.read_bytes())
    except OSError as error:
        raise RefusedError(f"{file.name} could not be read: {error.strerror}. Type the same again.") from None


def _record(server: Server, bucket: Bucket, there: set[str]) -> Record:
    """What an earlier upload wrote down; refused where the bucket holds what no upload of this site put there."""
    text = bucket.get(RECORD)
    if text is None:
        if there:
            raise RefusedError(f"The bucket holds {len(there):,} files that are not this site's. Name an empty one.")
        return Record(server.address)
    try:
        record = Record(**json.loads(text))
    except (ValueError, TypeError):
        raise RefusedError(f"The bucket's {RECORD} cannot be read. Empty the bucket, or name another.") from None
    if record.address != server.address:
        raise RefusedError(f"The bucket holds the site of {record.address}. Name another bucket.")
    return record


def _turn(name: str, there: bool) -> tuple[int, str]:
    """When a file goes: what pages need before the pages, what is new before what is changed, and the site's record last."""
    page = name.endswith(".html")
    return (4 if name in _LAST else 2 * page + there, name)


def _send(bucket: Bucket, record: Record, due: list[tuple[str, Path]], say: Say) -> int:
    """Puts the due objects in their order and counts their bytes; what is in doubt is in doubt in the record first."""
    record.files |= dict.fromkeys((name for name, _ in due), "")
    record.write(bucket)
    sent = 0
    for number, (name, file) in enumerate(due):
        if number % _BATCH == 0:
            say(f"Uploading {min(number + _BATCH, len(due)):,} of {len(due):,} files …")
        one = thing(name, file)  # read again, so that no more than one file is held at a time
        bucket.put(name, one.body, one.headers)
        record.files[name] = one.digest
        sent += len(one.body)
        if number % _BATCH == _BATCH - 1:
            record.write(bucket)
    record.write(bucket)
    return sent


def _remove(bucket: Bucket, record: Record, wanted: set[str], there: set[str], age: tuple[datetime, int]) -> int:
    """Removes what the site no longer has; assets only some days later, because open and cached pages still ask for them."""
    now, keep_days = age
    latest = (now - timedelta(days=keep_days)).isoformat()
    removed = 0
    for name in sorted(record.files.keys() - wanted):
        since = record.old.setdefault(name, now.isoformat())
        if not _is_asset(name) or since <= latest:
            if name in there:
                bucket.delete(name)
                removed += 1
            del record.files[name], record.old[name]
    for name in record.old.keys() & wanted:
        del record.old[name]
    return removed


def _is_asset(name: str) -> bool:
    return bool(re.search(HASHED_NAMES, name)) or "assets" in PurePosixPath(name).parts
