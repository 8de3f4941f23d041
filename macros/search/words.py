"""The words of a text as the search knows them: folded, split, and brought to one form; the search script does the same.

The script reads the tables below from the index, so that they are written once; tests/examples/tokens.yml holds both
to the same cases.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache


def _ending(text: str) -> tuple[str, int, str]:
    ending, least, instead = text.split(":")
    return ending, int(least), instead


# Words that say nothing of what is sought.
_STOPS = """
    a about after again all also am an and any are as at be been being both but by can could did do does doing else
    for from get go got had has have having he her here hers him his how i if in into is it its just may me might my
    need of on once or our own please shall she so some such than that the their them then there these
    they this those through to too up us was we were what when where which while who whom whose why will with would
    you your
"""
STOPS = frozenset(_STOPS.split())
# Forms that no ending leads to, each with the form it is looked up by: words of one family, and numbers in words.
_IRREGULAR = """
    children:child died:die dies:die dying:die dead:die death:die begun:begin began:begin chose:choose chosen:choose
    choice:choose withdrawn:withdraw withdrew:withdraw decision:decide found:find gave:give given:give harmful:harm
    held:hold kept:keep knew:know known:know led:lead left:leave lost:lose made:make men:man met:meet paid:pay
    publication:publish said:say sent:send took:take taken:take told:tell women:woman wrote:write written:write
    lives:life information:information former:former formerly:former aged:age certainty:certain difference:diff
    different:diff disability:disable ethnic:ethnicity extension:extend frequency:frequent identity:identify
    stillborn:stillbirth accusation:accuse membership:memb oversight:oversee racial:race religious:religion thematic:theme urgency:urgent
    two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 twelve:12 fifteen:15
"""
IRREGULAR = dict(pair.split(":") for pair in _IRREGULAR.split())
# Endings in two steps, the first that fits is exchanged: ending, least letters before it, what takes its place.
_STEPS = (
    "sses:1:ss shes:2:sh ches:2:ch xes:2:x ies:2:y ss:1:ss us:2:us is:2:is s:3:",
    """
    ification:2:ify ifiable:2:ify ifier:2:ify isation:3:is ization:3:is ating:4: ated:4: ation:4: ied:2:y ingly:3:
    ising:3:is ing:3: edly:3: eed:1:ee ed:3: ate:4: tion:3:t sion:4:s ment:4: ness:4: able:4: ally:4:al ality:5: ly:4: er:4:
    al:5: ence:5:ent
    """,
)
ENDINGS = tuple(tuple(_ending(one) for one in step.split()) for step in _STEPS)
_SPACE = re.compile(r"\s\s|[^\S ]")  # white space that is not one plain space already
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_APOSTROPHE = re.compile("[‘’ʼ`]")
_SPLIT = re.compile(r"[0-9]+(?:\.[0-9]+)+|[a-z0-9]+")
_OWNER = re.compile(r"'s(?![a-z0-9])|'")
_SECTION = re.compile(r"\bs(?:ec(?:tion)?)?\.? ?([0-9]+[a-z]?)\b(?!\.[0-9])")


def fold(text: str) -> str:
    """Small letters without accents, with straight apostrophes; white space of any kind and length is one space."""
    if text.isascii():
        return _one_space(text).replace("`", "'").lower()
    text = _FOREIGN.sub(_without_marks, _one_space(unicodedata.normalize("NFKD", text)))
    return _APOSTROPHE.sub("'", text).lower()


def _one_space(text: str) -> str:
    return re.sub(r"\s+", " ", text) if _SPACE.search(text) else text


def _without_marks(match: re.Match[str]) -> str:
    return "".join(letter for letter in match[0] if unicodedata.category(letter)[0] != "M")


def words(text: str) -> list[str]:
    """The words of a text in their order, folded; possessives lose their ending, and "section 16C" is "s16c"."""
    plain = _SECTION.sub(r"s\1", fold(text))
    return _SPLIT.findall(_OWNER.sub("", plain) if "'" in plain else plain)


@cache
def stem(word: str) -> str:
    """The form that a word is looked up by: "reviewing" and "reviews" give "review"."""
    if any(letter.isdigit() for letter in word):
        return word
    for endings in ENDINGS:
        if word in IRREGULAR:
            return _close(IRREGULAR[word])
        if len(word) > 3:
            word = _exchange(word, endings)
    return _close(word)


def _exchange(word: str, endings: tuple[tuple[str, int, str], ...]) -> str:
    for ending, least, instead in endings:
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return word[: -len(ending)] + instead
    return word


def _close(word: str) -> str:
    """The last letter of a doubled pair and a silent "e" fall away, so that "referr" is "refer" and "secure" is "secur"."""
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "s":
        return word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == "e" else word


def stems(text: str) -> list[str]:
    """What the words of a text are looked up by, stop words left out."""
    return [stem(word) for word in words(text) if word not in STOPS]
