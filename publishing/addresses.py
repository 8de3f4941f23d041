"""Addresses and anchors that readers may have cited: what the last release had, the next one has, or says where it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from macros.source.problems import Problem
from macros.source.quoting import offered

_CITED = {"h2", "h3", "h4", "h5", "h6", "article", "section", "li", "figure", "tr", "dt"}


@dataclass
class _Anchors(HTMLParser):
    """The ids of one page: all of them, those that a reader may cite, and those that only name another part.

    `source` is the page's file as it is told in the class of its body, with hyphens for strokes.
    """

    every: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    source: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes the ids of one element."""
        values = dict(attrs)
        anchor = values.get("id")
        if tag == "body":
            self.source = next(
                (name[9:] for name in (values.get("class") or "").split() if name[:9] == "lrp-page-"), ""
            )
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
    problems, then = [], _read(before)
    fresh = {path: page for path, page in now.items() if path not in then and page.cited}
    for path, page in then.items():
        address = path.removesuffix("index.html")
        if path not in now:
            likely = max(fresh, key=lambda other: len(fresh[other].cited & page.cited), default="index.html")
            problems.append(_problem("address", address, _file(likely, now)))
            continue
        gone = sorted(page.cited - page.names - now[path].every)
        problems += [_problem("anchor", f"{address}#{anchor}", _file(path, now)) for anchor in gone]
    return problems


def _file(path: str, pages: dict[str, _Anchors]) -> str:
    """The page's own file, from docs/, of a page of the built site."""
    folder = path.removesuffix("index.html").rstrip("/")
    alone = folder and path in pages and pages[path].source == folder.replace("/", "-")
    return f"{folder}.md" if alone else f"{folder}/index.md".lstrip("/")


def _problem(what: str, old: str, now: str) -> Problem:
    wrong = f'The {what} "{old or "/"}" was published and is gone.'
    wish = "Add this line to docs/moved.yml, with the page or the section that readers are to find, or bring it back:"
    return Problem("docs/moved.yml", 1, wrong, wish, f"  - {{old: {offered(old, within=True)}, now: {now}}}")
