"""What components need of the pages: pages that they lead to by name, anchors, local questions. Each stands where it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.checks.binding_words import words_of
from macros.content.addresses import split_target
from macros.content.load import Content
from macros.content.macro_list import FRAME_NEEDS, MACROS, WORD_NEEDS, Macro
from macros.content.navigation import PATH as NAVIGATION
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.local_questions import PATH as LOCAL_QUESTIONS

Anchors = Mapping[str, frozenset[str]]
_Caller = tuple[str, Text]  # how a component is called in messages, and the place of its first use


def check_needs(content: Content, anchors: Anchors) -> Iterator[Problem]:
    """What a page shows or leads to by a name that stands in no file of the editors; each once, at the file to mend."""
    told: set[str] = set()
    for target, caller in _needed(content):
        if target not in told:
            told.add(target)
            yield from _check_target(content, anchors, target, caller)
    for macro in MACROS.values():
        if macro.home in content.pages:
            yield from _check_home(content, macro)
        yield from _check_asked(content, macro)


def _needed(content: Content) -> Iterator[tuple[str, _Caller | None]]:
    """Each page and anchor that is needed, with the first place that does; what every page needs has none."""
    yield from ((target, None) for target in FRAME_NEEDS)
    for page in content.in_order():
        for word in words_of(content, page)[:1]:
            yield from ((target, (f'"{word}"', word)) for target in WORD_NEEDS)
        for call in page.calls:
            macro = MACROS[call.name]
            caller = (macro.example, call.name)
            for target in (*macro.needs, *([macro.home] if macro.home else [])):
                yield f"{page.path}{target}" if target.startswith("#") else target, caller


def _check_target(content: Content, anchors: Anchors, target: str, caller: _Caller | None) -> Iterator[Problem]:
    path, anchor = split_target(target)
    page = content.pages.get(path)
    if page is None:
        named, place = caller or ("every page", Text("", NAVIGATION))
        wish = f'Add "docs/{path}", or give the page that name back.'
        yield place.problem(f'The page "{path}" is not here, and {named} leads to it.', wish)
    elif anchor and anchor not in anchors[path] and caller:
        named, place = caller
        heading = next((one.text for one in page.reading.headings if set(anchor.split("-")) <= _words(one.text)), None)
        wrong = f'No heading of this page has the anchor "{anchor}", and {named} in {place.path} leads to it.'
        yield (heading or page.path).problem(wrong, f'Write "{{ #{anchor} }}" after the heading that it means.')


def _words(heading: Text) -> set[str]:
    return set(heading.casefold().split())


def _check_home(content: Content, macro: Macro) -> Iterator[Problem]:
    """A page that others lead to for what it shows, and that does not show it."""
    page = content.pages[macro.home]
    misread = any(problem.path == page.path.path for problem in content.problems)
    if not misread and not any(call.name == macro.name for call in page.calls):
        wrong = f'The page does not show "{macro.name}", and other pages lead here for it.'
        yield page.path.problem(wrong, f"Write {macro.example} on a line of its own.")


def _check_asked(content: Content, macro: Macro) -> Iterator[Problem]:
    """A local question that a component shows and that is not here."""
    callers = [call.name for page in content.pages.values() for call in page.calls if call.name == macro.name]
    for question in macro.asks if callers else ():
        if question not in content.local_question:
            wrong = f'No local question has the id "{question}", and {macro.example} in {callers[0].path} shows it.'
            yield Problem(LOCAL_QUESTIONS, 1, wrong, "Give the question that id back.")
