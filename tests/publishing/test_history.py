"""History written again: in it is nothing of what was erased, and git finds no fault with it; all else stays as it was."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.source.pictures import read
from publishing.erase import Asked, Eraser
from publishing.history import History, forget, rewrite_logs
from publishing.repository import Repository
from publishing.settings import RefusedError, Server
from publishing.traces import Wanted, pattern_of
from tests.drawing import odd

NAME = "Quirilla Vandersloot"
WHO = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in {"NAME": "Anybody", "EMAIL": "a@desk"}.items()
}


class Desk:
    """A clone with a bare repository behind it, without a gate."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bare = folder / "clone", folder / "server" / "repository.git"
        self.repository = Repository(self.bare)
        folder.joinpath("server").mkdir()
        self.repository.create("main", 50, folder / "allowed_signers")
        self.clone.mkdir()
        self.git("init", "-q", "-b", "main")
        self.git("remote", "add", "origin", str(self.bare))

    def git(self, *words: str, **more: str) -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.clone), **WHO, **more}
        run = subprocess.run(["git", *words], cwd=self.clone, env=environment, capture_output=True, text=True)
        assert run.returncode == 0, run.stderr
        return run.stdout.strip()

    def commit(self, message: str, **files: str | None) -> str:
        for name, text in files.items():
            file = self.clone / name.replace("__", "/").replace("_dot_", ".")
            if text is None:
                file.unlink()
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def rewritten(self, *texts: str, path: str = "") -> History:
        """The history written again, its refs moved and its old objects gone."""
        history = History(self.repository, Wanted(pattern_of(list(texts))))
        history.read()
        history.plan(
            history.places(path) - {entry.name for entry in self.repository.entries("main")} if path else set()
        )
        history.write()
        rows = [f"update {ref} {new} {old}\n" if new else f"delete {ref} {old}\n" for ref, old, new in history.refs]
        self.repository.run("update-ref", "--stdin", feed="".join(rows).encode())
        rewrite_logs(self.repository, history.renamed, history.wanted)
        forget(self.repository)
        assert self.repository.run("fsck", "--strict", "--full") == b""
        return history

    def left(self, text: str) -> list[str]:
        wanted = Wanted(pattern_of([text]))
        return [kind for _, kind, data in self.repository.objects() if wanted.holds(data)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    desk.commit("Begin", docs__index_dot_md="Welcome.\n", docs__a__b_dot_md="Deep.\n", docs__a_dot_md="Beside.\n")
    return desk


def test_texts_go_from_files_names_messages_authors_and_tags(desk: Desk) -> None:
    first = desk.git("rev-parse", "HEAD")
    desk.commit(f"Thank {NAME}\n\nBy quirilla-vandersloot.", docs__index_dot_md=f"Welcome, {NAME.upper()}.\n")
    desk.git("tag", "-a", "edition-2026-11-01", "-m", f"With {NAME}")
    desk.commit(
        "Her page", **{"docs__quirilla-vandersloot_dot_md": "Hers.\n", "docs__Quirilla__x_dot_md": "Not hers.\n"}
    )
    desk.git(
        "commit",
        "-q",
        "--allow-empty",
        "-m",
        "By herself",
        GIT_AUTHOR_NAME=NAME,
        GIT_AUTHOR_EMAIL="quirilla.vandersloot@desk",
    )
    desk.git("checkout", "-q", "-b", "side", first)
    desk.commit("Aside", docs__side_dot_md="Side.\n")
    desk.git("checkout", "-q", "main")
    desk.git("merge", "-q", "side", "-m", "Merge")
    last = desk.commit("Take it out", **{"docs__index_dot_md": "Welcome.\n", "docs__quirilla-vandersloot_dot_md": None})
    desk.git(
        "push", "-q", "origin", "HEAD:main", "HEAD:draft/quirilla-vandersloot", "HEAD:draft/other", "edition-2026-11-01"
    )
    assert sorted(set(desk.left(NAME))) == ["blob", "commit", "tag", "tree"]
    history = desk.rewritten(NAME)
    assert desk.left(NAME) == []
    refs = desk.repository.refs("refs")
    assert sorted(refs) == ["refs/heads/draft/other", "refs/heads/main", "refs/tags/edition-2026-11-01"]
    assert first not in history.commits
    new = refs["refs/heads/main"]
    assert new == history.commits[last] == refs["refs/heads/draft/other"]
    shape = ("log", "--format=%s %ct %P", "--reverse", "--topo-order")
    told = desk.repository.run(*shape, new).decode()
    want = desk.git(*shape, last).replace(f"Thank {NAME}", "Thank (erased)")
    assert [row.split()[:-1] for row in told.splitlines()][-1] == [row.split()[:-1] for row in want.splitlines()][-1]
    assert [row.split(" ")[0] for row in told.splitlines()] == [row.split(" ")[0] for row in want.splitlines()]
    assert desk.repository.run("rev-parse", f"{new}^{{tree}}").decode().strip() == desk.git(
        "rev-parse", f"{last}^{{tree}}"
    )
    assert (
        desk.repository.run("show", f"{refs['refs/tags/edition-2026-11-01']}:docs/index.md") == b"Welcome, (erased).\n"
    )
    log = desk.repository.run("reflog", "show", "--format=%H", "main").decode().split()
    assert log == [new]


def test_a_file_goes_in_every_version_but_todays_and_an_empty_folder_with_it(desk: Desk) -> None:
    desk.commit("One", docs__photos__p_dot_png="old bytes\n", docs__photo_dot_png="old bytes\n")
    desk.commit("Two", docs__photos__p_dot_png="middle bytes\n")
    desk.commit("Three", docs__photos__p_dot_png="todays bytes\n", docs__photo_dot_png=None)
    desk.git("push", "-q", "origin", "HEAD:main")
    desk.rewritten(path="docs/photos/p.png")
    assert (desk.left("old bytes"), desk.left("middle bytes"), desk.left("todays bytes")) == ([], [], ["blob"])
    files = desk.repository.run("log", "--format=", "--name-status", "main").decode()
    assert files.splitlines()[0] == "A\tdocs/photos/p.png"
    assert "docs/photo.png" not in files


@pytest.mark.parametrize(("name", "kind"), [("plan.png", "PNG"), ("plan.jpg", "JPEG")])
def test_a_picture_becomes_one_grey_point_so_that_what_showed_it_can_be_built(
    name: str, kind: str, desk: Desk, tmp_path: Path
) -> None:
    (desk.clone / "docs").mkdir(exist_ok=True)
    (desk.clone / "docs" / name).write_bytes(odd(kind))
    desk.commit("One")
    desk.git("push", "-q", "origin", "HEAD:draft/plan")
    desk.commit("Two", **{f"docs__{name.replace('.', '_dot_')}": None})
    desk.git("push", "-q", "origin", "HEAD:main")
    desk.rewritten(path=f"docs/{name}")
    grey = tmp_path / name
    grey.write_bytes(desk.repository.run("show", f"draft/plan:docs/{name}"))
    assert (read(grey).wrong, read(grey).width, grey.read_bytes() == odd(kind)) == (None, 1, False)


def test_a_binary_file_that_holds_a_text_goes_as_a_whole(desk: Desk) -> None:
    desk.commit("One", docs__photo_dot_jpg=f"\0\1\2 {NAME}")
    desk.commit("Two", docs__photo_dot_jpg="\0\1\2 ")
    desk.git("push", "-q", "origin", "HEAD:main")
    history = desk.rewritten(NAME)
    assert len(history.dropped) == 1
    assert desk.left(NAME) == []


def test_what_no_branch_leads_to_any_more_goes_too(desk: Desk) -> None:
    desk.git("push", "-q", "origin", "HEAD:main")
    desk.commit(f"Thank {NAME}", docs__index_dot_md=f"Welcome, {NAME}.\n")
    desk.git("push", "-q", "origin", "HEAD:draft/thanks")
    desk.git("reset", "-q", "--hard", "HEAD^")
    desk.git("push", "-q", "--force", "origin", "HEAD:draft/thanks")  # git's own log leads to it
    desk.commit("Another", docs__index_dot_md=f"Dear {NAME}.\n")
    desk.git("push", "-q", "origin", "HEAD:draft/gone")
    desk.git("push", "-q", "origin", ":draft/gone")
    (desk.bare / "objects" / "tmp_objdir-incoming-x").mkdir()
    for pack in (desk.bare / "objects" / "pack").glob("*.pack"):
        pack.with_suffix(".keep").write_text("receive-pack 1 on desk\n", "utf-8")
    assert desk.left(NAME) != []
    desk.rewritten(NAME)
    assert desk.left(NAME) == []
    assert not (desk.bare / "objects" / "tmp_objdir-incoming-x").exists()


def test_signatures_of_what_was_written_again_are_dropped(desk: Desk, tmp_path: Path) -> None:
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / "key")], check=True)
    for name, value in {
        "gpg.format": "ssh",
        "user.signingkey": str(tmp_path / "key"),
        "commit.gpgsign": "true",
    }.items():
        desk.git("config", name, value)
    kept = desk.commit("Signed before")
    desk.commit(f"Thank {NAME}", docs__index_dot_md=f"{NAME}\n")
    desk.commit("Out", docs__index_dot_md="Welcome.\n")
    desk.git("push", "-q", "origin", "HEAD:main")
    history = desk.rewritten(NAME)
    assert kept not in history.commits
    data = [data for _, kind, data in desk.repository.objects() if kind == "commit"]
    assert sum(b"gpgsig" in each for each in data) == 1


def test_main_is_never_deleted_for_its_name(desk: Desk) -> None:
    desk.commit("Once", docs__index_dot_md="The main thing.\n")
    desk.commit("Out", docs__index_dot_md="The thing.\n")
    desk.git("push", "-q", "origin", "HEAD:main")
    desk.rewritten("main")
    assert list(desk.repository.refs("refs")) == ["refs/heads/main"]


def test_what_main_still_holds_is_named(desk: Desk, tmp_path: Path) -> None:
    desk.commit("Thanks", docs__index_dot_md=f"{NAME}\n", **{"docs__quirilla-vandersloot_dot_md": "Hers.\n"})
    desk.git("push", "-q", "origin", "HEAD:main")
    server = Server(tmp_path / "server", "https://guidance.example.org/")
    (server.folder / "lock").touch()
    eraser = Eraser(server, Asked([NAME], why="x"), datetime.now(UTC), lambda _: None)
    with pytest.raises(RefusedError, match=r"still holds it: docs/index\.md, docs/quirilla-vandersloot\.md\. Push a"):
        eraser.run(True)
