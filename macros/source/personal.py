"""Personal data that no text of a public site may hold: addresses, telephone numbers, and numbers that name one person.

A service's telephone number may stand in one place, docs/contacts.yml, from which pages show it. The emergency number may
stand everywhere: a reader in a hurry must not have to look it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from macros.source.problems import Problem

CONTACTS = "docs/contacts.yml"
_NUMBER_OF_CONTACTS = re.compile(r"\bnumber:\s*[\"']?$")  # what stands before a number there

_PLAIN = str.maketrans(
    dict.fromkeys("\t\xa0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000", " ")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("*`_\\\u200b\u2060", "")
)
_TAG = re.compile(r"</?[a-z]+>|<!--[^\n]*?-->")
# What each of them holds: three figures, a sign of mail, an address or an entity. Little else of a text is looked at closely.
_HINT = re.compile(
    r"\d[^\w\n]{0,2}\d[^\w\n]{0,2}\d|[@&]|//|[\[({]\s?at\s?[\])}]|\b(?:mailto|tel|sms|callto|facetime):", re.IGNORECASE
)
_URL = re.compile(r"(?:https?:)?//[^\s<>\"'`\])}|]+")
_WRAPPED = re.compile(r"safelinks\.protection\.outlook|urldefense\.|linkprotect\.|protect-\w+\.mimecast", re.IGNORECASE)
_GOAL = re.compile(r"[?&](?:url|u)=([^&]+)")
_AT, _DOT = r"\s?[\[({]\s?at\s?[\])}]\s?", r"(?:\.|\s?[\[({]\s?dot\s?[\])}]\s?)"
_MAIL = re.compile(rf"(?<![\w.+'’-])[\w.+'’-]++(?:@|{_AT})\w[\w-]*(?:{_DOT}[\w-]+)+", re.IGNORECASE)
MESSAGE = re.compile(r"\b(?:mailto:|(?:tel|sms|callto|facetime):(?=[+(\d]))[^\s)>\"']+", re.IGNORECASE)
_CHAT = re.compile(r"(?:wa\.me/|[?&](?:phone|tel)=)\+?\d{8,}", re.IGNORECASE)

# A run of figures with at most two signs between them, which begins as telephone numbers do.
_RUN = re.compile(r"(?<![\w.,£$€])[(\[]?(?:\+|0)[ (\[]?\d(?:[ ().\-/\n\[\]]{0,2}\d){5,}(?![\w])")
_CALL = re.compile(
    r"\b(?:tel|telephone|phone|mobile|fax|call|ring|dial|text|ext|extension|switchboard)[.:]?"
    r"(?: us| me| them)?(?: on| at| no\.?| number)?:? ?$",
    re.IGNORECASE,
)  # what stands before a number that is called
_FIGURES = re.compile(r"(?<![\w./-])(?!19|20)\d(?:[ -]?\d){3,10}(?![\w-])")
_NATIONAL = frozenset(("08001111", "08454647"))  # telephone numbers of services that are shorter than others
_BOOK = re.compile(r"\b(?:ISBN|ISSN|DOI)[\w\s:-]{0,12}$", re.IGNORECASE)

_SHORT = re.compile(
    r"(?<![\w./-])(?:101|105|111|112|119|1471|18000|18001|116 ?(?:000|006|111|117|123))(?![\w-]|[.,]\d)"
)
_NAMED, _AFTER = re.compile(r"\b(?:NHS|police on|using|via) ?$"), re.compile(r" (?:online|service|non-emergency|call)")

_INSURANCE = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]\b")
_PATIENT = re.compile(r"(?<![\w./+-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w-]|[./]\d)")

_NEVER = "It has no place on a public website: remove it, or name the role and how it is reached."
_SERVICES = (
    f"Write the number of a service into {CONTACTS}, and show it from there; that of a person has no place here."
)

Found = tuple[int, int, str, str]  # where it begins and ends, what is wrong, and how to mend it


def check_personal(text: str, path: str) -> Iterator[Problem]:
    """The personal data in a text, by their lines; of two at one place, the first."""
    for first, block in _blocks(text.split("\n")):
        plain, taken = _as_read(block), list[tuple[int, int]]()
        for begin, end, wrong, mend in sorted(_found(plain, path), key=lambda one: (one[0], -one[1])):
            if all(end <= other[0] or begin >= other[1] for other in taken):
                taken.append((begin, end))
                yield Problem(path, first + plain.count("\n", 0, begin), wrong, mend)


def _blocks(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines in which something could stand, each with the line after it, and the number of the first of them."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        hinted = _HINT.search(line)
        if hinted or block:
            block.append(line)
        if block and not hinted:
            yield number - len(block) + 1, "\n".join(block)
            block = []


def _as_read(text: str) -> str:
    """A text as its readers see it: without marks of emphasis and entities, all blanks and hyphens of one kind."""
    text = _TAG.sub("", text) if "<" in text else text
    lines = [unescape(line).replace("\n", " ") if "&" in line else line for line in text.split("\n")]
    return "\n".join(lines).translate(_PLAIN)


def _found(text: str, path: str) -> Iterator[Found]:
    for match in _URL.finditer(text):
        yield from _in_address(match)
    rest = _URL.sub(lambda match: "~" * len(match[0]), text)
    for match in MESSAGE.finditer(rest):
        wrong = f'"{_short(match[0])}" begins a message or a call.'
        yield match.start(), match.end(), wrong, _NEVER if match[0][:1] in "mM" else _SERVICES
    for match in _MAIL.finditer(rest):
        yield match.start(), match.end(), f'"{_short(match[0])}" is an e-mail address.', _NEVER
    for match in _INSURANCE.finditer(rest):
        yield match.start(), match.end(), f'"{match[0]}" looks like a National Insurance number.', _NEVER
    for match in _PATIENT.finditer(rest):
        if _is_patient(match[0]):
            yield match.start(), match.end(), f'"{match[0]}" looks like the NHS number of a patient.', _NEVER
    yield from _numbers(rest, path)


def _in_address(match: re.Match[str]) -> Iterator[Found]:
    """What is wrong with a web address: whose link it was, or whom it writes to or calls."""
    written = unquote(unquote(match[0]))
    place = (match.start(), match.end())
    if _WRAPPED.search(match[0]):
        behind = _GOAL.search(match[0])
        goal = unquote(behind[1]) if behind else ""
        known = goal.startswith("http") and not _MAIL.search(goal)
        wish = f"Write the address behind it: {goal}" if known else "Open it, and write the address that it leads to."
        yield *place, "A mail program has wrapped this link, and it tells whose mail it was.", wish
    elif mail := _MAIL.search(written):
        yield *place, f'The address holds the e-mail address "{_short(mail[0])}".', _NEVER
    elif _CHAT.search(written):
        yield *place, "The address holds a telephone number.", _SERVICES


def _numbers(text: str, path: str) -> Iterator[Found]:
    """Telephone numbers, and short ones of services that are not the emergency number."""
    for match in (*_RUN.finditer(text), *_FIGURES.finditer(text)):
        before = _before(text, match.start())
        if (_is_telephone(match[0]) or _CALL.search(before)) and not _may_stand(before, path):
            yield match.start(), match.end(), f'"{_short(match[0])}" looks like a telephone number.', _SERVICES
    for match in _SHORT.finditer(text):
        before = _before(text, match.start())
        called = _CALL.search(before) or _NAMED.search(before) or _AFTER.match(text, match.end())
        if (called or " " in match[0]) and not _may_stand(before, path):
            yield match.start(), match.end(), f'"{match[0]}" is the telephone number of a service.', _SERVICES


def _before(text: str, place: int) -> str:
    """The last of what stands before a place on its line."""
    return text[max(text.rfind("\n", 0, place) + 1, place - 40) : place]


def _is_telephone(run: str) -> bool:
    figures = re.sub(r"\D", "", run)
    if figures[0] != "0" and "+" not in run:
        return False
    if run.lstrip("([").startswith("+") or figures.startswith("00"):
        return 9 <= len(figures) <= 15
    return figures in _NATIONAL or (figures[1] in "1235789" and 10 <= len(figures) <= 11)


def _may_stand(before: str, path: str) -> bool:
    """Whether a number is that of a book, or stands where the numbers of services do."""
    return bool(_BOOK.search(before)) or (path == CONTACTS and bool(_NUMBER_OF_CONTACTS.search(before)))


def _is_patient(run: str) -> bool:
    """Whether the last of ten figures proves the others, as that of an NHS number does."""
    figures = [int(figure) for figure in run if figure.isdigit()]
    proof = 11 - sum(figure * (10 - place) for place, figure in enumerate(figures[:9])) % 11
    return len(set(figures)) > 1 and proof % 11 == figures[9]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:60]}…"
