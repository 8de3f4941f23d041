"""Decisions made from bare graphs, for tests and for measurements."""

from __future__ import annotations

from macros.source.ids import DutyId, Id, PagePath, Place, SourceId
from macros.source.text import Text
from macros.topics.decisions import Decision, Option, Outcome, Question

PLACE, TEXT = Place("x.yml", 1, {"options": 1, "sources": 1}), Text("…")


def decision(graph: dict[str, list[str]], outcomes: list[str]) -> Decision:
    """A decision whose questions lead to the ids in `graph`, the first of them from its start."""

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


def large_decision() -> Decision:
    """A decision with 501 questions and 9,951 ways through it."""
    # 100 questions in a row, each with a way out to one of a hundred fans of four questions and a hundred ways.
    graph = {f"q{n}": [f"q{n + 1}", f"a{n}"] for n in range(100)} | {"q100": ["end"]}
    graph |= {f"a{n}": [f"b{n}"] * 5 for n in range(100)} | {f"b{n}": [f"c{n}"] * 5 for n in range(100)}
    graph |= {f"c{n}": [f"d{n}"] * 2 for n in range(100)} | {f"d{n}": ["end"] * 2 for n in range(99)}
    graph["d99"] = ["end"]
    return decision(graph, ["end"])
