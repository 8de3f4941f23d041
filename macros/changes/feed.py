"""The feed of what changed (Atom, RFC 4287): an entry for each revision, under a name that stays the same for good."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from macros.changes.change_log import PAGE, Change, changes
from macros.content.addresses import address
from macros.content.load import Content, edition
from macros.content.macro_list import FEED
from macros.topics.sources import PAGE as REFERENCES_PAGE

MOST = 50  # entries; all of them stand on the page


def atom(content: Content, site: str) -> Iterator[tuple[str, str]]:
    """The address and the text of the feed, where the site has a page of updates; `site` is the address it is read at."""
    if PAGE not in content.pages:
        return
    newest = changes(content)[:MOST]
    updated = newest[0].revision.date if newest else edition(content)
    yield (
        FEED,
        "\n".join(
            [
                '<?xml version="1.0" encoding="utf-8"?>',
                '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
                f"<id>{uuid.uuid5(content.site.namespace, PAGE).urn}</id>",
                f"<title>{escape(content.site.name)}: what changed</title>",
                f"<updated>{_moment(updated)}</updated>",
                f"<author><name>{escape(content.site.publisher)}</name></author>",
                f'<link rel="self" type="application/atom+xml" href={quoteattr(site + FEED)}/>',
                f'<link rel="alternate" type="text/html" href={quoteattr(site + address(PAGE))}/>',
                *(line for change in newest for line in _entry(content, change, site)),
                "</feed>",
                "",
            ]
        ),
    )


def _entry(content: Content, change: Change, site: str) -> Iterator[str]:
    page, revision = change.page, change.revision
    why = content.source[revision.why]
    yield "<entry>"
    yield f"<id>{uuid.uuid5(content.site.namespace, f'{page.path}#{change.number}').urn}</id>"
    yield f"<title>{escape(str(page.front.title))}</title>"
    yield f"<updated>{_moment(revision.date)}</updated>"
    yield f"<published>{_moment(revision.date)}</published>"
    yield f'<category term="{revision.change}" label="{revision.change} change"/>'
    yield f'<link rel="alternate" type="text/html" href={quoteattr(site + address(page.path))}/>'
    source = f"{site}{address(REFERENCES_PAGE)}#{why.id}"
    yield f'<link rel="via" type="text/html" title={quoteattr(str(why.short))} href={quoteattr(source)}/>'
    yield f'<summary type="text">{escape(str(revision.what))}</summary>'
    yield "</entry>"


def _moment(day: date) -> str:
    """The first second of a day in universal time, as RFC 3339 writes it."""
    return f"{day.isoformat()}T00:00:00Z"
