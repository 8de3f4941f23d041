"""Whatever a path is made of, what is written stands in the folder that it is for, and nothing beside it changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from macros.source.writing import WritingError, add, change, inside, remove, remove_empty

ODD = [
    "../x",
    "../../../../current/site/index.html",
    "a/../../x",
    "a/./x",
    "./x",
    "..",
    ".",
    "",
    "/",
    "/etc/x",
    "a//x",
    "a/",
    "a\\..\\x",
    "c:x",
    "a\0x",
    "a\nx",
    "a" * 300,
    "\u202ex",
    "a/" + "b" * 256 + "/x",
    "\udce9",
]


def tree(folder: Path) -> dict[str, bytes]:
    """All files and links in a folder, with what they hold."""
    return {
        os.fspath(path.relative_to(folder)): os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """An empty folder, beside one that holds a file."""
    (tmp_path / "live").mkdir()
    (tmp_path / "live" / "index.html").write_text("live", "utf-8")
    (tmp_path / "x").write_text("beside", "utf-8")
    (tmp_path / "site").mkdir()
    return tmp_path / "site"


@pytest.mark.parametrize("path", ODD)
def test_a_path_that_is_not_plain_is_refused(path: str, site: Path) -> None:
    before = tree(site.parent)
    for write in (add, change):
        with pytest.raises(WritingError, match="would stand outside of its folder"):
            write(site, path, "x")
    with pytest.raises(WritingError):
        remove(site, path)
    assert tree(site.parent) == before


def test_a_plain_path_is_written_with_its_folders(site: Path) -> None:
    add(site, "a/b/c.html", "one\n")
    add(site, "d.bin", b"\r\n\0")
    change(site, "a/b/c.html", "two\r\n")
    assert tree(site) == {"a/b/c.html": b"two\r\n", "d.bin": b"\r\n\0"}
    remove(site, "a/b/c.html")
    remove_empty(site)
    assert list(site.iterdir()) == [site / "d.bin"]


def test_links_lead_nowhere(site: Path) -> None:
    (site / "folder").symlink_to(site.parent / "live")
    (site / "index.html").symlink_to(site.parent / "live" / "index.html")
    (site / "new.html").symlink_to(site.parent / "live" / "new.html")
    (site / "a").mkdir()
    (site / "a" / "up").symlink_to("..")
    before = tree(site.parent)
    for path in ("folder/index.html", "folder/new.html", "index.html", "new.html", "a/up/x.html"):
        for write in (add, change):
            with pytest.raises(WritingError, match="would stand outside"):
                write(site, path, "x")
    assert tree(site.parent) == before


def test_a_folder_that_is_itself_reached_by_a_link_may_be_written_into(site: Path) -> None:
    (site.parent / "way").symlink_to(site)
    add(site.parent / "way", "a/b", "x")
    assert tree(site) == {"a/b": b"x"}


def test_nothing_is_made_twice_or_changed_before_it_is_there(site: Path) -> None:
    add(site, "a", "x")
    for path in ("a", "a/b"):
        with pytest.raises(WritingError, match=f'The file "{path}" was to be made twice.'):
            add(site, path, "y")
    with pytest.raises(WritingError, match='The file "b" was to be changed and is not there'):
        change(site, "b", "y")
    assert tree(site) == {"a": b"x"}


def test_a_path_is_resolved_to_its_file(site: Path) -> None:
    assert inside(site, "a/b") == site / "a" / "b"
