"""The real content: no problems, in little time, and what the guidance promises."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from macros.build import problems_of
from macros.content.load import Content
from macros.content.relations import uses_of_questions, uses_of_sources
from macros.source.problems import report
from macros.topics.decisions import Decision, count_paths, walk
from macros.topics.glossary import by_letters
from macros.topics.word_lists import Allowed
from tests.project import ROOT

ADDRESSES = [
    "index.md",
    "part-one/index.md",
    "part-one/notify.md",
    "part-one/rapid-review.md",
    "part-one/local-review.md",
    "part-one/flowchart.md",
    "part-one/other-reviews.md",
    "part-two/index.md",
    "part-two/notify.md",
    "part-three/index.md",
    "part-three/choose.md",
    "part-three/methods.md",
    "pocket-guide.md",
    "form-a.md",
    "deadlines.md",
    "learning-and-improvement.md",
    "terms-of-reference.md",
    "glossary.md",
    "references.md",
    "updates.md",
    "downloads.md",
    "search.md",
    "about/editing.md",
    "about/accessibility.md",
    "about/privacy.md",
    "about/local-practice.md",
    "about/glossary-health.md",
]


def test_the_content_has_no_problems() -> None:
    found = problems_of(ROOT)
    assert not found, report(found)


def test_every_part_of_the_guidance_is_here(content: Content) -> None:
    assert set(ADDRESSES) <= set(content.pages)


@pytest.mark.parametrize(
    ("page", "questions"), [("part-one/notify.md", 10), ("part-two/notify.md", 6), ("part-three/choose.md", 8)]
)
def test_the_three_decisions_lead_everybody_to_an_outcome(content: Content, page: str, questions: int) -> None:
    decision = content.beside[page]
    assert isinstance(decision, Decision)
    assert len(decision.questions) >= questions
    assert count_paths(decision) > len(decision.questions)


def test_every_way_through_every_decision_is_walked(content: Content) -> None:
    for decision in content.decisions.values():
        assert count_paths(decision) == sum(1 for _ in walk(decision))


@pytest.mark.parametrize(
    ("page", "cases"),
    [("part-one/notify.md", 12), ("part-two/notify.md", 12), ("part-three/choose.md", 8), ("index.md", 8)],
)
def test_the_decisions_carry_their_cases(content: Content, page: str, cases: int) -> None:
    assert len(content.decisions[page].examples) >= cases


def test_the_router_asks_at_most_three_questions(content: Content) -> None:
    assert max(len(steps) for steps, _ in walk(content.decisions["index.md"])) <= 3


def test_an_outcome_without_a_notification_says_who_confirms_it(content: Content) -> None:
    for page in ("part-one/notify.md", "part-two/notify.md", "part-three/choose.md"):
        decision = content.beside[page]
        assert isinstance(decision, Decision)
        for outcome in decision.outcomes.values():
            words = f"{outcome.applies} {outcome.who} {outcome.send} {outcome.not_yet}".lower()
            if outcome.kind == "elsewhere":
                assert "record" in words, f"{page}: {outcome.key}"
                assert "safeguarding lead" in words or "partners" in words or "case review group" in words, (
                    f"{page}: {outcome.key}"
                )


def test_the_glossary_has_its_terms(content: Content) -> None:
    assert len(content.terms) >= 350


def test_every_question_for_the_partners_is_asked(content: Content) -> None:
    assert len(content.local_questions.questions) >= 30
    uses = uses_of_questions(content)
    assert [name for name, used in uses.items() if not used.pages and not used.duties] == []


def test_most_sources_are_relied_on(content: Content) -> None:
    uses = uses_of_sources(content)
    idle = [name for name, used in uses.items() if not used.pages and not used.duties]
    cited = {str(term.source) for term in content.terms}
    assert len(set(idle) - cited) <= len(uses) // 4, idle


def test_no_page_says_what_the_writing_rules_forbid() -> None:
    forbidden = [
        r"Care Lever",
        r"coming soon",
        r"lorem",
        r"Working Together[^.|]{0,30}paragraph \d",
        r"optional[^.]{0,40}Rapid Review",
    ]
    for file in sorted((ROOT / "docs").rglob("*")):
        if file.suffix in (".md", ".yml"):
            text = file.read_text("utf-8")
            for words in forbidden:
                assert not re.search(words, text, re.I), f"{file.name}: {words}"


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
