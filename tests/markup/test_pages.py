"""The pages of a site in the making: read once, changed together, written once."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.markup.pages import Pages
from macros.source.writing import WritingError


def site(folder: Path) -> Path:
    (folder / "part").mkdir()
    (folder / "index.html").write_text("home", "utf-8")
    (folder / "part" / "index.html").write_text("part", "utf-8")
    (folder / "data.json").write_text("{}", "utf-8")
    return folder


def test_a_page_changes_on_the_disk_only_when_all_are_written(tmp_path: Path) -> None:
    pages = Pages(site(tmp_path))
    pages.change(str.upper)
    assert pages.data("index.html") == b"HOME"
    assert (tmp_path / "index.html").read_text("utf-8") == "home"
    pages.write()
    assert (tmp_path / "part" / "index.html").read_text("utf-8") == "PART"


def test_a_page_that_is_added_is_one_of_the_pages_and_any_other_file_is_written_at_once(tmp_path: Path) -> None:
    pages = Pages(site(tmp_path))
    pages.add("old/index.html", b"moved")
    pages.add("new.csv", b"a,b")
    assert pages.paths() == ["data.json", "index.html", "new.csv", "old/index.html", "part/index.html"]
    assert pages.data("new.csv") == (tmp_path / "new.csv").read_bytes() == b"a,b"
    pages.write()
    assert (tmp_path / "old" / "index.html").read_text("utf-8") == "moved"


def test_no_page_is_added_in_the_place_of_another(tmp_path: Path) -> None:
    pages = Pages(site(tmp_path))
    with pytest.raises(WritingError, match="to be made twice"):
        pages.add("index.html", b"other")
