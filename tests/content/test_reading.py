"""Pages are read as Markdown reads them, and each thing on them knows its line."""

from __future__ import annotations

import re
from typing import cast
from xml.etree.ElementTree import Element, tostring

import pytest
from markdown import Markdown

from macros.content.addresses import split_target
from macros.content.dialect import SETTINGS, anchor_of, extensions
from macros.content.line_marks import MARK, line_of, mark, unmarked
from macros.content.lined_markdown import LinedMarkdown
from macros.content.macro_calls import BLOCK, Unrun, read_calls
from macros.content.page_reader import PageReader
from macros.content.reading import Reading
from macros.source.text import Text
from tests.project import WHOLE

READER = PageReader()
ODD = """\
## 1.4 Who **notifies** { #s1-4 }

A first line with `code
more` and \\*star\\* {{ must }}
second [link
over](a.md#b "t") &nbsp;x &#42; {# allow "x": y #}

{# a
comment #}
- one
  - two by two
- **three**

    para in three

    - nested
1. x

!!! note "Title"

!!! note "Title two"
    Text of it
    two

Table: Cap *x*

| A | B |
|---|---|
| 1 | 2 | 3 |
| 4 |
tail text

<div class="a" markdown>
### In div
hello
there
</div>

```python
code
```
<span lang="x"
 id=y>raw</span> text [r][ref] ![alt](p.png){ width=3 }

[ref]: y.md

> quote
> second

Term
:   Def one
    two

<div>
 raw text
 <b>x</b>
</div>

    indented

{{ decision() }}

end  \nhard

last
"""


def unrun(text: str, first: int = 1) -> Unrun:
    return read_calls(Text(text, "docs/x.md", first))[0]


def read(text: str, first: int = 1) -> Reading:
    return READER.read(unrun(text, first), "docs/x.md")


def outlined(text: str) -> tuple[list[tuple[int, str, str]], list[tuple[int, str]]]:
    reading = read(text, 10)
    return [(h.text.line, str(h.text), h.anchor) for h in reading.headings], [
        (link.target.line, str(link.target)) for link in reading.links
    ]


def test_reads_written_and_made_anchors() -> None:
    headings, _ = outlined("## 1.4 Who notifies { #s1-4 }\n\n### What now?\n\n### What now?\n")
    assert headings == [
        (10, "1.4 Who notifies", "s1-4"),
        (12, "What now?", "what-now"),
        (14, "What now?", "what-now_1"),
    ]


def test_a_number_is_part_and_section() -> None:
    assert [h.number for h in read("## 1.14 Why\n\n## Why 1.4\n").headings] == [(1, 14), None]


def test_reads_links_and_pictures_with_their_lines_and_what_they_name_at_its_own() -> None:
    _, links = outlined('See [a](b.md#c "title"), ![d](e.svg)\nand [h][f].\n\n[f]: g.md\n')
    assert links == [(10, "b.md#c"), (10, "e.svg"), (13, "g.md")]


@pytest.mark.parametrize(
    "text", ["`[a](b.md)`", "```\n## x\n[a](b.md)\n```", "~~~~\n[a](b.md)\n```\n~~~~", '{{ duty("[a](b)") }}']
)
def test_what_stands_in_code_or_braces_is_no_link(text: str) -> None:
    assert outlined(text) == ([], [])


def test_words_of_a_heading_are_plain() -> None:
    assert outlined("## The **whole** [story](x.md) of _it_\n")[0] == [
        (10, "The whole story of it", "the-whole-story-of-it")
    ]


def test_a_target_is_a_path_and_an_anchor() -> None:
    assert split_target("a/b.md#s1-4") == ("a/b.md", "s1-4")
    assert split_target("a%20b.md") == ("a b.md", "")


