"""Headings, anchors and links of a page."""

from __future__ import annotations

import pytest

from macros.content.addresses import split_target
from macros.content.outline import outline
from macros.source.text import Text


def read(text: str) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    found = outline(Text(text, "docs/x.md", 10))
    return [(h.text.line, str(h.text), h.anchor) for h in found.headings], [
        (k.target.line, str(k.target)) for k in found.links
    ]


def test_reads_written_and_made_anchors() -> None:
    headings, _ = read("## 1.4 Who notifies { #s1-4 }\n\n### What now?\n\n### What now?\n")
    assert headings == [
        (10, "1.4 Who notifies", "s1-4"),
        (12, "What now?", "what-now"),
        (14, "What now?", "what-now_1"),
    ]


def test_a_number_is_part_and_section() -> None:
    assert [h.number for h in outline(Text("## 1.14 Why\n\n## Why 1.4\n")).headings] == [(1, 14), None]


def test_reads_links_pictures_and_definitions_with_their_lines() -> None:
    _, links = read('See [a](b.md#c "title") and ![d](e.svg).\n\n[f]: g.md\n')
    assert links == [(10, "b.md#c"), (10, "e.svg"), (12, "g.md")]


@pytest.mark.parametrize(
    "text", ["`[a](b.md)`", "```\n## x\n[a](b.md)\n```", "~~~~\n[a](b.md)\n```\n~~~~", '{{ duty("[a](b)") }}']
)
def test_what_stands_in_code_or_braces_is_no_link(text: str) -> None:
    assert read(text) == ([], [])


def test_words_of_a_heading_are_plain() -> None:
    assert read("## The **whole** [story](x.md) of `it`\n")[0] == [
        (10, "The whole story of it", "the-whole-story-of-it")
    ]


def test_a_target_is_a_path_and_an_anchor() -> None:
    assert split_target("a/b.md#s1-4") == ("a/b.md", "s1-4")
    assert split_target("a%20b.md") == ("a b.md", "")
