"""Where a promise of this guidance is not kept, an editor reads the file, the line and the remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from macros.content.load import Content, load
from tests.guidance import promises
from tests.guidance.jobs import beside, block, guidance_copy
from tests.guidance.promises import DECISIONS, Promise
from tests.project import WHOLE, change, small_project

TERM = "\n  - id: {id}\n    expansion: {words}\n    meaning: Made up.\n    link: {link}\n    source_title: A copy\n    checked: 2026-11-23\n    confidence: high\n"
HARD = "Notwithstanding institutional responsibilities, multidisciplinary organisations systematically operationalise accountability. "


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small site, which is read fast: a promise is worded alike for any content."""
    return small_project(tmp_path, site=WHOLE)


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """This guidance, for what names its own entries."""
    return guidance_copy(tmp_path, with_generator=False)


def add(root: Path, path: str, text: str) -> int:
    """Writes at the end of a file; how many lines it had before."""
    file = root / path
    given = file.read_text("utf-8").rstrip("\n") + "\n"
    file.write_text(given + text, "utf-8")
    return given.count("\n")


def said(promise: Promise, root: Path) -> list[str]:
    return [str(problem) for problem in promise(load(root))]


def test_a_part_that_is_gone_is_missed_until_its_old_address_leads_on(root: Path) -> None:
    page, old = "part-one/flowchart.md", "part-one/flowchart/"
    assert page in promises.PARTS
    message = f'docs/moved.yml:1: The page "{page}" is gone. Say in docs/moved.yml where it lives now: old: "{old}".'
    assert message not in said(promises.every_part_has_an_address, root)
    (root / "docs" / page).unlink()
    assert message in said(promises.every_part_has_an_address, root)
    add(root, "docs/moved.yml", f'  - {{old: "{old}", now: deadlines.md}}\n')
    assert message not in said(promises.every_part_has_an_address, root)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The Care Lever's plan.", '"Care Lever" is not what this guidance says. Write "care leaver".'),
        (
            "An optional first\nRapid Review.",
            '"optional first Rapid Review" is not what this guidance says. '
            "A Rapid Review follows every notification; say so.",
        ),
    ],
)
def test_words_that_were_wrong_once_are_named_where_they_stand(text: str, wrong: str, root: Path) -> None:
    line = add(root, "docs/deadlines.md", f"\n{text}\n") + 2
    assert said(promises.no_page_says_what_is_wrong, root) == [f"docs/deadlines.md:{line}: {wrong}"]


def test_an_outcome_that_somebody_could_close_alone_is_named(root: Path) -> None:
    decisions = load(root).decisions
    page, outcome = next(
        (page, outcome)
        for page in DECISIONS
        if page in decisions
        for outcome in decisions[page].outcomes.values()
        if outcome.kind == "elsewhere"
    )
    entry = block(root, beside(page), str(outcome.key))
    change(root, beside(page), (entry, re.sub(r"(?m)^    (applies|who|send|not_yet): .*$", r"    \1: Nobody.", entry)))
    assert said(promises.nobody_closes_it_alone, root) == [
        f'{beside(page)}:{outcome.title.line}: The outcome "{outcome.key}" ends without a notification and does not say '
        "who confirms and records it. Say it under who or send: the safeguarding lead, the partners or the Case Review Group."
    ]


def test_a_home_page_that_asks_much_is_named(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promises, "AT_MOST", 0)
    (problem,) = promises.the_home_page_asks_little(content)
    assert problem.path == "docs/index.yml"
    assert re.fullmatch(r"The home page asks up to \d questions before it names a part\.", problem.wrong)
    assert problem.mend == "Ask 0 at most; the part itself can ask the rest."


def test_a_page_that_is_hard_to_read_is_named(root: Path) -> None:
    page = root / "docs" / "deadlines.md"
    page.write_text(
        page.read_text("utf-8").split("\n## ")[0] + "\n## It { #it }\n\n" + "\n\n".join([HARD] * 40), "utf-8"
    )
    (problem,) = promises.the_pages_are_in_plain_english(load(root))
    assert re.fullmatch(
        r"docs/deadlines\.md:1: The page is hard to read: its reading ease is -?\d+, and plain English begins at 60\. "
        r"Write shorter sentences and plainer words: make advise names them\.",
        str(problem),
    )


def test_faults_of_terms_are_named_at_their_lines(root: Path) -> None:
    path = "glossary/people.yml"
    line = add(root, path, TERM.format(id="odd-one", words="night for children", link="https://docslib.example/copy"))
    assert said(promises.plurals_are_english, root) == [
        f'{path}:{line + 3}: The plural of "odd-one" would read "night for childrens". Write it as expansion_plural.'
    ]
    assert said(promises.sources_are_first_hand, root) == [
        f'{path}:{line + 5}: The source of "odd-one" is a copy on a site of strangers. '
        "Link the document where its publisher has it, or leave the link out."
    ]


def test_a_retired_name_that_leads_to_a_retired_one_is_named(root: Path) -> None:
    retired = next(term for term in load(root).terms if term.retired)
    given = TERM.format(id="older-one", words="older name", link="https://example.org/")
    line = add(root, "glossary/people.yml", given + f'    retired: {{say: {retired.id}, since: "2001"}}\n')
    assert said(promises.names_of_before_lead_to_today, root) == [
        f'glossary/people.yml:{line + 9}: The retired name "older-one" leads to "{retired.id}", which is retired too. '
        "Name the term that is used today."
    ]


def test_what_the_law_rests_on_and_is_gone_is_named_at_its_row(ours: Path) -> None:
    change(ours, "docs/deadlines.yml", ("- id: notify-panel\n", "- id: notify-the-panel\n"))
    change(ours, "docs/references.yml", ("- id: leder\n", "- id: leder-website\n"))
    said_of = "\n".join(said(promises.the_law_rests_on_what_is_there, ours))
    assert re.search(
        r'^tests/guidance/law\.yml:\d+: The row "notify-here" speaks of the duty "notify-panel", which docs/deadlines\.yml '
        r"does not have\. Give it its id back, or change the row with it\.$",
        said_of,
        re.M,
    )
    assert re.search(
        r'^tests/guidance/law\.yml:\d+: The row "leder-adults" speaks of the source "leder", which docs/references\.yml '
        r"does not have\. Put it back: a source that was replaced stays, with superseded_by\.$",
        said_of,
        re.M,
    )


def test_a_word_of_the_law_that_its_source_cannot_bear_is_named(ours: Path) -> None:
    entry = re.search(r"  - id: ca-1989-sch-2\n(?:    .*\n)+", (ours / "docs/references.yml").read_text("utf-8"))
    assert entry
    change(ours, "docs/references.yml", (entry[0], entry[0].replace("kind: statute", "kind: other")))
    assert re.search(
        r'^tests/guidance/law\.yml:\d+: The row "death-in-care-parents" says "must" of grade V law, and none of its sources can '
        r"bear that\. Correct the kind of the source, or change the row with it\.$",
        "\n".join(said(promises.the_law_rests_on_what_is_there, ours)),
        re.M,
    )
