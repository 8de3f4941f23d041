"""Addresses as they stand in a page: relative, so that the site works under any base path and from a folder."""

from __future__ import annotations

import posixpath

from macros.navigation import address


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
