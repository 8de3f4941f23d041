"""Files as editors write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.source.files import parse_markdown, read_text
from macros.source.parsing import parse_yaml
from macros.source.text import Keyed, Listed, Text


def test_every_value_stays_the_text_that_was_written() -> None:
    node, problems = parse_yaml(
        "a: Yes\nb: No\nc: On\nd: Off\ne: 12:30\nf: 010\ng: 1e3\nh: ~\ni: 2026-11-23\n", "x.yml"
    )
    assert problems == []
    assert isinstance(node, Keyed)
    assert [str(value) for value in node.items.values()] == [
        "Yes",
        "No",
        "On",
        "Off",
        "12:30",
        "010",
        "1e3",
        "~",
        "2026-11-23",
    ]


def test_every_value_knows_its_file_and_line() -> None:
    node, _ = parse_yaml("# a comment\na:\n  - one\n  - {b: two}\n", "docs/x.yml")
    assert isinstance(node, Keyed)
    listed = node.items[Text("a")]
    assert isinstance(listed, Listed)
    first, second = listed.items
    assert isinstance(first, Text)
    assert isinstance(second, Keyed)
    assert (first, first.path, first.line) == ("one", "docs/x.yml", 3)
    assert second.line == 4


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_machine_are_read(ends: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(f"a: 1{ends}b: 2{ends}".encode())
    assert read_text(file, "x.yml") == ("a: 1\nb: 2\n", [])


def test_the_mark_that_windows_puts_before_utf8_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "x.yml"
    file.write_bytes(b"\xef\xbb\xbfa: caf\xc3\xa9\n")
    assert read_text(file, "x.yml") == ("a: café\n", [])


def test_front_matter_and_body_keep_the_lines_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    file.write_text("---\ntitle: One\nowner: Two\n---\n\n## Three\n", "utf-8")
    document, problems = parse_markdown(read_text(file, "docs/page.md")[0], "docs/page.md")
    assert problems == []
    assert document is not None
    assert isinstance(document.front, Keyed)
    assert [key.line for key in document.front.items] == [2, 3]
    assert (document.body, document.body.line) == ("\n## Three\n", 5)


def test_a_bomb_of_aliases_is_not_blown_up() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    _, problems = parse_yaml("\n".join(lines), "x.yml")
    assert 0 < len(problems) < 1000


def test_brackets_without_end_are_a_problem_and_not_a_crash() -> None:
    _, problems = parse_yaml("a: " + "[" * 50_000 + "]" * 50_000, "x.yml")
    assert [problem.line for problem in problems] == [1]
