"""What is wrong with pictures: files that no page can show or none shows, ways that lead to none, and words that say nothing of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches

from macros.content.addresses import resolved, split_target
from macros.content.dialect import PICTURE
from macros.content.load import Content
from macros.content.pages import Page
from macros.content.reading import STANDS, Link
from macros.source.problems import Problem, Wrong

_FILE = re.compile(r"\S+\.(?:svg|png|jpe?g|gif|webp|bmp|tiff?|heic)", re.I)
_NUMBERED = re.compile(
    r"(?:(?:an?|the|this|my) )?(?:image|img|picture|pic|photo|photograph|figure|fig|graphic|diagram|drawing|chart|screenshot|"
    r"screen shot|scan|dsc[nf]?|pxl|clip ?image|alt|alt text|text|words|description|untitled|what it shows)(?: ?\(?[\d .:at]*\)?)",
    re.I,
)
_BY_WORD = re.compile(r"(?:automatically generated|generated content may be incorrect)\W*$", re.I)


def check_pictures(content: Content) -> Iterator[Problem]:
    """Pictures that no page can show, that no page shows, or that a page shows wrongly."""
    shown: set[str] = set()
    for page in content.pages.values():
        for link in (link for link in page.reading.links if link.image):
            goal = _goal(page, link)
            shown |= {goal, *(_near(content, goal) if goal not in content.pictures else [])}
            if wrong := _wrong_way(content, page, link):
                yield link.target.problem(*wrong)
            if wrong := _wrong_words(link):
                yield link.words.problem(*wrong)
        yield from _check_captions(page)
    for path, picture in content.pictures.items():
        if picture.wrong:
            yield Problem(f"docs/{path}", 1, *picture.wrong)
        elif path not in shown and not content.unread:
            wish = f"Show it with ![what it shows]({posixpath.basename(path)}) on a page beside it, or remove it."
            yield Problem(f"docs/{path}", 1, "No page shows this picture.", wish)


def _goal(page: Page, link: Link) -> str:
    return resolved(page.path, split_target(link.target)[0])


def _wrong_way(content: Content, page: Page, link: Link) -> Wrong | None:
    """What is wrong with where a picture is looked for."""
    target, goal = link.target, _goal(page, link)
    if target.startswith("data:"):
        wish = "Save it as a file beside the page, and write ![what it shows](plan.png)."
        return "The picture stands in the page itself, in letters.", wish
    if re.match(r"https?:|//", target, re.I):
        wish = "If we may use it, save it beside the page, and write the name of the file."
        return f'The picture "{target}" is on another website.', wish
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/\\]", target):
        wish = "Save it beside the page, and write the name of the file."
        return f'The picture "{target}" is looked for on one computer.', wish
    if goal in content.pages:
        return f'"{target}" is a page and no picture.', "For a link to it, leave out the ! in front."
    if goal in content.pictures or f"docs/{goal}" in content.files:
        return None
    near = [posixpath.relpath(path, posixpath.dirname(page.path) or ".") for path in _near(content, goal)]
    wish = f'Did you mean "{near[0]}"?' if near else "Put the file beside the page, and write its name here."
    return f'The picture "{target}" is not there.', wish


def _near(content: Content, goal: str) -> list[str]:
    """The picture that was probably meant by one that is not there: of the same name elsewhere, or of nearly the same."""
    name = posixpath.basename(goal).casefold()
    same = [path for path in content.pictures if posixpath.basename(path).casefold() == name]
    return same[:1] or get_close_matches(goal, content.pictures, n=1, cutoff=0.6)


def _wrong_words(link: Link) -> Wrong | None:
    """What is wrong with the words that stand for a picture where it is not seen."""
    words = " ".join(link.words.split())
    stem = posixpath.basename(link.target).rpartition(".")[0]
    if link.title:
        wish = f'Write them on a line above the picture: "{PICTURE}{link.title}".'
        return "Few readers see the words in quotation marks behind the address of a picture.", wish
    if STANDS.search(words):
        return (
            "A macro or code stands in the words for a picture, where it cannot be shown.",
            "Write plain words there.",
        )
    if not _plain(words):
        wish = "Write what it shows between the square brackets."
        return f'The picture "{link.target}" has no alternative text.', wish
    if _FILE.fullmatch(words) or _plain(words) == _plain(stem):
        return f'The alternative text "{words}" is the name of a file.', "Write what the picture shows."
    if _BY_WORD.search(words):
        return "The alternative text was made by a program.", "Write what the picture shows."
    if _NUMBERED.fullmatch(_plain(words)):
        wish = "Write what somebody needs to know who does not see it."
        return f'The alternative text "{words}" does not say what the picture shows.', wish
    return None


def _plain(words: str) -> str:
    return " ".join(re.split(r"[\W_]+", words.casefold())).strip()


def _check_captions(page: Page) -> Iterator[Problem]:
    """Captions that became none, because no picture stands alone below them."""
    for block in page.reading.blocks:
        if block.kind == "p" and block.text.startswith(PICTURE):
            wish = f'Leave an empty line, then write ![what it shows](plan.png) alone; or begin it in another way than "{PICTURE}".'
            yield block.text.at(0).problem("No picture follows this caption.", wish)
