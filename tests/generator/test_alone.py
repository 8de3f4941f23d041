"""The tests of the generator and of its rooms open nothing of docs/ and glossary/: each is watched, and this says that watching works."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.load import load
from tests.alone import GUARDED, Watch
from tests.conftest import WATCH
from tests.project import MINIMAL, ROOT


@pytest.mark.parametrize("folder", sorted(GUARDED))
def test_what_a_test_opens_of_the_guidance_is_named(folder: str) -> None:
    watch = Watch()
    with watch.watching(ROOT / "tests" / folder / "test_some.py"):
        load(MINIMAL)
        assert watch.opened == []
        list((ROOT / "docs").glob("*.md"))
        (ROOT / "docs" / "index.md").read_text("utf-8")
    assert set(watch.opened) == {"docs", "docs/index.md"}
    (ROOT / "docs" / "index.md").read_text("utf-8")
    assert len(watch.opened) == 2, "it was heard when nobody watched"
    assert set(WATCH.opened) == {"docs", "docs/index.md"}, "the watch over this very test heard it too"
    WATCH.opened.clear()


@pytest.mark.parametrize("where", ["guidance", "publishing", "test_repository.py"])
def test_other_tests_may_open_it(where: str) -> None:
    watch = Watch()
    with watch.watching(ROOT / "tests" / where):
        (ROOT / "docs" / "index.md").read_text("utf-8")
    assert watch.opened == []
    WATCH.opened.clear()


def test_a_site_elsewhere_is_no_guidance(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("x", "utf-8")
    assert WATCH.opened == []
