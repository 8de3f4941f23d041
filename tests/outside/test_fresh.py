"""The commands that judge a release: a machine with nothing on it, and a machine with too much to do."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.outside.fresh import BARE, main
from tests.outside.loaded import load

MAKEFILE = """site:
	@env > "{told}"; pwd; ls -a; ls -a "$$HOME"
	@$(PYTHON) -c 'import sys; print("Python", sys.version_info >= (3, 11))'
test:
	@echo "1 failed"; exit 3
"""


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose commands say what they see, with a file that is not committed."""
    root = tmp_path / "repository"
    root.mkdir()
    (root / "Makefile").write_text(MAKEFILE.format(told=tmp_path / "told"), "utf-8")
    named = ["-c", "user.name=Test", "-c", "user.email="]
    for words in (["init", "-q"], ["add", "."], [*named, "commit", "-q", "-m", "Begin"]):
        subprocess.run(["git", *words], cwd=root, check=True)
    (root / "left-lying").write_text("", "utf-8")
    return root


def test_a_fresh_machine_has_nothing_of_this_one(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_CACHE_HOME", "PYTHONPATH", "VIRTUAL_ENV", "LRP_BROWSER", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert main(repository, ("site",)) == 0
    told = dict(line.partition("=")[::2] for line in (tmp_path / "told").read_text("utf-8").splitlines())
    assert set(told) <= {
        *("HOME", "PATH", "LANG", "PIP_NO_CACHE_DIR", "FONTCONFIG_FILE", "https_proxy", "PWD", "OLDPWD", "SHLVL", "_"),
        *("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "MAKE_TERMERR", "MAKE_TERMOUT", "PYTHON"),
        *(name for name in told if name.startswith("PIP_") or name.lower().endswith("_proxy") or "CERT" in name),
    }
    assert told["PATH"] == BARE
    assert not Path(told["HOME"]).exists()  # it was of its own, and is gone
    said = capsys.readouterr().out
    assert "On a fresh machine:\nmake site ended with 0:" in said


def test_what_a_fresh_machine_says_last_and_its_status_are_those_of_the_tests(
    repository: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(repository) == 2  # as make ends where a command fails
    said = capfd.readouterr().out
    assert said.index("make site ended with 0:") < said.index("make test ended with 2:")
    assert "  1 failed" in said.splitlines()
    assert "left-lying" not in said
    assert "  Python True" in said.splitlines()


def test_the_load_ends_with_its_block() -> None:
    with load(2) as processes:
        assert [process.poll() for process in processes] == [None, None]
    assert all(process.poll() is not None for process in processes)
