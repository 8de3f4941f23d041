"""What runs on a forge: the words of the Makefile and no others, and problems at their lines."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from macros.source.problems import Problem, report
from tests.project import ROOT, change, small_project

GITHUB = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
WORDS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def steps() -> Iterator[dict[str, object]]:
    for file in GITHUB:
        for job in yaml.safe_load(file.read_text("utf-8"))["jobs"].values():
            yield from job["steps"]


def commands() -> Iterator[str]:
    yield from (str(step["run"]) for step in steps() if "run" in step)
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    for job in gitlab.values():
        if isinstance(job, dict):
            yield from job.get("script", [])


def test_a_forge_says_the_words_of_the_makefile() -> None:
    said = [word for command in commands() for word in re.findall(r"\bmake ([a-z-]+)", command)]
    assert set(said) <= WORDS
    assert {"check", "lint", "site", "test", "test-long", "fresh", "due-issue", "published"} <= set(said)
    others = [command for command in commands() if "make " not in command]
    assert others == ['echo "::add-matcher::.github/problems.json"', "mv site public"]


def test_a_proposed_change_is_counted_from_what_it_is_proposed_to() -> None:
    check = next(step for step in steps() if step.get("run") == "make check")
    assert check["env"] == {"SINCE": "${{ github.base_ref && format('origin/{0}', github.base_ref) || '' }}"}
    assert 'make check SINCE="${CI_MERGE_REQUEST_DIFF_BASE_SHA:-}"' in commands()
    assert '-m macros check --since "$(SINCE)"' in (ROOT / "Makefile").read_text("utf-8")


def test_every_step_has_a_name_for_people() -> None:
    assert all("name" in step for step in steps())


def test_a_problem_is_shown_at_its_line() -> None:
    matcher = json.loads((ROOT / ".github" / "problems.json").read_text("utf-8"))["problemMatcher"][0]["pattern"][0]
    problem = Problem("docs/part-one/notify.md", 12, 'The link "x" leads to no page.', "Link to a .md file in docs/.")
    found = re.findall(matcher["regexp"], report([problem]), re.M)
    assert found == [
        ("docs/part-one/notify.md", "12", 'The link "x" leads to no page. Link to a .md file in docs/. (LRP-149)')
    ]


def test_what_publishes_may_write_to_pages_alone_and_what_is_due_to_issues() -> None:
    for file in GITHUB:
        wanted = {"contents", "issues"} if file.stem == "due" else {"actions", "contents", "pages", "id-token"}
        flow = yaml.safe_load(file.read_text("utf-8"))
        assert flow["permissions"] == {"contents": "read"}
        for job in flow["jobs"].values():
            assert set(job.get("permissions", {})) <= wanted
            assert job.get("permissions", {}).get("actions", "read") == "read"
            assert job.get("permissions", {}).get("contents", "read") == "read"


# Stands for the programs that speak to a forge: writes down what it is asked, and answers from a file.
_FAKE = """#!/bin/sh
printf '%s\\n' "$(basename "$0") $*" >> {log}
case "$*" in *"issue list"*|*"--get"*) cat {answer};; esac
"""
LATE = "1 overdue, 0 due by 6 March 2027.\n\nEditor:\n- 2027-02-23 OVERDUE docs/search.md:6: Review it."
TITLE = "Overdue: reviews and checks of the guidance"


def asked(folder: Path, forge: str, text: str, answer: str) -> list[str]:
    """What a forge is asked when the list of what is due says `text` and an issue is open as in `answer`."""
    log, known = folder / "log", folder / "answer"
    known.write_text(answer, "utf-8")
    for name in ("gh", "curl"):
        (folder / name).write_text(_FAKE.format(log=log, answer=known), "utf-8")
        (folder / name).chmod(0o755)
    (folder / "due").write_text(f"#!/bin/sh\ncat <<'E'\n{text}\nE\nexit 1\n", "utf-8")
    (folder / "due").chmod(0o755)
    gitlab = {"CI_API_V4_URL": "http://127.0.0.1/api", "CI_PROJECT_ID": "7", "LRP_ISSUE_TOKEN": "t"}
    environment = {"PATH": f"{folder}:{os.environ['PATH']}", forge: "true", **(gitlab if forge == "GITLAB_CI" else {})}
    words = [str(ROOT / ".ci" / "due"), str(folder / "due")]
    run = subprocess.run(words, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert text in run.stdout
    return re.findall(r"^(?:gh|curl) .*", log.read_text("utf-8"), re.M) if log.exists() else []


@pytest.mark.parametrize(
    ("forge", "answer", "wanted"),
    [
        ("GITHUB_ACTIONS", "", "gh issue create --title " + TITLE),
        ("GITHUB_ACTIONS", "12", "gh issue edit 12 --body 1 overdue"),
        ("GITLAB_CI", "[]", "--request POST http://127.0.0.1/api/projects/7/issues --data-urlencode title=" + TITLE),
        (
            "GITLAB_CI",
            json.dumps([{"iid": 3, "title": TITLE}]),
            "--request PUT http://127.0.0.1/api/projects/7/issues/3 ",
        ),
        ("GITLAB_CI", json.dumps([{"iid": 3, "title": "Other"}]), "--request POST "),
    ],
)
def test_what_is_overdue_becomes_one_issue_that_is_renewed(
    forge: str, answer: str, wanted: str, tmp_path: Path
) -> None:
    first, last = asked(tmp_path, forge, LATE, answer)
    assert "list" in first or "--get" in first
    assert wanted in last
    (tmp_path / "log").unlink()
    assert asked(tmp_path, forge, "0 overdue, 2 due by 6 March 2027.", answer) == []


@pytest.mark.site
def test_a_forge_publishes_each_edition_as_it_stood_beside_the_guidance_of_today(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    shutil.copy(ROOT / "requirements.lock", root)
    front = (root / "docs" / "search.md").read_text("utf-8").split("{{")[0]
    (root / "docs" / "as-at.md").write_text(f"{front}{{{{ editions() }}}}\n", "utf-8")
    (root / "docs" / "updates.md").write_text(f"{front}{{{{ updates() }}}}\n", "utf-8")
    line = "      - {page: search.md, label: Search}\n"
    more = "".join(f"      - {{page: {page}.md, label: {page}}}\n" for page in ("as-at", "updates"))
    change(root, "docs/navigation.yml", (line, line + more))
    who = {f"GIT_{role}_{part}": "Anybody" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "SITE_URL": "https://example.org/guidance/"}
    change(root, "docs/index.md", ("An LCSPR may follow.", "An LCSPR may follow at once."))
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "One"], ["tag", "edition-2026-11-23"]):
        subprocess.run(["git", *words], cwd=root, env=environment, check=True)
    change(root, "docs/index.md", ("An LCSPR may follow at once.", "An LCSPR may follow later."))
    run = subprocess.run(
        [ROOT / ".ci" / "editions", sys.executable], cwd=root, env=environment, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stdout + run.stderr
    old, new = ((root / "site" / path).read_text("utf-8") for path in ("as-at/2026-11-23/index.html", "index.html"))
    assert "may follow at once." in old
    assert "This is the guidance as it stood on 23 November 2026." in old
    assert '<a href="https://example.org/guidance/">Read the guidance of today</a>' in old
    assert '<link rel="canonical" href="https://example.org/guidance/as-at/2026-11-23/">' in old
    assert "may follow later." in new
    assert 'href="2026-11-23/">Edition of 23 November 2026' in (root / "site" / "as-at" / "index.html").read_text(
        "utf-8"
    )
    assert subprocess.run(["git", "worktree", "list"], cwd=root, capture_output=True, text=True).stdout.count("\n") == 1
