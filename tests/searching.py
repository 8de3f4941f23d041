"""The search of a built site, asked in a real browser: what it answers, and which of its files it loads for that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.packing import packed
from tests.project import asset
from tests.scores import Answer

ENGINE = "search-engine.js"
BOX = "search.js"
_ASK = """async (text) => {
  const found = await lrpSearch.find(text);
  return {
    panel: found.panel.flatMap((term) => [term.address, ...(term.today ? [term.today.address] : [])]),
    results: found.results.map((unit) => unit.address),
    suggested: found.suggested.map((term) => `glossary/#${term.id}`),
    loaded: performance.getEntriesByType("resource").map((entry) => new URL(entry.name).pathname),
  };
}"""


@dataclass(frozen=True)
class Asked:
    """The answer to a query that was asked first on a fresh page, and the bytes loaded for it, compressed by gzip."""

    answer: Answer
    loaded: int


def fresh(page: Page, site: Path, address: str) -> None:
    """An empty page of the site with the engine, and nothing of the index."""
    page.goto(f"{address}blank.html")
    page.add_script_tag(url=f"{address}{asset(site, ENGINE)}")


def ask(page: Page, site: Path, address: str, text: str) -> Asked:
    """What the search answers to a reader who has not searched before."""
    fresh(page, site, address)
    found: dict[str, Any] = page.evaluate(_ASK, text)
    base = address.split("/", 3)[3]
    files = {name.removeprefix("/").removeprefix(base) for name in found["loaded"]}
    answer = Answer(tuple(found["results"]), tuple(found["panel"]), tuple(found["suggested"]))
    return Asked(answer, weight(site, {file for file in files if file.endswith(".js")} | {asset(site, BOX)}))


def weight(site: Path, files: Iterable[str]) -> int:
    """The bytes of files of a site, each compressed by gzip."""
    return sum(len(packed(site / file)) for file in files)


def blank(page: Page) -> None:
    """Lets the page open an empty document at the address of the site."""
    page.route(
        "**/blank.html", lambda route: route.fulfill(body="<!doctype html><title>-</title>", content_type="text/html")
    )
