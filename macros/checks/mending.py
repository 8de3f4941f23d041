"""What is mechanical, mended in the files themselves: shown first, and written only where nobody else has written meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, unified_diff
from pathlib import Path

from macros.checks.mechanical import mended
from macros.source.listing import listed
from macros.source.problems import visible
from macros.source.writing import change

_MARK = "\ufeff"  # with which Windows begins a file


@dataclass(frozen=True)
class Mending:
    """A file of the editors as it is and as it is to be."""

    path: str
    before: bytes
    after: bytes

    def shown(self) -> Iterator[str]:
        """The lines that differ, as they are and as they are to be."""
        old, new = (data.decode("utf-8").replace("\r\n", "\n").split("\n") for data in (self.before, self.after))
        titles = f"{self.path} as it is", f"{self.path} mended"
        yield from map(visible, unified_diff(old, new, *titles, n=0, lineterm=""))


def mendings(root: Path) -> list[Mending]:
    """The files of a project that hold something mechanical to mend."""
    paths = (path for path in listed(root)[0] if path.endswith((".md", ".yml")))
    return [found for found in (_mending(root, path) for path in paths) if found]


def write(root: Path, all_of_them: list[Mending]) -> list[str]:
    """Writes the mended files; names those that somebody has changed since they were read, which stay as they are."""
    kept = []
    for one in all_of_them:
        if (root / one.path).read_bytes() == one.before:
            change(root, one.path, one.after)
        else:
            kept.append(one.path)
    return kept


def _mending(root: Path, path: str) -> Mending | None:
    data = (root / path).read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None  # it is told which letter is not UTF-8
    raw = text.removeprefix(_MARK).split("\n")
    plain = [line.removesuffix("\r") for line in raw]
    new = mended("\n".join(plain), path).split("\n")
    if new == plain or any("\r" in line for line in plain):
        return None
    return Mending(path, data, (_MARK * text.startswith(_MARK) + "\n".join(_ended(raw, plain, new))).encode())


def _ended(raw: list[str], plain: list[str], new: list[str]) -> Iterator[str]:
    """The new lines, each ended as the old one in its place was."""
    for kind, a, b, c, d in SequenceMatcher(None, plain, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from raw[a:b]
            continue
        for number in range(c, d):
            old = raw[min(a + number - c, max(a, b - 1), len(raw) - 1)]
            yield new[number] + ("\r" if old.endswith("\r") else "")
