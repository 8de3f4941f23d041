"""The Case Review Group as data: the rule in words follows the figures."""

from __future__ import annotations

from dataclasses import replace

from macros.content.load import Content
from macros.topics.case_review_group import CaseReviewGroup, check_membership, quorum_rule


def group_of(content: Content) -> CaseReviewGroup:
    group = content.beside["terms-of-reference.md"]
    assert isinstance(group, CaseReviewGroup)
    return group


def test_the_rule_is_said_in_one_sentence(content: Content) -> None:
    quorum = group_of(content).quorum
    assert quorum_rule(quorum) == (
        "A meeting can decide when 3 safeguarding partners of the area concerned are present, "
        "with more than half of the other agencies that the item concerns."
    )
    assert quorum_rule(replace(quorum, partners=1, others="none")) == (
        "A meeting can decide when 1 safeguarding partner of the area concerned is present."
    )


def test_advisers_do_not_count(content: Content) -> None:
    group = group_of(content)
    deciding = {str(organisation.id) for organisation in group.deciding}
    assert "lawyers" not in deciding
    assert len(deciding) == len(group.organisations) - 1


def test_a_quorum_that_the_members_cannot_meet_is_a_problem(content: Content) -> None:
    group = group_of(content)
    without = replace(group, members=tuple(member for member in group.members if member.organisation != "caretakers"))
    said = [problem.wrong for problem in check_membership(without)]
    assert said == [
        'The organisation "caretakers" has no member.',
        "The quorum asks for 3 safeguarding partners; North wing has 2 with a vote.",
        "The quorum asks for 3 safeguarding partners; South wing has 2 with a vote.",
    ]
