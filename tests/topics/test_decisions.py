"""The graph of a decision."""

from __future__ import annotations

from macros.topics.decision_proof import check_across, check_decision
from macros.topics.decisions import count_paths, walk
from tests.graphs import decision, large_decision


def test_counts_every_way_through() -> None:
    assert count_paths(decision({"a": ["b", "b", "end"], "b": ["end", "other"]}, ["end", "other"])) == 5


def test_counts_two_to_the_sixtieth_ways_without_walking_them() -> None:
    graph = {f"q{n}": [f"q{n + 1}", f"q{n + 1}"] for n in range(59)} | {"q59": ["end", "end"]}
    assert count_paths(decision(graph, ["end"])) == 2**60


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


def test_five_hundred_questions_and_ten_thousand_ways_are_proven() -> None:
    given = large_decision()
    assert len(given.questions) == 501
    assert check_decision(given) == []
    assert count_paths(given) == sum(1 for _ in walk(given)) == 9_951


def test_too_many_ways_are_counted_and_not_walked() -> None:
    graph = {f"q{n}": [f"q{n + 1}"] * 3 for n in range(30)} | {"q30": ["end"]}
    said = [str(problem) for problem in check_decision(decision(graph, ["end"]))]
    assert (
        said[-1] == "x.yml:1: The decision has 205,891,132,094,649 paths; the most is 20,000. Let answers meet sooner."
    )


def test_two_pages_that_lead_to_each_other_are_a_circle() -> None:
    one, two = decision({"a": ["end"]}, ["end"]), decision({"a": ["end"]}, ["end"])
    assert (
        next(check_across({"p.md": one, "q.md": two})).wrong
        == 'The outcome "end" leads to "p.md", which leads back here, in a circle.'
    )
    assert list(check_across({"r.md": one, "q.md": two})) == []
