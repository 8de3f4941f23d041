"""What has to outlast a power cut: bytes first and then names, each on the disk before anything relies on it."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_AT_ONCE = 16  # files that wait for the disk together: it writes them down in one go


def replace(file: Path, text: str) -> None:
    """Writes a file so that a reader sees the old text or the new, even after a power cut."""
    fresh = file.with_name(f".{file.name}.new")
    with fresh.open("w", encoding="utf-8", newline="") as open_file:
        open_file.write(text)
        open_file.flush()
        os.fsync(open_file.fileno())
    fresh.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Has a file's bytes, or the names in a folder, on the disk; a disk that cannot is an OSError."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def sync_tree(top: Path) -> None:
    """Has everything below a folder on the disk: all files first, then the folders that name them."""
    folders = [Path(folder) for folder, _, _ in os.walk(top)]
    with ThreadPoolExecutor(_AT_ONCE) as several:
        list(several.map(sync, plain_files(top)))
        list(several.map(sync, folders))


def plain_files(top: Path) -> Iterator[Path]:
    """Every file below a folder; what is neither a file nor a folder is an OSError."""
    for folder, folders, files in os.walk(top):
        for name in [*folders, *files]:
            path = Path(folder) / name
            mode = path.lstat().st_mode
            if stat.S_ISREG(mode):
                yield path
            elif not stat.S_ISDIR(mode):
                raise OSError(f"{name} is neither a file nor a folder")


def hashes(top: Path) -> dict[str, str]:
    """The fingerprint of each file below a folder."""
    return {
        path.relative_to(top).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(plain_files(top))
    }


def discard(folder: Path) -> None:
    """Removes a built folder, its record first: what a crash leaves of it counts as nothing."""
    (folder / "release.json").unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def clear_away(path: Path) -> None:
    """Removes what stands in the place of a link: a link or a file, or a folder that nobody should have put there."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
    else:
        discard(path)
