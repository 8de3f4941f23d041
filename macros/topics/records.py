"""What tests and bench have measured, read from the files that they write; what has a foreign shape is refused."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from macros.source.problems import Problem
from macros.topics.measurements import MEASUREMENTS, WORDS

FOLDER = ".evidence"
LARGEST = 100_000  # bytes of all records together

_NAME = re.compile(r"[a-z][a-z0-9_-]{0,59}")
_COMMIT = re.compile(r"[0-9a-f]{40}(\+changes)?|none")
_KEYS = {"commit", "measured", "figures"}


@dataclass(frozen=True)
class Record:
    """What one measurement says: of which commit, on which day, and its figures."""

    commit: str
    day: date
    figures: dict[str, float | str]


def gather(place: Path) -> tuple[dict[str, Record], list[Problem]]:
    """The records of a folder, a file for each measurement, or of one file that a release carries; a foreign shape is a problem."""
    if place.is_file():
        try:
            return parse(place.read_text("utf-8")), []
        except ValueError:
            return {}, [_problem(place.name, "cannot be read")]
    files: dict[str, Any] = {}
    problems: list[Problem] = []
    for file in sorted(place.glob("*.json")):
        try:
            files[file.stem] = _strict(file.read_bytes())
        except (ValueError, RecursionError, OSError):
            problems.append(_problem(file.name, "cannot be read"))
    if sum(file.stat().st_size for file in place.glob("*.json")) > LARGEST:
        return {}, [Problem(FOLDER, 1, "The records are too large together.", f"Delete {FOLDER}/ and measure again.")]
    records, wrong = _records(files)
    return records, problems + [_problem(f"{name}.json", why) for name, why in wrong]


def parse(text: str) -> dict[str, Record]:
    """The records of a text as `Evidence.text` writes it, or of none; a ValueError says what is wrong."""
    try:
        records, wrong = _records(_strict(text.encode()) if text else {})
    except RecursionError as error:
        raise ValueError("It cannot be read.") from error
    if wrong:
        raise ValueError(f'The record "{wrong[0][0]}" {wrong[0][1]}.')
    return records


def _problem(name: str, why: str) -> Problem:
    wish = "Delete it; make test and make bench write it anew."
    return Problem(f"{FOLDER}/{name}", 1, f"The record {why}.", wish)


def _strict(data: bytes) -> Any:
    """JSON without the numbers that are none, and not too much of it."""
    if len(data) > LARGEST:
        raise ValueError("It is too large.")
    return json.loads(data.decode(), parse_constant=_refuse)


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number.")


def _records(data: Any) -> tuple[dict[str, Record], list[tuple[str, str]]]:
    if not isinstance(data, dict):
        raise ValueError("It holds no records.")
    records: dict[str, Record] = {}
    wrong: list[tuple[str, str]] = []
    for name, given in data.items():
        try:
            records[name] = _record(name, given)
        except ValueError as error:
            wrong.append((name, str(error)))
    return records, wrong


def _record(measurement: str, given: Any) -> Record:
    """One record; a ValueError says what is foreign about it."""
    if not _NAME.fullmatch(measurement) or not isinstance(given, dict) or set(given) != _KEYS:
        raise ValueError("is not one that tests write")
    commit, day, figures = (given[key] for key in ("commit", "measured", "figures"))
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        raise ValueError("names no commit")
    measured = _day(day)
    if not isinstance(figures, dict) or not 0 < len(figures) <= 60:
        raise ValueError("holds no figures, or too many")
    for name, value in figures.items():
        counted = measurement in MEASUREMENTS and name in MEASUREMENTS[measurement].figures and name not in WORDS
        if not _NAME.fullmatch(name) or not _figure(value, counted):
            raise ValueError(f'has a figure "{name[:40]}" that is none')
    return Record(commit, measured, dict(figures))


def _day(given: Any) -> date:
    try:
        if isinstance(given, str) and len(given) == 10:
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError("names no day")


def _figure(value: Any, counted: bool) -> bool:
    """Whether a value can stand on the page: a number that is not negative or, where nothing is counted, a few words."""
    if isinstance(value, str):
        return not counted and 0 < len(value) <= 120 and value.isprintable()
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value >= 0
