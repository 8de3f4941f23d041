"""An editor's valid job is never stopped: after each of fifteen, the check, the build and the tests of the guidance are content."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import Stamp, build, problems_of
from macros.source.problems import report
from tests.built import DAY
from tests.guidance.jobs import JOBS, Job, guidance_copy
from tests.project import ROOT

pytestmark = pytest.mark.site


def told(root: Path) -> str:
    """What the tests of the guidance say of a copy, where they are not content with it."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-m", "not site and not long"]
    words += ["tests/guidance"]
    for alone in ("objections", "law", "stories"):  # they ask nothing about the content they are given
        words += ["--ignore", f"tests/guidance/test_{alone}.py"]
    environment = {**os.environ, "LRP_GUIDANCE": str(root)}
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    return "" if run.returncode == 0 else run.stdout + run.stderr


@pytest.mark.parametrize("job", JOBS, ids=[job.__name__ for job in JOBS])
def test_an_editor_s_job_is_never_stopped(job: Job, tmp_path: Path) -> None:
    root = guidance_copy(tmp_path)
    job(root)
    problems = problems_of(root)
    assert not problems, report(problems)
    said: list[str] = []
    assert build(root, root / "site", DAY, said.append, stamp=Stamp(documents=False)), "\n".join(said)
    assert not told(root), told(root)
