"""Whatever Markdown an editor writes: each word reaches the reader or is a problem, and each is known by its own line.

A sample runs each time, the same one; `make test-long` runs ten thousand others.
"""

from __future__ import annotations

import re
from html import unescape
from itertools import count

from hypothesis import strategies as st
from markdown import Markdown

from macros.content.allowed_html import check_html
from macros.content.dialect import SETTINGS, extensions
from macros.content.left_over import check_left_over
from macros.content.lists import check_lists
from macros.content.macro_calls import PLACES, Unrun, read_calls
from macros.content.page_reader import PageReader
from macros.content.reading import Reading
from macros.content.section_numbers import check_headings
from macros.content.structure import check_structure
from macros.source.problems import Problem
from macros.source.text import Text
from tests.generator.test_fuzz import EXAMPLES, fuzzed

LINES = [
    "W W W",
    "W *W* W",
    "W",
    "**W** W `W` W",
    "W {# a comment #} W",
    '{{ must }} W {{ local("day-count") }}',
    "W<br>W &nbsp; W &amp; W",
    "\\*W\\* W \\[W\\]",
    "[W](search.md) and [W][there]",
    "[there]: search.md",
    "![W](plan.png)",
    '<span class="x">W</span>',
    "## W",
    "### W { .x }",
    "##W",
    " ## W",
    "- W",
    "- **W** W",
    "  - W",
    "    - W",
    "        - W",
    "* W",
    "• W",
    "1. W",
    "2. W",
    "   W",
    "    W",
    "     W",
    "10. W",
    "2004. W",
    "> W",
    "> - W",
    "| W | W |",
    "| W | W | W |",
    "| --- | --- |",
    "| W |",
    "Table: W",
    '!!! note "W"',
    "!!! note",
    "!!! note “W”",
    "```",
    "```yaml",
    "~~~",
    "---",
    "=======",
    ": W",
    ":   W",
    "<div markdown>",
    "<div>",
    "<div>W</div>",
    "</div>",
    "**W",
    "`W",
    "W | W",
    "{% raw %}`{{ W }}`{% endraw %}",
    "{# a comment",
    "over lines #}",
    "{{ decision() }}",
    "",
]
BLANKS = [""] * (len(LINES) // 2)
READER, MARKDOWN = PageReader(), Markdown(extensions=extensions(), extension_configs=SETTINGS)


def worded(lines: list[str]) -> str:
    """The lines as a page, with another word for each W."""
    numbers = count(1)
    return re.sub("W", lambda _: f"w{next(numbers)}w", "\n".join(lines))


def lines_of_words(text: str, page: Unrun) -> dict[str, int]:
    """The line of each word that does not stand in a comment."""
    said = set(re.findall(r"w\d+w", page.text))
    lines = enumerate(text.split("\n"), 1)
    return {word: number for number, line in lines for word in re.findall(r"w\d+w", line) if word in said}


def rendered(page: Unrun) -> set[str]:
    """The words that readers of the page see, or hear for a picture."""
    MARKDOWN.reset()
    html = re.sub(r' alt="([^"]*)"[^>]*>', r">\1", MARKDOWN.convert(page.text))
    return set(re.findall(r"w\d+w", unescape(re.sub(r"<[^>]*>", " ", html))))


def judged(reading: Reading) -> list[Problem]:
    """What the check says of a page by itself."""
    checks = (check_headings, check_structure, check_lists, check_left_over, check_html)
    return [problem for check in checks for problem in check(reading)]


def say(lines: list[str]) -> None:
    """Holds one page to the three promises."""
    text = worded(lines)
    page, mistakes = read_calls(Text(text, "docs/x.md", 1))
    if mistakes:
        return
    reading, written, shown = READER.read(page, "docs/x.md"), lines_of_words(text, page), rendered(page)
    read: dict[str, int] = {}
    for block in reading.blocks:
        for word in re.finditer(r"w\d+w", block.raw):
            read[word[0]] = block.raw.at(word.start()).line
    assert set(read) <= shown, "what is read is rendered"
    assert {word: written[word] for word in read} == read, "each word is known by its line"
    problems = judged(reading)
    assert problems or set(written) <= shown, "what is not rendered is a problem"
    assert all(1 <= problem.line <= len(text.split("\n")) and str(problem).isprintable() for problem in problems)
    code = {word for span in re.findall(r"(?<!`)`([^`]+)`(?!`)", text) for word in re.findall(r"w\d+w", span)}
    assert problems or reading.fences or shown - code <= set(read), "what is rendered is read"
    assert not any(PLACES.search(block.shown) for block in reading.blocks)


@EXAMPLES
def test_each_word_reaches_the_reader_or_is_a_problem_and_knows_its_line(examples: int) -> None:
    fuzzed(examples, say, lines=st.lists(st.sampled_from(LINES + BLANKS), min_size=1, max_size=12))
