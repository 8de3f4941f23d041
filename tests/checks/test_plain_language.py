"""The advice on plain words: what it names, with its line, what it leaves alone, and that it refuses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.__main__ import main
from macros.checks.plain_language import advise
from macros.checks.sentences import sentences
from macros.content.load import load
from tests.project import change, put, small_project

HERE = "An LCSPR may follow."
MANY = " ".join(["word"] * 28)
EDITING = {
    "docs/about/editing.md": "---\ntitle: Editing\ndescription: How to change each part of this small guidance.\n"
    "owner: Partnership business manager\napproved: 2026-11-23\nreview: 2027-05-23\nguidance: [statute]\n---\n\n{{ plain_words() }}\n",
    "docs/about/editing.yml": "plainer:\n  - {word: prior to, say: before}\n  - {word: serious case review, say: review}\n",
}
MENU = (
    "{page: search.md, label: Search}",
    "{page: search.md, label: Search}\n      - {page: about/editing.md, label: Editing}",
)


def said(folder: Path, text: str) -> list[str]:
    """The advice on the small site where its start page says `text` in its second section's place."""
    root = small_project(folder)
    put(root, {"write": EDITING, "change": {"docs/navigation.yml": [MENU], "docs/index.md": [(HERE, text)]}})
    return [str(problem) for problem in advise(load(root))]


def test_the_small_site_needs_no_advice(tmp_path: Path) -> None:
    assert said(tmp_path, HERE) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (f"We say {MANY} once.", 12, 31),
        (f"We say {MANY}\nonce.", 12, 31),
        (f"It is short.\nWe say {MANY} once.", 13, 31),
        (f"\n\n- one\n- We say {MANY} once", 15, 31),
        (f"\n\n| Who | What |\n| --- | --- |\n| We | We say {MANY} once. |", 16, 31),
        (f'\n\n!!! note "Title"\n    We say {MANY} once.', 15, 31),
        (f'We **say** [{MANY}](search.md) {{{{ term("lcspr") }}}}.', 12, 31),
        (f'We say {MANY} {{{{ duty("notify", "short") }}}}.', 12, 38),
        (f'We say {MANY} {{{{ source("statute") }}}}.', 12, 32),
    ],
)
def test_names_a_long_sentence_at_its_line(text: str, line: int, words: int, tmp_path: Path) -> None:
    (advice,) = said(tmp_path, text)
    assert advice.startswith(f'docs/index.md:{line}: The sentence "We say word')
    assert advice.endswith(f' …" has {words} words. Make two of it, or a list.')


@pytest.mark.parametrize(
    "text",
    [
        f"We say {MANY}. Once.",
        f"We say {MANY} `and code` {{# and a comment #}}.",
        f"\n\n```\nWe say {MANY} once.\n```",
        f'We say {MANY}. {{{{ local("day-count") }}}} Then we go on.',
        f"\n\n## We say {MANY} once",
        f'Source: {{{{ source("statute") }}}}, {MANY} once more.',
        f"\n\n| {MANY} | {MANY} |\n| --- | --- |\n| We | We |",
    ],
)
def test_leaves_alone_what_readers_do_not_read_as_one_sentence(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == []


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The form {{ must }} be sent today.", "must be sent"),
        ("Reasons {{ should }} not be kept back.", "should not be kept"),
        ("The report is {{ expected }} to be written by Friday.", "expected to be written"),
        ("A copy is to be recorded by the end of the week.", "is to be recorded"),
        ("A copy is {{ locally }} kept.", "is locally kept"),
        ("The form needs to be securely sent.", "needs to be securely sent"),
    ],
)
def test_names_a_duty_that_nobody_is_given(text: str, phrase: str, tmp_path: Path) -> None:
    wish = 'Begin with the person or agency who does it, or add "by …".'
    assert said(tmp_path, text) == [f'docs/index.md:12: "{phrase}" does not say who does it. {wish}']


@pytest.mark.parametrize(
    "text",
    [
        "The form {{ must }} be sent by the safeguarding lead.",
        "The lead {{ must }} send the form.",
        "Does anything need to be done? What has to be done?",
        "Ask whether anything needs to be done.",
        "The incident may have to be notified.",
        "It {{ must }} be true.",
    ],
)
def test_leaves_alone_duties_with_an_owner_and_what_is_none(text: str, tmp_path: Path) -> None:
    assert said(tmp_path, text) == []


def test_names_a_word_with_the_plainer_one_unless_it_is_quoted_or_a_term(tmp_path: Path) -> None:
    text = 'Prior to this,\nwe say "prior to" and `prior to` of a serious case review. {# allow "serious case review": a test #}'
    assert said(tmp_path, text) == ['docs/index.md:12: "Prior to" is not plain. Write "before".']


def test_reads_questions_outcomes_and_duties_at_their_lines(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(root, "docs/part-one/notify.yml", ("why: Both count.", f"why: {MANY.capitalize()} one two three."))
    change(root, "docs/deadlines.yml", ("to: the Panel", f"to: {MANY}"))
    lines = [(problem.path, problem.wrong[-10:]) for problem in advise(load(root))]
    assert lines == [("docs/deadlines.yml", " 33 words."), ("docs/part-one/notify.yml", " 31 words.")]


def test_a_page_is_read_with_the_data_that_it_shows(tmp_path: Path) -> None:
    told = dict(sentences(load(small_project(tmp_path))))
    assert "The local authority must act: 5 working days from becoming aware of the incident." in told["index.md"]
    assert "Both count." in told["part-one/notify.md"]
    assert "The local authority must notify the Panel." in told["deadlines.md"]
    assert told["search.md"][0].line == 3


def test_the_command_prints_everything_in_one_run_and_refuses_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = small_project(tmp_path)
    change(root, "docs/index.md", (HERE, f"We say {MANY} once. It {{{{ must }}}} be sent."))
    assert main(["advise", "--root", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 pieces of advice. Nothing is refused for it."
    assert [line.split(" ")[0] for line in lines[1:3]] == ["docs/index.md:12:", "docs/index.md:12:"]
    assert lines[4].startswith("Reading ease (Flesch), the hardest first; 60 and more is plain English.")
    assert len(lines[5:]) == 7


def test_the_command_says_so_where_there_is_no_project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", "--root", str(tmp_path)]) == 2
    assert capsys.readouterr().out.startswith("No folder docs/ stands here.")
    with pytest.raises(SystemExit) as ended:
        main(["advise", "everything"])
    assert ended.value.code == 2
