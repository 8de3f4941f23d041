"""The kinds of data that stand beside a page: how each is told apart, what shows it, and its model."""

from __future__ import annotations

from macros.capitals import Allowed
from macros.decisions import Decision
from macros.documents import Documents
from macros.forms import Form
from macros.membership import CaseReviewGroup
from macros.methods import Methods, Reviews
from macros.plainwords import PlainWords
from macros.pocket import PocketGuide
from macros.processes import Process

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
