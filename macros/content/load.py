"""Everything that editors write, loaded once into values that the rest of the generator reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from macros.content.data_kinds import BY_KEY
from macros.content.macro_list import FEED, MADE, UPDATES_PAGE
from macros.content.navigation import MOVED, Moves, Navigation
from macros.content.navigation import PATH as NAVIGATION
from macros.content.page_reader import PageReader
from macros.content.pages import Page, load_page
from macros.source.files import read_text
from macros.source.listing import listed
from macros.source.names import PICTURES
from macros.source.parsing import parse_yaml
from macros.source.pictures import Picture
from macros.source.pictures import read as read_picture
from macros.source.problems import Problem, one_of
from macros.source.schema import build
from macros.source.text import Keyed, Node
from macros.topics.decisions import Decision, decision_id, decisions_among
from macros.topics.documents import Document, Documents
from macros.topics.duties import PATH as DEADLINES
from macros.topics.duties import Clock, Duties, Duty
from macros.topics.forms import Form
from macros.topics.glossary import FOLDER, Category, Term
from macros.topics.identity import PATH as SITE
from macros.topics.identity import Site
from macros.topics.local_questions import PATH as LOCAL
from macros.topics.local_questions import LocalQuestion, LocalQuestions
from macros.topics.sources import PATH as REFERENCES
from macros.topics.sources import Source, Sources

T = TypeVar("T")
TOGETHER = (SITE, REFERENCES, DEADLINES, LOCAL, NAVIGATION, MOVED)


@dataclass(frozen=True)
class Content:
    """All content of a project.

    `files` are all that editors have put there, by their paths. `beside` maps a page's path to the data file of the same
    stem; `unread` names the files that could not be read at all. `texts` are those of pages and lists by their paths,
    comments and all; empty where one cannot be read.
    """

    root: Path
    site: Site
    files: tuple[str, ...]
    navigation: Navigation
    moves: Moves
    sources: Sources
    duties: Duties
    local_questions: LocalQuestions
    categories: tuple[Category, ...]
    pages: dict[str, Page]
    beside: dict[str, object]
    problems: tuple[Problem, ...]
    unread: frozenset[str]
    texts: dict[str, str]

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Every term of the glossary, in the order of letters or, without letters, of words."""
        terms = [term for category in self.categories for term in category.terms]
        return tuple(sorted(terms, key=lambda term: ((term.abbreviation or term.expansion).casefold(), term.id)))

    @cached_property
    def category(self) -> dict[str, str]:
        """The category of each term, by the term's id."""
        return {str(term.id): str(category.category) for category in self.categories for term in category.terms}

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
    def local_question(self) -> dict[str, LocalQuestion]:
        """The questions for the partners by their ids."""
        return {str(question.id): question for question in self.local_questions.questions}

    @cached_property
    def pictures(self) -> dict[str, Picture]:
        """Every picture as pages show it, by its path from docs/; each is packed once."""
        paths = (path for path in self.files if path.endswith(PICTURES))
        return {path.removeprefix("docs/"): read_picture(self.root / path) for path in paths}

    @cached_property
    def decisions(self) -> dict[str, Decision]:
        """The decisions by the paths of their pages."""
        return decisions_among(self.beside)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents to take along."""
        return tuple(one for data in self.beside.values() if isinstance(data, Documents) for one in data.documents)

    @cached_property
    def forms(self) -> dict[str, Form]:
        """The forms by the paths of their pages."""
        return {path: data for path, data in self.beside.items() if isinstance(data, Form)}

    def listed(self, model: type[T]) -> tuple[T, ...]:
        """The data of a kind, beside whichever pages they stand."""
        return tuple(data for data in self.beside.values() if isinstance(data, model))

    def form_of(self, decision: str) -> str:
        """The page of the form that takes answers of the decision on that page; empty where there is none."""
        return next((path for path, form in self.forms.items() if form.takes_from(decision)), "")

    def made_files(self) -> tuple[str, ...]:
        """The addresses of the files that the build makes: open data, blank forms, and the documents to take along."""
        decisions = [f"decisions/{decision_id(path)}.json" for path in self.decisions]
        documents = [file for document in self.documents for file in document.files()]
        forms = [f"{decision_id(path)}.docx" for path in self.forms]
        feed = [FEED] if UPDATES_PAGE in self.pages else []
        return (*MADE, *feed, *sorted(decisions), *forms, *documents)


class _Loading:
    """One run over a project's files, gathering what is wrong with their form and which cannot be read at all."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files, self.problems = listed(root)
        self.here = frozenset(self.files)
        self.unread: set[str] = set()
        self.texts: dict[str, str] = {}
        self.reader = PageReader()

    def read(self, path: str) -> Node | None:
        """The content of a YAML file; nothing where it is missing or cannot be read."""
        text, node = self.text(path), None
        if text:
            node, mistakes = parse_yaml(text, path)
            self.problems += mistakes
            if node is None and mistakes:
                self.unread.add(path)
        return node

    def text(self, path: str) -> str:
        """The text of a file; empty where it is missing or cannot be read."""
        if path in self.here:
            self.texts[path], mistakes = read_text(self.root / path, path)
        else:
            wish = "Put it back, or restore it from the last published edition."
            self.texts[path], mistakes = "", [Problem(path, 1, "The file is missing.", wish)]
        self.problems += mistakes
        if mistakes:
            self.unread.add(path)
        return self.texts[path]

    def load(self, kind: type[T], path: str) -> T:
        """The content of a data file."""
        node = self.read(path)
        return build(kind, node, path, [] if path in self.unread else self.problems)

    def named(self, room: str, ending: str) -> list[str]:
        """The paths of the files of a room that end so."""
        return [path for path in self.files if path.startswith(f"{room}/") and path.endswith(ending)]

    def page(self, path: str) -> Page:
        """The page of a Markdown file."""
        before = len(self.problems)
        page = load_page(path.removeprefix("docs/"), self.text(path), self.reader, self.problems)
        if len(self.problems) > before and not page.is_read:
            self.unread.add(page.path.path)
        return page

    def beside(self, pages: dict[str, Page]) -> dict[str, object]:
        """The data files that stand beside pages, by the paths of their pages."""
        read: dict[str, object] = {}
        for path in (path for path in self.named("docs", ".yml") if path not in TOGETHER):
            page, node = path.removeprefix("docs/").removesuffix(".yml") + ".md", self.read(path)
            kind = next((BY_KEY[key] for key in BY_KEY if isinstance(node, Keyed) and key in node.items), None)
            if page not in pages:
                wish = "Add the page, or give the file the name of its page."
                self.problems.append(Problem(path, 1, f'No page "{page}" stands beside this file.', wish))
            elif kind:
                read[page] = build(kind.model, node, path, self.problems)
            elif path not in self.unread:
                wish = f"It needs one of the keys {one_of(BY_KEY)}."
                self.problems.append(Problem(path, 1, "The file is of no kind that pages use.", wish))
        return read


