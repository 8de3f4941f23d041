"""The real content: no problems, every way walked, and nothing that a reader cannot find out about."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from macros.checks.binding_words import count_words
from macros.checks.check import check, stated
from macros.content.load import Content
from macros.content.relations import uses_of_questions, uses_of_sources
from macros.source.problems import report
from macros.topics.decisions import count_paths, walk
from macros.topics.glossary import by_letters
from macros.topics.word_lists import Allowed
from tests.guidance.promises import DECISIONS, PROMISES, Promise


def test_the_content_has_no_problems(content: Content) -> None:
    found = check(content)
    assert not found, report(found)


@pytest.mark.parametrize("promise", PROMISES, ids=[promise.__name__ for promise in PROMISES])
def test_the_guidance_keeps_its_promises(promise: Promise, content: Content) -> None:
    found = list(promise(content))
    assert not found, report(found)


def test_the_three_decisions_stand_on_their_pages(content: Content) -> None:
    for page in DECISIONS:
        assert content.decisions[page].examples, f"docs/{page}: no decision with its cases stands beside this page."


def test_every_way_through_every_decision_is_walked(content: Content) -> None:
    for decision in content.decisions.values():
        assert count_paths(decision) == sum(1 for _ in walk(decision))


def test_the_count_of_binding_words_is_said_with_every_word(content: Content) -> None:
    words = count_words(content)
    assert all(words.values())
    assert stated(content) == (
        f"Binding words: {words['must']} must, {words['should']} should, "
        f"{words['expected']} expected, {words['locally']} locally."
    )


def test_every_question_for_the_partners_is_asked(content: Content) -> None:
    uses = uses_of_questions(content)
    assert [name for name, used in uses.items() if not used.pages and not used.duties] == []


def test_most_sources_are_relied_on(content: Content) -> None:
    uses = uses_of_sources(content)
    idle = [name for name, used in uses.items() if not used.pages and not used.duties]
    cited = {str(term.source) for term in content.terms}
    assert len(set(idle) - cited) <= len(uses) // 4, idle


@pytest.mark.site
def test_every_abbreviation_on_a_page_is_in_the_glossary(content: Content, site: Path) -> None:
    allowed = content.beside["about/glossary-health.md"]
    assert isinstance(allowed, Allowed)
    known = set(by_letters(content.terms)) | {str(entry.letters) for entry in allowed.allowed}
    strange: dict[str, str] = {}
    for file in sorted(site.rglob("index.html")):
        page = file.relative_to(site).as_posix()
        if page.startswith(("glossary/", "search/", "references/", "about/editing/")):
            continue
        main = file.read_text("utf-8").partition("<main")[2].partition("</main>")[0]
        text = unescape(re.sub(r"<(code|pre)\b.*?</\1>|<[^>]+>", " ", main, flags=re.S))
        text = re.sub(r"\d\s[KM]B\b", " ", text)  # the size of a file, as the build writes it
        for word in re.findall(r"(?<![\w.-])[A-Z][A-Z&]+\+?s?(?![\w-]|\.[A-Z])", text):
            if word not in known:
                strange.setdefault(word, page)
    assert strange == {}
