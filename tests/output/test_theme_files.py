"""What the theme lays into a site goes, by whatever name; what is ours stays."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import settings
from macros.content.load import load
from macros.output.theme_files import drop
from tests.built import DAY
from tests.project import small_project

pytestmark = pytest.mark.site
# Material's parts: its scripts and their worker, its languages of search, its styles, its icon, and the maps of these.
THEME = re.compile(
    r"assets/(javascripts/(bundle|workers/search|lunr/.+)|stylesheets/(main|palette)|images/favicon)[.\w-]*(js|css|png|map)"
)
OURS = {
    "worker.js",
    "documents/style.typ",
}  # made or used by the build, at no address of their own


def test_what_the_theme_brings_is_dropped_and_nothing_else(tmp_path: Path) -> None:
    root, site = small_project(tmp_path, with_generator=True), tmp_path / "made"
    words = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(site)]
    subprocess.run(words, cwd=root, env=settings(DAY), check=True, capture_output=True)
    pages = sorted(site.rglob("index.html"))
    (site / "assets" / "next-year" / "deep").mkdir(parents=True)  # an update of the theme
    (site / "assets" / "next-year" / "deep" / "new.0123abcd.min.js").write_text("new", "utf-8")
    (site / "assets" / "fonts").mkdir()
    gone = drop(load(root), site)
    stray = [path for path in gone if not THEME.fullmatch(path) and not path.startswith("documents/word/")]
    assert set(stray) == {*OURS, "assets/next-year/deep/new.0123abcd.min.js"}
    kinds = {found[1] for path in gone if (found := THEME.fullmatch(path))}
    assert {"javascripts/bundle", "javascripts/workers/search", "stylesheets/main", "images/favicon"} <= kinds
    assert sorted(site.rglob("index.html")) == pages
    own = root / "overrides" / "assets"
    assert {file.relative_to(site / "assets") for file in (site / "assets").rglob("*") if file.is_file()} == {
        file.relative_to(own) for file in own.rglob("*") if file.is_file()
    }
    assert not [folder for folder in site.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


def test_nothing_of_the_theme_is_in_the_finished_site(site: Path) -> None:
    files = [file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()]
    assert [path for path in files if THEME.fullmatch(path) or path.startswith("documents/")] == []
    assert not [folder for folder in site.rglob("*") if folder.is_dir() and not any(folder.iterdir())]
