"""Letters with several meanings: each page says which it means, and what several pages share is written out in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from macros.content import relations
from macros.content.load import Content
from macros.content.macro_list import Letters
from macros.content.pages import Page
from macros.source.ids import Reference
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.terms.spellings import Spellings, elsewhere, is_unclear
from macros.topics.glossary import Term

_TAG = re.compile(r"<[^>]*>")


def meant(content: Content, page: str) -> dict[str, Term]:
    """The term that each spelling stands for on a page that says so at its top."""
    means = content.pages[page].front.means if page in content.pages else ()
    terms = [term for name in means for term in content.terms if str(term.id) == str(name)]
    return {letters: term for term in terms for letters in term.spellings}


def check_meanings(content: Content) -> Iterator[Problem]:
    """Letters whose meaning is not said, or said without need."""
    spellings = Spellings(content.terms)
    for page in content.pages.values():
        yield from _check_page(content, page, spellings)
    for name, shared in (("duty", content.duties), ("question", content.local_questions), ("source", content.sources)):
        wish = f"Write it out in words: a {name} stands on several pages."
        yield from (_unclear(text, letters, spellings, wish) for text, letters in _unsaid(_texts(shared), spellings))
    for term in content.terms:
        own = dict.fromkeys(term.spellings, term)
        texts = [text for text in (term.expansion, term.meaning, term.note) if text]
        for text, letters in _unsaid(texts, spellings, own):
            yield _unclear(text, letters, spellings, "Write it out in words.")


def _check_page(content: Content, page: Page, spellings: Spellings) -> Iterator[Problem]:
    means, beside = meant(content, page.path), list(_texts(content.beside.get(page.path)))
    shown: list[Text] = [page.front.title, *page.shown]
    for text, letters in _unsaid(shown, spellings, means):
        wish = f'Write "means: [id]" at the top of the page, or {{{{ term("id") }}}} here; {{{{ plain("{letters}") }}}} for none of them.'
        yield _unclear(text, letters, spellings, wish)
    for text, letters in _unsaid(beside, spellings, means):
        wish = f'Write "means: [id]" at the top of docs/{page.path}, or write it out in words.'
        yield _unclear(text, letters, spellings, wish)
    for letters in _letters(page.front.description, spellings):
        if letters in means or letters in spellings.usual:
            wrong = f'"{letters}" stands in the description, where it is not explained.'
            yield page.front.description.problem(wrong, "Write it out in words.")
    if page.front.means:
        used = {letters for text in [*shown, *beside] for letters in _letters(text, spellings)}
        yield from _check_means(page, used, spellings)
    yield from _check_shared(content, page, spellings)
    for letters in (letters for call in page.calls for letters in call.named(Letters)):
        if not list(_letters(letters, spellings)):
            yield letters.problem(f'"{letters}" stands for no term.', "Write it without the macro.")


def _check_means(page: Page, used: set[str], spellings: Spellings) -> Iterator[Problem]:
    said: dict[str, str] = {}
    for name in page.front.means:
        term = spellings.terms.get(name)
        if term is None:
            continue  # reported as a reference to nothing
        other = next((said[letters] for letters in term.spellings if letters in said), None)
        if other:
            wrong = f'"{name}" and "{other}" have the same letters.'
            yield name.problem(
                wrong, f'Keep the one that most of the page means; write {{{{ term("{name}") }}}} for the other.'
            )
        elif not used.intersection(term.spellings):
            wrong = f'The page says what it means by "{name}", and its letters do not stand on it.'
            yield name.problem(wrong, "Remove it.")
        said.update(dict.fromkeys(term.spellings, str(name)))


def _check_shared(content: Content, page: Page, spellings: Spellings) -> Iterator[Problem]:
    """Letters of an entry that several pages share, on a page that means another term by them than all the others."""
    for name in page.front.means:
        term = spellings.terms.get(name)
        other = {letters for letters in term.spellings if letters in spellings.usual} if term else set()
        for entry, shared in relations.shown(content, page) if other else ():
            for letters in sorted(other & _all_letters(shared, spellings)):
                usual = spellings.usual[letters]
                if usual is not term:
                    wrong = (
                        f'By "{letters}" this page means "{name}", and the {entry} that it shows means "{usual.id}".'
                    )
                    yield name.problem(
                        wrong, f'Write {{{{ term("{name}") }}}} where the page means it, and remove this.'
                    )


def _all_letters(entry: object, spellings: Spellings) -> set[str]:
    return {letters for text in _texts(entry) for letters in _letters(text, spellings)}


def _unclear(text: Text, letters: str, spellings: Spellings, wish: str) -> Problem:
    known = [f'"{term.id}" ({term.expansion})' for term in spellings.known[letters]]
    return text.problem(f'"{letters}" can mean {", ".join(known[:-1])} or {known[-1]}.', wish)


def _unsaid(
    texts: list[Text], spellings: Spellings, means: dict[str, Term] | None = None
) -> Iterator[tuple[Text, str]]:
    for text in texts:
        for letters in _letters(text, spellings):
            if is_unclear(spellings.known[letters]) and letters not in (means or {}):
                yield text.at(max(0, text.find(letters))), letters


def _letters(text: Text, spellings: Spellings) -> Iterator[str]:
    shown = escape(_TAG.sub(" ", text) if "<" in text else text, quote=False)
    return (occurrence.letters for occurrence in spellings.occurrences(shown) if not elsewhere(shown, occurrence))


def _texts(entry: object) -> list[Text]:
    """Every text of an entry that readers see: not its references."""
    return [text for text in texts_in(entry) if not isinstance(text, Reference)]
