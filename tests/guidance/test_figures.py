"""What is counted of the guidance, kept for the page of evidence; nothing of it stops an editor but an answer that leads astray."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from macros.checks.plain_language import LONGEST, advise, eases
from macros.checks.readability import WORD
from macros.checks.sentences import sentences
from macros.content.addresses import address
from macros.content.load import Content
from macros.topics.decisions import Decision, count_paths
from tests.evidence import record


def ends(given: Decision, at: str) -> Iterator[str]:
    """Where every way from a question ends, found without the generator's own walk."""
    if at not in given.questions:
        yield at
        return
    for option in given.questions[at].options:
        yield from ends(given, str(option.next))


def end_of(given: Decision, answers: tuple[str, ...]) -> str:
    at = str(given.start)
    for answer in answers:
        found = [option for option in given.questions[at].options if str(option.answer) == answer]
        assert len(found) == 1, answer
        at = str(found[0].next)
    return at


def test_what_was_walked_is_kept_as_evidence(content: Content) -> None:
    given = list(content.decisions.values())
    ways = [(one, end) for one in given for end in ends(one, str(one.start))]
    astray = [end for one, end in ways if end not in one.outcomes]
    examples = [(one, example) for one in given for example in one.examples]
    wrong = [case for one, case in examples if end_of(one, tuple(map(str, case.answers))) != case.outcome]
    assert (astray, wrong) == ([], [])
    assert len(ways) == sum(map(count_paths, given))
    record(
        "decisions",
        decisions=len(given),
        questions=sum(len(one.questions) for one in given),
        ways=len(ways),
        astray=len(astray),
        examples=len(examples),
        wrong=len(wrong),
    )


def test_how_easy_the_pages_are_to_read_is_kept_as_evidence(content: Content) -> None:
    figures, told = eases(content), [text for _, found in sentences(content) for text in found]
    said = [problem.wrong for problem in advise(content)]
    lengths = [len(WORD.findall(text)) for text in told]
    assert set(figures) == set(content.pages)
    names = {path: address(path).strip("/").replace("/", "-") or "home" for path in figures}
    record(
        "reading",
        pages=len(figures),
        sentences=len(told),
        middle=round(median(figures.values())),
        hardest=round(min(figures.values())),
        long=sum(length > LONGEST for length in lengths),
        longest=max(lengths),
        passive=sum("who does it" in wrong for wrong in said),
        jargon=sum("is not plain" in wrong for wrong in said),
        **{f"ease-of-{names[path]}": round(ease) for path, ease in list(figures.items())[:50]},
    )
