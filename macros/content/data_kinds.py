"""The kinds of data that stand beside a page: a new one is a topic that exports its kind, and its name here."""

from __future__ import annotations

from typing import Any

from macros.topics import (
    case_review_group,
    contacts,
    decision_proof,
    documents,
    forms,
    methods,
    pocket_guide,
    process,
    word_lists,
)
from macros.topics.kind import Kind

KINDS: tuple[Kind[Any], ...] = (
    decision_proof.KIND,
    process.KIND,
    methods.METHODS,
    methods.REVIEWS,
    forms.KIND,
    pocket_guide.KIND,
    case_review_group.KIND,
    contacts.KIND,
    word_lists.CAPITALS,
    documents.KIND,
    word_lists.PLAIN_WORDS,
)
BY_KEY = {kind.key: kind for kind in KINDS}


def kind_of(data: object) -> Kind[Any]:
    """The kind that data beside a page are of."""
    return next(kind for kind in KINDS if isinstance(data, kind.model))
