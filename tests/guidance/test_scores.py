"""The measures of the search, worked out by hand, and the judged queries they are taken over."""

from __future__ import annotations

from collections import Counter
from math import isnan, log2
from typing import Any

import pytest

from macros.content.load import Content
from tests.guidance.judged import folded, followed, named, outgrown, today
from tests.scores import DEPTH, FILE, Answer, Query, grades, load, ndcg, reciprocal_rank, score

QUERIES = load()
LEAST = {  # of each kind
    "slip": 35,
    "question": 35,
    "letters": 35,
    "retired": 25,
    "meanings": 12,
    "expansion": 20,
    "part": 15,
    "task": 25,
    "near": 10,
    "unknown": 5,
}


def query(**more: Any) -> Query:
    given = {"text": "q", "kind": "task", "held_out": False, "first": ("a",), "together": False, "meant": ()}
    return Query(**{**given, "also": {}, "never": (), **more})


def shown(results: str = "", panel: str = "", suggested: str = "") -> Answer:
    return Answer(tuple(results), tuple(panel), tuple(suggested))


@pytest.mark.parametrize(
    ("given", "answer", "found"),
    [
        (query(), shown("xa"), [0, 4]),
        (query(also={"b": 3, "c": 1}), shown("abxc"), [4, 3, 0, 1]),
        (query(also={"b": 3}), shown("ba", panel="a"), [4, 3]),  # the panel is rank 1, and its term counts once
        (query(), shown("a", panel="x"), [0, 4]),  # a wrong panel takes the first place
        (query(), shown("x", suggested="a"), [0]),  # a suggestion is no answer where letters are known
        (query(first=("a", "b"), also={"c": 2}), shown("bac"), [4, 2]),  # a further equal takes no place
        (query(first=("a", "b"), together=True), shown("x", panel="ab"), [4, 4, 0]),
        (query(first=(), meant=("a",)), shown("x", suggested="ya"), [4, 0]),
        (query(first=(), meant=("a",)), shown("a"), [0]),  # mistyped letters are no match
        (query(meant=("a",)), shown("a", suggested="a"), [4]),  # either is right, and it counts once
        (query(), shown(), []),
    ],
)
def test_grades_what_a_reader_meets_from_the_top(given: Query, answer: Answer, found: list[int]) -> None:
    assert grades(given, answer) == found


def test_ndcg_is_the_gain_of_five_places_as_a_share_of_the_best() -> None:
    given = query(also={"b": 3, "c": 2})
    best = 15 + 7 / log2(3) + 3 / 2  # 20.9165
    assert ndcg(given, shown("abc")) == 1
    assert ndcg(given, shown("a")) == pytest.approx(15 / best)
    assert ndcg(given, shown("cxa")) == pytest.approx((3 + 15 / 2) / best)
    assert ndcg(given, shown("a")) == pytest.approx(0.71714, abs=1e-5)
    assert ndcg(query(), shown("vwxya")) == pytest.approx(1 / log2(6))
    assert ndcg(query(), shown("vwxyza")) == 0
    assert ndcg(query(first=("a", "b"), together=True), shown("a")) == pytest.approx(0.61315, abs=1e-5)
    assert ndcg(query(first=("a", "b")), shown("b")) == 1
    assert ndcg(query(), shown()) == 0


def test_the_reciprocal_rank_looks_at_any_depth() -> None:
    assert reciprocal_rank(query(), shown("xa")) == 1 / 2
    assert reciprocal_rank(query(), shown("stuvwxya")) == 1 / 8
    assert reciprocal_rank(query(also={"b": 3}), shown("b")) == 0


def test_scores_are_means_and_name_the_queries_at_fault() -> None:
    asked = [
        query(text="right"),
        query(text="second", never=("w",)),
        query(text="nothing"),
        query(text="one meaning", first=("a", "b"), together=True),
        query(text="known to nobody", first=(), never=("w",)),
    ]
    answers = {
        "right": shown(panel="a"),
        "second": shown("xaw"),
        "nothing": shown(suggested="a"),
        "one meaning": shown("xxa"),
        "known to nobody": shown(suggested="w"),
    }
    found = score(asked, answers.__getitem__)
    assert found.queries == 5
    assert found.right_first == 1 / 4
    assert found.reciprocal_rank == (1 + 1 / 2 + 0 + 1 / 2) / 4
    assert found.ndcg == pytest.approx((1 + 1 / log2(3) + 0 + 1 / log2(3) / (1 + 1 / log2(3))) / 4)
    assert found.nothing_found == ("nothing",)
    assert found.wrong_terms == ("second",)
    assert found.apart == ("one meaning",)


