"""The small site `whole` holds what the generator can show: each macro, each form of it, and each template of a component."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from jinja2 import Environment, FileSystemLoader
from markdown import Markdown

from macros.content.dialect import SETTINGS, extensions
from macros.content.load import Content
from macros.content.macro_list import MACROS
from macros.content.pages import Page
from macros.render.macros import Renderer
from macros.render.markdown_extensions import Abbreviations
from macros.render.pictures import Pictures
from macros.render.terms_of_page import TermLists
from macros.topics.duties import BINDING_WORDS
from tests.built import DAY
from tests.project import ROOT

TEMPLATES = {file.name for file in (ROOT / "overrides" / "components").rglob("*.html")}


class Noting(FileSystemLoader):
    """Loads templates, and notes which."""

    def __init__(self, folders: list[str]) -> None:
        super().__init__(folders)
        self.loaded: set[str] = set()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """A template, noted."""
        self.loaded.add(template)
        return super().get_source(environment, template)


def shown(content: Content) -> set[str]:
    """The templates that are loaded while every page is rendered as MkDocs has it done."""
    here: list[Page] = []
    renderer = Renderer(content, lambda: str(here[-1].path), DAY)
    noting = Noting([str(folder) for folder in (ROOT / "overrides" / "components").iterdir()])
    renderer.templates.loader = noting
    lists, values = TermLists(renderer), {**renderer.words(), **renderer.macros()}
    for page in content.in_order():
        here.append(page)
        marker = Abbreviations(lists.spellings, lists.reading, lists.finish)
        ours = extensions([Pictures(content.pictures, renderer.here), marker])
        Markdown(extensions=ours, extension_configs=SETTINGS).convert(
            Environment().from_string(page.body).render(values)
        )
    return noting.loaded


def test_each_template_of_a_component_is_shown(content: Content) -> None:
    assert TEMPLATES - shown(content) == set()


def test_each_macro_is_called_and_in_each_of_its_forms(content: Content) -> None:
    calls = [call for page in content.pages.values() for call in page.calls]
    assert set(MACROS) - {call.name for call in calls} == set()
    for name, macro in MACROS.items():
        values = {str(value) for call in calls if call.name == name for value in call.values}
        assert set(macro.forms) - values == set(), name


@pytest.mark.parametrize("word", BINDING_WORDS)
def test_each_binding_word_is_stated(word: str, content: Content) -> None:
    assert any(f"{{{{ {word} }}}}" in page.body for page in content.pages.values())
