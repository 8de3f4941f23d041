"""The graph of a decision."""

from __future__ import annotations

import time

from macros.decisions import Decision, Option, Outcome, Question, count_paths, walk
from macros.ids import DutyId, Id, PagePath, Place, SourceId
from macros.proof import check_across, check_decision
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
    return Decision(PLACE, TEXT, TEXT, TEXT, TEXT, start, questions, ends, ())


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


def test_walks_every_way_and_counts_the_same() -> None:
    given = decision({"a": ["b", "b", "end"], "b": ["end", "other"]}, ["end", "other"])
    ways = [([str(option.next) for _, option in steps], end) for steps, end in walk(given)]
    assert ways == [
        (["b", "end"], "end"),
        (["b", "other"], "other"),
        (["b", "end"], "end"),
        (["b", "other"], "other"),
        (["end"], "end"),
    ]


def test_five_hundred_questions_and_ten_thousand_ways_take_under_two_seconds() -> None:
    # 100 questions in a row, each with a way out to one of a hundred fans of four questions and a hundred ways.
    graph = {f"q{n}": [f"q{n + 1}", f"a{n}"] for n in range(100)} | {"q100": ["end"]}
    graph |= {f"a{n}": [f"b{n}"] * 5 for n in range(100)} | {f"b{n}": [f"c{n}"] * 5 for n in range(100)}
    graph |= {f"c{n}": [f"d{n}"] * 2 for n in range(100)} | {f"d{n}": ["end"] * 2 for n in range(99)}
    graph["d99"] = ["end"]
    given = decision(graph, ["end"])
    assert len(given.questions) == 501
    began = time.perf_counter()
    assert check_decision(given) == []
    assert count_paths(given) == sum(1 for _ in walk(given)) == 9_951
    assert time.perf_counter() - began < 2


def test_too_many_ways_are_counted_and_not_walked() -> None:
    graph = {f"q{n}": [f"q{n + 1}"] * 3 for n in range(30)} | {"q30": ["end"]}
    began = time.perf_counter()
    said = [str(problem) for problem in check_decision(decision(graph, ["end"]))]
    assert (
        said[-1] == "x.yml:1: The decision has 205,891,132,094,649 paths; the most is 20,000. Let answers meet sooner."
    )
    assert time.perf_counter() - began < 1


def test_two_pages_that_lead_to_each_other_are_a_circle() -> None:
    one, two = decision({"a": ["end"]}, ["end"]), decision({"a": ["end"]}, ["end"])
    assert (
        next(check_across({"p.md": one, "q.md": two})).wrong
        == 'The outcome "end" leads to "p.md", which leads back here, in a circle.'
    )
    assert list(check_across({"r.md": one, "q.md": two})) == []
