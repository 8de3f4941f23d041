"""The audit of words: capitals that no term explains, expansions written differently, retired names used as if current."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from macros.checks.time_limits import FIGURE
from macros.content.load import Content
from macros.content.texts import Allowance, allowances, check_allowances, how_to_allow, page_texts
from macros.source.problems import Problem, suggest
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.terms.near_duplicates import near_duplicates
from macros.topics.glossary import Term, by_letters
from macros.topics.word_lists import CAPITALS_PATH, Allowed

_IN_ADDRESS = re.compile(r"//|@|\w\.\w")
_ADDRESS = re.compile(rf"\S*(?:{_IN_ADDRESS.pattern})\S*")
_WORD = re.compile(r"(?<![\w&-])[^\W\d_]\w*(?:[&-]\w+)*\+?")
_CAPITALS = re.compile(r"[A-Z][\w&-]*[A-Z]")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_BEFORE = re.compile(r"([^\W\d_][\w&-]*)[*_]* $")
_TITLES = {("Source", "title"), ("Source", "short"), ("Term", "source_title")}  # others wrote them
_LETTERS = {("Term", key) for key in ("abbreviation", "plural", "forms", "also_called")} | {("Capitals", "letters")}
NEAR = 0.85  # how like the glossary's words others are that were meant to be them


def words_with_capitals(text: str) -> Iterator[str]:
    """Every word with two capitals, addresses left out."""
    return (word for word, _ in _capitals(text))


def _capitals(text: str) -> Iterator[tuple[str, int]]:
    """Every word with two capitals and its place, addresses left out."""
    if _CAPITALS.search(text):  # most texts have none, and are looked at once
        plain = _ADDRESS.sub(lambda found: " " * len(found[0]), text) if _IN_ADDRESS.search(text) else text
        yield from ((word[0], word.start()) for word in _WORD.finditer(plain) if _CAPITALS.search(word[0]))


def is_abbreviation(word: str) -> bool:
    """Whether at least half of the letters, and two, are capitals: LeDeR and DfE, not JavaScript."""
    letters = [letter for letter in word.removesuffix("s") if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return capitals > 1 and 2 * capitals >= len(letters)


def audit(content: Content) -> Iterator[Problem]:
    """What the audit finds in the content."""
    known = by_letters(content.terms)
    allowed = [allowance for allowance in allowances(content) if not FIGURE.fullmatch(allowance.words)]
    used: set[Allowance] = set()
    ours = list(_in_our_words(content))
    yield from _check_capitals(content, ours, known)
    said = [
        *((text, None) for text in ours),
        *((text, t) for t in content.terms for text in (t.meaning, t.note) if text),
    ]
    retired = _Retired(content.terms, known, "\n".join(text for text, _ in said).casefold())
    for text, term in said:
        yield from _check_written(text, known)
        for name, place, problem in [] if term and term.retired else retired.check(text, term):
            near = [allowance for allowance in allowed if allowance.covers(name, place, problem.wrong)]
            used.update(near)
            yield from [] if near else [problem]
    for one, other in near_duplicates(content.terms):
        wrong = f'"{other.expansion}" is nearly "{one.expansion}" (the term "{one.id}").'
        near = [allowance for allowance in allowed if allowance.covers(other.expansion, other.expansion, wrong)]
        used.update(near)
        if not near:
            wish = f"Keep one of the two entries, or {how_to_allow(other.expansion, other.expansion, wrong)}"
            yield other.expansion.problem(wrong, wish)
    yield from check_allowances(content, allowed, used, "why it may stand here")


def _in_our_words(content: Content) -> Iterator[Text]:
    """What pages and lists say, but for the titles of sources and the glossary."""
    yield from page_texts(content)
    lists = (
        content.sources,
        content.local_questions,
        content.duties,
        content.navigation,
        list(content.beside.values()),
    )
    for text in texts_in(lists, frozenset(_TITLES | _LETTERS)):
        if type(text) is Text:  # an id or a reference is not read by anybody
            yield text


def _check_capitals(content: Content, ours: list[Text], known: dict[str, tuple[Term, ...]]) -> Iterator[Problem]:
    lists = content.listed(Allowed)
    allowed = {str(entry.letters): entry for data in lists for entry in data.allowed}
    where = lists[0].place.path if lists else CAPITALS_PATH
    names = known.keys() | {str(term.expansion) for term in content.terms}  # CoramBAAF is its own words
    seen: set[str] = set()
    titles = [title for source in content.sources.references for title in (source.title, source.short)]
    owners = [page.front.owner for page in content.pages.values()]
    for text in [*ours, *titles, *owners, *texts_in(content.categories, frozenset(_LETTERS))]:
        for word, place in _capitals(text):
            for part in [word] if word in names else word.split("-"):
                if part in names or not is_abbreviation(part):
                    if part in known and part != word and text not in titles:
                        wrong = f'"{part}" is joined to other words in "{word}", where no reader finds its meaning.'
                        yield text.at(place).problem(
                            wrong, f'Write it apart, such as "led by the {part}" for "{part}-led".'
                        )
                    continue
                seen.add(part)
                if part not in allowed:
                    yield text.at(place).problem(f'No term explains "{part}".', _nearest(part, known, where))
    for letters, entry in allowed.items():
        if letters not in seen:
            wrong = f'The allowance of "{letters}" is not needed.'
            yield entry.letters.problem(wrong, "Remove the entry.")


def _nearest(letters: str, known: dict[str, tuple[Term, ...]], where: str) -> str:
    also = {str(name): term for terms in known.values() for term in terms for name in term.also_called}
    if letters in also:
        return f'Write "{also[letters].abbreviation or also[letters].expansion}": the glossary has it as another name.'
    near = suggest(letters, known, "")
    other = f"Add it to glossary/, write it in words, or allow it in {where}."
    return f"{near} If not: {other[0].lower()}{other[1:]}" if near else other


def _check_written(text: Text, known: dict[str, tuple[Term, ...]]) -> Iterator[Problem]:
    for match in _BRACKETS.finditer(text) if "(" in text else ():
        inside, before = match[1], text[: match.start()]
        if inside in known:
            said = before.rstrip(" *_").casefold()
            words = [words for term in known[inside] for words in (term.expansion, term.plural_expansion)]
            if not any(said.endswith(word.casefold()) for word in words):
                right = max(known[inside], key=lambda term: _likeness(said[-len(term.expansion) :], term.expansion))
                wrong = f'The words before "({inside})" are not those of the glossary.'
                yield text.at(match.start()).problem(
                    wrong, f'Write "{_words(right, inside)} ({inside})", or the letters alone.'
                )
            continue
        letters = _BEFORE.search(before)
        for term in known.get(letters[1], ()) if letters else ():
            right_words = _words(term, letters[1]) if letters else ""
            if inside.casefold() != right_words.casefold() and _likeness(inside, right_words) >= NEAR:
                wrong = f'"{inside}" is written differently in the glossary.'
                yield text.at(match.start()).problem(wrong, f'Write "{right_words}", or the letters alone.')


def _words(term: Term, letters: str) -> str:
    return str(term.expansion if letters in term.letters else term.plural_expansion)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


@dataclass
class _Retired:
    """The names that are no longer used, as letters and as words, and the longer names of today that hold such words."""

    terms: tuple[Term, ...]
    known: dict[str, tuple[Term, ...]]
    whole: str  # every text, folded

    def __post_init__(self) -> None:
        self.names = {str(term.id): str(term.abbreviation or term.expansion) for term in self.terms}
        self.letters = {
            letters: terms[0]
            for letters, terms in self.known.items()
            if terms[0].retired and (terms[0].usual or all(term.retired for term in terms))
        }
        today = {
            words.casefold()
            for term in self.terms
            if not term.retired
            for words in (term.expansion, term.plural_expansion)
        }
        self.words: dict[str, tuple[Term, re.Pattern[str]]] = {}
        for term in (term for term in self.terms if term.retired):
            for words in filter(self.whole.count, (term.plural_expansion.casefold(), term.expansion.casefold())):
                longer = sorted((name for name in today if words in name), key=len, reverse=True)
                pattern = "|".join([*map(re.escape, longer), rf"(\b{re.escape(words)}\b)"])
                self.words[words] = term, re.compile(pattern, re.I)

    def check(self, text: Text, own: Term | None) -> Iterator[tuple[str, Text, Problem]]:
        """The names in a text with the place and the problem of each, but those that the entry `own` took the place of."""
        named = [(self.letters[word], word, place) for word, place in _capitals(text) if word in self.letters]
        folded = text.casefold()
        for words, (term, pattern) in self.words.items():
            if words in folded:
                named += [(term, match[1], match.start()) for match in pattern.finditer(text) if match[1]]
        for term, name, place in named:
            assert term.retired
            if own is None or str(own.id) != term.retired.say:
                wish = f'Say "{self.names.get(term.retired.say, term.retired.say)}"; where this is history, '
                line = text.at(place)
                wrong = f'"{name}" is no longer used.'
                yield name, line, line.problem(wrong, wish + how_to_allow(name, line, wrong))
