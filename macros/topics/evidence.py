"""What is known of a release by measurement, never typed: the figures of each measurement, held to the commit that they belong to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

from macros.topics.dates import full_date
from macros.topics.measurements import MEASUREMENTS, Measurement
from macros.topics.records import Record

FILE = "evidence.json"  # what a release was given, beside its pages
WHOLE = "all"  # every measurement, for the page of evidence


@dataclass(frozen=True)
class Line:
    """A measurement as the page shows it; `own` says that it was measured for this very release."""

    id: str
    measurement: Measurement
    record: Record | None
    own: bool

    def rows(self) -> list[tuple[str, str]]:
        """The figures with their names in words; nothing where there is no record."""
        figures = self.record.figures if self.record else {}
        order = [name for name in self.measurement.figures if name in figures]
        order += [name for name in figures if name not in self.measurement.figures]
        return [(self.measurement.figures.get(name) or _in_words(name), _shown(figures[name])) for name in order]

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

    def line(self, name: str) -> Line:
        """One measurement. What was measured after the day of the release, or has not been, counts as not measured."""
        record = self.records.get(name)
        record = record if record and record.day <= self.today else None
        known = MEASUREMENTS.get(name) or Measurement(_in_words(name), "")
        return Line(name, known, record, bool(record and record.commit == self.commit and len(self.commit) == 40))

    def lines(self) -> list[Line]:
        """Every known measurement, then those that only the records know."""
        return [self.line(name) for name in [*MEASUREMENTS, *sorted(self.records.keys() - MEASUREMENTS.keys())]]

    def text(self) -> str:
        """The records as a release carries them; the same records give the same bytes."""
        plain = {
            name: {"commit": record.commit, "measured": record.day.isoformat(), "figures": record.figures}
            for name, record in sorted(self.records.items())
        }
        return json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


UNMEASURED = Evidence()


def digest(text: str) -> str:
    """The fingerprint of the records, as release.json names them."""
    return hashlib.sha256(text.encode()).hexdigest()


def told(line: Line) -> str:
    """In one sentence, when something was measured and for which version."""
    if not line.record:
        return "Not measured for this release."
    if line.own:
        return f"Measured for this release, on {full_date(line.record.day)}."
    return f"Not measured for this release. Last measured on {full_date(line.record.day)}, for version {line.version}."


def _in_words(name: str) -> str:
    words = name.replace("_", " ").replace("-", " ")
    return words[0].upper() + words[1:]


def _shown(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
