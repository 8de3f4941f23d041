"""The Case Review Group: its members, when a meeting can decide, when it meets and to whom it reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from macros.source.ids import DutyId, Id, Place
from macros.source.problems import Problem, one_of, suggest
from macros.source.text import Text
from macros.topics.kind import Kind

PARTS = ("members", "chair", "quorum", "meetings", "papers", "reports")


@dataclass(frozen=True)
class Area:
    """An area that an item of a meeting may concern."""

    place: Place
    id: Id
    name: Text


@dataclass(frozen=True)
class Organisation:
    """An organisation that sends members; `partner` names the areas whose safeguarding partner it is."""

    place: Place
    id: Id
    name: Text
    partner: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Member:
    """A member by role, with or without a vote."""

    place: Place
    role: Text
    organisation: Text
    brings: Text
    votes: bool = True


@dataclass(frozen=True)
class Chair:
    """From whom the chair and the vice-chair come, and the duty that says how often the chair passes on."""

    place: Place
    comes_from: Text
    passes: DutyId
    vice_chair: Text


@dataclass(frozen=True)
class Quorum:
    """When a meeting can decide: of the area's safeguarding partners, and of the other agencies that the item concerns."""

    place: Place
    partners: int
    others: Literal["none", "half", "more than half", "all"]
    deputies: Text
    otherwise: Text


@dataclass(frozen=True)
class Due:
    """Something that the group does, and the duty that says when; `to` whom, for a report."""

    place: Place
    what: Text
    when: DutyId
    to: Text | None = None


@dataclass(frozen=True)
class CaseReviewGroup:
    """The content of docs/terms-of-reference.yml."""

    place: Place
    areas: tuple[Area, ...]
    organisations: tuple[Organisation, ...]
    members: tuple[Member, ...]
    chair: Chair
    quorum: Quorum
    meetings: tuple[Due, ...]
    papers: tuple[Due, ...]
    reports: tuple[Due, ...]

    @property
    def deciding(self) -> tuple[Organisation, ...]:
        """The organisations with a member who votes: those that count towards the quorum."""
        voting = {str(member.organisation) for member in self.members if member.votes}
        return tuple(organisation for organisation in self.organisations if organisation.id in voting)


def quorum_rule(quorum: Quorum) -> str:
    """When a meeting can decide, in a sentence."""
    partners = f"{quorum.partners} safeguarding partner{'' if quorum.partners == 1 else 's'} of the area concerned"
    be = "is" if quorum.partners == 1 else "are"
    if quorum.others == "none":
        return f"A meeting can decide when {partners} {be} present."
    return f"A meeting can decide when {partners} {be} present, with {quorum.others} of the other agencies that the item concerns."


def check_membership(group: CaseReviewGroup) -> Iterator[Problem]:
    """What is wrong beyond form: unknown areas and organisations, repeated roles, a quorum that cannot be met."""
    areas = [str(area.id) for area in group.areas]
    names = [str(organisation.id) for organisation in group.organisations]
    for organisation in group.organisations:
        for area in organisation.partner:
            if area not in areas:
                yield area.problem(f'There is no area "{area}".', f"Name one of {one_of(areas)}.")
        if organisation.id not in {str(member.organisation) for member in group.members}:
            wish = "Add a member from it, or remove it."
            yield organisation.id.problem(f'The organisation "{organisation.id}" has no member.', wish)
    roles: dict[str, Member] = {}
    for member in group.members:
        if member.organisation and member.organisation not in names:
            wish = suggest(member.organisation, names, "Add it to organisations.")
            yield member.organisation.problem(f'There is no organisation "{member.organisation}".', wish)
        first = roles.setdefault(member.role.casefold(), member)
        if first is not member:
            wrong = f'The role "{member.role}" stands twice (first at line {first.role.line}).'
            yield member.role.problem(wrong, "Keep one of them, or name the roles apart.")
    yield from _check_quorum(group)


def _check_quorum(group: CaseReviewGroup) -> Iterator[Problem]:
    if "partners" not in group.quorum.place.keys:
        return
    if group.quorum.partners < 1:
        wish = "Write how many safeguarding partners have to be present, 1 or more."
        yield group.quorum.place.problem("The quorum asks for no safeguarding partner.", wish, "partners")
    for area in group.areas:
        there = sum(area.id in organisation.partner for organisation in group.deciding)
        if there < group.quorum.partners:
            wrong = f"The quorum asks for {group.quorum.partners} safeguarding partners; {area.name} has {there} with a vote."
            yield group.quorum.place.problem(wrong, "Lower it, or complete organisations and members.", "partners")


KIND = Kind("members", CaseReviewGroup, "case_review_group", check=lambda group, _: check_membership(group))
