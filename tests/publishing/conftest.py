"""What the tests of publishing share: one server that has published the small site, and copies of it to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.publishing.harness import Place, copied, first_push, new_place
from tests.publishing.here import built_quickly, quick_place


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Place, Path]:
    """A server that has published the small site, for pushes that it refuses; with its maintainer's clone."""
    folder = tmp_path_factory.mktemp("shared")
    place = new_place(folder)
    return place, first_push(place, folder)


@pytest.fixture
def place(tmp_path: Path, shared: tuple[Place, Path]) -> Place:
    """A server of the test's own that has published the small site."""
    return copied(shared[0], tmp_path)


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A server that has published three pages without a build, to be copied and never changed."""
    with built_quickly():
        return quick_place(tmp_path_factory.mktemp("quick"))[0]


@pytest.fixture
def quick(first: Place, tmp_path: Path) -> Iterator[Place]:
    """A copy of it of the test's own, which builds as quickly while the test runs."""
    with built_quickly():
        yield copied(first, tmp_path)
