"""Trees of any names, kinds and depths, made by hand: whatever the gate says of them, no byte changes outside of the stage."""

from __future__ import annotations

import contextlib
import hashlib
import random
import zlib
from pathlib import Path

import pytest

from publishing.repository import Repository
from publishing.settings import RefusedError
from publishing.trees import check_entries

NAMES = [
    *("docs", "glossary", "macros", "index.md", "terms.yml", "a.png", "a", "ab.md", "Index.md", "index.MD"),
    *(".", "..", "...", "", " ", ".git", ".GIT", "git~1", ".gitmodules", ".gitattributes", "con", "nul.md", "aux.yml"),
    *(
        "../x",
        "../../x",
        "a/b",
        "/x",
        "//",
        "./x",
        "docs/../..",
        "a\\b",
        "..\\x",
        "C:x",
        "x:y",
        "a\nb",
        "a\x7fb",
        "\u202ea",
    ),
    *(
        "é",
        "e\u0301",
        "\ufeff",
        "a" * 250,
        "a" * 3000,
        "-rf",
        "--help",
        "*",
        "?",
        '"',
        "'",
        "$(x)",
        "`x`",
        "%2e%2e",
        "~",
    ),
]
RAW = [b"\xff\xfe", b"\xc3(", b"a\x01b", b"\xed\xa0\x80", b"..\xff"]
MODES = ["100644"] * 8 + ["100755", "120000", "160000", "40000", "100664", "0", "777777"]


class Objects:
    """Git's objects, written straight into a repository: git itself would refuse many of them."""

    def __init__(self, repository: Path, seed: int) -> None:
        self.repository, self.random = repository, random.Random(seed)

    def put(self, kind: str, data: bytes) -> str:
        whole = f"{kind} {len(data)}\0".encode() + data
        name = hashlib.sha1(whole).hexdigest()
        file = self.repository / "objects" / name[:2] / name[2:]
        file.parent.mkdir(exist_ok=True)
        if not file.exists():
            file.write_bytes(zlib.compress(whole))
        return name

    def tree(self, depth: int) -> str:
        rows = b""
        for _ in range(self.random.randrange(4)):
            name = self.random.choice(RAW) if self.random.random() < 0.1 else self.random.choice(NAMES).encode()
            mode, thing = self.random.choice(MODES), self.put("blob", b"../../outside")
            if depth and self.random.random() < 0.6:
                mode, thing = "40000", self.tree(depth - 1)
            rows += mode.encode() + b" " + name + b"\0" + bytes.fromhex(thing)
        return self.put("tree", rows)

    def commit(self) -> str:
        top = "".join(self.random.choice(("docs", "glossary", "docs", "../x")) for _ in range(1))
        rows = b"40000 " + top.encode() + b"\0" + bytes.fromhex(self.tree(3))
        who = "a <a> 1 +0000"
        return self.put("commit", f"tree {self.put('tree', rows)}\nauthor {who}\ncommitter {who}\n\nx\n".encode())


def held(top: Path, stage: Path, repository: Path) -> dict[str, bytes]:
    """All that stands beside the stage and the repository."""
    return {
        str(path.relative_to(top)): path.read_bytes() if path.is_file() else b""
        for path in top.rglob("*")
        if not path.is_relative_to(stage) and not path.is_relative_to(repository / "objects")
    }


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.long)])
def test_no_tree_changes_a_byte_outside_of_the_stage(count: int, tmp_path: Path) -> None:
    top = tmp_path / "top"
    repository, stage = Repository(top / "repository.git"), top / "work" / "staged" / "project"
    stage.mkdir(parents=True)
    (top / "outside").write_text("as it was", "utf-8")
    repository.create("main", 50, tmp_path / "signers")
    objects, before, taken = Objects(repository.folder, count), held(top, stage, repository.folder), 0
    for number in range(count):
        commit = objects.commit()
        with contextlib.suppress(RefusedError):  # what git itself cannot read
            taken += not check_entries(repository.entries(commit, folders=True), 5, 300)
        with contextlib.suppress(
            RefusedError, OSError, ValueError
        ):  # nothing that is refused is written; here all is tried
            repository.write(repository.entries(commit), stage / str(number))
    assert held(top, stage, repository.folder) == before
    assert 0 < taken < count


def test_a_name_that_leads_out_is_written_nowhere(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "repository.git")
    repository.create("main", 50, tmp_path / "signers")
    objects = Objects(repository.folder, 1)
    blob = bytes.fromhex(objects.put("blob", b"x"))
    tree = objects.put("tree", b"100644 ../out\0" + blob)
    commit = objects.put("commit", f"tree {tree}\nauthor a <a> 1 +0000\ncommitter a <a> 1 +0000\n\nx\n".encode())
    with pytest.raises(RefusedError, match="leads out of its folder"):
        repository.write(repository.entries(commit), tmp_path / "stage")
    assert not (tmp_path / "out").exists()
