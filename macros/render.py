"""Content rendered to HTML through overrides/components: one method for each macro that a page may call."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.calls import MACROS
from macros.content import Beside, Content
from macros.dates import written
from macros.deadlines import PAGE as DEADLINES_PAGE
from macros.deadlines import Duty, length, sentence, short
from macros.decisions import Decision, count_paths
from macros.glossary import PAGE as GLOSSARY_PAGE
from macros.glossary import Term
from macros.links import relative, to_page
from macros.localpractice import PAGE as LOCAL_PAGE
from macros.references import PAGE as REFERENCES_PAGE
from macros.search import entries
from macros.uses import uses_of_questions, uses_of_sources

def letter(word: str) -> str:
    """The letter that a word is filed under; "0–9" for figures."""
    return word[0].upper() if word[:1].isalpha() else "0–9"


class Renderer:
    """The macros over one content; `here` gives the path of the page that is being rendered, from docs/."""

    def __init__(self, content: Content, here: Callable[[], str]) -> None:
        self.content, self.here = content, here
        self.templates = Environment(
            loader=FileSystemLoader(content.root / "overrides" / "components"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self.templates.filters.update(written=written, length=length, sentence=sentence, letter=letter, source_of=content.source.__getitem__)
        self.templates.globals.update(
            page=self.page, source_href=self.source_href, duty_href=self.duty_href, term_href=self.term_href, short=self._short, duty=content.duty.__getitem__,
            source=content.source.__getitem__, open_questions=self._open, marks=self._marks, label=self._label, label_source=lambda name: content.source[name].short,
        )  # fmt: skip

    def macros(self) -> dict[str, Callable[..., str]]:
        """The macros by the names that pages call them by."""
        return {name: getattr(self, name) for name in MACROS}

    def words(self) -> dict[str, str]:
        """The binding words, as they stand in running text, linked to what they mean."""
        return {word: self._render("binding", word=word) for word in ("must", "should", "expected", "locally")}

    def _render(self, component: str, **values: Any) -> Markup:
        html = self.templates.get_template(f"{component}.html").render(values)
        return Markup("\n".join(line for line in html.splitlines() if line.strip()))

    # addresses, as the components ask for them

    def page(self, path: str, anchor: str = "") -> str:
        """The way from the current page to another."""
        return to_page(self.here(), path, anchor)

    def source_href(self, source: str) -> str:
        """The way to a source's entry."""
        return self.page(REFERENCES_PAGE, source)

    def duty_href(self, duty: str) -> str:
        """The way to a duty's row."""
        return self.page(DEADLINES_PAGE, duty)

    def term_href(self, term: Term) -> str:
        """The way to a term's entry."""
        return self.page(GLOSSARY_PAGE, term.id)

    def _label(self, path: str) -> str:
        return str(self.content.pages[path].front.title)

    def _short(self, duty: Duty) -> str:
        return short(duty.period, self.content.clock) if duty.period else ""

    def _open(self, questions: tuple[str, ...]) -> list[str]:
        return [question for question in questions if not self.content.question[question].answer]

    def _marks(self, sources: tuple[str, ...], questions: tuple[str, ...]) -> Markup:
        return Markup(" ").join([*(self.to_check(source) for source in sources[:1]), *(self.local(question) for question in self._open(questions)[:1])])

    def _beside(self) -> Beside:
        return self.content.beside[self.here()]

    # macros

    def duty(self, name: str, form: str = "") -> str:
        """A duty as a box, or as a "sentence" or "short" inside one."""
        duty = self.content.duty[name]
        if form == "sentence":
            return escape(sentence(duty))
        if form == "short":
            return self._render("period", duty=duty)
        return self._render("duty", duty=duty)

    def at_a_glance(self, *names: str) -> str:
        """Who acts, by when, from when, on what source."""
        return self._render("glance", duties=[self.content.duty[name] for name in names])

    def source(self, name: str) -> str:
        """A source's short title, linked to its entry."""
        return Markup('<a href="{}">{}</a>').format(self.source_href(name), self.content.source[name].short)

    def local(self, name: str) -> Markup:
        """The mark of an open question; nothing once it is answered."""
        if self.content.question[name].answer:
            return Markup()
        return Markup('<a class="lrp-mark" href="{}">Local practice to be confirmed</a>').format(self.page(LOCAL_PAGE, name))

    def to_check(self, name: str) -> Markup:
        """The mark of a statement whose source has still to be read."""
        return Markup('<a class="lrp-mark lrp-mark--source" href="{}">To be checked against the source</a>').format(self.source_href(name))

    def term(self, name: str) -> str:
        """A term, linked to its entry."""
        term = next(term for term in self.content.terms if term.id == name)
        return Markup('<a class="lrp-abbr" href="{}">{}</a>').format(self.term_href(term), term.abbreviation or term.expansion)

    def file(self, name: str, words: str) -> str:
        """A link to a file that the build makes, relative to the page."""
        return Markup('<a href="{}">{}</a>').format(relative(to_page("index.md", self.here()).removeprefix("./"), name), words)

    def decision(self) -> str:
        """The decision beside the page, whole: every question and every outcome."""
        decision = self._beside()
        assert isinstance(decision, Decision)
        return self._render("decision", decision=decision, paths=count_paths(decision))

    def process(self) -> str:
        """The process beside the page as a numbered list."""
        return self._render("process", process=self._beside())

    def methods(self) -> str:
        """The methods beside the page: one table to compare, then each in full."""
        return self._render("methods", methods=self._beside())

    def other_reviews(self) -> str:
        """The other reviews beside the page."""
        return self._render("reviews", reviews=self._beside())

    def form(self) -> str:
        """The form beside the page, every field explained."""
        return self._render("form", form=self._beside())

    def deadlines(self) -> str:
        """Every duty, a row each."""
        return self._render("deadlines", duties=self.content.duties.duties)

    def references(self) -> str:
        """Every source by kind, with what relies on it."""
        kinds = ("statute", "statutory guidance", "panel guidance", "service", "local", "other")
        groups = [(kind, [source for source in self.content.sources.references if source.kind == kind]) for kind in kinds]
        return self._render("references", groups=groups, uses=uses_of_sources(self.content))

    def local_practice(self) -> str:
        """The questions for the partners, with the pages that hang on each."""
        return self._render("localpractice", questions=self.content.questions.questions, uses=uses_of_questions(self.content))

    def glossary(self) -> str:
        """Every term, A to Z."""
        letters = groupby(self.content.terms, key=lambda term: letter(term.abbreviation or term.expansion))
        known = {str(term.id): term for term in self.content.terms}
        return self._render("glossary", letters=[(name, list(terms)) for name, terms in letters], known=known, categories=self.content.categories)

    def search_index(self) -> str:
        """Every page, section and term, A to Z."""
        found = groupby(entries(self.content), key=lambda entry: letter(entry.words))
        return self._render("search", letters=[(name, list(group)) for name, group in found])
