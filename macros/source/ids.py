"""Names that entries carry, references from one entry to another, and the places that both were read from."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from macros.source.problems import Problem
from macros.source.text import Text


class Id(Text):
    """The name of an entry: small letters and figures, words joined by hyphens, unique in its list."""


class Reference(Text):
    """The id of an entry that stands elsewhere; `known_as` names the collection in messages."""

    known_as = "entry"
    home = ""


class SourceId(Reference):
    """The id of an entry of docs/references.yml."""

    known_as = "source"
    home = "docs/references.yml"


class DutyId(Reference):
    """The id of a duty of docs/deadlines.yml."""

    known_as = "duty"
    home = "docs/deadlines.yml"


class ClockId(Reference):
    """The id of a clock start of docs/deadlines.yml."""

    known_as = "clock start"
    home = "docs/deadlines.yml"


class LocalQuestionId(Reference):
    """The id of a question for the partners of docs/about/local-practice.yml."""

    known_as = "local question"
    home = "docs/about/local-practice.yml"


class KindName(Reference):
    """The name of a kind of source of docs/site.yml."""

    known_as = "kind of source"
    home = "docs/site.yml"


class CouncilId(Reference):
    """The id of a council of docs/site.yml."""

    known_as = "council"
    home = "docs/site.yml"


class ContactKindId(Reference):
    """The id of a kind of contact of docs/contacts.yml."""

    known_as = "kind of contact"
    home = "docs/contacts.yml"


class TermId(Reference):
    """The id of a term of the glossary."""

    known_as = "term"
    home = "glossary/"


class PagePath(Reference):
    """The path of a page, from docs/."""

    known_as = "page"
    home = "docs/"


@dataclass(frozen=True)
class Place:
    """Where an entry stands: its file, its first line, the line of each key whose value could be read, and the blanks before it."""

    path: str
    line: int
    keys: dict[str, int] = dataclasses.field(default_factory=dict, compare=False, hash=False)
    blanks: int = dataclasses.field(default=0, compare=False)

    def problem(self, wrong: str, mend: str, key: str = "", paste: str = "") -> Problem:
        """A problem at the entry, or at one of its keys, with what can be pasted."""
        return Problem(self.path, self.keys.get(key, self.line), wrong, mend, paste)
