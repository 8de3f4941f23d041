"""What spares MkDocs work leaves its result as it is: content that was checked already, pages without HTML or braces."""

from __future__ import annotations

from pathlib import Path

import pytest
from markdown import Markdown

from macros.content import handover
from macros.content.dialect import Shortcuts
from macros.content.handover import hand, handed
from macros.content.load import Content
from tests.project import WHOLE


@pytest.fixture
def given(content: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    environment = hand(content, tmp_path / "content")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return environment


@pytest.mark.usefixtures("given")
def test_the_content_arrives_as_it_was(content: Content) -> None:
    found = handed()
    assert found == content
    assert found is not None
    for page, known in zip(found.pages.values(), content.pages.values(), strict=True):
        assert [(line, line.path, line.line) for line in page.shown] == [
            (line, line.path, line.line) for line in known.shown
        ]
        assert (page.front.title.path, page.front.title.line) == (known.front.title.path, known.front.title.line)


@pytest.mark.usefixtures("given")
def test_nothing_is_taken_from_a_generator_of_other_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "macros" / "content").mkdir(parents=True)
    monkeypatch.setattr(handover, "__file__", str(tmp_path / "macros" / "content" / "handover.py"))
    assert handed() is None


def test_nothing_is_taken_where_nothing_was_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in handover.NOTHING.items():
        monkeypatch.setenv(name, value)
    assert handed() is None


PAGES = [
    "One\n\n* two\n\n    three\n",
    "```\na\n```\n\n| a | b |\n| - | - |\n| c | d |\n",
    "<div markdown>\n*a*\n</div>\n",
    "a &amp; b &copy 1",
]


@pytest.mark.parametrize(
    "text", [*PAGES, *(file.read_text("utf-8") for file in sorted((WHOLE / "docs").rglob("*.md")))]
)
def test_a_page_comes_out_the_same_with_the_shortcut(text: str) -> None:
    extensions = ["admonition", "attr_list", "def_list", "md_in_html", "tables", "toc", "pymdownx.superfences"]
    assert Markdown(extensions=[*extensions, Shortcuts()]).convert(text) == Markdown(extensions=extensions).convert(
        text
    )
    lines = [line for line in text.split("\n") if "<" not in line and "&" not in line] or [""]
    whole = Markdown(extensions=extensions).preprocessors["html_block"]
    assert whole.run(lines) == lines
