"""Which sources are cited, and how: nothing rests on a superseded one, and none stands in the list without a use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from macros.content.load import Content
from macros.source.ids import SourceId
from macros.source.problems import Problem
from macros.source.text import Text
from macros.source.walk import references
from macros.topics.sources import leads_back


def citations(content: Content) -> list[Text]:
    """Every place that names a source: in duties, data, terms, the guidance of pages and the calls in their text.

    What revisions name is history and is left out: a source may be superseded after them.
    """
    fronts = [replace(page.front, revisions=()) for page in content.pages.values()]
    parts = (content.duties, content.categories, content.beside, fronts)
    named: list[Text] = [reference for reference in references(parts) if isinstance(reference, SourceId)]
    calls = [call for page in content.pages.values() for call in page.calls]
    return named + [value for call in calls for value in call.named(SourceId)]


def check_citations(content: Content) -> Iterator[Problem]:
    """Citations of superseded sources, and sources that nobody uses or that are said to be unused and are not."""
    cited = citations(content)
    for place in cited:
        source = content.source.get(place)
        if source and source.superseded_by and not leads_back(source, content.source):
            wrong = f'The source "{place}" is superseded by "{source.superseded_by}".'
            yield place.problem(wrong, "Look at the statement again, then cite the newer source.")
    told = {str(revision.why) for page in content.pages.values() for revision in page.front.revisions}
    used = {str(place) for place in cited} | told
    if not used <= content.source.keys():
        return  # what relies on a source is not known while an id is mistyped
    for source in content.sources.references:
        if source.id in used and source.why_listed:
            wrong = f'"why_listed" is not needed: "{source.id}" is relied on.'
            yield source.place.problem(wrong, "Remove the line.", "why_listed")
        elif source.id and source.id not in used and not source.why_listed and not source.superseded_by:
            wrong = f'Nothing relies on the source "{source.id}".'
            yield source.place.problem(wrong, 'Remove it, or write "why_listed: …" with the reason to keep it.')
