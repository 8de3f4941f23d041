"""The real content and the real site, for tests of this guidance and of what each of its pages owes a reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from macros.content.load import Content, load
from tests.built import once
from tests.loopback import served
from tests.project import GUIDANCE

__all__ = ["address", "content", "site"]


@pytest.fixture(scope="session")
def content() -> Content:
    """The real content."""
    return load(GUIDANCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The real site."""
    yield from once(tmp_path_factory, "real", lambda _: GUIDANCE)


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """The address of the real site on a free port of this machine."""
    with served(site) as address:
        yield address
