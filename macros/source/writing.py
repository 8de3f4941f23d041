"""The one door through which the generator writes: each file stands in the folder that it is for, and links lead nowhere else."""

from __future__ import annotations

from pathlib import Path

_LONGEST = 255  # bytes of one part of a path, on every system that we know


class WritingError(Exception):
    """Why a file was not written, in a sentence for whoever builds."""


def add(folder: Path, path: str, data: str | bytes) -> None:
    """Writes a file of `folder` that is not there yet, with the folders that it stands in."""
    file = inside(folder, path)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as fresh:
            fresh.write(_bytes(data))
    except (FileExistsError, NotADirectoryError):
        raise WritingError(f'The file "{path}" was to be made twice. Tell a maintainer.') from None


def change(folder: Path, path: str, data: str | bytes) -> None:
    """Writes a file of `folder` anew that is there already."""
    file = inside(folder, path)
    if not file.is_file():
        raise WritingError(f'The file "{path}" was to be changed and is not there. Tell a maintainer.')
    file.write_bytes(_bytes(data))


def remove(folder: Path, path: str) -> None:
    """Removes a file of `folder`."""
    inside(folder, path).unlink()


def remove_empty(folder: Path) -> None:
    """Removes the folders in `folder` that hold nothing."""
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(path.iterdir()):
            inside(folder, path.relative_to(folder).as_posix()).rmdir()


def inside(folder: Path, path: str) -> Path:
    """The file of `folder` that a path of plain parts names; refused where links would lead to another place."""
    parts = path.split("/")
    file = folder.joinpath(*parts) if all(map(_is_plain, parts)) else None
    if file is None or file.is_symlink() or file.parent.resolve() != folder.resolve().joinpath(*parts[:-1]):
        raise WritingError(f'The file "{ascii(path)[1:-1]}" would stand outside of its folder. Tell a maintainer.')
    return file


def _is_plain(part: str) -> bool:
    known = part not in ("", ".", "..") and part.isprintable() and not set(part) & set('\\:*?"<>|')
    return known and len(part.encode()) <= _LONGEST


def _bytes(data: str | bytes) -> bytes:
    return data.encode() if isinstance(data, str) else data