def load(root: Path) -> Content:
    """The content of the project in `root`; what is wrong with its form is kept in it as problems."""
    run = _Loading(root)
    pages = {str(page.path): page for page in map(run.page, run.named("docs", ".md"))}
    return Content(
        root=root,
        site=run.load(Site, SITE),
        files=tuple(run.files),
        navigation=run.load(Navigation, NAVIGATION),
        moves=run.load(Moves, MOVED),
        sources=run.load(Sources, REFERENCES),
        duties=run.load(Duties, DEADLINES),
        local_questions=run.load(LocalQuestions, LOCAL),
        categories=tuple(run.load(Category, path) for path in run.named(FOLDER, ".yml")),
        pages=pages,
        beside=run.beside(pages),
        problems=tuple(run.problems),
        unread=frozenset(run.unread),
        texts=run.texts,
    )


def reread(content: Content, path: str) -> Content:
    """The content after the file of one page has changed, and no other: everything else is as it was read."""
    run = _Loading(content.root)
    page = run.page(path)
    problems = [problem for problem in content.problems if problem.path != path]
    problems += [problem for problem in run.problems if problem.path == path]
    pages = {**content.pages, str(page.path): page}
    fresh = replace(content, pages=pages, problems=tuple(problems), unread=(content.unread - {path}) | run.unread)
    if "pictures" in vars(content):
        vars(fresh)["pictures"] = content.pictures  # they are packed once
    return fresh


def edition(content: Content) -> date:
    """The day of the newest approval among the pages."""
    return max((page.front.approved for page in content.pages.values()), default=date.min)
