"""Letters that no font of the documents has are named with their line, and never by Typst."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.content.load import load
from macros.documents.letters import FONTS, _is_set, check_letters
from macros.source.characters import UNUSUAL
from tests.project import ROOT, WHOLE, small_project

WISH = "Write it in Latin letters or in words, or take the page out of docs/downloads.yml."


def said(root: Path) -> list[str]:
    return [str(problem) for problem in check_letters(load(root))]


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("A Bengali word: বাংলা.", '"ব" (U+09AC, bengali letter ba)'),
        ("A Chinese word: 中文.", '"中" (U+4E2D, cjk unified ideograph-4e2d)'),
        ("A child \U0001f476 of two.", '"\U0001f476" (U+1F476, baby)'),
        ("As an entity: &#x4e2d;.", '"中" (U+4E2D, cjk unified ideograph-4e2d)'),
    ],
)
def test_a_letter_that_no_font_has_is_named_with_its_line(text: str, letter: str, tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    file = root / "docs" / "part-one" / "notify.md"
    line = file.read_text("utf-8").count("\n") + 2
    file.write_text(f"{file.read_text('utf-8')}\n{text}\n", "utf-8")
    wrong = f"The documents cannot show {letter}: none of their fonts has it."
    assert said(root) == [f"docs/part-one/notify.md:{line}: {wrong} {WISH}"]


def test_terms_and_lists_stand_in_documents_too_and_other_pages_do_not(tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    for path in ("docs/deadlines.yml", "docs/search.md"):
        (root / path).write_text(f"{(root / path).read_text('utf-8')}\n# 中\n", "utf-8")
    (found,) = said(root)
    assert found.startswith("docs/deadlines.yml:")


def test_what_the_fonts_have_may_stand(tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    file = root / "docs" / "part-one" / "notify.md"
    file.write_text(f"{file.read_text('utf-8')}\nΑθήνα, Київ, عربي, ẃ, ≥ 5, ✓ and ⚠️.\n", "utf-8")
    assert said(root) == []


def test_every_usual_letter_can_be_set() -> None:
    usual = [chr(number) for number in range(0x20, 0x2300) if not UNUSUAL.match(chr(number))]
    assert _is_set("".join(letter for letter in usual if letter.isprintable()))
    (fonts,) = re.findall(r"set text\(font: \((.*?)\)", (ROOT / "overrides/documents/style.typ").read_text("utf-8"))
    assert tuple(fonts.replace('"', "").split(", ")) == FONTS
