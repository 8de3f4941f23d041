"""Addresses as they stand in a page: relative, so that the site works under any base path and from a folder."""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from difflib import SequenceMatcher
from urllib.parse import unquote

_LIKE = 0.75  # from which on the name of a page may be a slip of another's


def relative(here: str, there: str) -> str:
    """The way from the address `here` to the address `there`, both counted from the site's own."""
    way = posixpath.relpath(f"/{there}", f"/{here}")
    return f"{way}/" if there.endswith("/") or (not there and way != ".") else ("./" if way == "." else way)


def climbed(folder: str, link: str) -> tuple[str, str]:
    """A link that stands in a folder as it stands in the one it climbs to: so pages side by side have links in common."""
    while folder and link.startswith("../") and link[3:4] not in ("", "/", "?", "#") and ":" not in link:
        folder, link = folder.rpartition("/")[0], link[3:]
    return folder, link


def to_page(here: str, page: str, anchor: str = "") -> str:
    """The way from the page `here` to an anchor of `page`, both named by their paths from docs/."""
    if here == page and anchor:
        return f"#{anchor}"
    return relative(address(here), address(page)) + (f"#{anchor}" if anchor else "")


def address(page: str) -> str:
    """The address of a page after the site's own: "reviews/begin/" for "reviews/begin.md", "" for the home page."""
    folder, _, name = page.removesuffix(".md").rpartition("/")
    parts = [part for part in (folder, name if name != "index" else "") if part]
    return "".join(f"{part}/" for part in parts)


def resolved(page: str, way: str) -> str:
    """The path from docs/ of what a `way` leads to that begins at the file of a page; the page itself for an empty one."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), way)) if way else page


def present(site: str, as_at: str) -> str:
    """The address of today's site, where `site` may be that of its copy as at a date."""
    return site.removesuffix(f"as-at/{as_at}/")


def split_target(target: str) -> tuple[str, str]:
    """The path and the anchor of a link's target; the anchor is empty where there is none."""
    path, _, anchor = target.partition("#")
    return unquote(path), unquote(anchor)


def link_to(here: str, page: str, anchor: str = "") -> str:
    """The link to the file of a page as it stands in the file `here`, both named by their paths from docs/."""
    way = posixpath.relpath(page, posixpath.dirname(here) or ".") if page != here or not anchor else ""
    return way + (f"#{anchor}" if anchor else "")


def page_meant(path: str, here: str, pages: Collection[str]) -> str:
    """The page that a path in the file `here` was meant to lead to; empty where that cannot be told.

    It may be written as from docs/, as the address that readers see, without its folder, or with a slip in its name.
    """
    goals = [resolved(here, path), posixpath.normpath(path.lstrip("/"))]
    for goal in goals:
        stem = goal.removesuffix(".html").removesuffix("/index")
        written = (goal, f"{stem}.md", "index.md" if stem in (".", "index") else f"{stem}/index.md")
        found = next((page for page in written if page in pages), "")
        if found:
            return found
    named = [page for page in pages if _name(page) == _name(goals[0])]
    if len(named) == 1:
        return named[0]
    likely = max(pages, key=lambda page: _likeness(page, goals[0]), default="")
    return likely if likely and _likeness(likely, goals[0]) >= _LIKE else ""


def _name(page: str) -> str:
    """What a page is known by: its file, or its folder where the file is the folder's first page."""
    folder, _, name = page.rpartition("/")
    return f"{folder}/" if name == "index.md" else name


def _likeness(one: str, other: str) -> float:
    """How alike two paths are, by what the pages are known by: folders that many share make no likeness."""
    pairs = ((one, other), (_name(one), _name(other)))
    return min(SequenceMatcher(None, *pair, autojunk=False).ratio() for pair in pairs)
