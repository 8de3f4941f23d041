"""Pages for old addresses: each says where its page lives now, links there and goes there by itself."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from macros.content.addresses import address, relative, split_target
from macros.content.load import Content

_PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>This page has moved</title>
<meta name="description" content="The page that was at this address now has another one.">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={href}">
</head>
<body>
<main>
<h1>This page has moved</h1>
<p>It is now at <a href="{href}">{title}</a>.</p>
{sections}</main>
</body>
</html>
"""


def moved_pages(content: Content) -> Iterator[tuple[str, str]]:
    """The path and the HTML of a page for each old address whose page is gone."""
    live = {address(path) for path in content.pages}
    gone = {split_target(move.old)[0] for move in content.moves.moved} - live
    for old in sorted(gone):
        moves = [move for move in content.moves.moved if split_target(move.old)[0] == old]
        whole = next((move for move in moves if "#" not in move.old), moves[0])
        href, title = _goal(content, old, whole.now)
        parts = [(split_target(move.old)[1], *_goal(content, old, move.now)) for move in moves if "#" in move.old]
        lines = "".join(
            f'<p id="{escape(anchor)}">The section you followed is now in <a href="{escape(to)}">{escape(name)}</a>.</p>\n'
            for anchor, to, name in parts
        )
        yield f"{old}index.html", _PAGE.format(href=escape(href), title=escape(title), sections=lines)


def _goal(content: Content, old: str, now: str) -> tuple[str, str]:
    path, anchor = split_target(now)
    return relative(old, address(path)) + (f"#{anchor}" if anchor else ""), str(content.pages[path].front.title)
