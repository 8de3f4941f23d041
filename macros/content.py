"""Everything that editors write, loaded once into values that the rest of the generator reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from macros.deadlines import PATH as DEADLINES
from macros.deadlines import Clock, Duties, Duty
from macros.decisions import Decision
from macros.forms import Form
from macros.glossary import FOLDER, Category, Term
from macros.localpractice import PATH as LOCAL
from macros.localpractice import Question, Questions
from macros.methods import Methods, Reviews
from macros.model import build
from macros.navigation import MOVED, Moves, Navigation
from macros.navigation import PATH as NAVIGATION
from macros.pages import Page, load_page
from macros.problems import Problem, one_of
from macros.processes import Process
from macros.references import PATH as REFERENCES
from macros.references import Source, Sources
from macros.source import Keyed, read_yaml

T = TypeVar("T")
Beside = Decision | Process | Methods | Reviews | Form
BESIDE: dict[str, tuple[str, type[Beside]]] = {
    # the key that tells a file beside a page apart from the others: what calls it, and its model
    "questions": ("decision", Decision),
    "steps": ("process", Process),
    "methods": ("methods", Methods),
    "reviews": ("other_reviews", Reviews),
    "groups": ("form", Form),
}
TOGETHER = (REFERENCES, DEADLINES, LOCAL, NAVIGATION, MOVED)


@dataclass(frozen=True)
class Content:
    """All content of a project; `beside` maps a page's path to the data file of the same stem."""

    root: Path
    navigation: Navigation
    moves: Moves
    sources: Sources
    duties: Duties
    questions: Questions
    categories: tuple[Category, ...]
    pages: dict[str, Page]
    beside: dict[str, Beside]
    problems: tuple[Problem, ...]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of the glossary, in the order of letters or, without letters, of words."""
        terms = [term for category in self.categories for term in category.terms]
        return tuple(sorted(terms, key=lambda term: ((term.abbreviation or term.expansion).casefold(), term.id)))

    def in_order(self) -> list[Page]:
        """The pages in the order of the navigation."""
        return [self.pages[entry.page] for entry in self.navigation.entries() if entry.page in self.pages]

    @cached_property
    def duty(self) -> dict[str, Duty]:
        """The duties by their ids."""
        return {str(duty.id): duty for duty in self.duties.duties}

    @cached_property
    def clock(self) -> dict[str, Clock]:
        """The clock starts by their ids."""
        return {str(clock.id): clock for clock in self.duties.clocks}

    @cached_property
    def source(self) -> dict[str, Source]:
        """The sources by their ids."""
        return {str(source.id): source for source in self.sources.references}

    @cached_property
    def question(self) -> dict[str, Question]:
        """The questions for the partners by their ids."""
        return {str(question.id): question for question in self.questions.questions}

    def made_files(self) -> tuple[str, ...]:
        """The addresses of the files of open data that the build makes."""
        decisions = [
            f"decisions/{decision_id(path)}.json" for path, data in self.beside.items() if isinstance(data, Decision)
        ]
        return ("glossary.json", "glossary.csv", "references.json", "deadlines.json", *sorted(decisions))


def decision_id(page: str) -> str:
    """The name of a decision across the site: "part-one-notify" for "part-one/notify.md"."""
    return page.removesuffix(".md").replace("/", "-")


def _load(kind: type[T], root: Path, path: str, problems: list[Problem]) -> T:
    file = root / path
    if not file.is_file():
        problems.append(
            Problem(path, 1, "The file is missing.", "Put it back, or restore it from the last published edition.")
        )
        return build(kind, None, path, [])
    node, found = read_yaml(file, path)
    problems += found
    return build(kind, node, path, problems if not found else [])


def load(root: Path) -> Content:
    """The content of the project in `root`; what is wrong with its form is kept in it as problems."""
    problems: list[Problem] = []
    docs = root / "docs"
    pages = {page.path: page for page in (load_page(file, docs, problems) for file in sorted(docs.rglob("*.md")))}
    return Content(
        root=root,
        navigation=_load(Navigation, root, NAVIGATION, problems),
        moves=_load(Moves, root, MOVED, problems),
        sources=_load(Sources, root, REFERENCES, problems),
        duties=_load(Duties, root, DEADLINES, problems),
        questions=_load(Questions, root, LOCAL, problems),
        categories=tuple(
            _load(Category, root, f"{FOLDER}/{file.name}", problems) for file in sorted((root / FOLDER).glob("*.yml"))
        ),
        pages={str(path): page for path, page in pages.items()},
        beside=_load_beside(root, {str(path) for path in pages}, problems),
        problems=tuple(problems),
    )


def _load_beside(root: Path, pages: set[str], problems: list[Problem]) -> dict[str, Beside]:
    beside: dict[str, Beside] = {}
    for file in sorted((root / "docs").rglob("*.yml")):
        path = file.relative_to(root).as_posix()
        page = path.removeprefix("docs/").removesuffix(".yml") + ".md"
        if path in TOGETHER:
            continue
        node, found = read_yaml(file, path)
        problems += found
        kind = next((BESIDE[key] for key in BESIDE if isinstance(node, Keyed) and key in node.items), None)
        if page not in pages:
            problems.append(
                Problem(
                    path,
                    1,
                    f'No page "{page}" stands beside this file.',
                    "Add the page, or give the file the name of its page.",
                )
            )
        elif kind:
            beside[page] = build(kind[1], node, path, problems if not found else [])
        elif not found:
            problems.append(
                Problem(
                    path, 1, "The file is of no kind that pages use.", f"It needs one of the keys {one_of(BESIDE)}."
                )
            )
    return beside
