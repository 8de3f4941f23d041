"""The index of the search: for each word, and each term by whatever name it is written, the places that hold it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from macros.search.built_page import Unit
from macros.search.words import STOPS, stem, words
from macros.topics.glossary import Term, by_letters

# How much a place counts by what it is; a word in a title says more of a place than one in its text.
PRIOR = {
    "Decision": 2.1,
    "Start here": 2.0,
    "Page": 1.6,
    "Deadline": 1.18,
    "Section": 1.0,
    "Local practice": 0.98,
    "Source": 0.88,
    "Form": 0.8,
    "Question": 0.68,
    "Outcome": 0.47,
    "Term": 0.4,
}
ASIDE = 0.72  # a page about the website itself, against one of the guidance
TITLE, NAME, UNDER, LEAD, BODY, HOLDS, BESIDE = 6.0, 6.0, 1.4, 1.8, 1.5, 0.9, 2.0
SHORT = 120  # characters of a passage that is taken together with the next one
MOST = 63  # the greatest weight of a posting: one digit of base 64
_LETTERS = re.compile(r"([A-Za-z](?:[\w&-]*\w)?)")
_SECTION = re.compile(
    r"[Ss]\.?[0-9]+[A-Za-z]?"
)  # letters of the law, written in many ways: macros/search/words.py makes them one
_ASKED = ("how", "what", "when", "where", "which", "who", "why")
_TIME = re.compile(
    r"\b\d+ (?:to \d+ )?(?:working |calendar )?(?:day|week|month|year|hour)s?\b|\bat once\b|\bwithout delay\b|\bsame day\b"
    r"|\bas soon as\b|\bon the day\b|\btoday\b"
)


@dataclass(frozen=True)
class Index:
    """The postings of each key: the passages that hold it, by their numbers, each with a weight of 1 to 63.

    `starts` has the number of each place's head (its title and what it stands under); its passages follow.

    A key is the stem of a word; "@id" for a term under any of its names; "=when" for places that answer such a question.
    `vocabulary` counts the places that hold each written word.
    """

    postings: dict[str, list[tuple[int, int]]]
    vocabulary: dict[str, int]
    starts: tuple[int, ...]


class Names:
    """Finds terms in a text: letters as they are written, names by the stems of their words."""

    def __init__(self, terms: Iterable[Term]) -> None:
        terms = tuple(terms)
        self.letters = {letters: self._meant(known) for letters, known in by_letters(terms).items()}
        self.sections = {
            letters.lower(): known for letters, known in self.letters.items() if _SECTION.fullmatch(letters)
        }
        self.phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self.lengths: dict[str, set[int]] = defaultdict(set)  # of the phrases that begin with a word
        for term in terms:
            for name in (term.expansion, *term.also_called):
                phrase = tuple(map(stem, words(name)))
                if phrase:
                    self.phrases[phrase].append(str(term.id))
                    self.lengths[phrase[0]].add(len(phrase))

    @staticmethod
    def _meant(known: tuple[Term, ...]) -> tuple[str, ...]:
        return tuple(str(term.id) for term in (known[:1] if known[0].usual else known))

    def read(self, text: str) -> tuple[list[str], list[str]]:
        """The words of a text that are no letters of a term, and the ids of the terms in it, as often as they stand there.

        Letters are found as the term alone, never as a word.
        """
        parts = _LETTERS.split(text)  # at odd places what can be letters, between them the rest
        held = [place for place in range(1, len(parts), 2) if parts[place] in self.letters]
        terms = [term for place in held if not _SECTION.fullmatch(parts[place]) for term in self.letters[parts[place]]]
        every_word = plain = words(text)
        by_letters = [place for place in held if self._is_letters(parts[place])]
        if by_letters:
            for place in by_letters:
                parts[place] = " "
            plain = words("".join(parts))
        return plain, [*terms, *self._named(every_word)]

    def _named(self, said: list[str]) -> Iterator[str]:
        """The ids of the terms that stand among words by their names."""
        forms = list(map(stem, said))
        for place in range(len(said)):
            if said[place] in self.sections:
                yield from self.sections[said[place]]
            for length in self.lengths.get(forms[place], ()):
                if place + length <= len(forms):
                    yield from self.phrases.get(tuple(forms[place : place + length]), ())

    def _is_letters(self, spelled: str) -> bool:
        return spelled in self.letters and not spelled.islower() and spelled != spelled.capitalize()


def index(units: list[Unit], terms: Iterable[Term]) -> Index:
    """The index over the places in their order."""
    names, postings = Names(terms), defaultdict[str, list[tuple[int, int]]](list)
    vocabulary: Counter[str] = Counter()
    texts = [[_passage(names, passage, vocabulary) for passage in passages(unit.text)] for unit in units]
    average = max(1, sum(len(keys) for text in texts for keys in text)) / max(1, sum(map(len, texts)))
    starts, number = [], 0
    for unit, text in zip(units, texts, strict=True):
        starts.append(number)
        prior = PRIOR[unit.kind] * (ASIDE if unit.about_this_site else 1)
        for weights in [_head(names, unit, vocabulary), *(_body(keys, average) for keys in text)]:
            for key, weight in sorted(weights.items()):
                rounded = min(MOST, round(weight * 5 * prior))
                if rounded:
                    postings[key].append((number, rounded))
            number += 1
    return Index(dict(postings), dict(vocabulary), tuple(starts))


def passages(text: str) -> list[str]:
    """A text in passages: its lines, short ones taken together with what follows."""
    joined: list[str] = []
    for line in text.split("\n"):
        if joined and len(joined[-1]) < SHORT:
            joined[-1] += f"\n{line}"
        else:
            joined.append(line)
    return joined


def _tokens(names: Names, text: str, vocabulary: Counter[str]) -> list[str]:
    """The keys of a text: the stems of its words and the terms in it."""
    said, terms = names.read(text)
    plain = [word for word in said if word not in STOPS]
    vocabulary.update({word for word in plain if len(word) > 2 and word.isalpha()})
    return [*map(stem, plain), *(f"@{term}" for term in terms)]


def _passage(names: Names, text: str, vocabulary: Counter[str]) -> list[str]:
    """The keys of a passage; one that states a time answers by when, and how long."""
    return [*_tokens(names, text, vocabulary), *(["=when"] if _TIME.search(text) else [])]


def _head(names: Names, unit: Unit, vocabulary: Counter[str]) -> dict[str, float]:
    """How much each key of a place's title, of what it stands under and of what it holds says of it."""
    weights: dict[str, float] = defaultdict(float)
    title = unit.title.partition(": ")[2] or unit.title if unit.kind == "Term" else unit.title
    parts = [part for part in re.split(r" – |: |(?<=[.?]) ", title) if part != title]
    for name, worth in [(title, TITLE), *((name, NAME) for name in (*unit.names, *parts))]:
        keys = _tokens(names, name, vocabulary)
        size = len([key for key in keys if key[0] != "@"])
        for key in keys:
            weights[key] = max(weights[key], worth / (size + 1) ** 0.5)
    for texts, worth in ((unit.under, UNDER), ((unit.lead,), LEAD), (unit.holds, HOLDS)):
        keys = [key for text in texts for key in _tokens(names, text, vocabulary)]
        for key, times in Counter(keys).items():
            weights[key] += worth * times / (times + 1) * 2 / (len(keys) + 1) ** 0.3
    for key, weight in _asked(unit):
        weights[key] += weight
    for term in unit.see_also:
        weights[f"@{term}"] = max(weights[f"@{term}"], BESIDE)
    if unit.kind == "Term":
        weights[f"@{unit.address.partition('#')[2]}"] = TITLE
    return weights


def _body(keys: list[str], average: float) -> dict[str, float]:
    """How much each key of a passage says of it: more in a short one than in a long one."""
    size = 0.6 + 0.4 * len(keys) / average
    return {key: BODY * 2 * times / (times + 1.2 * size) for key, times in Counter(keys).items()}


def _asked(unit: Unit) -> Iterator[tuple[str, float]]:
    """The questions that a place answers: those its title asks, and by when and who where it states so."""
    if unit.kind == "Deadline":  # its title is a sentence: "when a child dies" asks nothing
        yield "=when", 4.0
        yield "=who", 2.0
    else:
        title = set(words(unit.title))
        yield from ((f"={word}", 4.0) for word in _ASKED if word in title)
    if unit.kind in ("Section", "Page") and re.search(r"\bWho (acts|does)\b", unit.text):
        yield "=who", 1.0


def letters_in_use(units: Iterable[Unit]) -> frozenset[str]:
    """The small words of all texts: letters spelled like one of them mean the term only alone or in capitals."""
    small = re.compile(r"(?<![\w./-])[a-z]+(?![\w./-])")
    return frozenset(word for unit in units for word in small.findall(unit.text)) | STOPS
