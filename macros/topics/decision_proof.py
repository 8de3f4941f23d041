"""The proof of a decision: everybody gets to an outcome, nobody in a circle, and every example ends where it says."""

from __future__ import annotations

from collections.abc import Iterator

from macros.source.ids import PagePath
from macros.source.problems import Problem, suggest
from macros.topics.decisions import Decision, Example, Outcome, Question, count_paths, in_order
from macros.topics.kind import Kind

MOST_PATHS = 20_000  # as many as can be walked in a second; a decision with more is no help to anybody either


def check_decision(decision: Decision) -> list[Problem]:
    """What is wrong with the graph: every option leads on, everything is reached, nothing turns in a circle."""
    known = [*decision.questions, *decision.outcomes]
    problems = []
    if decision.start and decision.questions and decision.start not in decision.questions:
        problems.append(
            decision.start.problem(
                f'The decision starts at "{decision.start}", which is not here.',
                suggest(decision.start, decision.questions, "Name one of its questions."),
            )
        )
    for key in set(decision.questions) & set(decision.outcomes):
        problems.append(
            decision.outcomes[key].key.problem(
                f'"{key}" is a question and an outcome.', "Give one of the two another id."
            )
        )
    for question in decision.questions.values():
        problems += _check_question(question, known)
    for outcome in decision.outcomes.values():
        problems += _check_outcome(outcome)
    problems += [*_check_reach(decision), *_check_circles(decision), *_check_paths(decision)]
    if problems or not {"questions", "outcomes"} <= decision.place.keys.keys():
        return problems  # what examples say of a graph that is not whole would be noise
    problems += [problem for example in decision.examples for problem in _check_example(decision, example)]
    return problems + _check_covered(decision)


def _check_question(question: Question, known: list[str]) -> Iterator[Problem]:
    for option in question.options:
        if option.next and option.next not in known:
            wrong = f'The option "{option.answer}" leads to "{option.next}", which is not here.'
            yield option.next.problem(wrong, suggest(option.next, known, "Name a question or an outcome of this file."))
        if sum(other.answer == option.answer for other in question.options) > 1:
            wrong = f'The option "{option.answer}" stands more than once in "{question.key}".'
            yield option.answer.problem(wrong, "Keep one of them, or word them apart.")
    unsure = sum(option.not_sure for option in question.options)
    if unsure != 1 and "options" in question.place.keys:
        ways = f"{unsure} ways" if unsure else "no way"
        wrong = f'The question "{question.key}" has {ways} for a reader who is not sure.'
        wish = 'Mark exactly one option with "not_sure: true"; it leads to a safe outcome or to advice.'
        yield question.key.problem(wrong, wish)
    if not question.sources and "sources" in question.place.keys:
        wish = 'Write "sources: [id]" with an id of docs/references.yml.'
        yield question.place.problem(f'The question "{question.key}" has no source.', wish, "sources")


def _check_outcome(outcome: Outcome) -> list[Problem]:
    slots = {"by": outcome.by, "beside": outcome.beside, "sources": outcome.sources, "next": outcome.next}
    return [
        outcome.place.problem(
            f'The outcome "{outcome.key}" has nothing in "{slot}".',
            "Fill it; every outcome says who acts, by when, on what source and what comes next.",
            slot,
        )
        for slot, entries in slots.items()
        if not entries and slot in outcome.place.keys
    ]


def _check_reach(decision: Decision) -> list[Problem]:
    if decision.start not in decision.questions:
        return []
    reached = set(in_order(decision))
    reached |= {str(option.next) for key in reached for option in decision.questions[key].options}
    entries: list[Question | Outcome] = [*decision.questions.values(), *decision.outcomes.values()]
    return [
        entry.key.problem(f'Nobody reaches "{entry.key}".', "Lead an option to it, or remove it.")
        for entry in entries
        if entry.key not in reached
    ]


def _check_circles(decision: Decision) -> list[Problem]:
    rank = {key: number for number, key in enumerate(in_order(decision))}
    return [
        option.next.problem(
            f'The option "{option.answer}" of "{key}" leads back to "{option.next}", in a circle.',
            "Lead it forward, to a later question or an outcome.",
        )
        for key in rank
        for option in decision.questions[key].options
        if rank.get(option.next, len(rank)) <= rank[key]
    ]


def _check_paths(decision: Decision) -> list[Problem]:
    paths = count_paths(decision)
    if paths <= MOST_PATHS:
        return []
    wrong = f"The decision has {paths:,} paths; the most is {MOST_PATHS:,}."
    return [decision.place.problem(wrong, "Let answers meet sooner.", "start")]


def _check_example(decision: Decision, example: Example) -> Iterator[Problem]:
    if example.outcome not in decision.outcomes:
        wrong = f'The example "{example.case}" ends at "{example.outcome}", which is not here.'
        yield example.outcome.problem(wrong, suggest(example.outcome, decision.outcomes, "Name one of the outcomes."))
        return
    here = str(decision.start)
    for answer in example.answers:
        question = decision.questions.get(here)
        if question is None:
            wrong = f'The example "{example.case}" goes on after its outcome with "{answer}".'
            yield answer.problem(wrong, "Remove the answers that are too many.")
            return
        taken = next((option for option in question.options if option.answer == answer), None)
        if taken is None:
            wrong = f'In the example "{example.case}", "{answer}" is no answer to "{question.text}".'
            yield answer.problem(
                wrong, suggest(answer, [o.answer for o in question.options], "Write one of its options.")
            )
            return
        here = str(taken.next)
    if here in decision.questions:
        wrong = f'The example "{example.case}" stops at the question "{decision.questions[here].text}".'
        yield example.place.problem(wrong, "Add the answers that follow.", "answers")
    elif here in decision.outcomes and here != example.outcome:
        led, meant = decision.outcomes[here].title, decision.outcomes[example.outcome].title
        wrong = f'The example "{example.case}" leads to "{led}" ({here}), not to "{meant}" ({example.outcome}).'
        yield example.outcome.problem(wrong, "Mend the example, or the decision.")


def _check_covered(decision: Decision) -> list[Problem]:
    ends = {str(example.outcome) for example in decision.examples}
    wish = 'Add a case that ends there to "examples".'
    idle = [
        outcome for key, outcome in decision.outcomes.items() if key not in ends and "examples" in decision.place.keys
    ]
    return [outcome.key.problem(f'No example ends at the outcome "{outcome.key}".', wish) for outcome in idle]


def check_across(decisions: dict[str, Decision]) -> Iterator[Problem]:
    """Circles across decision pages; `decisions` are named by the paths of their pages."""
    leads = {
        page: [(outcome, goal) for outcome in decision.outcomes.values() for goal in outcome.next if goal in decisions]
        for page, decision in decisions.items()
    }
    for page, steps in leads.items():
        for outcome, goal in steps:
            if _reaches(leads, str(goal), page):
                wrong = f'The outcome "{outcome.key}" leads to "{goal}", which leads back here, in a circle.'
                yield goal.problem(wrong, "Lead it to a page without this decision.")


def _reaches(leads: dict[str, list[tuple[Outcome, PagePath]]], start: str, goal: str) -> bool:
    seen, ahead = {start}, [start]
    while ahead:
        page = ahead.pop()
        if page == goal:
            return True
        new = {str(there) for _, there in leads[page]} - seen
        seen |= new
        ahead += new
    return False


KIND = Kind(
    "questions",
    Decision,
    "decision",
    check=lambda decision, _: check_decision(decision),
    anchors=lambda decision: [*decision.questions, *decision.outcomes],
)
