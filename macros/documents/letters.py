"""The letters of content that no font of the documents has: Typst would stop at them, and name neither file nor line."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from macros.content.load import TOGETHER, Content
from macros.documents.typesetting import Press, SettingError
from macros.documents.typst_writer import quoted
from macros.source.characters import UNUSUAL
from macros.source.files import read_text
from macros.source.problems import Problem

_ANY = re.compile(f"{UNUSUAL.pattern}|&#")
FONTS = ("Lato", "DejaVu Sans Mono")  # as overrides/documents/style.typ has them


def check_letters(content: Content) -> Iterator[Problem]:
    """The lines of what the documents hold with letters that they cannot show; one problem a line."""
    lines = list(_lines(content))
    lost = _lost({letter for _, _, found in lines for letter in found})
    for path, number, found in lines:
        letter = next((letter for letter in found if letter in lost), None)
        if letter:
            name = unicodedata.name(letter, "a character without a name").lower()
            wrong = f'The documents cannot show "{letter}" (U+{ord(letter):04X}, {name}): none of their fonts has it.'
            wish = "Write it in Latin letters or in words, or take the page out of docs/downloads.yml."
            yield Problem(path, number, wrong, wish)


def _lines(content: Content) -> Iterator[tuple[str, int, str]]:
    """Each line of a document that holds more than usual letters: its file, its number, and those letters."""
    pages = {str(page).removesuffix(".md") for document in content.documents for page in document.pages}
    for path in content.files:
        stem = path.removeprefix("docs/").rpartition(".")[0]
        shared = path in TOGETHER or path.startswith("glossary/")
        if pages and path.endswith((".md", ".yml")) and (shared or stem in pages):
            text, _ = read_text(content.root / path, path)
            for number, line in enumerate(text.split("\n") if _ANY.search(text) else (), 1):
                letters = "".join(UNUSUAL.findall(unescape(line)))
                if letters:
                    yield path, number, letters


def _lost(letters: set[str]) -> set[str]:
    """Those of the letters that no font has, by asking Typst for all at once and, where it stops, for each."""
    seen = {letter for letter in letters if unicodedata.category(letter)[0] not in "CMZ"}
    if not seen or _is_set("".join(sorted(seen))):
        return set()
    return {letter for letter in seen if not _is_set(letter)}


def _is_set(text: str) -> bool:
    names = ", ".join(map(quoted, FONTS))
    source = f'#set document(title: "x")\n#set text(font: ({names}), lang: "en")\n= x\n#{quoted(text)};'
    with tempfile.TemporaryDirectory() as folder:
        press = Press(Path(folder))
        try:
            press.compiled(source, 0)
        except SettingError:
            return False
    return True
