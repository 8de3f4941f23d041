"""An editor's valid job is never stopped: after each of fifteen, the check, the build and the tests of the guidance are content."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.build import Stamp, build
from tests.built import day_of
from tests.guidance.jobs import JOBS, Job, guidance_copy
from tests.project import ROOT

pytestmark = pytest.mark.site
ALIKE = ("objections", "one_mistake", "law", "stories")  # they say the same of any content


def told(root: Path) -> str:
    """What the tests of the guidance say of a copy, where they are not content with it."""
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:hypothesispytest"]
    words += ["-m", "not site", "tests/guidance"]
    words += [f"--ignore=tests/guidance/test_{name}.py" for name in ALIKE]
    environment = {**os.environ, "LRP_GUIDANCE": str(root)}
    run = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    return "" if run.returncode == 0 else run.stdout + run.stderr


@pytest.mark.parametrize("job", JOBS, ids=[job.__name__ for job in JOBS])
def test_an_editor_s_job_is_never_stopped(job: Job, tmp_path: Path) -> None:
    root = guidance_copy(tmp_path)
    job(root)
    said: list[str] = []
    assert build(root, root / "site", day_of(root), said.append, stamp=Stamp(documents=False)), "\n".join(said)
    assert said[0] == "Checking the content …", "a build begins with the whole check"
    words = told(root)
    assert not words, words
