"""Python's reader of HTML, fed by one expression where the markup is plain, as in built pages: the same calls, much sooner."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser

_LISTED = r'((?:\s+[A-Za-z_][\w:.-]*(?:="[^"<]*")?)*)\s*'
_PIECE = re.compile(rf"<(script|style){_LISTED}>(.*?)</\1\s*>|<(/?)([a-z][a-z0-9-]*){_LISTED}(/?)>", re.S)
_ATTRIBUTE = re.compile(r'([A-Za-z_][\w:.-]*)(="([^"]*)")?')
_FIRST = "<!doctype html>"
_ODD = frozenset(["script", "style", "iframe", "noembed", "noframes", "noscript", "plaintext", "xmp"])  # hold no HTML


class Reader(HTMLParser):
    """Reads a whole document at once, by `take`; markup that is not plain goes the way of Python's own parser."""

    def __init__(self) -> None:
        super().__init__()
        self.html, self.at, self.counted, self.line = "", -1, 0, 1

    def take(self, html: str) -> None:
        """Calls what handles tags and data, in the order of the document."""
        begin = len(_FIRST) if html[: len(_FIRST)].lower() == _FIRST else 0
        pieces = list(_PIECE.finditer(html))
        held = [piece[3] for piece in pieces if piece[1]]
        signs = bool(begin) + len(pieces) + sum(1 + text.count("<") for text in held)
        if html.count("<") == signs and _ODD.isdisjoint({piece[5] for piece in pieces}):
            self._plain(html, pieces, begin)  # no tag holds another "<", so nothing is left that begins with one
        else:
            self.feed(html)
            self.close()

    def _plain(self, html: str, pieces: list[re.Match[str]], end: int) -> None:
        self.html = html
        for piece in pieces:
            if piece.start() > end:
                self._text(end, html[end : piece.start()])
            self.at, end = piece.start(), piece.end()
            raw, listed, held, closing, name, more, alone = piece.groups()
            if raw:
                self.handle_starttag(raw, attributes(listed))
                if held:
                    self.handle_data(held)
                self.handle_endtag(raw)
            elif closing:
                self.handle_endtag(name)
            else:
                self.handle_starttag(name, attributes(more) if more else [])
                if alone:
                    self.handle_endtag(name)
        if end < len(html):
            self._text(end, html[end:])

    def _text(self, start: int, data: str) -> None:
        self.at = start
        self.handle_data(unescape(data) if "&" in data else data)

    def getpos(self) -> tuple[int, int]:
        """The line and the column of what is being handled."""
        if self.at < 0:
            return super().getpos()
        self.line += self.html.count("\n", self.counted, self.at)
        self.counted = self.at
        return self.line, self.at - self.html.rfind("\n", 0, self.at) - 1


@lru_cache(maxsize=10_000)  # most tags of a site are the same few
def attributes(listed: str) -> list[tuple[str, str | None]]:
    """The attributes of a plain tag as Python's parser gives them."""
    return [(name.lower(), unescape(value) if set_ else None) for name, set_, value in _ATTRIBUTE.findall(listed)]
