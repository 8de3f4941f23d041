"""Every page of the built site is valid HTML, as html-validate judges it; runs where Node is, and says where it is not."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.evidence import record
from tests.outside.node import installed, missing

pytestmark = pytest.mark.site


@pytest.fixture(scope="session")
def folder() -> Path:
    """Where html-validate is installed."""
    if why := missing("html-validate"):
        pytest.skip(why)
    return installed("html")


def test_no_page_has_an_html_error(site: Path, folder: Path) -> None:
    pages = sorted(str(file) for file in site.rglob("*.html"))
    program = str(folder / "node_modules" / "html-validate" / "bin" / "html-validate.mjs")
    words = ["node", program, "--config", str(folder / ".htmlvalidate.json"), "--formatter", "json", *pages]
    ran = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300)
    assert ran.stdout, ran.stderr
    found = [
        f"{Path(file['filePath']).relative_to(site)}:{said['line']}: {said['ruleId']}: {said['message']}"
        for file in json.loads(ran.stdout)
        for said in file["messages"]
    ]
    assert found == []
    record("html", pages=len(pages), errors=0)
