"""The graph of a decision."""

from __future__ import annotations

import time

from macros.decisions import Decision, Option, Outcome, Question, check_decision, count_paths
from macros.ids import DutyId, Id, PagePath, Place, SourceId
from macros.values import Text

PLACE, TEXT = Place("x.yml", 1, {"options": 1, "sources": 1}), Text("…")


def decision(graph: dict[str, list[str]], outcomes: list[str]) -> Decision:
    def question(key: str, nexts: list[str]) -> Question:
        options = tuple(
            Option(PLACE, Text(f"To {goal} {n}"), Text(goal), not_sure=n == 0) for n, goal in enumerate(nexts)
        )
        return Question(PLACE, Id(key), Text(key), Text("Because."), options, (SourceId("s"),))

    def outcome(key: str) -> Outcome:
        rest = {"by": (DutyId("d"),), "beside": (TEXT,), "sources": (SourceId("s"),), "next": (PagePath("p.md"),)}
        return Outcome(PLACE, Id(key), "act", title=TEXT, applies=TEXT, who=TEXT, send=TEXT, not_yet=TEXT, **rest)  # type: ignore[arg-type]

    questions = {key: question(key, nexts) for key, nexts in graph.items()}
    start, ends = Text(next(iter(graph))), {key: outcome(key) for key in outcomes}
    return Decision(PLACE, TEXT, TEXT, TEXT, TEXT, start, questions, ends)


def test_counts_every_way_through() -> None:
    assert count_paths(decision({"a": ["b", "b", "end"], "b": ["end", "other"]}, ["end", "other"])) == 5


def test_counts_two_to_the_sixtieth_ways_in_no_time() -> None:
    graph = {f"q{n}": [f"q{n + 1}", f"q{n + 1}"] for n in range(59)} | {"q59": ["end", "end"]}
    began = time.perf_counter()
    assert count_paths(decision(graph, ["end"])) == 2**60
    assert time.perf_counter() - began < 1


def test_a_chain_of_five_thousand_questions_is_no_crash() -> None:
    graph = {f"q{n}": [f"q{n + 1}"] for n in range(5000)} | {"q5000": ["end"]}
    assert check_decision(decision(graph, ["end"])) == []
    assert count_paths(decision(graph, ["end"])) == 1


def test_two_ways_that_meet_again_are_no_circle() -> None:
    assert check_decision(decision({"a": ["b", "c"], "b": ["c"], "c": ["end"]}, ["end"])) == []


def test_a_question_that_leads_to_itself_is_a_circle() -> None:
    said = [problem.wrong for problem in check_decision(decision({"a": ["a", "end"]}, ["end"]))]
    assert said == ['The option "To a 0" of "a" leads back to "a", in a circle.']
