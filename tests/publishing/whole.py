"""All that a server holds and all that it answers, as values that a test compares before and after an attack."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from tests.publishing.harness import Place, get

# What an attack may leave: the lock, the notes that the server itself makes, and git's objects that no ref names.
_OWN = ("lock", "faults.log", "log", "repository.git/objects", "work")


def tree(place: Place, besides: tuple[str, ...] = ("ed", "mia", "ssh", "nginx")) -> dict[str, str]:
    """What stands at each path of the server's folder and of the folder above it: mode, and bytes or the link's goal.

    Left out are `besides` in the folder above, which are the test's own, and what every push may change: the lock, the
    log, the work folder, git's objects. Links are not followed; nothing can hide behind one.
    """
    above, found = place.folder.parent, {}
    for folder, folders, files in os.walk(above):
        here = Path(folder)
        for name in [*folders, *files]:
            path = here / name
            inside = path.relative_to(place.folder).as_posix() if path.is_relative_to(place.folder) else ""
            if path.relative_to(above).parts[0] not in besides and not _is_own(inside):
                found[path.relative_to(above).as_posix()] = _what(path)
        folders[:] = [name for name in folders if not (here / name).is_symlink()]
        if here == above:
            folders[:] = [name for name in folders if name not in besides]
    return found


def _is_own(path: str) -> bool:
    return any(path == own or path.startswith(f"{own}/") for own in _OWN)


def _what(path: Path) -> str:
    if path.is_symlink():
        return f"-> {path.readlink()}"
    mode = f"{path.lstat().st_mode:o}"
    return mode if path.is_dir() else f"{mode} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def answers(place: Place, address: str) -> dict[tuple[str, str], tuple[int, str]]:
    """What readers get for every file that the server shows, plain and packed: the status and the fingerprint of the body."""
    shown = {"": place.folder / "current" / "site"}
    for kind in ("preview", "as-at"):
        for link in (place.folder / "served" / kind).glob("[!.]*"):
            shown[f"{kind}/{link.name}/"] = link
    found = {}
    for before, site in shown.items():
        for file in sorted(site.rglob("*")):
            path = before + file.relative_to(site).as_posix()
            if file.is_file() and not path.endswith((".gz", ".br")):
                for coding in ("identity", "gzip", "br"):
                    answer = get(address + path.removesuffix("index.html"), Accept_Encoding=coding)
                    found[path, coding] = (answer.status, hashlib.sha256(answer.body).hexdigest())
    return found
