"""Terms whose words are nearly the same: another case, hyphen, plural or spacing, or one slip of the pen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from macros.topics.glossary import Term

_WORD = re.compile(r"[^\W_]+")


def near_duplicates(terms: tuple[Term, ...]) -> Iterator[tuple[Term, Term]]:
    """Each pair of terms with nearly the same words, once, the first in the order of files and lines first."""
    alike: dict[tuple[str, str], list[Term]] = {}
    for term in sorted(terms, key=lambda term: (term.place.path, term.place.line)):
        for words in {_plain(term.expansion), _plain(term.plural_expansion)}:
            for key in _keys(words):
                alike.setdefault(key, []).append(term)
    seen: set[tuple[str, str]] = set()
    for near in alike.values():
        for one, other in combinations(near, 2):
            pair = (str(one.id), str(other.id))
            if one is other or pair in seen:
                continue
            seen.add(pair)
            same = one.abbreviation == other.abbreviation and one.expansion.casefold() == other.expansion.casefold()
            if not same:  # the same letters and words are reported as explained twice
                yield one, other


def _plain(words: str) -> str:
    """Small letters without plurals and punctuation, one space between words."""
    parts = _WORD.findall(words.casefold().replace("’", "").replace("'", ""))
    return " ".join(part.removesuffix("s") if len(part) > 3 else part for part in parts)


def _keys(words: str) -> Iterator[tuple[str, str]]:
    """What words one slip apart share: their figures, which tell sections of an Act apart, and the rest less a letter."""
    parts = words.split()
    digits = " ".join(part for part in parts if any(sign.isdigit() for sign in part))
    rest = "".join(part for part in parts if not any(sign.isdigit() for sign in part))
    yield digits, rest
    if len(rest) > 8:  # among short words one letter makes another word
        for place in range(len(rest)):
            yield digits, rest[:place] + rest[place + 1 :]
