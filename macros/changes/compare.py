"""A decision or a duty before and after a change, in words: which ways lead elsewhere, who acts, by when, how binding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from macros.changes.figures import changed_figure, figures
from macros.content.load import Content
from macros.source.parsing import parse_yaml
from macros.source.schema import build
from macros.source.text import Keyed, Text
from macros.topics.case_review_group import CaseReviewGroup
from macros.topics.decisions import Decision, Question, Step, walk
from macros.topics.duties import Duty, sentence, short
from macros.topics.forms import Form

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


def changed_decision(old: Decision, new: Decision) -> list[str]:
    """The ways that lead elsewhere, and the outcomes that say another thing to do, in words."""
    lines = []
    for key in old.outcomes.keys() & new.outcomes.keys():
        was, now = old.outcomes[key], new.outcomes[key]
        if (was.kind, was.who, was.by) != (now.kind, now.who, now.by):
            lines.append(f'the outcome "{now.title}" names other people or duties')
    return sorted(lines) + changed_ways(old, new)


def changed_duty(before: Content, old: Duty | None, after: Content, new: Duty | None) -> str:
    """What has changed about a duty, in words; empty where who, how binding and by when are as they were."""
    if not old or not new:
        duty, word = (new, "New") if new else (old, "No longer")
        assert duty
        return f"{word}: {sentence(duty)}"
    parts = [f"{new.who}, no longer {old.who}"] if new.who != old.who else []
    parts += [f'"{new.binding}", no longer "{old.binding}"'] if new.binding != old.binding else []
    other = changed_figure(figures(_told(old)), figures(_told(new)))
    parts += [f"{other[1]}, no longer {other[0]}"] if other else []
    was, now = _when(before, old), _when(after, new)
    if was != now:
        parts.append(
            f"{now[0] or 'no time limit'}, no longer {was[0] or 'without one'}"
            if was[0] != now[0]
            else "how the time is counted"
        )
    return f"{sentence(new).removesuffix('.')}: {'; '.join(parts)}." if parts else ""


def _told(duty: Duty) -> str:
    """What is said of a duty beside its period."""
    return " ".join(filter(None, (duty.does, duty.to, duty.note)))


def changed_group(old: CaseReviewGroup, new: CaseReviewGroup) -> str:
    """What has changed about when the group can decide, in words; empty where nothing has."""
    was, now = old.quorum, new.quorum
    if (was.partners, was.others) != (now.partners, now.others):
        return (
            f"A meeting can decide with {now.partners} safeguarding partners and {now.others} of the other agencies, "
            f"no longer with {was.partners} and {was.others}."
        )
    voted = {str(member.role) for member in old.members if member.votes}
    votes = {str(member.role) for member in new.members if member.votes}
    parts = [f"{role} now has a vote" for role in sorted(votes - voted)]
    parts += [f"{role} has no vote any more" for role in sorted(voted - votes)]
    return f"{'; '.join(parts)}." if parts else ""


def changed_form(old: Form, new: Form) -> str:
    """The first thing that answers of an older draft no longer fit, in words; empty where all of them do."""
    fields = {str(field.id): field for field in new.fields}
    for was in old.fields:
        now = fields.get(str(was.id))
        if now is None:
            return f'the field "{was.id}" is gone'
        if now.type != was.type:
            return f'the field "{was.id}" is of the type "{now.type}", no longer "{was.type}"'
        gone = [choice for choice in was.choices if choice not in now.choices]
        if gone:
            return f'the field "{was.id}" has no choice "{gone[0]}" any more'
    return ""


def _when(content: Content, duty: Duty) -> tuple[str, object]:
    """The time limit in words, and what else counts: how binding it is, and the other days."""
    if not duty.period:
        return "", ()
    others = tuple(
        (other.number, other.clock and content.clock[other.clock].text, other.start_is_day_one)
        for other in duty.period.otherwise
    )
    return short(duty.period, content.clock), (duty.period.binding, duty.period.earliest, others)


def _matched(old: Question, new: Question) -> dict[int, int]:
    """The old position of each option of the new question; those that are new have none."""
    texts = [str(option.answer) for option in old.options]
    matched = {place: texts.index(option.answer) for place, option in enumerate(new.options) if option.answer in texts}
    left = [place for place in range(len(texts)) if place not in matched.values()]
    fresh = [place for place in range(len(new.options)) if place not in matched]
    return matched | {place: place for place in fresh if place in left}


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
