"""The grammar of writing a term out: the article before it, plural and possessive, a capital where a sentence begins."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from macros.topics.glossary import Term

_TAG = re.compile(r"<a class=\"lrp-mark[^>]*>.*?</a>|<[^>]*>")  # a mark behind a sentence is no part of the next
_GAP = r"(?:\s|&nbsp;|&#160;|</?(?:strong|em|b|i|span|mark)\b[^>]*>)+"
_ARTICLE = re.compile(rf"(?<![\w'’])([Aa])(n?){_GAP}\Z")
_MARK = r"(?:['’]|&#39;|&#x27;|&apos;|&rsquo;|&#8217;)"
_OWNER = re.compile(rf"((?:</(?:strong|em|b|i|span|mark)>)*)({_MARK})s\b")
_OWNERS = re.compile(rf"()({_MARK})(?=\s+\w)")
_OPENED = re.compile(r"‘|(?:^|[\s(])'")
_OPENS = re.compile(r"(?:'s|')?\s*[(:–-]\s*(?:the |an? )?(.*)")
_BETWEEN = ' ,(“"‘–-'
_CONNECTING = (" or", " the", " a", " an", " called", " known as")
_TAIL = 40  # characters in which an article, or the end of the sentence before, stands
_SENTENCE = re.compile(r"(?:\A|[.!?…][\"'”’)]*\s)[\s“\"‘']*\Z")
_SHORTENED = re.compile(r"\b(?:e\.g|i\.e|etc|vs|cf|no|para|art|reg)\.\s*\Z", re.I)
_LABELLED = re.compile(r"\b(?:Form|Part|Annex|Appendix|Schedule|Table|Figure|Option|Plan|Category|Group|Stage) \Z")
_SPOKEN = re.compile(r"[A-Z]{2,}\b")
# "a university", "a one-off", "a used form", "a European arrest warrant"; but "an unidentified child", "an hour"
_VOWEL = re.compile(r"a|e(?![uw])|i|o(?!ne\b|nce\b)|u(?!ni[^nmd]|s[eu]|ti[ln])|hour|heir|honest|hono", re.I)


@dataclass(frozen=True)
class Said:
    """Words for letters; the end of the article before them (how far back, how long, what it becomes); what is taken in."""

    words: str
    article: tuple[int, int, str] | None = None
    taken: tuple[int, int] | None = None


def takes_an(words: str) -> bool:
    """Whether "an" stands before the words, as they are spoken."""
    spoken = _SPOKEN.match(words)
    if spoken and not re.search("[AEIOU]", spoken[0]):
        return words[0] in "FHLMNRSX"  # said letter by letter: "an NHS trust"
    return bool(_VOWEL.match(words))


def begins(before: str) -> bool:
    """Whether what follows `before`, the plain text of its block so far, begins a sentence."""
    near = before if len(before) < _TAIL else f"x{before[-_TAIL:]}"
    return bool(_SENTENCE.search(near)) and not _SHORTENED.search(near)


def plain(html: str) -> str:
    """The text of some HTML in one line."""
    return unescape(_TAG.sub("", html)).replace("\n", " ")


def say(term: Term, letters: str, before: str, after: str) -> Said:
    """How the letters are written out between the HTML of their block before them and what follows."""
    words = term.plural_expansion if term.is_plural(letters) else str(term.expansion)
    text, article = plain(before), _ARTICLE.search(before[-2 * _TAIL :])
    owner = _OWNER.match(after)
    if not owner and letters[-1:] in "sS" and not _OPENED.search(text):
        owner = _OWNERS.match(after)
    if owner:
        mark = unescape(owner[2])
        words += mark if words.endswith("s") else f"{mark}s"
    if article and not _LABELLED.search(plain(article.string[: article.start()])):
        ending = "n" if takes_an(words) else ""
        return Said(words, (len(article.string) - article.start(2), len(article[2]), ending), _taken(owner))
    if begins(text):
        words = words[:1].upper() + words[1:]
    return Said(words, None, _taken(owner))


def _taken(owner: re.Match[str] | None) -> tuple[int, int] | None:
    return (owner.end(1), owner.end()) if owner else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def written_out(term: Term, before: str, after: str) -> bool:
    """Whether the author has written the words beside the letters: "words (letters)", "words, or letters", "letters (words)"."""
    low, behind = before.lower(), after[:60].lower()
    if not any(
        words[-3:].lower() in low or words[:3].lower() in behind for words in (term.expansion, term.plural_expansion)
    ):
        return False  # the usual case, told at once
    near, opened = _folded(plain(before)), _OPENS.match(_folded(plain(after)))
    while (shorter := near.rstrip(_BETWEEN).removesuffix("'s")) != near or near.endswith(_CONNECTING):
        near = next((shorter.removesuffix(word) for word in _CONNECTING if shorter.endswith(word)), shorter)
    expansions = [_folded(words) for words in (term.expansion, term.plural_expansion)]
    return any(
        f" {near}".endswith((f" {words}", f" {words}'", f"({words}")) or (opened and opened[1].startswith(words))
        for words in expansions
    )


def in_brackets(before: str, after: str) -> bool:
    """Whether the letters stand in brackets of their own, so that words and letters share them."""
    return plain(before).endswith("(") and after.startswith(")")
