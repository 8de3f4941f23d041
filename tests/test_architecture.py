"""The house: arrows of import point one way, each outside part has one door, modules stay small."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.project import ROOT

# A module imports from its own room and from rooms before it; build, __init__ and __main__ stand on top.
ROOMS = [
    "source",
    "topics",
    "content",
    "terms",
    "checks",
    "changes",
    "charts",
    "render",
    "markup",
    "search",
    "documents",
    "output",
]
MAKERS = ("charts", "search", "documents", "output")  # they read what was built and know no component
DOORS = {
    "yaml": {"source.parsing"},
    "mkdocs": {"__init__"},
    "mkdocs_macros": {"__init__"},
    "govuk_bank_holidays": {"topics.working_days"},
    "subprocess": {"changes.git", "build", "documents.typesetting", "editing"},
    "typst": {"documents.typesetting"},
    "PIL": {"source.packing_pictures"},
    "pypandoc": {"documents.typesetting"},
}
# What writes a file by another way than through source/writing.py, and why; the calls that would.
WRITES = {
    "source.writing": "It is the door.",
    "build": "It makes the fresh folder, and puts it in the place of the old site.",
    "changes.git": "It unpacks older content into a folder for the moment, which tarfile's own filter keeps it in.",
    "__main__": "It sends what nobody reads any more to nowhere.",
    "output.offline": "It packs a zip in memory.",
    "documents.word_finish": "It packs a zip in memory.",
}
WRITING = frozenset(
    ["write_text", "write_bytes", "touch", "mkdir", "rmdir", "unlink", "rename", "symlink_to", "hardlink_to", "chmod"]
)
# The server's modules, in the same order; they may know the generator, and the generator knows nothing of them.
SERVER_ORDER = [
    "kernel",
    "confine",
    "disk",
    "settings",
    "telling",
    "jail",
    "takeover",
    "logbook",
    "signing",
    "repository",
    "times",
    "signatures",
    "erased",
    "trees",
    "building",
    "compression",
    "locking",
    "serving",
    "nginx",
    "caddy",
    "old_assets",
    "releases",
    "logcheck",
    "editions",
    "addresses",
    "report",
    "apart",
    "waiting",
    "gate",
    "settling",
    "traces",
    "history",
    "leftovers",
    "erase",
    "following",
    "hook",
    "door",
    "units",
    "setup",
    "inspection",
    "status",
    "store",
    "upload",
    "__init__",
    "__main__",
]
OLD_SCRIPTS = ("decision.js", "form.js")  # they are written anew with the decisions and the forms
SERVER = {file.stem: file for file in (ROOT / "publishing").glob("*.py")}
MACROS = ROOT / "macros"
MODULES = {".".join(file.relative_to(MACROS).with_suffix("").parts): file for file in MACROS.rglob("*.py")}


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """Everything that a module is made of."""
    return tuple(ast.walk(ast.parse(file.read_text("utf-8"))))


@cache
def imported(file: Path) -> frozenset[str]:
    """What a file imports: modules, and what it takes from them, by their dotted names."""
    names = set()
    for node in nodes(file):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(names)


def room(module: str) -> int:
    """The number of the room that a module of the generator stands in; on top of all where it stands in none."""
    name = module.split(".")[0]
    return ROOMS.index(name) if name in ROOMS else len(ROOMS)


def taken(file: Path) -> set[str]:
    """The modules of the generator that one imports."""
    return {other.removeprefix("macros.") for other in imported(file) if other.startswith("macros.")}


def test_every_module_has_its_place() -> None:
    assert sorted(file.name for file in MACROS.iterdir() if file.is_dir() and file.name != "__pycache__") == sorted(
        ROOMS
    )
    assert sorted(name for name in MODULES if "." not in name) == ["__init__", "__main__", "build", "editing", "serve"]
    assert sorted(SERVER_ORDER) == sorted(SERVER)


def test_tests_of_a_room_stand_under_its_name_and_name_a_module_of_it() -> None:
    for name in ROOMS:
        for file in (ROOT / "tests" / name).glob("test_*.py"):
            assert f"{name}.{file.stem.removeprefix('test_')}" in MODULES, f"tests/{name}/{file.name} names no module"


def test_a_room_takes_only_from_rooms_before_it() -> None:
    for name, file in MODULES.items():
        for other in taken(file):
            assert room(other) <= room(name), f"{name} takes from {other}"


def test_no_modules_of_a_room_wait_for_each_other() -> None:
    TopologicalSorter({name: taken(file) - {name} for name, file in MODULES.items()}).prepare()


def ways() -> dict[str, list[str]]:
    """The files that each thing passes on its way through the house, as CONTRIBUTING names them."""
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    told = text.split("The way of a thing through the house", 1)[1].split("What to know", 1)[0]
    return {way.split("**")[0]: re.findall(r"`([^`]+)`", way.partition(":")[2]) for way in told.split("- **")[1:]}


def test_a_way_through_the_house_is_short_and_each_file_on_it_leads_to_the_next() -> None:
    assert list(ways()) == ["A term", "A duty", "A decision", "A page", "A push"]
    for name, steps in ways().items():
        assert len(steps) <= 8, name
        passed: list[Path] = []
        for step in steps:
            file = ROOT / step if step.startswith(("publishing/", "overrides/")) else MACROS / step
            assert file.exists(), f"{name}: {step}"
            if file.suffix == ".py":
                joined = any(dotted(other) in imported(file) or dotted(file) in imported(other) for other in passed)
                assert joined or not passed, f"{name}: nothing before {step} imports it, nor does it"
                passed.append(file)
            elif file.is_dir():
                assert any(f'"{file.name}"' in other.read_text("utf-8") for other in passed), f"{name}: {step}"


def dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_contributing_names_every_room_in_its_order() -> None:
    assert re.findall(r"^\| `(\w+)/` \|", (ROOT / "CONTRIBUTING.md").read_text("utf-8"), re.M) == ROOMS


def test_the_rooms_that_make_things_know_no_component() -> None:
    for name, file in MODULES.items():
        if name.split(".")[0] in MAKERS:
            assert not [other for other in taken(file) if other.startswith("render.")], name


def test_the_server_knows_the_generator_and_not_the_other_way_round() -> None:
    for name, file in SERVER.items():
        for other in imported(file):
            if other.startswith("publishing."):
                assert SERVER_ORDER.index(other.split(".")[1]) < SERVER_ORDER.index(name), f"{name} imports {other}"
    assert not [name for name, file in MODULES.items() if any("publishing" in other for other in imported(file))]


def test_only_one_module_of_the_server_runs_git() -> None:
    for name, file in SERVER.items():
        assert name == "repository" or '"git"' not in file.read_text("utf-8"), name


def test_each_outside_part_has_one_door() -> None:
    for name, file in MODULES.items():
        for other in imported(file):
            door = DOORS.get(other.split(".")[0])
            assert door is None or name in door, f"{name} imports {other}"


def writes(call: ast.Call) -> bool:
    """Whether a call writes a file, or could."""
    name = ast.unparse(call.func)
    given = [*call.args, *(word.value for word in call.keywords)]
    modes = [value.value for value in given if isinstance(value, ast.Constant) and isinstance(value.value, str)]
    opens = name in ("open", "io.open") or name.endswith(".open")
    return (
        name.rpartition(".")[2] in WRITING
        or name.startswith(("shutil.", "os.open", "os.rename", "os.replace", "os.remove", "os.link", "os.symlink"))
        or (name in ("zipfile.ZipFile", "tarfile.open") and any(mode in ("w", "x", "a") for mode in modes))
        or (opens and any(set(mode) & set("wax+") and len(mode) <= 3 for mode in modes))
    )


def test_files_are_written_through_one_door() -> None:
    found = set()
    for name, file in MODULES.items():
        calls = [node for node in nodes(file) if isinstance(node, ast.Call)]
        found |= {name for call in calls if writes(call)}
    assert found == set(WRITES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("file.write_text('x')", True),
        ("(site / name).open('wb')", True),
        ("open(name, mode='a')", True),
        ("shutil.copy(a, b)", True),
        ("os.replace(a, b)", True),
        ("zipfile.ZipFile(name, 'w')", True),
        ("zipfile.ZipFile(name)", False),
        ("file.open('rb')", False),
        ("text.replace('a', 'b')", False),
    ],
)
def test_what_counts_as_writing(text: str, expected: bool) -> None:
    (call,) = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)][:1]
    assert writes(call) is expected


def test_only_the_command_line_reads_the_clock() -> None:
    for name, file in [*MODULES.items(), *SERVER.items()]:
        text = file.read_text("utf-8")
        for clock in ("date.today", "datetime.now", "time.time("):
            assert clock not in text or name == "__main__", f"{name} reads {clock}"


def test_modules_and_functions_stay_small() -> None:
    for name, file in [*MODULES.items(), *SERVER.items()]:
        text = file.read_text("utf-8")
        assert len(text.splitlines()) <= 250, f"{name} has {len(text.splitlines())} lines"
        for node in nodes(file):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 30, f"{name}.{node.name} has {length} lines"


def functions(script: str) -> Iterator[tuple[str, int]]:
    """The named functions of a script with their lines; the end of one is the brace that stands as far in as it begins."""
    lines = script.split("\n")
    for start, line in enumerate(lines):
        match = re.match(r"( *)(?:async )?function (\w+)", line)
        if match and not line.endswith("}"):
            end = next(place for place in range(start, len(lines)) if lines[place].startswith(f"{match[1]}}}"))
            yield match[2], end - start + 1


def test_scripts_and_their_functions_stay_small() -> None:
    for file in (ROOT / "overrides").rglob("*.js"):
        text = file.read_text("utf-8")
        longest = max(functions(text), key=lambda one: one[1], default=("", 0))
        if file.name in OLD_SCRIPTS:
            assert len(text.splitlines()) > 400 or longest[1] > 60, f"{file.name} is small now: take it out of the list"
            continue
        assert len(text.splitlines()) <= 400, file.name
        assert longest[1] <= 60, f"{file.name}: {longest[0]} has {longest[1]} lines"


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    names = {name.rpartition(".")[2] for name in MODULES} | set(ROOMS) | set(SERVER)
    assert not names & (set(sys.stdlib_module_names) - {"__main__"})


def test_no_class_of_the_theme_is_styled_or_printed() -> None:
    for file in [*(ROOT / "overrides").rglob("*.html"), *(ROOT / "overrides").rglob("*.css")]:
        text = file.read_text("utf-8")
        assert 'class="md-' not in text, file
        assert ".md-" not in text, file


def test_templates_run_no_script_of_their_own() -> None:
    for file in (ROOT / "overrides").rglob("*.html"):
        text = file.read_text("utf-8")
        assert " on" + "click=" not in text, file
        assert " style=" not in text, file
        assert "<script>" not in text, file


def test_templates_keep_to_the_jinja_that_other_renderers_read() -> None:
    pages = [*(ROOT / "overrides").glob("*.html"), *(ROOT / "overrides" / "partials").rglob("*.html")]
    for file in pages:
        assert ".get(" not in file.read_text("utf-8"), file
