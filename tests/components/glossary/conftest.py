"""Here the fixtures are of the small site with sixty terms more: enough to look through, of every kind that is typed otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.content.load import Content, load
from tests.built import once
from tests.loopback import served
from tests.project import WHOLE, small_project

TERMS = Path(__file__).parent / "terms"
COUNT = 50
DOOR = (
    "  - {{id: door-{number}, abbreviation: D{letter}X, expansion: door number {number}, meaning: One door of many., "
    "used_by: [offices], source: ours, checked: 2026-11-23, confidence: high}}\n"
)


def with_many_terms(folder: Path) -> Path:
    """The small site with the terms that stand beside this file, and with a door for each number."""
    root = small_project(folder, with_generator=True, site=WHOLE)
    shutil.copytree(TERMS, root / "glossary", dirs_exist_ok=True)
    doors = (
        DOOR.format(number=number, letter=f"{chr(65 + number // 26)}{chr(65 + number % 26)}") for number in range(COUNT)
    )
    (root / "glossary" / "doors.yml").write_text("category: Doors\nterms:\n" + "".join(doors), "utf-8")
    return root


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """Its content."""
    return load(with_many_terms(tmp_path_factory.mktemp("terms")))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """That site, built."""
    yield from once(tmp_path_factory, "terms", with_many_terms)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Its address on a free port of this machine."""
    with served(site) as address:
        yield address
