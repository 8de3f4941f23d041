"""The quick reader of HTML calls what Python's own parser calls, in plain documents and in odd ones."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros.markup.reader import Reader

Calls = list[tuple[object, ...]]


class _Heard:
    """Notes each call with its place; texts that follow each other are one, wherever a parser cuts them."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: Calls = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.calls.append(("start", tag, list(attrs), self.getpos()))

    def handle_endtag(self, tag: str) -> None:
        self.calls.append(("end", tag))

    def handle_data(self, data: str) -> None:
        if self.calls and self.calls[-1][0] == "data":
            self.calls[-1] = ("data", f"{self.calls[-1][1]}{data}")
        else:
            self.calls.append(("data", data))

    def getpos(self) -> tuple[int, int]:
        raise NotImplementedError


class Slow(_Heard, HTMLParser):
    getpos = HTMLParser.getpos


class Quick(_Heard, Reader):
    getpos = Reader.getpos


def heard(html: str) -> tuple[Calls, Calls]:
    slow, quick = Slow(), Quick()
    slow.feed(html)
    slow.close()
    quick.take(html)
    return slow.calls, quick.calls


PLAIN = [
    '<!DOCTYPE html>\n<html lang="en-GB">\n<p id="a" hidden>one<br>\ntwo &amp; three &lt;</p>\n</html>\n',
    '<img src="a.png" alt="a > b"/><path d="M0 0" /><input disabled>text',
    '<script type="application/json">{"a": "<b>x</b> &amp;"}</script ><p>x</p>',
    '<title>A &amp; B</title><style>p > a {}</style><p\n class="x"\n>y</p >',
    "text alone",
    "",
]
ODD = [
    "<p class='x'>a</p>",
    "<p class=x>a</p>",
    "<P CLASS='x'>a</P>",
    "<!-- a <b> --><p>a</p>",
    "a < b",
    '<p title="a<b>c">d</p>',
    "<SCRIPT>a < b</SCRIPT>",
    "<script>a",
    "<textarea>a</textarea><iframe></iframe>",
    '<p title="<p>"></p>',
    "<p",
    "</>",
    '<a href="x"class="y">z</a>',
    '<!DOCTYPE html SYSTEM "about:legacy-compat"><p>x</p>',
]


@pytest.mark.parametrize("html", PLAIN + ODD)
def test_both_hear_the_same(html: str) -> None:
    slow, quick = heard(html)
    assert quick == slow


def test_both_hear_the_same_on_every_page(site: Path) -> None:
    for page in sorted(site.rglob("*.html")):
        slow, quick = heard(page.read_text("utf-8"))
        assert quick == slow, page


@pytest.mark.parametrize("html", PLAIN)
def test_plain_documents_go_the_quick_way(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(HTMLParser, "feed", lambda *_: pytest.fail("Python's own parser was asked"))
    Quick().take(html)
