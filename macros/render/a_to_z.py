"""What readers can look for: every page, section and term, with its words and its place, A to Z."""

from __future__ import annotations

from dataclasses import dataclass

from macros.content.load import Content
from macros.topics.glossary import PAGE as GLOSSARY_PAGE


@dataclass(frozen=True)
class Entry:
    """One line of the A to Z: its words, where it leads, and the page that a section stands on."""

    words: str
    page: str
    anchor: str
    about: str


def entries(content: Content) -> list[Entry]:
    """Every page, numbered or plain section, and term, in the order of their words."""
    listed = []
    for page in content.in_order():
        listed.append(Entry(page.front.title, page.path, "", ""))
        sections = (heading for heading in page.reading.headings if heading.level == 2)
        listed += [
            Entry(
                _without_number(section.text),
                page.path,
                section.anchor,
                page.front.title,
            )
            for section in sections
        ]
    for term in content.terms:
        words = f"{term.abbreviation}: {term.expansion}" if term.abbreviation else term.expansion
        listed.append(Entry(words, GLOSSARY_PAGE, term.id, ""))
    return sorted(
        listed, key=lambda entry: (not entry.words[:1].isdigit(), entry.words.casefold(), entry.page, entry.anchor)
    )


def _without_number(heading: str) -> str:
    number, _, words = heading.partition(" ")
    return words if words and number.replace(".", "").isdigit() else heading
