"""Commands that cannot begin say why in a sentence, and leave everything as it was."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from macros.__main__ import main
from tests.project import small_project

NO_DOCS = "No folder docs/ stands here. Run it in the folder of the project, or name that with --root.\n"
COMMANDS = [["check"], ["build"], ["serve"], ["advise"], ["due"], ["decisions", "diff", "main"]]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_folder_that_is_no_project_or_not_there_is_said(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for root in (tmp_path, tmp_path / "nowhere"):
        assert main([*words, "--root", str(root)]) == 2
        assert capsys.readouterr().out == NO_DOCS
    assert list(tmp_path.iterdir()) == []


def test_a_port_that_is_in_use_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = small_project(tmp_path)
    (root / "mkdocs.yml").touch()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert main(["serve", "--port", str(port), "--root", str(root)]) == 2
    assert f"Something else is served on port {port} of this computer already" in capsys.readouterr().out
    assert main(["serve", "--port", "70000", "--root", str(root)]) == 2
    assert "take another port: python -m macros serve --port 8001" in capsys.readouterr().out


def test_a_project_without_its_settings_is_not_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--root", str(small_project(tmp_path))]) == 2
    assert capsys.readouterr().out.startswith("No file mkdocs.yml stands here.")


def test_a_site_that_cannot_be_written_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = small_project(tmp_path)
    assert main(["build", "--root", str(root), "--site", str(tmp_path / "a" / "b")]) == 2
    assert (
        capsys.readouterr().out
        == f"There is no folder {tmp_path}/a to build into. Name a folder to build into with --site.\n"
    )
    assert main(["build", "--root", str(root), "--site", str(root / "docs" / "index.md")]) == 2
    assert "index.md is a file, and no folder to build into." in capsys.readouterr().out
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert main(["build", "--root", str(root), "--site", str(tmp_path / "site")]) == 2
    assert capsys.readouterr().out.startswith(f"You may not write into the folder {tmp_path}.")
