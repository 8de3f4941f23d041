"""The methods of learning and the other reviews that may run beside one: lists of entries with fixed parts."""

from __future__ import annotations

from dataclasses import dataclass

from macros.source.ids import Id, LocalQuestionId, Place, SourceId
from macros.source.text import Text
from macros.topics.kind import Kind


@dataclass(frozen=True)
class Method:
    """A way of learning from what happened: when it fits, how long it takes, who leads it, what comes out."""

    place: Place
    id: Id
    name: Text
    best_when: Text
    length: Text
    led_by: Text
    steps: tuple[Text, ...]
    output: Text
    sources: tuple[SourceId, ...]
    local: tuple[LocalQuestionId, ...] = ()


@dataclass(frozen=True)
class Methods:
    """The content of a file of methods."""

    place: Place
    methods: tuple[Method, ...]


@dataclass(frozen=True)
class Review:
    """A review or investigation that may run beside this one: who leads it, what triggers it, where they collide."""

    place: Place
    id: Id
    name: Text
    led_by: Text
    trigger: Text
    fits: Text
    collides: Text
    sources: tuple[SourceId, ...]
    local: tuple[LocalQuestionId, ...] = ()


@dataclass(frozen=True)
class Reviews:
    """The content of a file of other reviews."""

    place: Place
    reviews: tuple[Review, ...]


METHODS = Kind("methods", Methods, "methods", anchors=lambda data: [method.id for method in data.methods])
REVIEWS = Kind("reviews", Reviews, "other_reviews", anchors=lambda data: [review.id for review in data.reviews])
