"""What can be mended without asking what was meant: marks that word processors and mail programs leave in a text.

Only what has one right form is mended, and only where a page shows it as text: never in code. Data that can be read are read again,
and hold the same then.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

from macros.source.parsing import parse_yaml
from macros.source.quoting import CURLY, quoted
from macros.source.slips import NO_BREAK, ODD_BLANKS, TAB

_ODD = f"[ \t{ODD_BLANKS}]"
_WRAPPED = re.compile(r"https://[\w.-]+\.safelinks\.protection\.outlook\.com/\?[^\s\"'<>)\]}]+", re.IGNORECASE)
_ENDED = re.compile(r"\]\((https?://[^()\s]*?)([.,;])\)([.,;:]?)")
_LINKED = re.compile(r"""^( *(?:- )?link: +(["']?)https?://[^\s"']*?)[.,;](\2)$""")
_STRAIGHT = re.compile(r"((?:^ *|[:\[{,-]) *)[“„]([^“”„\"\\]*)[”“](?=\s*(?:[,\]}]|$))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BULLET = re.compile(
    rf"(?P<begin>{_ODD}*)(?P<mark>[•·▪◦‣●○■\uf0b7\uf0a7]|[-*+](?=[\t{ODD_BLANKS}])|\d{{1,2}}(?:\)|\.(?=[\t{ODD_BLANKS}])))(?P<gap>{_ODD}+)"
)
_ITEM = re.compile(r" *(?:[-*+]|\d{1,2}\.) +\S")
_BRACES = re.compile(r"\{\{.*?\}\}")
_LEADS_ON = re.compile(r"\s*(?:[|>#<]|!!!|\?\?\?|Table: )")  # lines that a list may follow at once, or that are no text
_ROUNDS = 500  # lines of one file that are mended at most


def mended(text: str, path: str) -> str:
    """A page or a list with what is mechanical about it mended; its lines end as Unix has it."""
    lines = text.split("\n")
    if not path.endswith(".md"):
        return _addresses(_data(text, path))
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if lines[0].rstrip() != "---" or not end:
        return text  # no page yet: it is told so
    front = _addresses(_data("\n".join(["", *lines[1:end], ""]), path)).split("\n")[1:-1]
    return "\n".join([lines[0], *front, lines[end], *_page(lines[end + 1 :])])


def _addresses(text: str) -> str:
    """Addresses as they were before a mail program wrapped them, and without the mark that ends a sentence."""
    unwrapped = _WRAPPED.sub(lambda found: _behind(found[0]), text)
    return "\n".join(_LINKED.sub(r"\1\3", line) for line in unwrapped.split("\n"))


def _behind(address: str) -> str:
    """The address that a mail program's own leads to; that itself where it does not tell."""
    told = parse_qs(urlsplit(address).query).get("url", [""])[0]
    return told if re.fullmatch(r"https?://[^\s\"'<>(){}|\\]+", told) else address


def _data(text: str, path: str) -> str:
    """Data in which quotation marks, blanks and tabs are what YAML takes for such."""
    for _ in range(_ROUNDS):
        before, problems = parse_yaml(text, path)
        changed = next(
            (new for problem in problems for new in _lines(text, problem.line, problem.wrong, problem.paste)), ""
        )
        if not changed or (before is not None and before != parse_yaml(changed, path)[0]):
            return text
        text = changed
    return text


def _lines(text: str, number: int, wrong: str, paste: str) -> Iterator[str]:
    """The text with a line mended of which a problem tells, if that is mechanical."""
    lines = text.split("\n")
    line = lines[number - 1]
    straight = _STRAIGHT.sub(lambda found: found[1] + quoted(found[2]), line) if wrong.startswith("Curly") else line
    blanks = re.sub(f"[{ODD_BLANKS}]", " ", line) if wrong == NO_BREAK and not paste else line
    new = paste if paste and wrong in (CURLY, NO_BREAK, TAB) else straight if straight != line else blanks
    if new != line:
        yield "\n".join([*lines[: number - 1], new, *lines[number:]])


def _page(lines: list[str]) -> list[str]:
    """The lines of a page's text, mended outside of code."""
    mended: list[str] = []
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence:
            fence = "" if found and found[1].startswith(fence) and not line.strip(" `~") else fence
            mended.append(line)
            continue
        if found:
            fence = found[1] if any(_FENCE.match(other) for other in lines[number + 1 :]) else ""
            mended.append(line)
            if not fence:
                return [*mended, *lines[number + 1 :]]  # never closed: what is code cannot be told
            continue
        new = _text(line, mended)
        if _begins_list(new, mended, lines[number + 1 : number + 2]):
            mended.append("")
        mended.append(new)
    return mended


def _text(line: str, above: list[str]) -> str:
    """A line of text, mended."""
    found = _BULLET.match(line)
    inside = any(_ITEM.match(other) for other in above[-1:])
    begin = re.sub(_ODD, " ", found["begin"].replace("\t", "    ")) if found else ""
    mark = found["mark"] if found else ""
    alone = not above or not above[-1].strip() or above[-1].rstrip().endswith(":")
    if found and (inside or (len(begin) < 4 and (alone or not mark.endswith(")")))):
        sign = f"{mark[:-1]}." if mark[0].isdigit() else mark if mark in "-*+" else "-"
        line = f"{begin}{sign} {line[found.end() :]}"
    parts = line.split("`")
    parts[::2] = map(_prose, parts[::2])
    return "`".join(parts) if len(parts) % 2 else line


def _prose(text: str) -> str:
    """A piece of text without code in it, mended."""
    text = _ENDED.sub(lambda found: f"]({found[1]}){found[3] or found[2]}", text)
    text = _WRAPPED.sub(lambda found: _behind(found[0]), text)
    return _BRACES.sub(lambda found: re.sub("[“”„]", '"', found[0]), text)


def _begins_list(line: str, above: list[str], below: list[str]) -> bool:
    """Whether a list begins here right under a text, which would go on with it."""
    if (
        not _ITEM.match(line)
        or line.startswith("    ")
        or not above
        or not above[-1].strip()
        or _LEADS_ON.match(above[-1])
    ):
        return False
    block = above[max((number for number, other in enumerate(above) if not other.strip()), default=-1) + 1 :]
    if any(_ITEM.match(other) for other in block):
        return False  # it goes on with a list
    first = line.lstrip()[:2] in ("- ", "* ", "+ ", "1.")
    return first and (above[-1].rstrip().endswith(":") or any(_ITEM.match(other) for other in below))
