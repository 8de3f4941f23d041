"""How easy a text is to read: its words, their syllables, and the Flesch reading ease that follows from them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
PLAIN = 60  # the ease from which a text counts as plain English
_GROUP = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouy])e(?:s|d)?$")
_SPOKEN = re.compile(r"[^aeiouy]les?$|[^aeiouy]led$|(?:[scxzg]|sh|ch)es$|[td]ed$")
_INSIDE = re.compile(  # a silent e in front of what was added to the word
    r"(?<=[^aeiouy])e(?=(?:ments?|ful|fully|less|ness|ly|ty|guard\w*|work\w*|where|thing|body|lines?|times?|tables?)$)"
)
_APART = re.compile(  # neighbours that are spoken apart
    r"i(?:a(?!l$|lly|ls|n$|ge)|o(?!n|u))|(?<=[^tcsgxl])i(?:ous|al|an|on$)|ying|[^gq]u(?:al|at|ous)|eo(?=[lg])|reop|iet|creat[ei]"
    r"|[^aeiou]ism|ui(?:ng|ty|ci)|[eo]ing|ient|ience|ium|rea(?:ct|l[il])|area"
)


@cache
def syllables(word: str) -> int:
    """An estimate of a word's syllables; letters that are spoken one by one count one each."""
    if word.isupper():
        return len(word)
    small = _INSIDE.sub("", word.lower().replace("’", "'").removesuffix("'s"))
    count = len(_GROUP.findall(small)) + len(_APART.findall(small))
    if _SILENT.search(small) and not _SPOKEN.search(small):
        count -= 1
    return max(1, count)


def reading_ease(sentences: Iterable[str]) -> float | None:
    """The Flesch reading ease: 206.835 − 1.015 × words a sentence − 84.6 × syllables a word; none without a word.

    From 60 a text counts as plain English, below 30 as very hard; figures and signs count as nothing.
    """
    spoken = [words for words in map(WORD.findall, sentences) if words]
    words = [word for sentence in spoken for word in sentence]
    if not words:
        return None
    return 206.835 - 1.015 * len(words) / len(spoken) - 84.6 * sum(map(syllables, words)) / len(words)
