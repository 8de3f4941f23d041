"""What has changed since the last release is told to readers, or the check says what to write."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from macros.__main__ import main
from macros.build import Stamp, _check, epoch, problems_of, problems_on
from macros.changes.unannounced import Released, owed
from macros.content.load import load
from macros.source.problem_ids import id_of
from macros.topics.working_days import bank_holidays
from tests.project import MINIMAL, WHOLE, change, small_project, tell

DAY, SINCE = date(2026, 11, 30), date(2026, 11, 25)
OLD = Released(MINIMAL, SINCE)


def debts(root: Path, old: Released = OLD) -> list[str]:
    problems = owed(load(root), DAY, old)
    assert all(id_of(problem.wrong) for problem in problems), problems
    return [str(problem) for problem in problems]


def revised(root: Path, page: str, entry: str) -> None:
    """Puts a revision at the top of a page that was approved on its day."""
    change(root, page, ("\n---\n", f"\nrevisions:\n  {entry}\n---\n"), ("approved: 2026-11-23", f"approved: {DAY}"))


def test_nothing_is_owed_where_nothing_changed(tmp_path: Path) -> None:
    assert debts(small_project(tmp_path)) == []


DUTY = 'The duty "notify" has changed since the last release, and no page that shows it tells readers.'
SUGGESTED = {
    "number": ("docs/deadlines.yml", "number: 5", "number: 3"),
    "unit": ("docs/deadlines.yml", "unit: working days", "unit: calendar days"),
    "clock start": ("docs/deadlines.yml", "text: becoming aware", "text: being told"),
    "owner": ("docs/deadlines.yml", "who: The local authority", "who: The business manager"),
    "binding word": ("docs/deadlines.yml", "binding: must", "binding: should"),
    "binding of the time": ("docs/deadlines.yml", "      binding: should", "      binding: expected"),
    "way": (
        "docs/part-one/notify.yml",
        '"No", next: elsewhere}\n      - {answer: Not sure, hint',
        '"No", next: advice}\n      - {answer: Not sure, hint',
    ),
    "duty of an outcome": ("docs/part-one/notify.yml", "who: The local authority", "who: The partners"),
    "word on a page": ("docs/index.md", "{{ must }}", "{{ should }}"),
    "word that went": ("docs/index.md", "{{ must }} act", "acts"),
    "word beside a page": ("docs/part-one/notify.yml", "applies: The duty applies.", "applies: You must act."),
}


@pytest.mark.parametrize("what", SUGGESTED)
def test_what_is_suggested_is_accepted_as_it_stands(what: str, tmp_path: Path) -> None:
    root = small_project(tmp_path)
    path, old, new = SUGGESTED[what]
    change(root, path, (old, new))
    found = debts(root)
    assert len(found) == 1, found
    assert found[0].startswith(f"{path}:")
    tell(root, found[0])
    assert debts(root) == []
    problems = problems_on(load(root), DAY, bank_holidays("england-and-wales"))
    assert [problem for problem in problems if problem.path.endswith(".md")] == []


@pytest.mark.parametrize(
    "revisions",
    [
        "revisions:\n  - date: 2026-11-23\n    change: minor\n    what: The page was laid out anew.\n    why: statute\n",
        "revisions:\n- {date: 2026-11-23, change: minor, what: The page was laid out anew., why: statute}\n",
        "revisions: [{date: 2026-11-23, change: minor, what: The page was laid out anew., why: statute}]\n",
    ],
)
def test_what_is_suggested_joins_the_revisions_that_are_there(revisions: str, tmp_path: Path) -> None:
    old, new = small_project(tmp_path / "old"), small_project(tmp_path / "new")
    for root in (old, new):
        change(root, "docs/index.md", ("\n---\n", f"\n{revisions}---\n"))
    change(new, "docs/index.md", ("{{ must }}", "{{ should }}"))
    released = Released(old, SINCE)
    tell(new, debts(new, released)[0])
    assert debts(new, released) == []
    assert problems_on(load(new), DAY, bank_holidays("england-and-wales")) == []


def test_a_long_suggestion_ends_after_a_whole_word(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    who = "The local authority of the area in which the child usually lives, or did before they were looked after, "
    change(root, "docs/deadlines.yml", ("who: The local authority", f"who: {who * 3}together"))
    said = debts(root)[0]
    assert said.endswith(" …'}")
    assert said.removesuffix(" …'}").split()[-1] in who.split()
    tell(root, said)
    assert debts(root) == []


def test_the_message_says_what_was_and_what_is(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(root, "docs/deadlines.yml", ("number: 5", "number: 3"))
    assert debts(root) == [
        f'docs/deadlines.yml:4: {DUTY} Tell readers in your words: at the top of docs/index.md, write "approved: '
        '2026-11-30" and "review: 2027-05-30" once it is approved, and put this above the second "---":\n'
        'revisions:\n  - {date: 2026-11-30, change: major, why: statute, what: \'The local authority "must" notify the Panel: 3 '
        "working days from becoming aware of the incident, no longer 5 working days from becoming aware of the incident.'}"
    ]


def test_any_page_that_shows_a_duty_may_tell_of_it(tmp_path: Path) -> None:
    for page in ("index", "part-one/notify", "deadlines"):
        root = small_project(tmp_path / page)
        change(root, "docs/deadlines.yml", ("number: 5", "number: 3"))
        revised(
            root,
            f"docs/{page}.md",
            f"- {{date: {DAY}, change: major, what: Three days instead of five., why: statute}}",
        )
        assert debts(root) == []
    root = small_project(tmp_path / "other")
    change(root, "docs/deadlines.yml", ("number: 5", "number: 3"))
    revised(
        root, "docs/search.md", f"- {{date: {DAY}, change: major, what: Three days instead of five., why: statute}}"
    )
    assert len(debts(root)) == 1


def test_a_duty_that_came_or_went_and_a_new_page_are_told(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    text = (root / "docs" / "search.md").read_text("utf-8")
    (root / "docs" / "find.md").write_text(text, "utf-8")
    file = root / "docs" / "deadlines.yml"
    file.write_text(
        file.read_text("utf-8")
        + "  - {id: tell, who: The lead, does: tell, binding: locally, sources: [guidance], grade: C}\n"
    )
    found = debts(root)
    assert [line.split(" Tell readers")[0] for line in found] == [
        'docs/deadlines.yml:20: The duty "tell" is new since the last release, and no page that shows it tells readers.',
        "docs/find.md:1: The page is new, and it does not say so.",
    ]
    gone = [line for line in debts(small_project(tmp_path / "old"), Released(root, SINCE)) if "is gone" in line]
    assert gone[0].startswith('docs/deadlines.yml:1: The duty "tell" is gone since the last release')
    assert "No longer: Locally, the lead is to tell." in gone[0]


def test_other_words_alone_owe_nothing(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(root, "docs/index.md", ("Read [who", "See [who"))
    change(root, "docs/part-one/notify.yml", ("applies: The duty applies.", "applies: This duty applies here."))
    change(root, "docs/deadlines.yml", ("does: notify", "does: tell"))
    assert debts(root) == []


def test_a_revision_that_was_published_stays_word_for_word(tmp_path: Path) -> None:
    old, new = small_project(tmp_path / "old"), small_project(tmp_path / "new")
    entry = "- {date: 2026-11-30, change: minor, what: The page lists every term now., why: statute}"
    revised(old, "docs/search.md", entry)
    revised(new, "docs/search.md", entry.replace("every term", "each term"))
    assert debts(new, Released(old, SINCE)) == [
        'docs/search.md:8: The revision of 30 November 2026 was published and is gone: "The page lists every term now." '
        "Put it back word for word; to correct it, add a newer one."
    ]


def test_a_revision_is_not_older_than_the_last_release(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    revised(
        root,
        "docs/search.md",
        "- {date: 2026-11-24, change: minor, what: The page lists every term now., why: statute}",
    )
    assert debts(root) == [
        "docs/search.md:9: The revision is of 24 November 2026, before the last release (25 November 2026). "
        "Write the day on which readers will see it."
    ]


def test_what_another_generator_wrote_is_not_compared(tmp_path: Path) -> None:
    old = small_project(tmp_path / "old")
    change(old, "docs/deadlines.yml", ("number: 5", "days: 5"))
    assert debts(small_project(tmp_path / "new"), Released(old, SINCE)) == []


def git(root: Path, *words: str) -> None:
    who = {f"GIT_{role}_{part}": "Anybody" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    when = {"GIT_COMMITTER_DATE": "2026-11-25T12:00:00Z"}
    subprocess.run(["git", *words], cwd=root, env={**os.environ, **who, **when}, check=True, capture_output=True)


def test_a_desk_counts_from_the_newest_edition_or_from_what_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(DAY)))

    def said(root: Path, *words: str) -> tuple[int, str]:
        return main(["check", "--root", str(root), *words]), capsys.readouterr().out

    root = small_project(tmp_path)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", "Begin")
    change(root, "docs/deadlines.yml", ("number: 5", "number: 3"))
    assert said(root)[1].endswith(" No edition is tagged, so no revision is asked for.\n")
    status, text = said(root, "--since", "main")
    assert (status, text.splitlines()[0]) == (1, "1 problem. Nothing was published.")
    assert text.splitlines()[1].startswith(f"docs/deadlines.yml:4: {DUTY}")
    git(root, "tag", "edition-2026-11-25")
    assert said(root) == (status, text)
    revised(root, "docs/index.md", f"- {{date: {DAY}, change: major, what: Three days instead of five., why: statute}}")
    assert said(root)[1].endswith(" Revisions are counted from edition-2026-11-25.\n")
    wrong = 'git knows no revision "nothing". Name a commit, a branch or a tag, for example main.\n'
    assert said(root, "--since", "nothing") == (2, wrong)


MINOR = f"- {{date: {DAY}, change: minor, what: The wording on this page is clearer., why: statute}}"


TOO_SMALL = 'This revision is "minor", and somebody has to act otherwise: '
MAJOR = 'Write "change: major", have the page approved, and write the day as "approved" and a new "review".'
SHOWN_ON = {"docs/index.md": "docs/index.md", "docs/deadlines.yml": "docs/deadlines.md"}


@pytest.mark.parametrize("what", SUGGESTED)
def test_a_change_that_makes_somebody_act_otherwise_is_never_minor(what: str, tmp_path: Path) -> None:
    root = small_project(tmp_path)
    path, old, new = SUGGESTED[what]
    change(root, path, (old, new))
    page = SHOWN_ON.get(path, "docs/part-one/notify.md")
    revised(root, page, MINOR)
    found = debts(root)
    assert len(found) == 1, found
    assert re.fullmatch(rf"{re.escape(page)}:\d+: {re.escape(TOO_SMALL)}.+\. {re.escape(MAJOR)}", found[0])
    change(root, page, ("change: minor", "change: major"))
    assert debts(root) == []


def test_the_reason_says_what_has_changed(tmp_path: Path) -> None:
    root = small_project(tmp_path)
    change(root, "docs/deadlines.yml", ("number: 5", "number: 3"))
    revised(root, "docs/deadlines.md", MINOR)
    assert debts(root) == [
        f'docs/deadlines.md:9: {TOO_SMALL}The local authority "must" notify the Panel: 3 working days from becoming aware '
        f"of the incident, no longer 5 working days from becoming aware of the incident. {MAJOR}"
    ]


def test_a_figure_in_the_words_of_a_page_or_a_duty_is_a_number_too(tmp_path: Path) -> None:
    pairs = {
        "docs/deadlines.yml": ("to: the Panel", "to: the Panel of two persons", "to: the Panel of three persons"),
        "docs/part-one/notify.yml": (
            "applies: The duty applies.",
            "applies: It holds up to the age of 24.",
            "applies: It holds up to the age of 25.",
        ),
        "docs/index.md": (
            "An LCSPR may follow.",
            "It takes 2 partners, see 1.14 of 2018.",
            "It takes 3 partners, see 1.15 of 2019.",
        ),
    }
    for path, (now, before, after) in pairs.items():
        old, root = small_project(tmp_path / path / "old"), small_project(tmp_path / path / "new")
        change(old, path, (now, before))
        change(root, path, (now, after))
        (found,) = debts(root, Released(old, SINCE))
        assert found.startswith(f"{path}:")
        assert re.search("no longer two|says 3 where it said 2|says 25 where it said 24", found)
        page = SHOWN_ON.get(path, "docs/part-one/notify.md")
        revised(root, page, MINOR)
        (found,) = debts(root, Released(old, SINCE))
        assert TOO_SMALL in found
        change(root, page, ("change: minor", "change: major"))
        assert debts(root, Released(old, SINCE)) == []
    root = small_project(tmp_path / "section")
    change(root, "docs/index.md", ("An LCSPR may follow.", "See 1.15, of 2019. It takes 2 partners."))
    assert debts(root) == []  # a figure that came is not one that changed


def test_a_page_that_moved_keeps_its_history(tmp_path: Path) -> None:
    old = small_project(tmp_path / "old")
    entry = "- {date: 2026-11-23, change: minor, what: 'First edition of the decision, as a web page.', why: statute}"
    revised(old, "docs/part-one/notify.md", entry)
    root = moved(small_project(tmp_path / "new", site=old))
    assert [str(problem) for problem in problems_of(root)] == []
    assert debts(root, Released(old, SINCE)) == []
    change(root, "docs/part-one/tell.yml", ("who: The local authority", "who: The partners"))
    (found,) = debts(root, Released(old, SINCE))  # and what changed on it is told all the same
    assert found.startswith("docs/part-one/tell.yml:")
    change(root, "docs/part-one/tell.yml", ("who: The partners", "who: The local authority"))
    change(root, "docs/part-one/tell.md", (f"  {entry}\n", ""), ("revisions:\n", ""))
    (found,) = debts(root, Released(old, SINCE))
    assert 'was published and is gone: "First edition of the decision, as a web page."' in found


def moved(root: Path) -> Path:
    """The small site with the page of its decision under another name, as an editor moves it."""
    for ending in ("md", "yml"):
        (root / "docs" / "part-one" / f"notify.{ending}").rename(root / "docs" / "part-one" / f"tell.{ending}")
    files = [*(root / "docs").rglob("*.md"), *(root / "docs").rglob("*.yml")]
    for file in files:
        file.write_text(file.read_text("utf-8").replace("part-one/notify.md", "part-one/tell.md"), "utf-8")
    line = "  - {old: part-one/notify/, now: part-one/tell.md}\n"
    file = root / "docs" / "moved.yml"
    file.write_text(file.read_text("utf-8") + line, "utf-8")
    return root


def test_a_page_that_takes_over_the_history_of_another_is_asked_for_its_own_news_only(tmp_path: Path) -> None:
    old = small_project(tmp_path / "old")
    entry = "- {date: 2026-11-23, change: minor, what: 'First edition of the search, as a web page.', why: statute}"
    revised(old, "docs/search.md", entry)
    root = small_project(tmp_path / "new", site=old)
    (root / "docs" / "find.md").write_text((root / "docs" / "search.md").read_text("utf-8"), "utf-8")
    (found,) = debts(root, Released(old, SINCE))
    assert found.startswith("docs/find.md:1: The page is new, and it does not say so.")
    change(root, "docs/find.md", ("revisions:\n", f"revisions:\n  {MINOR}\n"))
    assert debts(root, Released(old, SINCE)) == []


def test_the_build_of_the_gate_and_the_check_on_a_desk_follow_a_move(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    old = small_project(tmp_path / "old")
    revised(
        old,
        "docs/part-one/notify.md",
        "- {date: 2026-11-23, change: minor, what: 'The first edition of it.', why: statute}",
    )
    root = small_project(tmp_path / "new", site=old)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@localhost", "-C", str(root)]
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Begin"]):
        subprocess.run([*git, *words], check=True)
    moved(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(epoch(DAY)))
    assert main(["check", "--root", str(root), "--since", "main"]) == 0, capsys.readouterr().out
    assert main(["decisions", "diff", "main", "--root", str(root)]) == 0
    assert "is a new decision" not in capsys.readouterr().out
    stamp = Stamp(released=Released(old, SINCE))
    assert _check(load(root), DAY, stamp, lambda _: None) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "partners: 3\n",
            "partners: 2\n",
            "A meeting can decide with 2 safeguarding partners and more than half of the other agencies, "
            "no longer with 3 and more than half.",
        ),
        ("lawyers, votes: false", "lawyers, votes: true", "Legal adviser now has a vote."),
    ],
)
def test_who_can_decide_is_told_as_a_major_change(old: str, new: str, says: str, tmp_path: Path) -> None:
    root = small_project(tmp_path, site=WHOLE)
    change(root, "docs/terms-of-reference.yml", (old, new))
    (found,) = debts(root, Released(WHOLE, SINCE))
    assert found.startswith(
        "docs/terms-of-reference.yml:27: Who can decide has changed since the last release, and the "
    )
    assert says in found


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: your-role", "id: role", 'the field "your-role" is gone'),
        (
            '["Yes", "No", Not known]\n        help',
            '["Yes", "No"]\n        help',
            'the field "locked" has no choice "Not known" any',
        ),
        ("type: number", "type: text", 'the field "copies" is of the type "text", no longer "number"'),
    ],
)
def test_a_form_that_older_drafts_do_not_fit_asks_for_a_new_version(
    old: str, new: str, says: str, tmp_path: Path
) -> None:
    root = small_project(tmp_path, site=WHOLE)
    change(root, "docs/form-k.yml", (old, new))
    (found,) = debts(root, Released(WHOLE, SINCE))
    assert found.startswith("docs/form-k.yml:2: Since the last release ")
    assert says in found
    assert 'and the version of the form is still 2. Write "version: 3", and under "moved"' in found
    change(root, "docs/form-k.yml", ("version: 2", "version: 3"))
    assert debts(root, Released(WHOLE, SINCE)) == []


def test_a_page_that_is_gone_is_asked_where_to_and_nothing_else(tmp_path: Path) -> None:
    root = moved(small_project(tmp_path))
    change(root, "docs/moved.yml", ("  - {old: part-one/notify/, now: part-one/tell.md}\n", ""))
    wish = "Add this line to docs/moved.yml, with the page that readers are to find, or bring it back:"
    line = "  - {old: part-one/notify/, now: part-one/tell.md}"
    assert debts(root) == [
        f'docs/moved.yml:1: The address "part-one/notify/" was published and is gone. {wish}\n{line}'
    ]
    change(root, "docs/part-one/tell.md", ("title: ", "title: How to "))
    gone, new = debts(root)
    assert gone.endswith("\n  - {old: part-one/notify/, now: index.md}")
    assert new.startswith("docs/part-one/tell.md:1: The page is new")
