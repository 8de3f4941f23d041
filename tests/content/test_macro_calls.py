"""Macro calls are read from any text, however deep its expressions stand in each other."""

from __future__ import annotations

import pytest

from macros.content.macro_calls import read_calls
from macros.source.text import Text


@pytest.mark.parametrize("inner", ["not " * 1200, "-" * 2400, "(" * 2400, "a if b else " * 400])
def test_expressions_in_each_other_without_end_are_a_problem(inner: str) -> None:
    unrun, (problem, *_) = read_calls(Text("Words.\n\n{{ " + inner + "a }}\n", "docs/search.md", 9))
    assert unrun.calls == ()
    assert problem.path == "docs/search.md"
