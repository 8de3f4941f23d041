"""A decision before and after a change: which ways through it lead to another outcome, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.content import Content
from macros.decisions import Decision, Question, Step, walk
from macros.model import build
from macros.source import parse_yaml
from macros.values import Keyed, Text

Ways = dict[tuple[tuple[str, int], ...], dict[str, str]]  # the options taken: the outcomes' ids, with the way in words


def changed_ways(old: Decision, new: Decision) -> list[str]:
    """A line for each way that leads elsewhere than before; none where only wording changed.

    Questions are known by their ids. An option is known by its text, or by its position where it was reworded.
    """
    common = old.questions.keys() & new.questions.keys()
    same = {key: _matched(old.questions[key], new.questions[key]) for key in common}
    before, after = _ways(old, common, {}), _ways(new, common, same)
    lines = []
    for taken, ends in after.items():
        was = before.get(taken)
        lines += [_line(old, new, words, was, end) for end, words in ends.items() if was is None or end not in was]
    lines += [_gone(old, words, end) for taken in before.keys() - after.keys() for end, words in before[taken].items()]
    return sorted(lines)


def changes(content: Content, before: Callable[[str], str]) -> Iterator[str]:
    """What changed in the decisions of the content; `before` gives the text that a file had, empty where it was not."""
    for page, new in content.decisions.items():
        path = f"docs/{page.removesuffix('.md')}.yml"
        node, _ = parse_yaml(before(path), path)
        if not isinstance(node, Keyed) or Text("questions") not in node.items:
            yield f"{path}: is a new decision."
            continue
        lines = changed_ways(build(Decision, node, path, []), new)
        if lines:
            yield f"{path}: {len(lines)} of {sum(1 for _ in walk(new)):,} ways changed:"
            yield from (f"  {line}" for line in lines)


def _matched(old: Question, new: Question) -> dict[int, int]:
    """The old position of each option of the new question; those that are new have none."""
    texts = [str(option.answer) for option in old.options]
    found = {place: texts.index(option.answer) for place, option in enumerate(new.options) if option.answer in texts}
    left = [place for place in range(len(texts)) if place not in found.values()]
    fresh = [place for place in range(len(new.options)) if place not in found]
    return found | {place: place for place in fresh if place in left}


def _ways(decision: Decision, common: set[str], same: dict[str, dict[int, int]]) -> Ways:
    ways: Ways = {}
    for steps, end in walk(decision):
        taken = tuple(_taken(step, same) for step in steps if step[0].key in common)
        words = ", ".join(str(option.answer) for _, option in steps)
        ways.setdefault(taken, {}).setdefault(end, words)
    return ways


def _taken(step: Step, same: dict[str, dict[int, int]]) -> tuple[str, int]:
    question, option = step
    place = question.options.index(option)
    known = same.get(question.key)
    return str(question.key), place if known is None else known.get(place, -1 - place)


def _line(old: Decision, new: Decision, words: str, was: dict[str, str] | None, end: str) -> str:
    now = new.outcomes[end].title
    if was is None:
        return f'{words}: is new, leads to "{now}"'
    before = " or ".join(f'"{old.outcomes[key].title}"' for key in was)
    return f'{words}: was {before}, is "{now}"'


def _gone(old: Decision, words: str, end: str) -> str:
    return f'{words}: is gone, led to "{old.outcomes[end].title}"'
