"""The house: arrows of import point one way, each outside part has one door, modules stay small."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.project import ROOT

# A module imports only from the modules named before it.
ORDER = [
    "problems",
    "values",
    "source",
    "ids",
    "model",
    "dates",
    "workingdays",
    "references",
    "localpractice",
    "pathways",
    "deadlines",
    "glossary",
    "capitals",
    "plainwords",
    "readability",
    "likeness",
    "spellings",
    "grammar",
    "decisions",
    "proof",
    "pocket",
    "processes",
    "lettering",
    "drawing",
    "layout",
    "cards",
    "flowchart",
    "lanes",
    "swimlanes",
    "methods",
    "documents",
    "forms",
    "membership",
    "topics",
    "records",
    "evidence",
    "vocabulary",
    "outline",
    "sections",
    "structure",
    "harmless",
    "calls",
    "navigation",
    "revisions",
    "pages",
    "beside",
    "content",
    "handing",
    "packing",
    "wordparts",
    "formword",
    "schemas",
    "compare",
    "timelines",
    "freshness",
    "upkeep",
    "texts",
    "sentences",
    "advice",
    "figures",
    "audit",
    "sourcing",
    "wording",
    "uses",
    "meanings",
    "checks",
    "links",
    "search",
    "demands",
    "health",
    "termuses",
    "finder",
    "updates",
    "template",
    "marking",
    "abbreviations",
    "tables",
    "shortcuts",
    "components",
    "chronicle",
    "termlists",
    "render",
    "feeds",
    "tokens",
    "tags",
    "searchpages",
    "searchunits",
    "searchindex",
    "searchdata",
    "moved",
    "history",
    "assetnames",
    "bundles",
    "policy",
    "materials",
    "themefiles",
    "slots",
    "keeping",
    "portable",
    "copies",
    "markup",
    "onpaper",
    "excerpts",
    "pictures",
    "widths",
    "annexes",
    "drafts",
    "fronts",
    "atom",
    "wordfiles",
    "typsttext",
    "pandoctext",
    "typesetting",
    "downloads",
    "verify",
    "receipt",
    "build",
    "__init__",
    "__main__",
]
DOORS = {
    "yaml": {"source"},
    "mkdocs": {"__init__"},
    "mkdocs_macros": {"__init__"},
    "govuk_bank_holidays": {"workingdays"},
    "subprocess": {"history", "build", "typesetting", "__main__"},
    "typst": {"typesetting"},
    "pypandoc": {"typesetting"},
}
# The server's modules, in the same order; they may know the generator, and the generator knows nothing of them.
SERVER_ORDER = [
    "settings",
    "repository",
    "trees",
    "building",
    "compression",
    "locking",
    "releases",
    "editions",
    "addresses",
    "report",
    "serving",
    "gate",
    "settling",
    "door",
    "setup",
    "status",
    "store",
    "upload",
    "__init__",
    "__main__",
]
SERVER = {file.stem: file for file in (ROOT / "publishing").glob("*.py")}
MODULES = {file.stem: file for file in (ROOT / "macros").glob("*.py")}


def imported(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def test_every_module_has_its_place() -> None:
    assert sorted(ORDER) == sorted(MODULES)
    assert sorted(SERVER_ORDER) == sorted(SERVER)


def test_a_module_imports_only_from_its_left() -> None:
    for name, file in MODULES.items():
        for other in imported(file):
            if other.startswith("macros."):
                assert ORDER.index(other.split(".")[1]) < ORDER.index(name), f"{name} imports {other}"


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


def test_only_the_command_line_reads_the_clock() -> None:
    for name, file in [*MODULES.items(), *SERVER.items()]:
        text = file.read_text("utf-8")
        for clock in ("date.today", "datetime.now", "time.time("):
            assert clock not in text or name == "__main__", f"{name} reads {clock}"


def test_modules_and_functions_stay_small() -> None:
    for name, file in [*MODULES.items(), *SERVER.items()]:
        text = file.read_text("utf-8")
        assert len(text.splitlines()) <= 200, f"{name} has {len(text.splitlines())} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                assert length <= 30, f"{name}.{node.name} has {length} lines"


def test_no_module_is_named_like_one_of_the_standard_library() -> None:
    import sys

    assert not (set(MODULES) | set(SERVER)) & (set(sys.stdlib_module_names) - {"__main__"})


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
