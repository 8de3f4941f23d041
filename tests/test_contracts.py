"""What a script reads of its page and of the build: written at its head, and held here to templates, script and index."""

from __future__ import annotations

import json
import re

import pytest

from macros.search.index import index
from macros.search.packing import pack
from tests.project import ROOT

COMPONENTS = ROOT / "overrides" / "components"
SCRIPTS = {file.stem: file.read_text("utf-8") for file in sorted((ROOT / "overrides").rglob("*.js"))}
TEMPLATES = "".join(file.read_text("utf-8") for file in (ROOT / "overrides").rglob("*.html"))
TEMPLATES += (ROOT / "macros" / "serve.py").read_text("utf-8")  # the preview adds its script to built pages
WRITTEN = set(re.findall(r"(?<![\w-])data-([a-z][a-z-]*)", TEMPLATES))
EVERYWHERE = {"module"}  # names the component; each script begins at it


def typedefs(script: str, kind: str) -> dict[str, dict[str, bool]]:
    """The types of one kind that a script declares, each with its properties and whether the script makes them itself."""
    blocks = re.findall(rf"^/\*\*((?:(?!\*/)[\s\S])*?@typedef {{{kind}}} (\w+)[\s\S]*?)\*/$", script, re.M)
    property_of = re.compile(r"@property {.+} (\[?)(\w+)\]? - ")
    return {name: {found[2]: bool(found[1]) for found in property_of.finditer(block)} for block, name in blocks}


def attributes(script: str) -> dict[str, bool]:
    """The data-* attributes at the head of a script, by their names in HTML."""
    told = typedefs(script, "DOMStringMap").values()
    return {hyphened(name): made for each in told for name, made in each.items()}


def hyphened(name: str) -> str:
    return re.sub(r"[A-Z]", lambda capital: f"-{capital[0].lower()}", name)


def code(script: str) -> str:
    """A script without its remarks."""
    return re.sub(r"^ *(?://.*|/\*\*[\s\S]*?\*/)$", "", script, flags=re.M)


def used(script: str) -> set[str]:
    """The data-* attributes that a script speaks of: in selectors, in a dataset, or in what it calls a dataset."""
    text = code(script)
    datasets = "|".join([r"\w+\.dataset", *re.findall(r"\b(?:var|let|const) (\w+) = \w+\.dataset\b", text)])
    names = re.findall(rf"\b(?:{datasets})\.(\w+)", text) + re.findall(rf'"(\w+)" in (?:\w+\.)*(?:{datasets})\b', text)
    return {hyphened(name) for name in names} | set(re.findall(r"(?<![\w-])data-([a-z][a-z-]*)", text))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_declares_the_attributes_that_it_uses_and_no_others(name: str) -> None:
    declared = attributes(SCRIPTS[name])
    assert used(SCRIPTS[name]) - EVERYWHERE <= set(declared)
    words = {hyphened(word) for word in re.findall(r"\w+", code(SCRIPTS[name]))}
    assert {attribute for attribute in declared if attribute not in words | used(SCRIPTS[name])} == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_what_a_script_reads_stands_in_a_template(name: str) -> None:
    declared = attributes(SCRIPTS[name])
    assert {attribute for attribute, made in declared.items() if not made} <= WRITTEN


def test_an_attribute_of_a_template_is_for_a_script_a_style_or_the_build() -> None:
    declared = {attribute for script in SCRIPTS.values() for attribute in attributes(script)} | EVERYWHERE
    files = [*(ROOT / "overrides").rglob("*.css"), *(ROOT / "macros").rglob("*.py")]
    others = set(re.findall(r"data-([a-z][a-z-]*)", "".join(file.read_text("utf-8") for file in files)))
    assert WRITTEN - declared - others == set()


def test_of_a_type_that_is_no_dataset_each_property_is_read_by_its_component() -> None:
    for folder in COMPONENTS.iterdir():
        scripts = [file.read_text("utf-8") for file in folder.glob("*.js")]
        words = {word for script in scripts for word in re.findall(r"\w+", code(script))}
        declared = {name for script in scripts for each in typedefs(script, "object").values() for name in each}
        assert declared <= words, folder.name


def test_the_index_holds_what_its_script_declares() -> None:
    texts = dict(pack([], index([], ()), (), "engine.js"))
    (_, _, data) = json.loads(f"[{texts['search/data/index.js'].partition('(')[2].rpartition(')')[0]}]")
    assert data.keys() == typedefs(SCRIPTS["search-index"], "object")["Index"].keys()


def test_the_head_of_each_script_with_attributes_is_its_component_s_own() -> None:
    declaring = {file.stem for file in COMPONENTS.rglob("*.js") if attributes(file.read_text("utf-8"))}
    assert len(declaring) >= 10
    assert {file.parent.name for file in COMPONENTS.rglob("*.js") if file.stem in declaring} == declaring


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("element.dataset.dayOne", {"day-one"}),
        ('"other" in group.step.dataset', {"other"}),
        ("var data = step.dataset;\nif (data.after) go();", {"after"}),
        ("root.querySelector('[data-part=\"told\"]')", {"part"}),
        ("  // data-old is gone", set()),
    ],
)
def test_what_counts_as_used(script: str, expected: set[str]) -> None:
    assert used(script) == expected
