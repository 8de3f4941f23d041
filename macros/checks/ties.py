"""What the choices of a form stand for: each is tied by id, so that what goes or comes elsewhere is missed here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from macros.content.load import Content
from macros.source.problems import Problem, suggest
from macros.source.text import Text
from macros.topics.forms import Field, Ties
from macros.topics.methods import Methods


def check_ties(content: Content, anchors: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    """Choices that stand for what is not there, and methods that no choice of their page stands for."""
    for field in (field for form in content.forms.values() for field in form.fields if field.ties):
        ties = field.ties
        assert ties
        for goal in (*(goal for tied in ties.choices for goal in tied.to), *ties.left_out):
            yield from _check_goal(field, goal, anchors)
        yield from _check_methods(content, field, ties)


def _check_goal(field: Field, goal: Text, anchors: Mapping[str, frozenset[str]]) -> Iterator[Problem]:
    page, _, anchor = goal.partition("#")
    wrong = f'The field "{field.id}" stands for "{goal}", which is not there.'
    if page not in anchors:
        yield goal.problem(wrong, suggest(page, anchors, "Name a page, from docs/."))
    elif anchor and anchor not in anchors[page]:
        wish = f'Name what it stands for on "{page}" now, or take the choice out of the form.'
        yield goal.problem(wrong, suggest(anchor, anchors[page], wish))


def _check_methods(content: Content, field: Field, ties: Ties) -> Iterator[Problem]:
    """The methods beside a page that some choices stand for, and that no choice does."""
    goals = {str(goal) for tied in ties.choices for goal in tied.to} | {str(goal) for goal in ties.left_out}
    for page in dict.fromkeys(goal.partition("#")[0] for goal in goals):
        methods = content.beside.get(page)
        for method in methods.methods if isinstance(methods, Methods) else ():
            if f"{page}#{method.id}" not in goals:
                wrong = f'No choice of "{field.id}" stands for the method "{method.id}".'
                wish = f'Add a choice for it, or "{page}#{method.id}" to "left_out" under "ties".'
                yield ties.place.problem(wrong, wish)
