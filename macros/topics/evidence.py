"""What is known of a release by measurement, never typed: each topic's figures, held to the commit that they belong to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from macros.topics.dates import written
from macros.topics.measurements import TOPICS, Topic
from macros.topics.records import Record

FILE = "evidence.json"  # what a release was given, beside its pages
WHOLE = "all"  # every topic, for the page of evidence


@dataclass(frozen=True)
class Line:
    """A topic as the page shows it; `own` says that it was measured for this very release."""

    id: str
    topic: Topic
    record: Record | None
    own: bool

    def rows(self) -> list[tuple[str, str]]:
        """The figures with their names in words; nothing where there is no record."""
        found = self.record.figures if self.record else {}
        order = [name for name in self.topic.figures if name in found]
        order += [name for name in found if name not in self.topic.figures]
        return [(self.topic.figures.get(name) or _in_words(name), _shown(found[name])) for name in order]

    @property
    def version(self) -> str:
        """The commit that was measured, short, as people write it."""
        commit, changed, _ = (self.record.commit if self.record else "").partition("+")
        return commit[:10] + (" with changes" if changed else "")


@dataclass(frozen=True)
class Evidence:
    """All records that a release was given, with the commit and the day that the release itself is made of."""

    records: dict[str, Record] = field(default_factory=dict)
    commit: str = ""
    today: date = date.max

    def line(self, topic: str) -> Line:
        """One topic. What was measured after the day of the release, or has not been, counts as not measured."""
        record = self.records.get(topic)
        record = record if record and record.day <= self.today else None
        known = TOPICS.get(topic) or Topic(_in_words(topic), "")
        return Line(topic, known, record, bool(record and record.commit == self.commit and len(self.commit) == 40))

    def lines(self) -> list[Line]:
        """Every known topic, then those that only the records know."""
        return [self.line(topic) for topic in [*TOPICS, *sorted(self.records.keys() - TOPICS.keys())]]

    def text(self) -> str:
        """The records as a release carries them; the same records give the same bytes."""
        plain = {
            topic: {"commit": record.commit, "measured": record.day.isoformat(), "figures": record.figures}
            for topic, record in sorted(self.records.items())
        }
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


UNMEASURED = Evidence()


def digest(text: str) -> str:
    """The fingerprint of the records, as release.json names them."""
    return hashlib.sha256(text.encode()).hexdigest()


def told(line: Line) -> str:
    """In one sentence, when a topic was measured and for which version."""
    if not line.record:
        return "Not measured for this release."
    if line.own:
        return f"Measured for this release, on {written(line.record.day)}."
    return f"Not measured for this release. Last measured on {written(line.record.day)}, for version {line.version}."


def _in_words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[0].upper() + words[1:]


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