def test_each_line_of_a_text_knows_its_number() -> None:
    reading = read(ODD)
    starts = {str(block.raw): [line for _, line in block.text.starts] for block in reading.blocks}
    assert starts["A first line with … and …star… … second link over \xa0x …"] == [3, 4, 5, 6]
    assert [starts[words] for words in ("one", "two by two", "three", "para in three", "nested", "x")] == [
        [10],
        [11],
        [12],
        [14],
        [16],
        [17],
    ]
    assert [starts[words] for words in ("Title", "Text of it two", "Cap x", "A", "2", "4", "tail text")] == [
        [19],
        [22, 23],
        [25],
        [27],
        [29],
        [30],
        [31],
    ]
    assert [
        starts[words] for words in ("hello there", "raw text r alt", "quote second", "Def one two", "end hard")
    ] == [
        [35, 36],
        [43],
        [47, 48],
        [51, 52],
        [63, 64],
    ]
    assert [table.rows[2].source.line for table in reading.tables] == [30]
    assert [title.line for title in reading.boxes] == [19]
    assert [(str(tag), tag.line) for tag in reading.tags if tag in ("<div>", "</div>", "<b>")] == [
        ("<div>", 54),
        ("<b>", 56),
        ("</div>", 57),
    ]
    assert [code.line for code in reading.code] == [59]


def test_a_text_knows_its_lines_after_words_are_put_into_it() -> None:
    reading = read('One {{ term("a") }} two\nthree `four\nfive` six\nseven\n', 5)
    (block,) = reading.blocks
    said = block.said(lambda _: "the whole of it", "(code)")
    assert said == "One the whole of it two three (code) six seven"
    assert [said.at(said.index(word)).line for word in ("two", "three", "six", "seven")] == [5, 6, 7, 8]
    assert block.shown.at(block.shown.index("seven")).line == 8


def test_a_macro_that_runs_over_lines_moves_nothing_behind_it() -> None:
    reading = read('{{ at_a_glance(\n"a",\n"b") }}\n\nWords.\n\n{% raw %}\n`{{ x }}` more\n{% endraw %}\n\nEnd.\n')
    assert [(str(block.shown), block.shown.line) for block in reading.blocks if block.shown] == [
        ("Words.", 5),
        (" more", 8),
        ("End.", 11),
    ]


@pytest.mark.parametrize("number", [1, 2, 3, 26, 27, 10_000])
def test_a_mark_names_its_line_and_is_white_space(number: int) -> None:
    found = MARK.fullmatch(mark(number))
    assert found
    assert line_of(found) == number
    assert mark(number).isspace()
    assert unmarked(f"a{mark(number)}b") == "ab"


def as_html(root: Element) -> str:
    """A tree as text, the numbers of what was put away left out."""
    return re.sub(r"wzxhzdk:\d+", "put away", re.sub(r"\s+", " ", tostring(root, encoding="unicode")))


def plainly(text: str) -> str:
    """A page as the site's Markdown reads it without our marks; macros of a part are put away as their HTML would be."""
    markdown = Markdown(extensions=extensions(), extension_configs=SETTINGS)
    lines = re.sub(f"^[{chr(BLOCK)}-\U0010ffff]$", "<div></div>", text, flags=re.M).split("\n")
    for preprocessor in markdown.preprocessors:
        lines = preprocessor.run(lines)
    root = cast(Element, markdown.parser.parseDocument(lines).getroot())
    for processor in markdown.treeprocessors:
        if processor is markdown.treeprocessors["unescape"]:
            break
        changed = processor.run(root)
        root = root if changed is None else changed
    return as_html(root)


@pytest.mark.parametrize(
    "text", [ODD, *(file.read_text("utf-8").split("---\n", 2)[-1] for file in sorted((WHOLE / "docs").rglob("*.md")))]
)
def test_marks_change_nothing_of_what_markdown_makes(text: str) -> None:
    page, markdown = unrun(text), LinedMarkdown()
    root = markdown.tree(page.text, page.numbers)
    for element in root.iter():
        element.text, element.tail = (part and unmarked(part) for part in (element.text, element.tail))
        for key, value in element.items():
            element.set(key, unmarked(value))
    assert as_html(root) == plainly(page.text)


@pytest.mark.parametrize(
    ("words", "anchor"),
    [
        ("What now?", "what-now"),
        ("Café – “quoted” ½", "cafe-quoted-12"),
        ("Хто повідомляє", "хто-повідомляє"),
        ("谁来通知", "谁来通知"),
        ("🙂", ""),
    ],
)
def test_an_anchor_is_of_plain_letters_or_keeps_its_own(words: str, anchor: str) -> None:
    assert anchor_of(words, "-") == anchor
