"""Abbreviations explained in the finished HTML of a page: the first use in words, later ones by a quiet control.

The HTML is read once, tag by tag, and each word is looked up once, so that HTML made by components is covered too
and the cost grows with the words alone, not with the terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from macros.terms.grammar import Said, in_brackets, say, written_out
from macros.terms.spellings import Spellings, elsewhere
from macros.topics.glossary import Term

_INLINE = "b|bdi|br|cite|del|dfn|em|i|img|input|ins|mark|q|s|small|span|strong|sub|sup|time|u|var|wbr"
_VALUE = r"(?:\"[^\"]*\"|'[^']*')"
# A whole script, a term that the author has named, a comment, a tag inside of a sentence, or any other
_PIECE = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<span data-term=\"(?P<term>[^\"]*)\">(?P<letters>[^<]*)</span>|<!--.*?-->"
    rf"|</?(?:{_INLINE})(?=[\s/>])[^>\"']*(?:{_VALUE}[^>\"']*)*>"
    rf"|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)[^>\"']*(?:{_VALUE}[^>\"']*)*>|<[^>]*>",
    re.S,
)
_SILENT = frozenset(["code", "kbd", "pre", "samp", "select", "textarea"])  # nothing here is an abbreviation of ours
_CLOSED = _SILENT | frozenset(
    ["a", "abbr", "button", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "summary", "svg", "th", "title"]
)
_WITHIN = frozenset(["a", "abbr", "code", "kbd", "samp"])  # closed, and inside of a sentence
_NEAR = 240  # characters of context on either side of a first use
_HEADINGS = frozenset(["h2", "h3"])
_ALONE = re.compile(r" data-alone(?:=\"([^\"]*)\")?")
_AFTER_TH = frozenset(["table", "tbody", "td", "thead", "tr"])  # end a "th" that nobody closed


@dataclass(frozen=True)
class Reading:
    """How a text is read: what it says its letters mean, the way to the glossary (without it no controls), what is known."""

    means: Mapping[str, Term]
    glossary: str | None
    known: str = ""


@dataclass
class _Scope:
    """A part of the page: which terms it has written out, and which it has marked in the section that is open."""

    name: str
    explained: set[str] = field(default_factory=set)
    marked: set[str] = field(default_factory=set)
    depth: int = 0


def _scope(name: str, known: str) -> _Scope:
    """A part of its own, in which one term may be known from the start: its entry says it."""
    return _Scope(name, set(filter(None, [known])), set(filter(None, [known])))


@dataclass
class _Page:
    """One run over the HTML of a page; `done` is how far it has been written, `block` where the text around began."""

    html: str
    spellings: Spellings
    reading: Reading
    out: list[str] = field(default_factory=list)
    done: int = 0
    block: int = 0
    closed: list[str] = field(default_factory=list)
    scopes: list[_Scope] = field(default_factory=list)
    used: dict[str, Term] = field(default_factory=dict)

    def read(self) -> str:
        """The whole page, marked."""
        end = 0
        for piece in _PIECE.finditer(self.html):
            if piece.start() > end + 1:  # one character is no abbreviation
                self._text(end, piece.start())
            end = piece.end()
            if piece["letters"] is not None:
                self._named(piece)
            elif piece["name"]:
                self._follow(piece["name"].lower(), piece)
        self._text(end, len(self.html))
        return "".join([*self.out, self.html[self.done :]])

    def _text(self, start: int, end: int) -> None:
        if self.closed and not _SILENT.isdisjoint(self.closed):
            return
        means, usual, marked = self.reading.means, self.spellings.usual, self.scopes[-1].marked
        for occurrence in self.spellings.occurrences(self.html, start, end):
            term = means.get(occurrence.letters) or usual.get(occurrence.letters)
            if term and term.id not in marked and not elsewhere(self.html, occurrence):
                self._term(term, occurrence.letters, occurrence.start, occurrence.end)

    def _named(self, piece: re.Match[str]) -> None:
        """Letters whose term the author has named; without a name they are no term."""
        term, letters = self.spellings.terms.get(piece["term"]), piece["letters"]
        if term is None or not self._term(term, unescape(letters), *piece.span(), letters):
            self._edit(*piece.span(), letters)

    def _edit(self, start: int, end: int, words: str) -> None:
        self.out += [self.html[self.done : start], words]
        self.done = end

    def _term(self, term: Term, letters: str, start: int, end: int, shown: str = "") -> bool:
        """Whether a use of a term was marked: the first on its page, or the first in its section."""
        scope, first = self.scopes[-1], term.id not in self.scopes[-1].explained
        self.used[term.id] = term
        if self.closed or not (first or term.id not in scope.marked):
            return False
        scope.explained.add(term.id)
        scope.marked.add(term.id)
        link = self._link(term, shown or self.html[start:end])
        if first and term.abbreviation:
            before, after = self.html[max(self.block, start - _NEAR) : start], self.html[end : end + _NEAR]
            if not written_out(term, before, after):
                said = say(term, letters, before, after)
                self._write_out(said, link, start, end, in_brackets(before, after))
                return True
        self._edit(start, end, link)
        return True

    def _write_out(self, said: Said, link: str, start: int, end: int, bracketed: bool) -> None:
        if said.article:
            ago, length, ending = said.article
            self._edit(start - ago, start - ago + length, ending)
        words = escape(said.words, quote=False)
        self._edit(start, end, f"{words}, {link}" if bracketed else f"{words} ({link})")
        if said.taken:
            self._edit(end + said.taken[0], end + said.taken[1], "")

    def _link(self, term: Term, letters: str) -> str:
        if self.reading.glossary is None:
            return letters
        return f'<a class="lrp-abbr" href="{self.reading.glossary}#{term.id}">{letters}</a>'

    def _follow(self, name: str, tag: re.Match[str]) -> None:
        """Keeps count of what is open: closed elements, sections, and parts that can stand alone on the screen."""
        if name not in _WITHIN:
            self.block = tag.end()
        if self.closed and self.closed[-1] == "th" and name in _AFTER_TH:
            self.closed.pop()
        if tag["end"]:
            if name in self.closed:
                del self.closed[len(self.closed) - 1 - self.closed[::-1].index(name) :]
            self._leave(name)
        elif not tag[0].endswith("/>"):
            if name in _CLOSED:
                self.closed.append(name)
            self._enter(name, tag[0])

    def _enter(self, name: str, tag: str) -> None:
        scope = self.scopes[-1]
        alone = _ALONE.search(tag) if " data-alone" in tag else None
        if alone:
            self.scopes.append(_scope(name, alone[1] or ""))
        elif name in ("section", "article"):
            self.scopes.append(_Scope(name, scope.explained))
        elif name == scope.name:
            scope.depth += 1
        elif name in _HEADINGS:
            scope.marked = set()

    def _leave(self, name: str) -> None:
        scope = self.scopes[-1]
        if name == scope.name and scope.depth:
            scope.depth -= 1
        elif name == scope.name:
            self.scopes.pop()


def mark(html: str, spellings: Spellings, reading: Reading) -> tuple[str, list[Term]]:
    """The HTML of a page with its abbreviations explained, and the terms that it shows in any place but code."""
    page = _Page(html, spellings, reading, scopes=[_scope("", reading.known)])
    return page.read(), list(page.used.values())
