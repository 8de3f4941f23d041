"""Whatever names, data and trees hold, nothing is written beside the folder of the build, and nobody reads a fault.

A sample runs each time, the same one; `make test-long` runs ten thousand others of each kind.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from macros.build import build
from macros.changes.feed import atom
from macros.checks.check import check
from macros.content.load import Content, load
from macros.documents.form_files import made_forms
from macros.output.moved_pages import moved_pages
from macros.output.open_data import made_files
from macros.source.listing import listed
from macros.source.names import wrong_name
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.writing import WritingError, add, change, remove
from publishing.repository import Entry
from publishing.trees import check_entries
from tests.drawing import SECRET, files
from tests.project import change as change_words
from tests.project import small_project
from tests.source.test_writing import ODD, tree

DAY = date(2026, 11, 23)
EXAMPLES = pytest.mark.parametrize(
    "examples", [40, pytest.param(10_000, marks=pytest.mark.long)], ids=["sample", "all"]
)
ODD_PARTS = [
    "..",
    ".",
    "",
    "%2e%2e",
    "a",
    "part-one",
    "search",
    "data",
    "worker.js",
    "404.html",
    "current",
    "site",
    "con",
]
ODD_TEXTS = [
    *(path for path in ODD if "\udce9" not in path),
    "../../../../current/site/",
    "../" * 9 + "etc/x/",
    "=HYPERLINK(1)",
    "a\u202eb",
    "\x07",
    "</script><script>",
    "{{ x }}",
    "]]>",
    "&#7;",
    "x" * 300,
    "aux",
    "-",
]
paths = st.lists(st.sampled_from(ODD_PARTS) | st.text(max_size=8), min_size=1, max_size=6).map("/".join)
odd_texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=40) | paths.map(lambda path: f"{path}/")


def is_shown(problem: Problem) -> bool:
    """Whether a problem has a line and is of letters that everybody sees; a line to paste stands below it."""
    return problem.line > 0 and all(part.isprintable() for part in str(problem).split("\n"))


def fuzzed(examples: int, test: Callable[..., None], **kinds: st.SearchStrategy[Any]) -> None:
    """Runs a test on so many examples."""
    settings(max_examples=examples, deadline=None, database=None, derandomize=examples < 1000)(given(**kinds)(test))()


def made_of(content: Content) -> list[tuple[str, str | bytes]]:
    """Everything that is made of content alone, by the path that it asks to be written to."""
    return [*moved_pages(content), *made_files(content), *atom(content, ""), *made_forms(content)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A server in small: what is live, an edition, what waits, and the fresh folder of a build."""
    for part in ("current/site", "served/as-at/2020-01-01", "passed/1", "staged/live/site"):
        (tmp_path / part).mkdir(parents=True)
        (tmp_path / part / "index.html").write_text(part, "utf-8")
    return tmp_path


@EXAMPLES
def test_no_path_leads_out_of_the_folder(examples: int, place: Path) -> None:
    site, before = place / "staged" / "live" / "site", tree(place)

    def run(path: str, first: str) -> None:
        for write in (add, change) if first == "add" else (change, add):
            try:
                write(site, path, "x")
            except (WritingError, OSError):
                continue
        made = tree(place)
        assert {name: data for name, data in made.items() if not name.startswith("staged/live/site/")} == {
            name: data for name, data in before.items() if not name.startswith("staged/live/site/")
        }
        for name in made.keys() - before.keys():
            remove(site, name.removeprefix("staged/live/site/"))
        change(site, "index.html", before["staged/live/site/index.html"])

    fuzzed(
        examples,
        run,
        path=paths | st.text(max_size=30) | st.sampled_from(ODD),
        first=st.sampled_from(["add", "change"]),
    )


@EXAMPLES
def test_an_old_address_is_refused_or_stands_in_the_site(examples: int, place: Path) -> None:
    content, before = load(small_project(place / "desk")), tree(place)
    move = content.moves.moved[0]

    def run(old: str) -> None:
        moves = dataclasses.replace(
            content.moves, moved=(dataclasses.replace(move, old=Text(old, "docs/moved.yml", 2)),)
        )
        changed = dataclasses.replace(content, moves=moves)
        with TemporaryDirectory(dir=place / "staged") as folder:
            site = Path(folder)
            for path, html in moved_pages(changed) if not check(changed) else ():
                add(site, path, html)  # what passes the check can be written
            if check(changed):
                try:
                    for path, html in moved_pages(changed):
                        add(site, path, html)
                except (WritingError, OSError):
                    pass
        assert tree(place) == before

    fuzzed(examples, run, old=paths.map(lambda path: f"{path}/") | odd_texts)


