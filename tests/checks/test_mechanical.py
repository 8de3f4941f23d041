"""What `check --fix` mends, and what it leaves to the editor."""

from __future__ import annotations

import pytest

from macros.checks.mechanical import mended
from tests.project import MINIMAL, WHOLE

HEAD = "---\ntitle: A page\n---\n\n"
SAFE = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.example.org%2Fa%3Fb%3D1&data=05%7C02&reserved=0"
PAGES = {
    "a bullet of Word": ("Needs:\n\n• a\n• b", "Needs:\n\n- a\n- b"),
    "a bullet of its own font": ("\uf0b7\ta\n\uf0b7\tb", "- a\n- b"),
    "numbers with brackets": ("1) a\n2) b", "1. a\n2. b"),
    "a tab behind a hyphen": ("-\ta", "- a"),
    "a no-break space behind a hyphen": ("-\u00a0a", "- a"),
    "a list right under its text": ("Needs:\n- a\n- b", "Needs:\n\n- a\n- b"),
    "bullets right under their text": ("Needs:\n• a\n• b", "Needs:\n\n- a\n- b"),
    "numbers right under a sentence": ("Do this.\n1. a\n2. b", "Do this.\n\n1. a\n2. b"),
    "a full stop in an address": ("See [a](https://a.example/b.)", "See [a](https://a.example/b)."),
    "a full stop in and behind an address": ("See [a](https://a.example/b.).", "See [a](https://a.example/b)."),
    "a wrapped address": (f"See [a]({SAFE}).", "See [a](https://www.example.org/a?b=1)."),
    "curly marks in braces": ("It {{ source(“act”) }} says “so”.", 'It {{ source("act") }} says “so”.'),
}
AS_THEY_ARE = {
    "code between fences": "```\n• a\n1) b\n-\ta\n```",
    "what follows a fence that is never closed": "```\n• b\n\n1) c",
    "code in a line": "Write `• a` and `{{ term(“a”) }}`.",
    "code of four blanks": "Text.\n\n    • a",
    "a sentence that goes on with a year": "It was in\n2004. It says so.",
    "a bracket in a sentence": "It has (a) and\n1) or so.",
    "a hyphen in a sentence": "Three words\n- or four.",
    "a list that goes on": "- a\n  more\n- b",
    "an address that tells nothing": "[a](https://x.safelinks.protection.outlook.com/?data=1)",
    "an address with brackets": "[a](https://a.example/b_(c).)",
    "quotation marks of a sentence": "“So”, they said, 5\u00a0days ago.",
}
DATA = {
    "curly marks around a text": ("a: “b”", 'a: "b"'),
    "curly marks around a text with a colon": ("a: “b: c”", 'a: "b: c"'),
    "curly marks in brackets": ("- {a: “b, c”, d: [“e”, f]}", '- {a: "b, c", d: ["e", f]}'),
    "a no-break space": ("a:\u00a0b\nc: d", "a: b\nc: d"),
    "a no-break space before a key": ("a:\n\u00a0\u00a0b: c", "a:\n  b: c"),
    "a no-break space in braces": ("- {a:\u00a0b, c: d}", "- {a: b, c: d}"),
    "tabs": ("a:\n\tb: c\n\td: e", "a:\n  b: c\n  d: e"),
    "several lines": ("a:\u00a0b\nc: “d”\ne:\u00a0“f”", 'a: b\nc: "d"\ne: "f"'),
    "a wrapped address": (f"link: {SAFE}", "link: https://www.example.org/a?b=1"),
    "a full stop behind an address": ("link: https://a.example/b.", "link: https://a.example/b"),
}
DATA_AS_THEY_ARE = {
    "curly marks within a text": "a: The “b” of c",
    "curly marks in quotation marks": 'a: "“b”"',
    "curly marks of a text on lines of its own": "a: |\n  “b”\n  {c: “d”}",
    "no-break spaces of a text": "a: 5\u00a0days: never",
    "a colon": "a: b: c",
    "a line that begins at a wrong place": "a: b\n c: d",
    "a quotation mark that is never closed": 'a: "b\nc: d',
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_mended_and_then_stays(kind: str) -> None:
    before, after = PAGES[kind]
    assert mended(HEAD + before, "docs/x.md") == HEAD + after
    assert mended(HEAD + after, "docs/x.md") == HEAD + after


@pytest.mark.parametrize("kind", AS_THEY_ARE)
def test_what_is_not_mechanical_on_a_page_stays(kind: str) -> None:
    assert mended(HEAD + AS_THEY_ARE[kind], "docs/x.md") == HEAD + AS_THEY_ARE[kind]


@pytest.mark.parametrize("kind", DATA)
def test_data_are_mended_in_a_list_and_at_the_top_of_a_page(kind: str) -> None:
    before, after = DATA[kind]
    assert mended(f"{before}\n", "docs/x.yml") == f"{after}\n"
    assert mended(f"{after}\n", "docs/x.yml") == f"{after}\n"
    assert mended(f"---\n{before}\n---\n\nText\n", "docs/x.md") == f"---\n{after}\n---\n\nText\n"


@pytest.mark.parametrize("kind", DATA_AS_THEY_ARE)
def test_what_is_not_mechanical_in_data_stays(kind: str) -> None:
    assert mended(f"{DATA_AS_THEY_ARE[kind]}\n", "docs/x.yml") == f"{DATA_AS_THEY_ARE[kind]}\n"


def test_what_is_right_stays_as_it_is() -> None:
    for site in (MINIMAL, WHOLE):
        for file in [*site.rglob("*.md"), *site.rglob("*.yml")]:
            text = file.read_text("utf-8")
            assert mended(text, file.relative_to(site).as_posix()) == text
