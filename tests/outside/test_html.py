"""Every page of the built site is valid HTML, as html-validate judges it; runs where Node is, and says where it is not."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.evidence import record
from tests.project import ROOT

pytestmark = pytest.mark.site
ASKED = ROOT / "tests" / "outside" / "html"
FOLDER = ROOT / ".venv" / "html"
NEEDS_NODE = (20, 19)


def node() -> str | None:
    """Why Node cannot be used here; nothing where it can."""
    if not (shutil.which("node") and shutil.which("npm")):
        return "Node and npm are not here, so html-validate was not run."
    said = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    major, minor = (int(part) for part in said.removeprefix("v").split(".")[:2])
    return None if (major, minor) >= NEEDS_NODE else f"Node is {said}, html-validate needs v20.19 or newer."


@pytest.fixture(scope="session")
def validator() -> Path:
    """The program, installed once with the versions and sums of the lock; no script of a package runs."""
    missing = node()
    if missing:
        pytest.skip(missing)
    files = ("package.json", "package-lock.json", ".htmlvalidate.json")
    wanted = b"".join((ASKED / name).read_bytes() for name in files)
    made = FOLDER / "made"
    if not made.is_file() or made.read_bytes() != wanted:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in files:
            shutil.copy(ASKED / name, FOLDER)
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(words, cwd=FOLDER, check=True, timeout=180, stdin=subprocess.DEVNULL)
        made.write_bytes(wanted)
    return FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def test_no_page_has_an_html_error(site: Path, validator: Path) -> None:
    pages = sorted(str(file) for file in site.rglob("*.html"))
    words = ["node", str(validator), "--config", str(FOLDER / ".htmlvalidate.json"), "--formatter", "json", *pages]
    ran = subprocess.run(words, cwd=FOLDER, capture_output=True, text=True, timeout=300)
    assert ran.stdout, ran.stderr
    found = [
        f"{Path(file['filePath']).relative_to(site)}:{said['line']}: {said['ruleId']}: {said['message']}"
        for file in json.loads(ran.stdout)
        for said in file["messages"]
    ]
    assert found == []
    record("html", pages=len(pages), errors=0)
