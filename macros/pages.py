"""The pages: front matter, section numbers, links and macro calls of every Markdown file in docs/."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from macros.calls import Call, read_calls
from macros.ids import Place, SourceId
from macros.model import build
from macros.outline import Link, Outline, outline, split_target
from macros.problems import Problem, suggest
from macros.source import Text, read_document

PARTS = {"part-one": 1, "part-two": 2, "part-three": 3}


@dataclass(frozen=True)
class Front:
    """The front matter of a page; `guidance` are the sources that the page relies on."""

    place: Place
    title: Text
    description: Text
    owner: Text
    approved: date
    review: date
    guidance: tuple[SourceId, ...]


@dataclass(frozen=True)
class Page:
    """One page: its path from docs/, its front matter, its text and what the text holds."""

    path: Text
    front: Front
    body: Text
    outline: Outline
    calls: tuple[Call, ...]


def load_page(file: Path, docs: Path, problems: list[Problem]) -> Page:
    """The page of one Markdown file; what is wrong with it is added to `problems`."""
    path = file.relative_to(docs).as_posix()
    shown = f"docs/{path}"
    document, found = read_document(file, shown)
    problems += found
    front = build(
        Front, document.front if document else None, shown, problems if document and document.front is not None else []
    )
    if document and document.front is None and not found:
        problems.append(
            Problem(
                shown,
                1,
                "The front matter is empty.",
                "Write title, description, owner, approved, review and guidance.",
            )
        )
    body = document.body if document else Text("", shown)
    calls, found = read_calls(body)
    problems += found
    return Page(Text(path, shown, 1), front, body, outline(body), tuple(calls))


def check_page(page: Page) -> list[Problem]:
    """What is wrong with one page by itself."""
    front, problems = page.front, []
    if front.approved != date.min and front.review != date.min and front.review <= front.approved:
        problems.append(
            front.place.problem(
                "The review date is not after the approved date.", "Write a later review date.", "review"
            )
        )
    if front.description and not 40 <= len(front.description) <= 180:
        problems.append(
            front.description.problem(
                f"The description has {len(front.description)} characters.",
                "Write one plain sentence of 40 to 180 characters.",
            )
        )
    if "guidance" in front.place.keys and not front.guidance:
        problems.append(
            front.place.problem(
                "The page names no guidance.", 'Write "guidance: [id]" with an id of docs/references.yml.', "guidance"
            )
        )
    written: dict[str, Text] = {}
    for heading in page.outline.headings:
        if heading.level == 1:
            problems.append(
                heading.text.problem(
                    "The page has a first-level heading.",
                    'Begin headings with "##"; the title of the front matter is the first level.',
                )
            )
        if heading.anchor in written:
            problems.append(
                heading.text.problem(
                    f'The anchor "{heading.anchor}" is used twice (first at line {written[heading.anchor].line}).',
                    "Give this heading another anchor.",
                )
            )
        written.setdefault(heading.anchor, heading.text)
    return problems


def check_numbers(pages: list[Page]) -> list[Problem]:
    """Section numbers used twice, out of order or unlike their anchor; `pages` come in the order of the navigation."""
    problems: list[Problem] = []
    used: dict[tuple[int, int], Text] = {}
    last: dict[int, tuple[int, int]] = {}
    for page in pages:
        part = PARTS.get(page.path.split("/")[0])
        for heading in (h for h in page.outline.headings if part and h.level == 2):
            number = heading.number
            if number is None:
                problems.append(
                    heading.text.problem(
                        f'The section "{heading.text}" has no number.',
                        f'Begin it with part and section, for example "## {part}.4 Who notifies {{ #s{part}-4 }}".',
                    )
                )
                continue
            name = f"{number[0]}.{number[1]}"
            if number[0] != part:
                problems.append(
                    heading.text.problem(f"The section number {name} is not of this part.", f"Begin it with {part}.")
                )
            elif number in used:
                problems.append(
                    heading.text.problem(
                        f"The section number {name} is used twice (first in {used[number].path}, line {used[number].line}).",
                        "Give this section the next free number.",
                    )
                )
            elif number < last.get(part or 0, (0, 0)):
                problems.append(
                    heading.text.problem(
                        f"The section number {name} is out of order.", "Number the sections in the order of the pages."
                    )
                )
            if heading.anchor != f"s{number[0]}-{number[1]}":
                problems.append(
                    heading.text.problem(
                        f'The anchor of section {name} is "{heading.anchor}".',
                        f'Write "{{ #s{number[0]}-{number[1]} }}" after the heading.',
                    )
                )
            used.setdefault(number, heading.text)
            last[part or 0] = max(number, last.get(part or 0, (0, 0)))
    return problems


def check_links(page: Page, anchors: dict[str, frozenset[str]]) -> list[Problem]:
    """Links of a page that lead nowhere; `anchors` maps each page to its anchors."""
    problems = []
    for link in page.outline.links:
        found = _check_link(page, link, anchors)
        if found:
            problems.append(found)
    return problems


def _check_link(page: Page, link: Link, anchors: dict[str, frozenset[str]]) -> Problem | None:
    target = link.target
    if re.match(r"https?://", target):
        return None
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", target):
        return target.problem(
            f'The link "{target}" is of a kind that pages do not use.', "Link to a page, to https://… or remove it."
        )
    if link.image and not link.words.strip():
        return target.problem(
            f'The picture "{target}" has no alternative text.', "Write what it shows between the square brackets."
        )
    path, anchor = split_target(target)
    if path.startswith("/"):
        return target.problem(
            f'The link "{target}" begins with a stroke.', "Write the way from this page, for example ../glossary.md."
        )
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else str(page.path)
    if goal not in anchors:
        return target.problem(
            f'The link "{target}" leads to no page.', suggest(goal, anchors, "Link to a .md file in docs/.")
        )
    if anchor and anchor not in anchors[goal]:
        return target.problem(
            f'The page "{goal}" has no anchor "{anchor}".',
            suggest(anchor, anchors[goal], "Write the anchor of one of its headings."),
        )
    return None
