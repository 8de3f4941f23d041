"""What the page template shows around a page: the menu, the foot with edition and review, notices of moved sections."""

from __future__ import annotations

from datetime import date
from typing import Any

from macros.changes.change_log import PAGE as UPDATES_PAGE
from macros.changes.change_log import TOLD
from macros.content.addresses import address, present, split_target, to_page
from macros.content.load import Content, edition
from macros.content.macro_list import FEED
from macros.content.pages import Page
from macros.topics.dates import full_date
from macros.topics.documents import FORMATS, document_of
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE

MANY = 200  # pages; beyond it no page carries the names of all
LONG, NEAR = 60, 20  # pages of a part; in the menus of a longer one a page names so many before it and after it


def menu(content: Content) -> list[dict[str, Any]]:
    """The navigation in the form that MkDocs reads: a page, or a name with its pages."""
    items: list[dict[str, Any]] = []
    for group in content.navigation.menu:
        pages = [{str(entry.label): str(entry.page)} for entry in group.pages]
        items.append({str(group.label): str(group.pages[0].page)} if len(pages) == 1 else {str(group.label): pages})
    return items


def site_values(content: Content, today: date, draft: str = "", as_at: str = "", site: str = "") -> dict[str, Any]:
    """The values that main.html reads as `config.extra.lrp`.

    `today` decides what is overdue; `draft` names a preview, `as_at` the day of an edition that is kept; `site` is the
    address that it is built for.
    """
    review = content.site.review_question
    review_open = review is not None and not content.local_question[review].answer
    feet = {path: _foot(content, page, today, review_open) for path, page in content.pages.items()}
    near = near_pages(content)
    return {
        "area": content.site.area,
        "in_a_hurry": content.site.in_a_hurry,
        "draft": draft,
        "many": len(content.pages) > MANY,
        "long": LONG,
        "as_at": full_date(date.fromisoformat(as_at)) if as_at else "",
        "present": present(site, as_at),
        "feed": FEED if UPDATES_PAGE in content.pages and not draft and not as_at else "",
        "updates": address(UPDATES_PAGE) if UPDATES_PAGE in content.pages else "",
        "edition": full_date(edition(content)),
        "review_url": f"{address(LOCAL_PAGE)}#{review}",
        "footer": [
            {"label": str(content.pages[path].front.title), "url": address(path)} for path in content.site.footer
        ],
        "pages": {path: {**foot, "near": near.get(path)} for path, foot in feet.items()},
    }


def near_pages(content: Content) -> dict[str, dict[str, int]]:
    """Which pages of its part the menus of a page name, from `first` to before `last`: all of them, or the nearest ones."""
    nearby = {}
    for group in content.navigation.menu:
        count = len(group.pages)
        reach = count if count <= LONG else NEAR
        for place, entry in enumerate(group.pages):
            nearby[str(entry.page)] = {"first": max(0, place - reach), "last": min(count, place + reach + 1)}
    return nearby


def _foot(content: Content, page: Page, today: date, review_open: bool) -> dict[str, Any]:
    front = page.front
    sources = [content.source[source] for source in front.guidance]
    return {
        "guidance": [
            {"short": str(s.short), "url": f"{address(REFERENCES_PAGE)}#{s.id}", "checked": full_date(s.checked)}
            for s in sources
        ],
        "approved": full_date(front.approved),
        "review": full_date(front.review),
        "owner": str(front.owner),
        "review_open": review_open,
        "review_overdue": front.review < today,
        "revisions": [
            {"date": full_date(one.date), "major": one.change == "major", "what": str(one.what)}
            for one in front.revisions[:TOLD]
        ],
        "moved": _moved(content, page),
        "document": _document(content, page),
    }


def _document(content: Content, page: Page) -> dict[str, str] | None:
    """The document to take along that the page belongs to, with its files."""
    document = document_of(page.path, content.documents)
    return {"title": str(document.title), **dict(zip(FORMATS, document.files(), strict=True))} if document else None


def _moved(content: Content, page: Page) -> list[dict[str, str]]:
    """The anchors that this page once had, with where they are now."""
    links = []
    for move in content.moves.moved:
        path, anchor = split_target(move.old)
        if anchor and path == address(page.path):
            goal, place = split_target(move.now)
            title = str(content.pages[goal].front.title)
            links.append({"anchor": anchor, "href": to_page(page.path, goal, place), "label": title})
    return links
