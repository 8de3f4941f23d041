"""Addresses and anchors that readers may have cited: what the last release had, the next one has, or says where it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from macros.source.problems import Problem

_CITED = {"h2", "h3", "h4", "h5", "h6", "article", "section", "li", "figure", "tr", "dt"}


@dataclass
class _Anchors(HTMLParser):
    """The ids of one page: all of them, those that a reader may cite, and those that only name another part."""

    every: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the ids of one element."""
        values = dict(attrs)
        anchor = values.get("id")
        self.names |= set((values.get("aria-labelledby") or "").split())
        if anchor:
            self.every.add(anchor)
            if tag in _CITED:
                self.cited.add(anchor)


def _read(site: Path) -> dict[str, _Anchors]:
    pages: dict[str, _Anchors] = {}
    for file in sorted(site.rglob("*.html")):
        pages[file.relative_to(site).as_posix()] = page = _Anchors()
        page.feed(file.read_text("utf-8"))
    return pages


def lost(before: Path, after: Path) -> list[Problem]:
    """The addresses and anchors of the site `before` that the site `after` knows nothing of."""
    now = _read(after)
    problems = []
    for path, page in _read(before).items():
        address = path.removesuffix("index.html")
        if path not in now:
            problems.append(_problem("address", address))
            continue
        gone = sorted(page.cited - page.names - now[path].every)
        problems += [_problem("anchor", f"{address}#{anchor}") for anchor in gone]
    return problems


def _problem(what: str, old: str) -> Problem:
    wrong = f'The {what} "{old or "/"}" was published and is gone.'
    return Problem("docs/moved.yml", 1, wrong, f'Add "- {{old: {old}, now: page.md#anchor}}" here, or bring it back.')
