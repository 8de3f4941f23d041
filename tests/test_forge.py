"""What runs on a forge: the words of the Makefile and no others, and problems at their lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

from macros.problems import Problem, report
from tests.project import ROOT

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
    assert {"check", "lint", "site", "test", "test-long"} <= set(said)
    others = [command for command in commands() if "make " not in command]
    assert others == ['echo "::add-matcher::.github/problems.json"', "mv site public"]


def test_every_step_has_a_name_for_people() -> None:
    assert all("name" in step for step in steps())


def test_a_problem_is_shown_at_its_line() -> None:
    matcher = json.loads((ROOT / ".github" / "problems.json").read_text("utf-8"))["problemMatcher"][0]["pattern"][0]
    problem = Problem("docs/part-one/notify.md", 12, 'The link "x" leads to no page.', "Link to a .md file in docs/.")
    found = re.findall(matcher["regexp"], report([problem]), re.M)
    assert found == [("docs/part-one/notify.md", "12", 'The link "x" leads to no page. Link to a .md file in docs/.')]


def test_what_publishes_may_write_to_pages_alone() -> None:
    for file in GITHUB:
        flow = yaml.safe_load(file.read_text("utf-8"))
        assert flow["permissions"] == {"contents": "read"}
        for job in flow["jobs"].values():
            assert set(job.get("permissions", {})) <= {"contents", "pages", "id-token"}
