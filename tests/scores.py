"""How well a search answers what readers type: measures over the judged queries of tests/examples/search.yml.

Nothing here knows the engine or the generator. A search is anything that takes the text of a query and gives an `Answer`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import log2, nan
from pathlib import Path
from typing import Any

from tests.examples import read

FILE = Path(__file__).parent / "examples" / "search.yml"
RIGHT = 4  # the grade of what must come first; what may follow has 1 to 3
DEPTH = 5  # places that nDCG looks at


@dataclass(frozen=True)
class Query:
    """A judged query; the top of tests/examples/search.yml says what each field means."""

    text: str
    kind: str
    held_out: bool
    first: tuple[str, ...]
    together: bool
    meant: tuple[str, ...]
    also: Mapping[str, int]
    never: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether the site holds an answer at all."""
        return bool(self.first or self.meant)


@dataclass(frozen=True)
class Answer:
    """What a search shows for one query, each part from the top down, as addresses of the site.

    `panel` is the term, or the terms of letters with several meanings, that stand explained above the results. `suggested`
    is what "Did you mean" offers. A place that is shown in two parts is named in both.
    """

    results: tuple[str, ...] = ()
    panel: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scores:
    """The measures over some queries; the last three name the queries at fault.

    Queries without an answer count in `wrong_terms` alone; where there are no others, the shares are not numbers.
    """

    queries: int
    ndcg: float
    reciprocal_rank: float
    right_first: float
    nothing_found: tuple[str, ...]
    wrong_terms: tuple[str, ...]
    apart: tuple[str, ...]


def load(file: Path = FILE) -> tuple[Query, ...]:
    """The judged queries in the order of the file."""
    return tuple(_query(entry) for entry in read(file))


def _query(entry: dict[str, Any]) -> Query:
    fields = {"query", "kind", "held_out", "first", "together", "meant", "also", "never"}
    assert set(entry) <= fields, f"{entry.get('query')}: {sorted(set(entry) - fields)}"
    return Query(
        text=entry["query"],
        kind=entry["kind"],
        held_out=entry.get("held_out", False),
        first=tuple(entry.get("first", ())),
        together=entry.get("together", False),
        meant=tuple(entry.get("meant", ())),
        also=entry.get("also", {}),
        never=tuple(entry.get("never", ())),
    )


def grades(query: Query, answer: Answer) -> list[int]:
    """The grade of each place that a reader meets, from the top down.

    On top stand suggestions that were meant; other suggestions take no place. Then comes the panel, so that a term shown
    there has rank 1, its further meanings the next ranks, and then the results. An address counts where it is met first.
    Where several places answer equally well, the first one shown counts and the others take no place: they neither help
    nor harm. Where all are to be shown together, each counts.
    """
    met: set[str] = set()
    found: list[int] = []
    meant = [(address, query.meant) for address in answer.suggested if address in query.meant]
    for address, right in [*meant, *((address, query.first) for address in (*answer.panel, *answer.results))]:
        if address in met:
            continue
        met.add(address)
        if address not in right:
            found.append(query.also.get(address, 0))
        elif query.together or RIGHT not in found:
            found.append(RIGHT)
    return found


def gain(found: Iterable[int]) -> float:
    """The discounted cumulative gain of graded places, each worth 2 ** grade - 1."""
    return sum((2.0**grade - 1) / log2(rank + 1) for rank, grade in enumerate(list(found)[:DEPTH], 1))


def ndcg(query: Query, answer: Answer) -> float:
    """The gain of the first five places, as a share of the best possible: 0 to 1."""
    right = [RIGHT] * (len(query.first) if query.together else 1)
    best = [*right, *sorted(query.also.values(), reverse=True)]
    return gain(grades(query, answer)) / gain(best)


def reciprocal_rank(query: Query, answer: Answer) -> float:
    """One over the rank of the first right place, at any depth; 0 where there is none."""
    found = grades(query, answer)
    return 1 / (found.index(RIGHT) + 1) if RIGHT in found else 0.0


def is_right_first(query: Query, answer: Answer) -> bool:
    """Whether the place on top is a right one."""
    return grades(query, answer)[:1] == [RIGHT]


def is_nothing(query: Query, answer: Answer) -> bool:
    """Whether the reader is left without panel, results and the suggestion that was meant."""
    return not grades(query, answer)


def is_wrong_term(query: Query, answer: Answer) -> bool:
    """Whether the panel or any result, however far down, is a term that must never pass for what was typed."""
    return not set(query.never).isdisjoint((*answer.panel, *answer.results))


def is_apart(query: Query, answer: Answer) -> bool:
    """Whether one of several meanings is missing from the first five places."""
    return query.together and grades(query, answer)[:DEPTH].count(RIGHT) < len(query.first)


def score(queries: Iterable[Query], search: Callable[[str], Answer]) -> Scores:
    """The measures of `search` over `queries`, each asked once."""
    asked = [(query, search(query.text)) for query in queries]
    judged = [(query, answer) for query, answer in asked if query.answerable]

    def mean(measure: Callable[[Query, Answer], float]) -> float:
        return sum(measure(*pair) for pair in judged) / len(judged) if judged else nan

    def named(fault: Callable[[Query, Answer], bool], pairs: list[tuple[Query, Answer]]) -> tuple[str, ...]:
        return tuple(query.text for query, answer in pairs if fault(query, answer))

    return Scores(
        queries=len(asked),
        ndcg=mean(ndcg),
        reciprocal_rank=mean(reciprocal_rank),
        right_first=mean(is_right_first),
        nothing_found=named(is_nothing, judged),
        wrong_terms=named(is_wrong_term, asked),
        apart=named(is_apart, judged),
    )
