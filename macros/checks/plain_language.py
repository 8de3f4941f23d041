"""Advice on plain words: sentences that are long, duties that nobody is given, words that few readers use; it stops nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from macros.checks.readability import PLAIN, WORD, reading_ease
from macros.checks.sentences import HIDDEN, sentences
from macros.content.load import Content
from macros.content.texts import page_texts
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.word_lists import PlainWords

LONGEST = 30  # words; a sentence with more is hard to read at once
_DONE = (
    r"(?:\w+ed|agreed|begun|borne|broken|brought|built|chosen|dealt|done|drawn|found|given|heard|held|kept|known|laid|led|left|lost|"
    r"made|met|overseen|paid|put|read|said|seen|sent|set|shown|sought|spoken|taken|told|undertaken|understood|withdrawn|written)"
)
_ADVERB = r"(?:(?:not|also|always|then|never|still|\w+ly) )?"
_PASSIVE = re.compile(
    rf"\b(?:(?<!may )(?:must|should|expected to|(?:is|are|has|have|needs?|ought) to) {_ADVERB}be|(?:is|are) locally) {_ADVERB}{_DONE}\b"
)
_OWNER = re.compile(
    r"\bby (?!(?:the )?(?:end|time|date|day|then|now|when|default|name|law|post|hand|letter|next|first|last)\b|\d|noon|midnight|\w+day\b)"
)
_ASKED = re.compile(r"\b(?:whether|which|what|who|if)\b[^.,;:]*$")  # what is asked is no duty


def advise(content: Content) -> list[Problem]:
    """What an editor may mend for the sake of readers, in the order of files and lines."""
    told = [text for _, spoken in sentences(content) for text in spoken]
    return sorted({*_long(told), *_passive(told), *_jargon(content)})


def _long(told: list[Text]) -> Iterator[Problem]:
    for text in told:
        words = len(WORD.findall(text))
        if words > LONGEST:
            start = " ".join(text.split()[:6])
            yield text.problem(f'The sentence "{start} …" has {words} words.', "Make two of it, or a list.")


def _passive(told: list[Text]) -> Iterator[Problem]:
    for text in (text for text in told if not text.endswith("?")):
        for match in _PASSIVE.finditer(text):
            if not _OWNER.search(text, match.end()) and not _ASKED.search(text, 0, match.start()):
                wish = 'Begin with the person or agency who does it, or add "by …".'
                yield text.problem(f'"{match[0]}" does not say who does it.', wish)


def _jargon(content: Content) -> Iterator[Problem]:
    words = {entry.word.casefold(): entry for data in content.listed(PlainWords) for entry in data.plainer}
    explained = {str(term.expansion).casefold() for term in content.terms}
    wanted = sorted((re.escape(word) for word in words.keys() - explained), key=len, reverse=True)
    if not wanted:
        return
    pattern = re.compile(rf"(?<![\"“‘'\w-])(?:{'|'.join(wanted)})(?![\"”’'\w-])", re.I)
    lists = (
        content.duties,
        content.local_questions,
        content.sources,
        content.categories,
        list(content.beside.values()),
    )
    names = HIDDEN | {("Term", "expansion"), ("Term", "expansion_plural")}
    for text in [*page_texts(content), *texts_in(lists, names)]:
        for phrase in pattern.finditer(text):
            wish = f'Write "{words[phrase[0].casefold()].say}".'
            yield text.at(phrase.start()).problem(f'"{phrase[0]}" is not plain.', wish)


def eases(content: Content) -> dict[str, float]:
    """The reading ease of each page that has sentences, the hardest first."""
    by_page = {path: reading_ease(told) for path, told in sentences(content)}
    return dict(sorted(((path, ease) for path, ease in by_page.items() if ease is not None), key=lambda pair: pair[1]))


def advised(content: Content) -> list[str]:
    """The advice in lines, counted first, and the reading ease of each page."""
    advice, by_page = advise(content), eases(content)
    count = "1 piece of advice" if len(advice) == 1 else f"{len(advice)} pieces of advice"
    lines = [f"{count}. Nothing is refused for it.", *map(str, advice)]
    if by_page:
        middle = median(by_page.values())
        lines += [
            "",
            f"Reading ease (Flesch), the hardest first; {PLAIN} and more is plain English. The middle is {middle:.0f}.",
        ]
        lines += [f"{ease:4.0f}  docs/{path}" for path, ease in by_page.items()]
    return lines
