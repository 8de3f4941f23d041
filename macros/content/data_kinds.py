"""The kinds of data that stand beside a page: how each is told apart, what shows it, and its model."""

from __future__ import annotations

from macros.topics.case_review_group import CaseReviewGroup
from macros.topics.decisions import Decision
from macros.topics.documents import Documents
from macros.topics.forms import Form
from macros.topics.methods import Methods, Reviews
from macros.topics.pocket_guide import PocketGuide
from macros.topics.process import Process
from macros.topics.word_lists import Allowed, PlainWords

Beside = (
    Decision | Process | Methods | Reviews | Form | PocketGuide | CaseReviewGroup | Allowed | Documents | PlainWords
)
BESIDE: dict[str, tuple[str, type[Beside]]] = {
    # the key that tells a file beside a page apart from the others: what calls it, and its model
    "questions": ("decision", Decision),
    "steps": ("process", Process),
    "methods": ("methods", Methods),
    "reviews": ("other_reviews", Reviews),
    "groups": ("form", Form),
    "sides": ("pocket_guide", PocketGuide),
    "members": ("case_review_group", CaseReviewGroup),
    "allowed": ("glossary_health", Allowed),
    "documents": ("downloads", Documents),
    "plainer": ("plain_words", PlainWords),
}


def anchors_of(data: Beside) -> list[str]:
    """The anchors that data give the page that shows them."""
    if isinstance(data, Decision):
        return [*data.questions, *data.outcomes]
    if isinstance(data, Process):
        return [step.id for step in data.steps]
    if isinstance(data, Methods):
        return [method.id for method in data.methods]
    if isinstance(data, Reviews):
        return [review.id for review in data.reviews]
    if isinstance(data, PocketGuide):
        return [panel.id for panel in data.panels]
    if isinstance(data, (CaseReviewGroup, Allowed, Documents, PlainWords)):
        return []
    return [group.id for group in data.groups]
