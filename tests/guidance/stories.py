"""The stories in tests/guidance/stories.yml, and the day by which a duty is due in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from macros.topics.working_days import Calendar, count
from tests.guidance.law import Row, made, read

FILE = Path(__file__).parent / "stories.yml"
TODAY = "2026-11-27"  # where a story does not say when it is told


@dataclass(frozen=True)
class Said:
    """A duty that is, or must not be, said, with what is said of it; or a sentence in words and what it rests on."""

    duty: str = ""
    binding: str = ""
    who: str = ""
    by: str = ""
    words: str = ""
    row: str = ""
    page: str = ""


@dataclass(frozen=True)
class Story:
    """What somebody tells, the answers in it, and what has to be said of it and must not; the top of the file explains."""

    id: str
    line: int
    story: str
    why: str
    told: Mapping[str, str]
    say: tuple[Said, ...]
    never: tuple[Said, ...]
    days: Mapping[str, str] = field(default_factory=dict)
    today: str = TODAY

    @property
    def said(self) -> dict[str, Said]:
        """What has to be said, by its duty."""
        return {one.duty: one for one in self.say if one.duty}


def load(file: Path = FILE) -> tuple[Story, ...]:
    """The stories in the order of the file."""
    lists = ("say", "never")
    return tuple(
        made(Story, entry | {name: tuple(made(Said, one) for one in entry[name]) for name in lists})
        for entry in read(file)
    )


def due(row: Row, story: Story, calendar: Calendar) -> str:
    """When a duty is due in a story: a day, or words; nothing where the story does not give the day it runs from."""
    if not row.by or row.by.words:
        return row.by.words if row.by else ""
    if row.by.clock not in story.days:
        return ""
    number = int(row.by.number) * (-1 if row.by.kind == "before" else 1)
    start = date.fromisoformat(story.days[row.by.clock])
    return count(start, number, row.by.count_in, calendar).isoformat()
