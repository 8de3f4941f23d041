"""Relative addresses."""

from __future__ import annotations

import pytest

from macros.content.addresses import address, relative, to_page


@pytest.mark.parametrize(
    ("page", "where"),
    [
        ("index.md", ""),
        ("glossary.md", "glossary/"),
        ("part-one/index.md", "part-one/"),
        ("part-one/notify.md", "part-one/notify/"),
    ],
)
def test_the_address_of_a_page(page: str, where: str) -> None:
    assert address(page) == where


@pytest.mark.parametrize(
    ("here", "there", "anchor", "way"),
    [
        ("index.md", "glossary.md", "lcspr", "glossary/#lcspr"),
        ("part-one/notify.md", "glossary.md", "lcspr", "../../glossary/#lcspr"),
        ("part-one/notify.md", "part-one/notify.md", "s1-4", "#s1-4"),
        ("part-one/notify.md", "part-one/index.md", "", "../"),
        ("part-one/notify.md", "index.md", "", "../../"),
        ("index.md", "index.md", "", "./"),
    ],
)
def test_the_way_from_page_to_page(here: str, there: str, anchor: str, way: str) -> None:
    assert to_page(here, there, anchor) == way


def test_the_way_to_a_made_file() -> None:
    assert relative("part-one/notify/", "glossary.csv") == "../../glossary.csv"
    assert relative("", "decisions/part-one-notify.json") == "decisions/part-one-notify.json"


def test_only_a_page_called_index_is_its_folder() -> None:
    pages = ["index.md", "part-one/index.md", "reindex.md", "part-one/reindex.md", "index/index.md", "index/a.md"]
    addresses = ["", "part-one/", "reindex/", "part-one/reindex/", "index/", "index/a/"]
    assert [address(page) for page in pages] == addresses