@EXAMPLES
def test_a_field_of_data_is_refused_or_written_in_the_site(examples: int, place: Path) -> None:
    root = small_project(place / "desk")
    files = sorted(
        [*(root / "docs").rglob("*.yml"), *(root / "glossary").rglob("*.yml"), *(root / "docs").rglob("*.md")]
    )
    texts = {file: file.read_text("utf-8") for file in files}
    before = tree(place)

    def run(number: int, line: int, value: str) -> None:
        file = files[number % len(files)]
        lines = texts[file].split("\n")
        places = [place for place, text in enumerate(lines) if ": " in text]
        at = places[line % len(places)]
        lines[at] = f"{lines[at].split(': ')[0]}: {value}"
        file.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
        try:
            content = load(root)
            problems = check(content)
        finally:
            file.write_text(texts[file], "utf-8")
        assert all(is_shown(problem) for problem in problems), problems
        with TemporaryDirectory(dir=place / "staged") as folder:
            for path, data in made_of(content) if not problems else ():
                add(Path(folder), path, data)
        assert tree(place) == before

    values = (
        odd_texts | odd_texts.map(lambda text: f'"{text}"') | st.from_regex(r'"\\(x[0-9a-f]{2}|u[0-9a-f]{4}|[0-z])"')
    )
    fuzzed(examples, run, number=st.integers(0, 50), line=st.integers(0, 300), value=values)


@EXAMPLES
def test_a_tree_is_judged_alike_by_check_and_gate_and_never_a_fault(examples: int, place: Path) -> None:
    root = small_project(place / "desk")
    before = tree(place)
    kinds = st.sampled_from(["file", "link", "folder", "pipe"])
    endings = st.sampled_from([".md", ".yml", ".png", ".MD", ".yaml", ".csv", "", "."])
    names = st.lists(st.text(min_size=1, max_size=12) | st.sampled_from(ODD_PARTS), min_size=1, max_size=3)

    def run(parts: list[str], ending: str, kind: str) -> None:
        path = f"docs/{'/'.join(parts)}{ending}"
        file = root / path
        try:
            assert (root / "docs").resolve() in file.resolve().parents
            assert not file.exists()
            file.parent.mkdir(parents=True, exist_ok=True)
            put(file, kind)
        except (OSError, ValueError, AssertionError, UnicodeEncodeError):
            return  # no such file can stand on this machine
        try:
            problems = check(load(root))
            assert all(is_shown(problem) for problem in problems)
            shown = os.path.relpath(file.resolve() if kind == "file" else file, root)
            if kind == "file" and shown == path:
                assert (wrong_name(path) is None) == (listed(root)[1] == [])
                said = check_entries([Entry("100644", "", 1, path.encode())], 5, 50)
                hidden = any(part.startswith(".") for part in parts)
                assert hidden or said == listed(root)[1]
        finally:
            taken_away(file, root / "docs")
        assert tree(place) == before

    fuzzed(examples, run, parts=names, ending=endings, kind=kinds)


def put(file: Path, kind: str) -> None:
    """Something of a kind under a name."""
    if kind == "link":
        file.symlink_to("/etc/passwd")
    elif kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.write_bytes(b"Words.\n")


def taken_away(file: Path, top: Path) -> None:
    """Removes what was put, and the folders that hold nothing any more."""
    if file.is_dir() and not file.is_symlink():
        file.rmdir()
    else:
        file.unlink()
    for folder in file.parents:
        if folder.resolve() == top.resolve() or any(folder.iterdir()):
            return
        folder.rmdir()


@pytest.mark.site
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("docs/moved.yml", "old-part/notify/,", '"../../../current/site/",'),
        ("docs/references.yml", "title: An Act of 2004", 'title: "An Act \\x0b of 2004"'),
        ("glossary/reviews.yml", "expansion: the Panel", "expansion: =cmd"),
    ],
)
def test_a_whole_build_of_odd_content_leaves_everything_as_it_was(path: str, old: str, new: str, place: Path) -> None:
    root = small_project(place / "desk", with_generator=True)
    change_words(root, path, (old, new))
    before, said = tree(place), list[str]()
    assert not build(root, place / "staged" / "live" / "site", DAY, said.append)
    assert tree(place) == before
    assert any(line.startswith("1 problem.") and f"{path}:" in line for line in said)


@pytest.mark.site
def test_a_whole_build_writes_its_site_alone_and_plain_pictures_in_it(place: Path) -> None:
    root, site = small_project(place / "desk", with_generator=True), place / "staged" / "live" / "site"
    (root / "docs" / "part-one" / "plan.jpg").write_bytes(files()["key.jpg"])
    change_words(root, "docs/part-one/notify.md", ("\n## ", "\n![A key, as it lay there](plan.jpg)\n\n## "))
    before = {name: data for name, data in tree(place).items() if not name.startswith("staged/")}
    assert build(root, site, DAY, lambda _: None)
    assert {name: data for name, data in tree(place).items() if not name.startswith("staged/")} == before
    assert os.listdir(place / "staged" / "live") == ["site"]
    assert (site / "part-one" / "plan.jpg").is_file()
    assert [name for name, data in tree(site).items() if SECRET.encode() in data] == []
