"""Dataclasses built from what editors wrote."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from macros.source.ids import Id, Place, SourceId
from macros.source.parsing import parse_yaml
from macros.source.problems import Problem
from macros.source.schema import build
from macros.source.text import Text
from macros.source.walk import references


@dataclass(frozen=True)
class Wheel:
    place: Place
    id: Id
    size: int
    colour: Literal["red", "blue"] = "red"


@dataclass(frozen=True)
class Cart:
    place: Place
    name: Text
    made: date
    wheels: tuple[Wheel, ...]
    named: dict[str, Wheel]
    sources: tuple[SourceId, ...] = ()
    spare: Wheel | None = None
    sold: bool = False


def cart(text: str) -> tuple[Cart, list[Problem]]:
    problems: list[Problem] = []
    node, _ = parse_yaml(text, "x.yml")
    return build(Cart, node, "x.yml", problems), problems


WHOLE = "name: One\nmade: 2026-11-23\nwheels:\n  - {id: front, size: 3, colour: blue}\nnamed: {}\nsources: [law]\nspare: {id: extra, size: 4}\nsold: true\n"


def test_reads_each_kind_of_value() -> None:
    read, problems = cart(WHOLE)
    assert problems == []
    assert read.made == date(2026, 11, 23)
    assert [(wheel.id, wheel.size, wheel.colour) for wheel in read.wheels] == [("front", 3, "blue")]
    assert read.spare is not None
    assert (read.spare.id, read.sold) == ("extra", True)
    assert read.place.keys["made"] == 2


def test_a_missing_entry_is_replaced_so_that_one_mistake_gives_one_message() -> None:
    read, problems = cart(WHOLE.replace("made: 2026-11-23\n", ""))
    assert [str(problem) for problem in problems] == ['x.yml:1: "made" is missing. Add a line "made: …".']
    assert read.made == date.min
    assert read.name == "One"


def test_what_is_not_read_right_is_not_judged_further() -> None:
    read, problems = cart(WHOLE.replace("sources: [law]", "sources: law"))
    assert len(problems) == 1
    assert "sources" not in read.place.keys


def test_finds_every_reference_to_another_entry() -> None:
    read, _ = cart(WHOLE)
    assert [(type(found).__name__, str(found), found.line) for found in references(read)] == [("SourceId", "law", 6)]
