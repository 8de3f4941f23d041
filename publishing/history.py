"""Git's history written again without what is to be erased: the same commits, but for it and for the names that follow."""

from __future__ import annotations

import hashlib
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass, field

from macros.source.pictures import kind as kind_of
from publishing.disk import replace
from publishing.repository import Repository
from publishing.traces import Wanted

_FOLDER, _MODULE = b"40000", b"160000"
_SIGNATURES = re.compile(rb"^(?:gpgsig|gpgsig-sha256|mergetag) [^\n]*\n(?: [^\n]*\n)*", re.MULTILINE)
_HASH = re.compile(rb"\b[0-9a-f]{40}\b")
_GREY = {  # one grey point, in the place of a picture: a page that showed it can still be built
    "PNG": "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNoAAAAggCB2kUIOwAAAABJRU5ErkJggg==",
    "JPEG": (
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8yb"
        "qmx5moq6T/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z"
    ),
}


@dataclass
class History:
    """All objects of a repository but its files' bytes, and what each becomes."""

    repository: Repository
    wanted: Wanted
    dropped: set[str] = field(default_factory=set)  # files that go as a whole
    cleared: dict[str, str] = field(default_factory=dict)  # files that lose the texts: the old name and the new
    commits: dict[str, str] = field(default_factory=dict)  # each commit that changes: the old name and the new
    refs: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # each that moves, to nothing where its name holds a text
    made: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _pictures: dict[str, str] = field(default_factory=dict)  # of which kind each is
    _raw: dict[str, dict[str, bytes]] = field(default_factory=lambda: {"commit": {}, "tree": {}, "tag": {}})
    _trees: dict[str, str] = field(default_factory=dict)

    def read(self) -> None:
        """Reads every object once, and finds the files that hold the texts."""
        for name, kind, data in self.repository.objects():
            if kind != "blob":
                self._raw[kind][name] = data
                continue
            if kind_of(data) in _GREY:
                self._pictures[name] = kind_of(data)
            if self.wanted.holds(data):
                if b"\0" in data or self.wanted.cleared(data) == data:  # no text: it cannot lose a part
                    self.dropped.add(name)
                else:
                    self.cleared[name] = self._make("blob", self.wanted.cleared(data))

    def plan(self, dropped: set[str]) -> None:
        """Works out what each commit becomes without these files and the texts; nothing is written yet."""
        self.dropped |= dropped
        order = self.repository.run("rev-list", "--topo-order", "--reverse", "--all", "--reflog").decode().split()
        for name in order:
            new = self._commit(self._raw["commit"][name])
            if new != name:
                self.commits[name] = new
        self.refs = list(self._refs())

    @property
    def renamed(self) -> dict[str, str]:
        """The commits and the tags that change: the old name of each and the new."""
        return self.commits | {old: new for _, old, new in self.refs if new}

    @property
    def files(self) -> set[str]:
        """The names that git gives the files to be erased."""
        return self.dropped | self.cleared.keys()

    def is_clean(self, commit: str) -> bool:
        """Whether the content of a commit holds nothing of it; its message may."""
        tree = self.tree_of(commit)
        return self._tree(tree) == tree

    def tree_of(self, commit: str) -> str:
        """The name of a commit's tree."""
        return self._raw["commit"][commit].split(b"\n", 1)[0].split()[1].decode()

    def knows(self, commit: str) -> bool:
        """Whether the repository holds a commit."""
        return commit in self._raw["commit"]

    def places(self, path: str, commit: str = "") -> set[str]:
        """The names of the files that stood at a path: in one commit, or in any."""
        trees = {self.tree_of(name) for name in ([commit] if commit else self._raw["commit"])}
        for part in path.encode().split(b"/"):
            trees = {entry[2] for tree in trees for entry in self._entries(tree) if entry[1] == part}
        grey = {_name("blob", b64decode(point)) for point in _GREY.values()}
        return {name for name in trees if name not in self._raw["tree"] and name not in grey}

    def paths(self) -> list[str]:
        """Where the files to be erased stand, or stood."""
        rows = self.repository.run("rev-list", "--objects", "--all", "--reflog").decode("utf-8", "replace").splitlines()
        reached = dict(row.split(" ", 1) for row in rows if " " in row)
        return sorted({reached.get(name, "(no branch leads to it)") for name in self.files})

    def _refs(self) -> Iterator[tuple[str, str, str]]:
        rows = self.repository.run("for-each-ref", "--format=%(refname) %(objectname)").decode().splitlines()
        for ref, old in (row.split(" ") for row in rows):
            named = ref.startswith("refs/heads/draft/") and self.wanted.holds(ref.encode())
            new = "" if named else self._target(old)
            if new != old:
                yield ref, old, new

    def write(self) -> None:
        """Puts the new objects into the repository; no ref names them yet."""
        for name, (kind, data) in self.made.items():
            made = self.repository.run("hash-object", "-w", "-t", kind, "--stdin", "--literally", feed=data)
            assert made.decode().strip() == name

    def _make(self, kind: str, data: bytes) -> str:
        name = _name(kind, data)
        self.made[name] = (kind, data)
        return name

    def _target(self, name: str) -> str:
        data = self._raw["tag"].get(name)
        if data is None:
            return self.commits.get(name, name)
        head, _, text = data.partition(b"\n\n")
        old = head.split(b"\n", 1)[0].split()[1]
        new = self._target(old.decode()).encode()
        fresh = self.wanted.cleared(head.replace(old, new, 1) + b"\n\n" + text)
        if fresh == data:
            return name
        return self._make("tag", re.sub(rb"-----BEGIN .*", b"", fresh, flags=re.DOTALL))

    def _commit(self, data: bytes) -> str:
        head, _, text = data.partition(b"\n\n")
        lines = []
        for line in (head + b"\n").splitlines(keepends=True):
            word, _, rest = line.partition(b" ")
            if word == b"tree":
                line = b"tree " + (self._tree(rest.strip().decode()) or self._make("tree", b"")).encode() + b"\n"
            elif word == b"parent":
                old = rest.strip().decode()
                line = b"parent " + self.commits.get(old, old).encode() + b"\n"
            lines.append(line)
        fresh = b"".join(lines) + b"\n" + text
        fresh = b"\n\n".join(self.wanted.cleared(part) for part in fresh.split(b"\n\n"))
        if fresh == data:
            return _name("commit", data)
        head, _, text = fresh.partition(b"\n\n")
        return self._make("commit", _SIGNATURES.sub(b"", head + b"\n") + b"\n" + text)

    def _entries(self, tree: str) -> Iterator[tuple[bytes, bytes, str]]:
        data, place = self._raw["tree"].get(tree, b""), 0
        while place < len(data):
            end = data.index(b"\0", place)
            mode, _, name = data[place:end].partition(b" ")
            yield mode, name, data[end + 1 : end + 21].hex()
            place = end + 21

    def _tree(self, tree: str) -> str:
        """What a tree becomes; empty where nothing stays in it."""
        if tree not in self._trees:
            old = list(self._entries(tree))
            new = [entry for entry in map(self._entry, old) if entry]
            self._trees[tree] = tree if new == old else self._made_tree(new)
        return self._trees[tree]

    def _entry(self, entry: tuple[bytes, bytes, str]) -> tuple[bytes, bytes, str] | None:
        mode, name, thing = entry
        if thing in self.dropped:
            grey = _GREY.get(self._pictures.get(thing, ""), "")
            return (mode, self.wanted.cleared(name, b"erased"), self._make("blob", b64decode(grey))) if grey else None
        if mode == _FOLDER:
            thing = self._tree(thing)
        elif mode != _MODULE:
            thing = self.cleared.get(thing, thing)
        return (mode, self.wanted.cleared(name, b"erased"), thing) if thing else None

    def _made_tree(self, entries: list[tuple[bytes, bytes, str]]) -> str:
        by_name: dict[bytes, tuple[bytes, str]] = {}
        for mode, name, thing in entries:
            while name in by_name:
                name += b"-2"
            by_name[name] = (mode, thing)
        order = sorted(by_name, key=lambda name: name + (b"/" if by_name[name][0] == _FOLDER else b""))
        rows = [by_name[name][0] + b" " + name + b"\0" + bytes.fromhex(by_name[name][1]) for name in order]
        return self._make("tree", b"".join(rows)) if rows else ""


def _name(kind: str, data: bytes) -> str:
    """The name that git gives a thing."""
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()


def rewrite_logs(repository: Repository, renamed: dict[str, str], wanted: Wanted) -> None:
    """Has git's own logs name the new commits and tags: who moved what, and when, stays."""
    for file in [path for path in (repository.folder / "logs").rglob("*") if path.is_file()]:
        rows = []
        for row in file.read_bytes().splitlines(keepends=True):
            fresh = _HASH.sub(lambda match: renamed.get(match[0].decode(), match[0].decode()).encode(), row)
            fresh = wanted.cleared(fresh)
            old, new = fresh.split(b" ", 2)[:2]
            rows += [fresh] if old != new else []
        replace(file, b"".join(rows).decode("utf-8", "replace"))


def forget(repository: Repository) -> None:
    """Drops every object that no ref leads to, at once; only where no push can be at work."""
    objects = repository.folder / "objects"
    for left in objects.glob("tmp_objdir-*"):  # what killed pushes were bringing
        shutil.rmtree(left, ignore_errors=True)
    for mark in (objects / "pack").glob("*.keep"):  # what they had brought, and kept from being packed
        mark.unlink()
    repository.run("gc", "--quiet", "--prune=now", seconds=3600)
