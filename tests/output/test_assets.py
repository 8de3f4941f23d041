"""Each page links the styles and scripts that it uses, and no others; what the theme lays into a site goes, by whatever name."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import settings
from macros.content.load import load
from macros.markup.pages import Pages
from macros.output.assets import bundle, drop, name_by_content
from publishing.serving import HASHED, cache
from tests.built import DAY
from tests.project import ROOT, asset, small_project

pytestmark = pytest.mark.site
# Material's parts: its scripts and their worker, its languages of search, its styles, its icon, and the maps of these.
THEME = re.compile(
    r"assets/(javascripts/(bundle|workers/search|lunr/.+)|stylesheets/(main|palette)|images/favicon)[.\w-]*(js|css|png|map)"
)
OURS = {
    "worker.js",
    "documents/style.typ",
    "serve.css",
    "serve.js",
}  # made or used by the build, at no address of their own
SHEETS = {file.stem: file.read_text("utf-8") for file in (ROOT / "overrides").rglob("*.css")}


def first_classes(sheet: str) -> set[str]:
    """The classes that begin a selector of the sheet: those of its own component."""
    rules = re.sub(r"/\*.*?\*/|@[^{]*\{", " ", sheet, flags=re.S)
    return set(re.findall(r"(?:^|[},])\s*\.(lrp-[\w-]+)", rules))


def own_classes() -> dict[str, set[str]]:
    """The classes that only one sheet styles by themselves; a page needs it, or another that styles them in its place."""
    found = {stem: first_classes(text) for stem, text in SHEETS.items()}
    return {
        stem: classes - set().union(*(other for name, other in found.items() if name != stem))
        for stem, classes in found.items()
    }


def mentioned(stem: str) -> set[str]:
    """The classes that a sheet speaks of, without those of the page itself unless it is the page's own sheet."""
    classes = set(re.findall(r"\.(lrp-[\w-]+)", SHEETS[stem]))
    return classes if stem == "lrp" else classes - set(re.findall(r"\.(lrp-[\w-]+)", SHEETS["lrp"]))


def classes_of(html: str) -> set[str]:
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}


def test_a_page_links_the_sheets_of_its_components(site: Path) -> None:
    own = own_classes()
    for page in sorted(site.rglob("*.html")):
        html = page.read_text("utf-8")
        if 'http-equiv="refresh"' in html:
            continue
        linked = {
            stem for name in re.findall(r'href="[^"]*stylesheets/([\w-]+)\.\w+\.css"', html) for stem in name.split("-")
        }
        used = classes_of(html)
        styled = set().union(*(set(re.findall(r"\.(lrp-[\w-]+)", SHEETS[stem])) for stem in linked))
        needed = {stem for stem, classes in own.items() if classes & used - styled}
        assert needed == set(), page
        assert {stem for stem in linked if not mentioned(stem) & used} == set(), page


def test_each_sheet_and_script_is_used_somewhere(site: Path) -> None:
    pages = "".join(page.read_text("utf-8") for page in site.rglob("*.html"))
    pages += (site / asset(site, "search.js")).read_text("utf-8").replace('"search-engine', "/search-engine")
    for file in [*(site / "assets").rglob("*.css"), *(site / "assets").rglob("*.js")]:
        assert f"/{file.name}" in pages, file


def test_a_first_view_asks_for_few_files(site: Path) -> None:
    page = (site / "part-one" / "notify" / "index.html").read_text("utf-8")
    files = re.findall(r'<link rel="(?:stylesheet|icon)"|<script src=', page)
    assert 1 + len(files) <= 8


def home(name: str, site: Path = Path()) -> Path:
    """The folder that MkDocs copies a style or script into: that of its component, or base/."""
    return site / "base" if name == "lrp" else site / "components" / name


