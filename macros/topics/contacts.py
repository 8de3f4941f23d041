"""Who can be reached: each service with its official page at once, and its number once somebody has confirmed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from macros.source.ids import ContactKindId, CouncilId, Id, LocalQuestionId, Place
from macros.source.problems import Problem
from macros.source.text import Text
from macros.topics.kind import Kind

EMERGENCY = "999"  # the one number that everybody knows, so that nobody has to confirm it
_WRITTEN = re.compile(r"\d+(?: \d+)*", re.ASCII)
_NUMBER = re.compile(  # a figure left out of the number of a large town, or of a mobile telephone, is seen
    r"0(?:1\d1|11\d|[237]\d\d)\d{7}|0(?!1\d1|11\d)[1589]\d{8,9}|08001111|1\d\d(?:\d{3})?|999", re.ASCII
)
_HTTPS = re.compile(r"https://[\w.-]+\.\w+(?:[/?#]\S*)?", re.ASCII)


@dataclass(frozen=True)
class ContactKind:
    """What people get in touch about: the heading over the contacts for it."""

    place: Place
    id: Id
    name: Text


@dataclass(frozen=True)
class Contact:
    """A service that can be reached, for a kind of matter, in the area of one council or in all.

    `number` is shown to nobody before somebody of the partnership has rung it: `confirmed` says when, `confirmed_by` in which role.
    """

    place: Place
    id: Id
    kind: ContactKindId
    service: Text
    area: CouncilId | None = None
    hours: Text | None = None
    page: Text | None = None
    number: Text | None = None
    confirmed: date | None = None
    confirmed_by: Text | None = None

    @property
    def shown(self) -> str:
        """The number as readers may see it; empty where nobody has confirmed it."""
        sure = self.number == EMERGENCY or (self.confirmed is not None and self.confirmed_by)
        return str(self.number) if self.number and sure else ""


@dataclass(frozen=True)
class Contacts:
    """The content of docs/contacts.yml; `question` is the local question that asks the partners for the numbers."""

    place: Place
    question: LocalQuestionId
    kinds: tuple[ContactKind, ...]
    contacts: tuple[Contact, ...]

    def of(self, kind: str) -> tuple[Contact, ...]:
        """The contacts of a kind, in the order of the file."""
        return tuple(contact for contact in self.contacts if contact.kind == kind)


def check_contacts(contacts: Contacts) -> Iterator[Problem]:
    """What is wrong beyond form: pages and numbers that are none, confirmations that are half, kinds without a contact."""
    for kind in contacts.kinds:
        if kind.id and not contacts.of(kind.id):
            wish = "Add one, or remove the kind."
            yield kind.id.problem(f'No contact is of the kind "{kind.id}".', wish)
    for contact in contacts.contacts:
        if contact.page and not _HTTPS.fullmatch(contact.page):
            yield contact.page.problem(f'"{contact.page}" is no address of a page.', "Begin it with https://.")
        number = contact.number
        if number and not (_WRITTEN.fullmatch(number) and _NUMBER.fullmatch(number.replace(" ", ""))):
            wish = "Write all its figures, the area code first, parted by single spaces."
            yield number.problem(f'"{number}" is no telephone number.', wish)
        yield from _check_confirmed(contact)


def _check_confirmed(contact: Contact) -> Iterator[Problem]:
    said = {"confirmed": contact.confirmed, "confirmed_by": contact.confirmed_by}
    given, missing = [key for key in said if said[key] is not None], [key for key in said if said[key] is None]
    if given and missing:
        wrong = f'The contact "{contact.id}" has "{given[0]}" without "{missing[0]}".'
        wish = "Write the day on which the number was rung, and the role of whoever did."
        yield contact.place.problem(wrong, wish, given[0])
    elif given and contact.number is None:
        wrong = f'The contact "{contact.id}" is confirmed and has no number.'
        yield contact.place.problem(wrong, "Write the number, or remove both lines.", "confirmed")


KIND = Kind(
    "contacts",
    Contacts,
    "contacts",
    check=lambda contacts, _: check_contacts(contacts),
    anchors=lambda contacts: [str(kind.id) for kind in contacts.kinds],
)
