"""Slips of editors in data: each is named at the line on which it was made, whatever stands below."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from macros.source.parsing import parse_yaml
from tests.project import WHOLE

_KEYED = re.compile(r"""( *(?:- )?[\w-]+:) ([^\s"'\[{|>].*)""")
SLIPS: dict[str, Callable[[str, str], str]] = {
    "a no-break space": lambda key, text: f"{key}\u00a0{text}",
    "no blank": lambda key, text: f"{key}{text}",
    "no colon": lambda key, text: f"{key[:-1]} {text}",
    "a quotation mark that is not closed": lambda key, text: f'{key} "{text}',
    "an apostrophe in quotation marks": lambda key, text: f"{key} 'It's {text}'",
    "a second colon": lambda key, text: f"{key} One: {text}",
    "curly quotation marks": lambda key, text: f"{key} “{text}”",
    "a sign": lambda key, text: f"{key} @{text}",
    "stars": lambda key, text: f"{key} *{text}*",
    "a word in brackets": lambda key, text: f"{key} [draft] {text}",
    "a tab": lambda key, text: key.replace("  ", "\t", 1) + f" {text}",
}
FILES = sorted(file for room in ("docs", "glossary") for file in (WHOLE / room).rglob("*.yml"))


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_named_once_and_at_its_own_line(slip: str) -> None:
    for file in FILES:
        lines = file.read_text("utf-8").split("\n")
        for number in [number for number, line in enumerate(lines) if _KEYED.fullmatch(line)][::4]:
            found = _KEYED.fullmatch(lines[number])
            assert found
            broken = SLIPS[slip](found[1], found[2])
            if broken != lines[number]:
                _, problems = parse_yaml("\n".join([*lines[:number], broken, *lines[number + 1 :]]), file.name)
                assert [problem.line for problem in problems] == [number + 1], f"{file.name}: {broken}"


@pytest.mark.parametrize("blanks", [1, -1])
def test_an_entry_that_begins_at_a_wrong_place_is_shown_where_it_belongs(blanks: int) -> None:
    lines = (WHOLE / "docs" / "navigation.yml").read_text("utf-8").split("\n")
    for number in (number for number, line in enumerate(lines) if line.startswith("      - {") and number > 5):
        moved = " " * blanks + lines[number] if blanks > 0 else lines[number][-blanks:]
        _, problems = parse_yaml("\n".join([*lines[:number], moved, *lines[number + 1 :]]), "x.yml")
        if lines[number - 1].startswith("      - {"):
            assert [(problem.line, problem.paste) for problem in problems] in ([(number + 1, lines[number])], [])


def test_a_mended_line_is_offered_only_where_it_lets_the_reader_get_further() -> None:
    _, problems = parse_yaml("a: one\n]\nb: two: three\n", "x.yml")
    assert [(problem.line, problem.paste) for problem in problems] == [(2, "")]


def test_what_takes_long_to_explain_is_not_looked_at_for_ever() -> None:
    text = "".join(f"key-{number}: 'text\n  more'\n" for number in range(4000)) + "]\n"
    _, problems = parse_yaml(text, "x.yml")
    assert [problem.line for problem in problems] == [8001]


def test_files_that_are_right_have_no_slips() -> None:
    for file in FILES:
        assert parse_yaml(file.read_text("utf-8"), file.name)[1] == []
