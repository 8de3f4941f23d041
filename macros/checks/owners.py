"""Who owns pages and questions: always a role that docs/site.yml lists, because people change and have a right to privacy."""

from __future__ import annotations

from collections.abc import Iterator

from macros.content.load import Content
from macros.source.problems import Problem, suggest
from macros.source.text import Text
from macros.topics.contacts import Contacts
from macros.topics.identity import PATH as SITE
from macros.topics.roles import check_role

_FURTHER = (",", " of ", " in ", " and ")  # what may follow the role that answers for a question


def check_owners(content: Content) -> Iterator[Problem]:
    """Owners of pages that are no role of the list, those of questions that begin with none, and persons who rang a number."""
    for contact in (contact for contacts in content.listed(Contacts) for contact in contacts.contacts):
        if contact.confirmed_by:
            yield from check_role(contact.confirmed_by)
    roles = [str(role) for role in content.site.roles]
    if not roles:
        return  # that they are missing is said once
    for page in content.pages.values():
        if page.front.owner and page.front.owner not in roles:
            yield _no_role(page.front.owner, roles)
    for question in content.local_questions.questions:
        starts = tuple(f"{role}{further}" for role in roles for further in _FURTHER)
        if question.owner and question.owner not in roles and not question.owner.startswith(starts):
            yield _no_role(question.owner, roles)


def _no_role(owner: Text, roles: list[str]) -> Problem:
    wish = f'Name a role of the list "roles" in {SITE}, never a person.'
    return owner.problem(f'The owner "{owner}" is none of the roles in {SITE}.', suggest(owner, roles, wish))
