"""Quotation marks of data: which text needs them, how it stands in them, and what is mistyped about those of a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

Mended = tuple[str, str, str]  # what is wrong with a text, how to mend it, and the text as it could stand

CURLY = "Curly quotation marks stand around the text."
_CURLY = {"“": "”", "„": "“”", "‘": "’", "”": "”", "’": "’", "‚": "‘’", "«": "»"}
_CLOSED = {'"': r'"(?:[^"\\]|\\.)*"', "'": r"'(?:[^']|'')*'"}
_PAIRS = {"[": "]", "{": "}"}
_PIECE = re.compile(
    rf"""(?P<key>\s*(?:[^\s,\[\]{{}}:"'][^,\[\]{{}}:]*:(?=\s)\s*)?)"""
    rf"""(?P<text>(?:{_CLOSED[chr(34)]}|{_CLOSED[chr(39)]})(?=\s*(?:[,\]}}]|$))|[^,\[\]{{}}]*)"""
)  # an entry in brackets: its key where it has one, and its text
_COMMENT = re.compile(r"(?:\s+#.*)?\s*")
_CANNOT_BEGIN = re.compile(r"""[@`%&*!|>,\[\]{}#"']|[-?:](?:\s|$)""")


def quoted(text: str) -> str:
    """A text in quotation marks that hold it as it is."""
    return f"'{text.replace(chr(39), chr(39) * 2)}'" if '"' in text or "\\" in text else f'"{text}"'


def offered(text: str, within: bool = False) -> str:
    """A text as it can be pasted: in quotation marks where it needs them; `within` brackets more texts do."""
    needs = _CANNOT_BEGIN.match(text) or re.search(r":(?:\s|$)|\s#", text) or (within and re.search(r"[,\[\]{}]", text))
    return quoted(text) if needs or text != text.strip() or not text else text


def unwrapped(text: str) -> str | None:
    """The words between curly quotation marks that stand around a text as straight ones would; nothing where none do."""
    closing = _CURLY.get(text[:1])
    if not closing or len(text) < 2:
        return None
    inner = text[1:-1] if text[-1] in closing else None
    return inner if inner and not set(inner) & {text[0], *closing} - {"’"} else None


def mended_value(value: str) -> Iterator[Mended]:
    """What may be wrong with the text of a line behind its key, the likeliest first."""
    first, text = value[0], re.split(r"\s+#", value)[0].rstrip()
    if first in _CURLY:
        yield CURLY, "Type straight ones:", quoted(text[1:-1] if text[-1] in _CURLY[first] else text[1:])
    elif first in _CLOSED:
        yield from _marks(value, first)
    elif first in _PAIRS:
        yield from _brackets(value, first)
    elif _CANNOT_BEGIN.match(value):
        sign = "a hyphen and a blank" if value[:2] in ("- ", "-") else f'"{first}"'
        yield f"A text that begins with {sign} has to stand in quotation marks.", "Write:", quoted(text)
    elif re.search(r":(?:\s|$)", text):
        yield "A text that holds a colon has to stand in quotation marks.", "Write:", quoted(text)


def _marks(value: str, mark: str) -> Iterator[Mended]:
    """What is wrong with a text that begins with a straight quotation mark."""
    closed = re.match(_CLOSED[mark], value)
    if not closed:
        yield (
            "The quotation mark here is never closed.",
            "Close it at the end of the value, or remove it:",
            value + mark,
        )
        return
    rest = value[closed.end() :]
    if _COMMENT.fullmatch(rest):
        return
    last = value.rindex(mark)
    if last >= closed.end() and _COMMENT.fullmatch(value[last + 1 :]):
        wrong = "A quotation mark within the text ends it too early."
        yield wrong, "Put other quotation marks around the text:", quoted(_plain(value[1:last], mark))
    else:
        wrong = "The text goes on behind the quotation mark that closes it."
        yield wrong, "Put all of it in quotation marks:", quoted(re.split(r"\s+#", value)[0])


def _plain(inner: str, mark: str) -> str:
    return inner.replace("\\" + mark, mark) if mark == '"' else inner.replace("''", "'")


def _brackets(value: str, mark: str) -> Iterator[Mended]:
    """What is wrong with entries in brackets, or with a text that begins with one."""
    mended, wrong, end, open_now = _entries(value)
    rest = value[end:]
    if open_now:
        sure = mark == "{" or re.fullmatch(r"\[[\w./-]+(?:, *[\w./-]+)*", value)  # not a text of several words
        wish = f'Close it with "{_PAIRS[mark]}", or put a text that begins with it in quotation marks{":" if sure else "."}'
        closing = "".join(_PAIRS[bracket] for bracket in reversed(open_now))
        yield f'The bracket "{mark}" is never closed.', wish, mended.rstrip() + closing
    elif not _COMMENT.fullmatch(rest):
        if not rest.strip(" ]}"):
            yield f'There is one "{rest.strip()[0]}" too many on this line.', "Take it away:", value[:end]
        wish = f'A text that begins with "{mark}" has to stand in quotation marks.'
        yield wish, "Write:", quoted(re.split(r"\s+#", value)[0])
    if wrong:
        yield *wrong, mended + rest


def _entries(value: str) -> tuple[str, tuple[str, str] | None, int, list[str]]:
    """Entries in brackets, mended; what is wrong with the first that was; where they end; and the brackets that stay open."""
    mended, wrong, place, open_now = "", None, 0, list[str]()
    while place < len(value) and (open_now or not place):
        letter = value[place]
        if letter in "[{":
            open_now.append(letter)
        closing = _PAIRS[open_now.pop()] if letter in "]}" else letter
        if closing != letter:
            wrong = wrong or (f'"{letter}" closes a bracket of the other kind.', "Write:")
        if letter in "[]{},":
            mended, place = mended + closing, place + 1
            continue
        piece = _PIECE.match(value, place)
        assert piece  # it matches anything
        text, place = piece["text"].strip(), piece.end()
        found = next(mended_value(text), None) if text else None
        wrong = wrong or (found[:2] if found else None)
        mended += piece["key"] + (piece["text"].replace(text, found[2]) if found else piece["text"])
    return mended, wrong, place, open_now
