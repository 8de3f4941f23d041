"""The Markdown extension that explains abbreviations: the first use on a page in words, later ones by a link.

It reads the finished HTML of a page once, tag by tag, and looks each word up once, so that HTML made by components
is covered too and the cost grows with the words alone, not with the terms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from macros.glossary import Term, by_letters

_PIECE = re.compile(r"<!--.*?-->|<[^>]*>", re.S)
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_WORD = re.compile(r"(?<![\w@./:&;#?=-])[A-Za-z](?:[\w-]|&amp;)*(?![\w@]|[./:]\w|-\w|&#)")
_CLOSED = frozenset(
    [
        "a",
        "abbr",
        "button",
        "code",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "kbd",
        "label",
        "option",
        "pre",
        "script",
        "select",
        "style",
        "summary",
        "svg",
        "textarea",
        "th",
        "title",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_TIME = re.compile(r"\d\s*$")
_ARTICLE = re.compile(r"\b([Aa])(n?)\s+$")
_OWNER = re.compile(r"(['’])s\b")
_VOWEL = re.compile(r"[aeiou](?!ni[^nm]|ne\b|se)", re.I)


@dataclass(frozen=True)
class _Said:
    """What stands for an abbreviation: its words, the end of the article before it, what is taken in behind it."""

    words: str
    article: str | None = None
    taken: int = 0


@dataclass
class _Page:
    """What has been said so far: the terms written out on the page, and those marked in its section."""

    terms: Mapping[str, tuple[Term, ...]]
    href: Callable[[Term], str]
    explained: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)

    def text(self, text: str) -> str:
        """One run of text with its abbreviations marked."""
        parts, end = [], 0
        for found in _WORD.finditer(text):
            known = self.terms.get(found[0].replace("&amp;", "&"))
            if known is None or known[0].explicit or (len(known) > 1 and not known[0].usual) or _is_time(text, found):
                continue
            said = self._say(known[0], found[0], text[: found.start()], text[found.end() :])
            if said is None:
                continue
            before = text[end : found.start()]
            parts += [before if said.article is None else _ARTICLE.sub(rf"\g<1>{said.article} ", before), said.words]
            end = found.end() + said.taken
        return "".join([*parts, text[end:]])

    def _say(self, term: Term, letters: str, before: str, after: str) -> _Said | None:
        link = f'<a class="lrp-abbr" href="{escape(self.href(term))}">{letters}</a>'
        if term.id not in self.explained:
            self.explained.add(term.id)
            self.marked.add(term.id)
            if _written_out(term, before):
                return _Said(link)
            words, taken = _spelled(term, letters, after)
            article = _ARTICLE.search(before) and ("n" if _VOWEL.match(words) else "")
            return _Said(f"{escape(words, quote=False)} ({link})", article, taken)
        if term.id in self.marked:
            return None
        self.marked.add(term.id)
        return _Said(link)


def _is_time(text: str, found: re.Match[str]) -> bool:
    return found[0] in ("AM", "PM", "BST", "GMT") and bool(_TIME.search(text[: found.start()]))


def _spelled(term: Term, letters: str, after: str) -> tuple[str, int]:
    """The words for the letters, with plural and possessive, and how many characters behind the letters they take in."""
    plural = letters == term.plural_letters and letters != term.abbreviation
    words = term.plural_expansion if plural else str(term.expansion)
    owner = _OWNER.match(after)
    if not owner:
        return words, 0
    return words + (owner[1] if words.endswith("s") else owner[0]), len(owner[0])


def _written_out(term: Term, before: str) -> bool:
    said = unescape(before).casefold().rstrip()
    return said.endswith("(") and any(
        said[:-1].rstrip().endswith(words.casefold()) for words in (term.expansion, term.plural_expansion)
    )


def mark(html: str, terms: Mapping[str, tuple[Term, ...]], href: Callable[[Term], str]) -> str:
    """The HTML of a page with its abbreviations explained; text in links, headings, code and forms stays as it is."""
    page = _Page(terms, href)
    closed: list[str] = []
    out, end = [], 0
    for piece in _PIECE.finditer(html):
        text = html[end : piece.start()]
        out.append(text if closed or not text.strip() else page.text(text))
        out.append(piece[0])
        end = piece.end()
        name = _NAME.match(piece[0])
        if name:
            _follow(name[1].lower(), piece[0], closed, page)
    tail = html[end:]
    return "".join([*out, tail if closed else page.text(tail)])


def _follow(name: str, tag: str, closed: list[str], page: _Page) -> None:
    if tag.startswith("</"):
        if closed and closed[-1] == name:
            closed.pop()
        return
    if name in ("h2", "h3", "section", "article"):
        page.marked.clear()
    if name in _CLOSED and name not in _VOID and not tag.endswith("/>"):
        closed.append(name)


class _Marker(Postprocessor):
    """Marks the page once: Python-Markdown runs its postprocessors over each heading too, to name its anchor."""

    def __init__(self, terms: Mapping[str, tuple[Term, ...]], href: Callable[[Term], str]) -> None:
        super().__init__()
        self.terms, self.href, self.armed = terms, href, False

    def run(self, text: str) -> str:
        """The finished HTML of the page, marked; anything before that as it is."""
        if not self.armed:
            return text
        self.armed = False
        return mark(text, self.terms, self.href)


class _Arm(Treeprocessor):
    def __init__(self, marker: _Marker) -> None:
        super().__init__()
        self.marker = marker

    def run(self, root: Element) -> None:
        """Lets the marker work from here on: this is the last step before the page is written out."""
        self.marker.armed = True


class Abbreviations(Extension):
    """Marks the abbreviations of `terms`; `href` gives the way from the current page to a term's entry."""

    def __init__(self, terms: tuple[Term, ...], href: Callable[[Term], str]) -> None:
        super().__init__()
        self.terms, self.href = by_letters(terms), href

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name is Python-Markdown's
        """Adds the marker as the last step, after raw HTML has been put back."""
        marker = _Marker(self.terms, self.href)
        md.postprocessors.register(marker, "lrp-abbreviations", -10)
        md.treeprocessors.register(_Arm(marker), "lrp-abbreviations", -100)
