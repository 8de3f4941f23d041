"""The pages: front matter, section numbers, links and macro calls of every Markdown file in docs/."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from macros.content.addresses import link_to, page_meant, resolved, split_target
from macros.content.allowed_html import check_html
from macros.content.left_over import check_left_over
from macros.content.lists import check_lists
from macros.content.macro_calls import Call, Comment, read_calls
from macros.content.macro_list import LinkWords
from macros.content.page_reader import PageReader
from macros.content.reading import Link, Reading
from macros.content.section_numbers import check_headings
from macros.content.structure import check_link_words, check_structure
from macros.source.files import parse_markdown
from macros.source.ids import Place, SourceId, TermId
from macros.source.names import PICTURES
from macros.source.personal import MESSAGE
from macros.source.problems import Problem, nearest
from macros.source.schema import build
from macros.source.text import Prose, Text
from macros.topics.revisions import Revision, check_revisions


@dataclass(frozen=True)
class Front:
    """The front matter of a page.

    `guidance` are the sources it relies on, `means` the terms that its letters stand for, `revisions` what changed on
    it for readers, the newest first.
    """

    place: Place
    title: Text
    description: Text
    owner: Text
    approved: date
    review: date
    guidance: tuple[SourceId, ...]
    means: tuple[TermId, ...] = ()
    revisions: tuple[Revision, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page: its path from docs/, its front matter, its text, what that holds, and what editors say to each other in it."""

    path: Text
    front: Front
    body: Text
    reading: Reading
    calls: tuple[Call, ...]
    comments: tuple[Comment, ...]

    @property
    def is_read(self) -> bool:
        """Whether front matter and text could be read."""
        return bool(self.front.title) and bool(self.reading.source)

    @cached_property
    def shown(self) -> list[Prose]:
        """The paragraphs, items, cells and headings as readers see them, without macros and code."""
        return [block.shown for block in self.reading.blocks if block.shown]


def load_page(path: str, text: str, reader: PageReader, problems: list[Problem]) -> Page:
    """The page of a path from docs/ and its text, empty where it cannot be read; what is wrong is added to `problems`."""
    shown = f"docs/{path}"
    markdown, mistakes = parse_markdown(text, shown) if text else (None, [])
    problems += mistakes
    front = build(
        Front, markdown.front if markdown else None, shown, problems if markdown and markdown.front is not None else []
    )
    if markdown and markdown.front is None and not mistakes:
        wish = "Write title, description, owner, approved, review and guidance."
        problems.append(Problem(shown, 1, "The front matter is empty.", wish))
    body = markdown.body if markdown else Text("", shown)
    unrun, mistakes = read_calls(body)
    problems += mistakes
    return Page(Text(path, shown, 1), front, body, reader.read(unrun, shown), unrun.calls, unrun.comments)


def check_page(page: Page) -> Iterator[Problem]:
    """What is wrong with one page's front matter and headings."""
    front = page.front
    if front.approved != date.min and front.review != date.min and front.review <= front.approved:
        wrong = "The review date is not after the approved date."
        yield front.place.problem(wrong, "Write a later review date.", "review")
    if front.description and not 40 <= len(front.description) <= 180:
        wrong = f"The description has {len(front.description)} characters."
        yield front.description.problem(wrong, "Write one plain sentence of 40 to 180 characters.")
    if "guidance" in front.place.keys and not front.guidance:
        wish = 'Write "guidance: [id]" with an id of docs/references.yml.'
        yield front.place.problem("The page names no guidance.", wish, "guidance")
    yield from check_revisions(front.revisions, front.approved)
    yield from check_headings(page.reading)
    yield from check_structure(page.reading)
    yield from check_lists(page.reading)
    yield from check_left_over(page.reading)
    for words in (words for call in page.calls for words in call.named(LinkWords)):
        yield from check_link_words(Link(words, words, image=False))
    yield from check_html(page.reading)


def check_links(page: Page, anchors: dict[str, frozenset[str]]) -> Iterator[Problem]:
    """Links of a page that lead nowhere; `anchors` maps each page to its anchors."""
    links = (link for link in page.reading.links if not link.image)
    yield from filter(None, (_check_link(page, link, anchors) for link in links))


def _check_link(page: Page, link: Link, anchors: dict[str, frozenset[str]]) -> Problem | None:
    target = link.target
    if re.match(r"https?://", target) or MESSAGE.match(target):
        return None  # what begins a message or a call is refused as what it is, wherever it stands
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", target):
        return target.problem(
            f'The link "{target}" is of a kind that pages do not use.', "Link to a page, to https://… or remove it."
        )
    if link.is_footnote:
        return None  # said of its words
    path, anchor = split_target(target)
    if path.startswith("/"):
        wish = _meant(page, target, anchors, "Write the way from this page, for example ../glossary.md.")
        return target.problem(f'The link "{target}" begins with a stroke.', wish)
    goal = resolved(page.path, path)
    if path.endswith(PICTURES):
        return target.problem(
            f'The link "{target}" leads to a picture.', "Write ! in front of it, which shows it here."
        )
    if goal not in anchors:
        wish = _meant(page, target, anchors, "Link to a .md file in docs/.")
        return target.problem(f'The link "{target}" leads to no page.', wish)
    if anchor and anchor not in anchors[goal]:
        near = nearest(anchor, anchors[goal])
        wish = f'Did you mean "{path}#{near}"?' if near else "Write the anchor of one of its headings."
        return target.problem(f'The page "{goal}" has no anchor "{anchor}".', wish)
    return None


def _meant(page: Page, target: str, anchors: dict[str, frozenset[str]], otherwise: str) -> str:
    """The link that was meant, as it can stand on this page, or `otherwise` where that cannot be told."""
    path, anchor = split_target(target)
    goal = page_meant(path, page.path, anchors)
    known = anchor if goal and anchor in anchors[goal] else ""
    return f'Did you mean "{link_to(page.path, goal, known)}"?' if goal else otherwise