def test_a_wrong_term_counts_in_the_panel_and_however_far_down() -> None:
    asked = [query(never=("w",))]
    assert score(asked, lambda _: shown("a", panel="w")).wrong_terms
    assert score(asked, lambda _: shown("a" + "x" * 50 + "w")).wrong_terms
    assert not score(asked, lambda _: shown("a", suggested="w")).wrong_terms


def test_queries_without_an_answer_have_no_shares() -> None:
    found = score([query(first=(), never=("w",))], lambda _: shown("w"))
    assert (isnan(found.ndcg), found.nothing_found, found.wrong_terms) == (True, (), ("q",))


def test_a_search_that_knows_the_judgements_has_the_best_scores() -> None:
    judged = {known.text: known for known in QUERIES}

    def best(text: str) -> Answer:
        known = judged[text]
        also = sorted(known.also, key=lambda place: -known.also[place])
        return Answer((*known.first, *also), suggested=() if known.first else known.meant)

    found = score(QUERIES, best)
    assert found.ndcg == pytest.approx(1)
    assert (found.reciprocal_rank, found.right_first) == (1, 1)
    assert (found.nothing_found, found.wrong_terms, found.apart) == ((), (), ())


def test_there_are_enough_queries_of_each_kind_and_none_twice() -> None:
    kinds = Counter(known.kind for known in QUERIES)
    assert set(kinds) == set(LEAST)
    assert len(QUERIES) >= 220
    assert {kind: kinds[kind] for kind in LEAST if kinds[kind] < LEAST[kind]} == {}
    assert [text for text, times in Counter(known.text for known in QUERIES).items() if times > 1] == []


def test_each_third_query_is_held_out_and_of_each_kind_a_third() -> None:
    assert [known.held_out for known in QUERIES] == [place % 3 == 0 for place in range(1, len(QUERIES) + 1)]
    for kind in LEAST:
        held = [known.held_out for known in QUERIES if known.kind == kind]
        assert abs(sum(held) - len(held) / 3) < 1, kind


def test_judgements_do_not_contradict_each_other() -> None:
    for known in QUERIES:
        assert known.answerable == (known.kind != "unknown"), known
        assert known.together == (known.kind == "meanings"), known
        assert 2 <= len(known.first) <= DEPTH or not known.together, known
        assert known.answerable or (known.never and not known.also), known
        assert not {*known.first, *known.meant} & set(known.also), known
        assert not {*known.first, *known.also} & set(known.never), known
        assert set(known.also.values()) <= {1, 2, 3}, known
        for places in (known.first, known.meant, known.never):
            assert len(set(places)) == len(places), known


def test_the_judged_queries_fit_the_content_of_today(content: Content) -> None:
    why = outgrown(content)
    assert len(why) <= len(QUERIES) // 20, "\n".join(f'{FILE.name}: "{text}": {reason}' for text, reason in why.items())


def test_queries_that_are_names_of_terms_are_judged(content: Content) -> None:
    names = named(content)
    assert len([known for known in QUERIES if folded(known.text) in names]) > 100


def test_what_moved_is_followed() -> None:
    moves = {"old/": "new/", "old/#a": "new/#b", "gone/#c": "gone/"}
    assert [today(place, moves) for place in ("old/", "old/#a", "old/#x", "gone/#c", "gone/#d", "kept/")] == [
        "new/",
        "new/#b",
        "new/#x",
        "gone/",
        "gone/#d",
        "kept/",
    ]
    known = followed(query(first=("old/#a",), also={"new/#b": 2, "gone/#c": 1}, never=("old/",)), moves)
    assert (known.first, known.also, known.never) == (("new/#b",), {"gone/": 1}, ("new/",))