def test_the_files_of_a_page_are_joined_in_their_order_and_kept_apart_when_one_fails(tmp_path: Path) -> None:
    for name in ("lrp", "one", "two", "three", "search", "first", "second"):
        home(name, tmp_path).mkdir(parents=True, exist_ok=True)
    for name in ("lrp", "one", "two", "three"):
        (home(name, tmp_path) / f"{name}.css").write_text(f".{name} {{}}\n", "utf-8")
    for name in ("search", "first", "second"):
        (home(name, tmp_path) / f"{name}.js").write_text(f"{name}();\n", "utf-8")
    links = "".join(
        f'  <link rel="stylesheet" href="{home(name).as_posix()}/{name}.css">\n' for name in ("lrp", "two", "one")
    )
    calls = [
        f'<script src="{home(name).as_posix()}/{name}.js" defer></script>\n' for name in ("search", "first", "second")
    ]
    (tmp_path / "page.html").write_text(f"<head>\n{links}{calls[0]}</head>\n<p>{calls[1]}</p>\n{calls[2]}", "utf-8")
    pages = Pages(tmp_path)
    bundle(pages)
    pages.write()
    html = (tmp_path / "page.html").read_text("utf-8")
    names = re.findall(r'(?:href|src)="([^"]*)"', html)
    assert names == [asset(tmp_path, name) for name in ("lrp.css", "two-one.css", "search.js", "first-second.js")]
    assert (tmp_path / names[1]).read_text("utf-8") == ".two {}\n\n.one {}\n"
    joined = (tmp_path / names[3]).read_text("utf-8")
    assert joined.index("first();") < joined.index("second();")
    assert joined.count("catch (error)") == 2
    assert sorted(file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")) == sorted(
        [*names, "page.html"]
    )


def test_what_a_script_says_to_developers_is_not_sent(site: Path) -> None:
    for file in (site / "assets").rglob("*.js"):
        assert not re.search(r"^ *(?://|/\*\*)", file.read_text("utf-8"), re.M), file.name
    for file in (ROOT / "overrides").rglob("*.js"):  # a text of several lines could hold what looks like a remark
        assert not [line for line in file.read_text("utf-8").splitlines() if line.count("`") % 2], file.name


def test_a_name_says_what_a_file_holds_and_what_it_loads(tmp_path: Path) -> None:
    def names(engine: str, sheet: str) -> dict[str, str]:
        site = tmp_path / f"{engine}{sheet}"
        texts = {
            "assets/javascripts/search.js": 'load("engine.js")',
            "assets/javascripts/engine.js": engine,
            "assets/stylesheets/lrp.css": sheet,
            "index.html": '<link href="assets/stylesheets/lrp.css"><p>src="assets/stylesheets/lrp.css</p>',
            "404.html": '<script src="/assets/javascripts/search.js"></script><a href="assets/javascripts/none.js">',
        }
        for name, text in texts.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, "utf-8")
        pages = Pages(site)
        name_by_content(pages)
        pages.write()
        found = {stem: asset(site, stem) for stem in ("search.js", "engine.js", "lrp.css")}
        assert (site / "index.html").read_text("utf-8") == (
            f'<link href="{found["lrp.css"]}"><p>src="assets/stylesheets/lrp.css</p>'
        )
        assert (site / "404.html").read_text("utf-8") == (
            f'<script src="/{found["search.js"]}"></script><a href="assets/javascripts/none.js">'
        )
        engine_name = found["engine.js"].split("/")[-1]
        assert (site / found["search.js"]).read_text("utf-8") == f'load("{engine_name}")'
        assert len(list(site.rglob("*.*"))) == len(texts)
        return found

    first, sheet, engine = names("a", "x"), names("a", "y"), names("b", "x")
    assert {name for name in first if first[name] != sheet[name]} == {"lrp.css"}
    assert {name for name in first if first[name] != engine[name]} == {"engine.js", "search.js"}


def test_every_style_and_script_of_the_site_may_be_kept_for_good(site: Path) -> None:
    files = [file for file in (site / "assets").rglob("*") if file.suffix in (".css", ".js")]
    assert len(files) > 10
    assert {cache(file.relative_to(site).as_posix()) for file in files} == {HASHED}
    for file in files:
        assert hashlib.sha256(file.read_bytes()).hexdigest()[:10] == file.name.split(".")[-2]


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
