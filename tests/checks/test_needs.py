"""What components need is what they declare: each page, anchor and local question that a template names by itself."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from macros.content.macro_list import FRAME_NEEDS, MACROS, WORD_NEEDS
from macros.render.macros import Renderer
from tests.project import ROOT

COMPONENTS = ROOT / "overrides" / "components"
PAGE = re.compile(r"""page\(\s*['"]([\w/-]+\.md)['"](?:,\s*['"]([\w-]+)['"])?\s*\)""")
ASKED = re.compile(r"""\blocal\(\s*['"]([\w-]+)['"]\s*\)""")
OWN = re.compile(r'href="#([\w-]+)"')
TAKEN_IN = re.compile(r"""{%-?\s*(?:import|include|from|extends)\s+['"]([\w-]+)\.html['"]""")


def template(name: str) -> str:
    return (COMPONENTS / name / f"{name}.html").read_text("utf-8")


def closure(names: set[str]) -> set[str]:
    """The components with all that their templates take in."""
    more = {found for name in names for found in TAKEN_IN.findall(template(name))}
    return names if more <= names else closure(names | more)


def rendered(macro: str) -> set[str]:
    """The components that the method of a macro renders by name."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(getattr(Renderer, macro))))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    first = [call.args[0] for call in calls if getattr(call.func, "attr", "") == "render" and call.args]
    return {str(value.value) for value in first if isinstance(value, ast.Constant)}


def named(macro: str) -> tuple[set[str], set[str]]:
    """The pages and anchors that the templates of a macro name, and the local questions."""
    text = "\n".join(map(template, closure(rendered(macro))))
    pages = {f"{path}#{anchor}" if anchor else path for path, anchor in PAGE.findall(text)}
    own = {f"#{anchor}" for anchor in OWN.findall(text) if f'id="{anchor}"' not in text}
    return pages | own, set(ASKED.findall(text))


@pytest.mark.parametrize("name", sorted(MACROS))
def test_a_macro_declares_what_its_templates_name_and_no_more(name: str) -> None:
    macro, (targets, asked) = MACROS[name], named(name)
    if name == "briefing":
        targets |= {"updates.md"}  # its template is given the way
    assert set(macro.needs) == targets
    assert set(macro.asks) == asked


def test_a_binding_word_declares_where_it_leads() -> None:
    assert {f"{path}#{anchor}" for path, anchor in PAGE.findall(template("binding"))} == set(WORD_NEEDS)


def test_no_template_names_what_no_macro_declares() -> None:
    declared = {*WORD_NEEDS, *(target for macro in MACROS.values() for target in (*macro.needs, macro.home))}
    for file in COMPONENTS.rglob("*.html"):
        for path, anchor in PAGE.findall(file.read_text("utf-8")):
            assert (f"{path}#{anchor}" if anchor else path) in declared, file


def test_the_frame_leads_to_pages_that_every_site_has() -> None:
    frame = [
        ROOT / "overrides" / "main.html",
        ROOT / "overrides" / "404.html",
        *Path(ROOT / "overrides" / "partials").glob("*.html"),
    ]
    found = {address for file in frame for address in re.findall(r"'([\w/-]+/)' \| url", file.read_text("utf-8"))}
    assert found == {"search/"}
    assert "search.md" in FRAME_NEEDS
    assert all(macro.home in {*FRAME_NEEDS, "", "updates.md", "as-at.md"} for macro in MACROS.values())


def test_no_style_hangs_on_the_name_of_a_page() -> None:
    for file in (ROOT / "overrides").rglob("*.css"):
        assert "lrp-page-" not in file.read_text("utf-8"), file
    frame = (ROOT / "overrides" / "main.html").read_text("utf-8")
    marks = re.findall(r"'(\w+)'", re.findall(r"for mark in (\[[^]]*\])", frame)[0])
    styles = "".join(file.read_text("utf-8") for file in (ROOT / "overrides").rglob("*.css"))
    assert set(re.findall(r"\.lrp-with-(\w+)", styles)) == set(marks)
    for mark in marks:
        assert f'class="lrp-{mark}"' in template(mark)
