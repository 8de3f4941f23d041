"""The files of the search: small scripts that hand over the index in parts, so that a query loads only what it needs.

A part is a script because pages opened from a folder can load scripts and nothing else. Parts are cut at about equal size.
All but the index bear its version in their names: a page that was open before a release never meets those of another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from macros.content.load import Content
from macros.markup.pages import Pages
from macros.search.built_page import Unit
from macros.search.index import Index, index, letters_in_use
from macros.search.places import units
from macros.search.words import ENDINGS, IRREGULAR, STOPS
from macros.topics.glossary import Term

FOLDER = "search/data"
NOW = "search/now.js"  # names the engine of today, for pages that were opened before a release
ENGINE = "assets/javascripts/search-engine.*.js"
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-"
POSTINGS, WORDS, TEXTS = 2400, 2600, 2400  # characters of a part


def number(value: int) -> str:
    """A number in digits of base 32; all but the last digit stand in the upper half of the alphabet."""
    digits = DIGITS[value % 32]
    while value >= 32:
        value //= 32
        digits = DIGITS[32 + value % 32] + digits
    return digits


def _posting(key: str, places: list[tuple[int, int]]) -> str:
    """A key, and the gaps between its places, each with its weight."""
    last, said = 0, []
    for place, weight in places:
        said.append(number(place - last) + DIGITS[weight])
        last = place
    return f"{key}:{''.join(said)}"


def _cut(items: Iterable[tuple[str, Any, int]], most: int) -> Iterator[tuple[str, list[Any]]]:
    """Items in parts of at most `most` characters, one item at least, each with the name of its first item."""
    part, first, size = list[Any](), "", 0
    for name, item, length in items:
        if part and size + length > most:
            yield first, part
            part, size = [], 0
        first = first if part else name
        part.append(item)
        size += length
    if part:
        yield first, part


def _fronted(counted: list[tuple[str, int]]) -> str:
    """Words in their order, each as the letters it shares with the one before, its own, and how common it is."""
    last, said = "", []
    for word, times in counted:
        shared = 0
        while shared < min(len(word), len(last), 25) and word[shared] == last[shared]:
            shared += 1
        said.append(f"{chr(65 + shared)}{word[shared:]}{min(9, times.bit_length())}")
        last = word
    return "".join(said)


def _names(terms: Iterable[Term], units: list[Unit]) -> list[list[Any]]:
    """The names of each term, the usual ones first: number of its place, letters, plural, words, other names, what to say now."""
    used = letters_in_use(units)
    places = {unit.address.partition("#")[2]: place for place, unit in enumerate(units) if unit.kind == "Term"}
    rows: list[tuple[bool, bool, list[Any]]] = []
    for term in terms:
        letters = [("!" if spelled.lower() in used or term.explicit else "") + spelled for spelled in term.letters]
        row: list[Any] = [str(term.id), places[term.id], "|".join(letters), str(term.plural or ""), str(term.expansion)]
        row.append("|".join(term.also_called))
        retired = term.retired
        row += [[str(retired.say), str(retired.since or "")]] if retired else []
        rows.append((not term.usual, bool(retired), row))
    return [row for _, _, row in sorted(rows, key=lambda row: row[:2])]


def search_files(content: Content, pages: Pages) -> list[tuple[str, str]]:
    """The address and the text of each file of the search of the built `pages`."""
    places = units(content, pages)
    engine = next((file.name for file in pages.site.glob(ENGINE)), "")
    now = (NOW, f"lrpSearchNow({_json(engine)});\n")
    return [now, *pack(places, index(places, content.terms), content.terms, engine)]


def pack(units: list[Unit], index: Index, terms: Iterable[Term], engine: str) -> list[tuple[str, str]]:
    """The address and the text of each file that hands over the index to `engine`."""
    held = sorted(index.postings.items())
    postings = list(
        _cut(((key, text, len(text)) for key, text in ((key, _posting(key, p)) for key, p in held)), POSTINGS)
    )
    counted = sorted(index.vocabulary.items())
    vocabulary = list(_cut(((word, (word, times), 5) for word, times in counted), WORDS))
    shown = ([unit.title, unit.address, unit.part, unit.kind, unit.text or unit.lead] for unit in units)
    texts = list(_cut(((str(place), text, sum(map(len, text))) for place, text in enumerate(shown)), TEXTS))
    parts: dict[str, Any] = {}
    parts |= {f"p{name}": " ".join(part) for name, (_, part) in enumerate(postings)}
    parts |= {f"w{name}": _fronted(part) for name, (_, part) in enumerate(vocabulary)}
    parts |= {f"t{name}": part for name, (_, part) in enumerate(texts)}
    parts["index"] = {
        "engine": engine,
        "count": len(units),
        "starts": "".join(number(b - a) for a, b in pairwise(index.starts)),
        "postings": " ".join(first.split(":")[0] for first, _ in postings),
        "words": " ".join(first for first, _ in vocabulary),
        "texts": " ".join(first for first, _ in texts),
        "terms": _names(terms, units),
        "stops": " ".join(sorted(STOPS)),
        "irregular": " ".join(f"{form}:{to}" for form, to in sorted(IRREGULAR.items())),
        "endings": ENDINGS,
    }
    version = hashlib.sha256(_json(parts).encode()).hexdigest()[:10]
    names = {name: name if name == "index" else f"{name}.{version}" for name in parts}
    return [(f"{FOLDER}/{names[name]}.js", _script(name, version, part)) for name, part in parts.items()]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, version: str, part: Any) -> str:
    return f"lrpSearchPart({_json(name)},{_json(version)},{_json(part)});\n"
