"""Addresses as they stand in a page: relative, so that the site works under any base path and from a folder."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote


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
