"""The macros that pages call, each rendered to HTML by its component."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from macros.charts.decision_chart import decision_chart
from macros.charts.process_chart import process_chart
from macros.checks.glossary_health import health
from macros.checks.upkeep import next_check
from macros.content.addresses import relative, to_page
from macros.content.load import edition
from macros.content.macro_list import MACROS, WORDS
from macros.content.relations import uses_of_questions, uses_of_sources
from macros.render.a_to_z import entries as search_entries
from macros.render.calculator import column_number, dates, dues, fields, maker, months, steps
from macros.render.components import by_letter
from macros.render.macros_site import Chronicle
from macros.terms.entries import entries, slug
from macros.topics.case_review_group import CaseReviewGroup, quorum_rule
from macros.topics.contacts import Contacts
from macros.topics.dates import full_date
from macros.topics.decisions import Decision
from macros.topics.duties import sentence
from macros.topics.pocket_guide import PocketGuide
from macros.topics.process import Process

HOME = "index.md"


@dataclass(frozen=True)
class Word:
    """A binding word that is rendered only when a page shows it, because its link depends on the page."""

    word: str
    renderer: Renderer

    def __str__(self) -> str:
        return self.renderer.binding(self.word)


class Renderer(Chronicle):
    """The macros over one content; the values that they are given have been checked."""

    def macros(self) -> dict[str, Callable[..., str]]:
        """The macros by the names that pages call them by."""
        return {name: getattr(self, name) for name in MACROS}

    def words(self) -> dict[str, Word]:
        """The binding words as pages write them, in braces without quotation marks."""
        return {word: Word(word, self) for word in WORDS}

    def duty(self, name: str, form: str = "") -> str:
        """A duty as a box, or as a "sentence" or "short" inside one."""
        duty = self.content.duty[name]
        if form == "sentence":
            return escape(sentence(duty))
        if form == "short":
            return self.render("period", duty=duty)
        return self.render("duty", duty=duty)

    def at_a_glance(self, *names: str) -> str:
        """Who acts, by when, from when, on what source."""
        return self.render("glance", duties=[self.content.duty[name] for name in names])

    def source(self, name: str) -> str:
        """A source's short title, linked to its entry."""
        return Markup('<a href="{}">{}</a>').format(self.source_href(name), self.content.source[name].short)

    def term(self, name: str, form: str = "") -> str:
        """A term by its letters or, without letters, its words, for the mark-up of abbreviations to explain."""
        term = next(term for term in self.content.terms if term.id == name)
        one, more = (
            (term.abbreviation, term.plural_letters) if term.abbreviation else (term.expansion, term.plural_expansion)
        )
        return Markup('<span data-term="{}">{}</span>').format(name, more if form == "plural" else one)

    def plain(self, letters: str) -> str:
        """Letters that the mark-up of abbreviations leaves as they are."""
        return Markup('<span data-term="">{}</span>').format(letters)

    def file(self, name: str, words: str) -> str:
        """A link to a file that the build makes, relative to the page."""
        return Markup('<a href="{}">{}</a>').format(
            relative(to_page("index.md", self.here()).removeprefix("./"), name), words
        )

    def decision(self) -> str:
        """The decision beside the page, whole: every question and every outcome."""
        decision, brief = self.beside(), self.here() == HOME
        assert isinstance(decision, Decision)
        chart = "" if brief else decision_chart(decision)
        form = self.content.form_of(self.here())
        values = {"edition": full_date(edition(self.content)), "dues": dues(self.content, decision)}
        return self.render("decision", decision=decision, brief=brief, chart=chart, form=form, **values)

    def process(self) -> str:
        """The process beside the page as a picture, a numbered list and a table."""
        process = self.beside()
        assert isinstance(process, Process)
        chart = process_chart(process, lambda name: self.short(self.content.duty[name]) or "no fixed time")
        return self.render("process", process=process, chart=chart)

    def methods(self) -> str:
        """The methods beside the page: one table to compare, then each in full."""
        return self.render("methods", methods=self.beside())

    def other_reviews(self) -> str:
        """The other reviews beside the page."""
        return self.render("reviews", reviews=self.beside())

    def form(self) -> str:
        """The form beside the page: every field, and the parts that its script shows one at a time."""
        return self.render("form", form=self.beside(), front=self.content.pages[self.here()].front)

    def pocket_guide(self) -> str:
        """The sheet beside the page, its duties, questions and outcomes filled in."""
        guide = self.beside()
        assert isinstance(guide, PocketGuide)
        return self.render("pocket", guide=guide, decision=self.content.decisions[guide.decision])

    def case_review_group(self, part: str) -> str:
        """One part of the group beside the page."""
        group = self.beside()
        assert isinstance(group, CaseReviewGroup)
        if part == "quorum":
            return self.render("quorum", group=group, rule=quorum_rule(group.quorum))
        names = {str(organisation.id): organisation.name for organisation in group.organisations}
        rows = {"meetings": group.meetings, "papers": group.papers, "reports": group.reports}.get(part)
        return self.render("membership", group=group, part=part, names=names, rows=rows)

    def contacts(self) -> str:
        """Everybody who can be reached, under a heading for each kind of matter."""
        return self.render("contacts", contacts=self.beside())

    def ring(self, kind: str, form: str = "") -> str:
        """Whom to ring about one kind of matter: in a box, or "short" inside a sentence."""
        home, contacts = next(
            (path, data) for path, data in self.content.beside.items() if isinstance(data, Contacts) and data.of(kind)
        )
        name = next(one.name for one in contacts.kinds if one.id == kind)
        return self.render("ring", contacts=contacts, kind=kind, name=name, home=home, form=form)

    def deadlines(self) -> str:
        """Every duty, a row each."""
        return self.render("deadlines", duties=self.content.duties.duties)

    def calculator(self) -> str:
        """The dates of each pathway: a form, and the steps that its script dates and sorts."""
        pathways = [
            (pathway, fields(self.content, pathway), list(steps(self.content, pathway)))
            for pathway in self.content.duties.pathways
        ]
        return self.render("calculator", pathways=pathways, maker=maker(self.content.site.short_name))

    def date_tables(self) -> str:
        """A table for each month until the end of the known bank holidays."""
        columns = [(column, column_number(self.content, column)) for column in self.content.duties.month_columns]
        return self.render("months", columns=columns, months=months(self.content, self.today, self.calendar))

    def worked_examples(self) -> str:
        """The worked examples, their dates worked out."""
        tables = [
            (table, [(day, dates(self.content, table.columns, day, self.calendar)) for day in table.days])
            for table in self.content.duties.examples
        ]
        ends = [end for _, rows in tables for day, days in rows for end in (day, *days) if end]
        skipped = sorted(day for day in self.calendar.holidays if ends and min(ends) <= day <= max(ends))
        return self.render("examples", tables=tables, skipped=skipped)

    def references(self) -> str:
        """Every source by kind, with what relies on it."""
        groups = [
            (kind, [source for source in self.content.sources.references if source.kind == kind.name])
            for kind in self.content.site.kinds
        ]
        uses = uses_of_sources(self.content)
        return self.render("references", groups=groups, uses=uses, today=self.today, next_check=next_check)

    def local_practice(self) -> str:
        """The questions for the partners, with the pages that hang on each."""
        return self.render(
            "localpractice", questions=self.content.local_questions.questions, uses=uses_of_questions(self.content)
        )

    def glossary(self) -> str:
        """Every term, A to Z and by category, with the finder and the list for a report."""
        return self.render(
            "glossary",
            letters=by_letter(entries(self.content), lambda entry: entry.term.abbreviation or entry.term.expansion),
            known={str(term.id): term for term in self.content.terms},
            category=self.content.category,
            kinds=[(slug(category), category) for category in self.content.categories],
            agencies=sorted({name for term in self.content.terms for name in term.used_by}),
        )

    def glossary_health(self) -> str:
        """The state of the glossary."""
        known = {str(term.id): term for term in self.content.terms}
        state = health(self.content, self.today)
        return self.render("health", terms=self.content.terms, state=state, known=known, today=self.today)

    def search_box(self) -> str:
        """The box that searches, and the place of its results."""
        return self.render("search")

    def search_index(self) -> str:
        """Every page; then every page, section and term, A to Z."""
        letters = by_letter(search_entries(self.content), lambda entry: entry.words)
        return self.render("atoz", menu=self.content.navigation.menu, letters=letters)
