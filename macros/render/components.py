"""The components of overrides/components, with the addresses, marks and words that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from macros.changes.change_log import ALONE, Kept
from macros.checks.binding_words import STATED
from macros.content.addresses import address, relative, to_page
from macros.content.load import Content, edition
from macros.render.calculator import ordinal
from macros.source.problem_ids import kinds
from macros.topics.dates import full_date, in_short, with_weekday
from macros.topics.decisions import decision_id
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import Duty, sentence, short
from macros.topics.evidence import UNMEASURED, WHOLE, Evidence, told
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Term
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE
from macros.topics.working_days import bank_holidays

T = TypeVar("T")
Here = Callable[[], str]


def letter(word: str) -> str:
    """The letter that a word is filed under; "0–9" for figures."""
    return word[0].upper() if word[:1].isalpha() else "0–9"


def by_letter(items: Iterable[T], word: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    """The items in their order, under the letters that their words are filed under."""
    return [(name, list(group)) for name, group in groupby(items, key=lambda item: letter(word(item)))]


def _templates(folder: Path) -> Environment:
    """The templates by their names alone: decision.html stands in decision/, beside its style and script."""
    loader = FileSystemLoader(sorted(home for home in folder.iterdir() if home.is_dir()))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


class Components:
    """The components over one content; `here` gives the path of the page that is being rendered, from docs/."""

    def __init__(
        self, content: Content, here: Here, today: date, kept: Kept = ALONE, measured: Evidence = UNMEASURED
    ) -> None:
        self.content, self.here, self.today = content, here, today
        self.kept, self.measured = kept, measured
        self.calendar = bank_holidays(content.site.bank_holidays.region)
        self.templates = _templates(content.root / "overrides" / "components")
        source, duty = content.source.__getitem__, content.duty.__getitem__
        self.templates.filters.update(full_date=full_date, sentence=sentence, letter=letter, source_of=source)
        self.templates.filters.update(marked=self.marked, with_weekday=with_weekday, in_short=in_short, ordinal=ordinal)
        self.templates.globals.update(
            page=self.page,
            asset=self.asset,
            page_id=lambda: decision_id(self.here()),
            local=self.local,
            label=self.label,
            source_href=self.source_href,
            duty_href=self.duty_href,
            term_href=self.term_href,
            marks=self.marks,
            source=source,
            duty=duty,
            clock=content.clock.__getitem__,
            council={council.id: council for council in content.site.councils}.__getitem__,
            short=self.short,
            calendar=self.calendar,
            site=content.site,
        )

    def render(self, component: str, **values: Any) -> Markup:
        """The HTML of a component, without the blank lines that its logic leaves."""
        html = self.templates.get_template(f"{component}.html").render(values)
        return Markup("\n".join(line for line in html.splitlines() if line.strip()))

    # addresses, as the components ask for them

    def page(self, path: str, anchor: str = "") -> str:
        """The way from the current page to another."""
        return to_page(self.here(), path, anchor)

    def asset(self, path: str) -> str:
        """The way from the current page to a file of overrides/."""
        return relative(address(self.here()), path)

    def source_href(self, source: str) -> str:
        """The way to a source's entry."""
        return self.page(REFERENCES_PAGE, source)

    def duty_href(self, duty: str) -> str:
        """The way to a duty's row."""
        return self.page(DEADLINES_PAGE, duty)

    def term_href(self, term: Term) -> str:
        """The way to a term's entry."""
        return self.page(GLOSSARY_PAGE, term.id)

    def label(self, path: str) -> str:
        """The title of a page."""
        return str(self.content.pages[path].front.title)

    def short(self, duty: Duty) -> str:
        """The period of a duty with its clock start; empty where it has none."""
        return short(duty.period, self.content.clock) if duty.period else ""

    def binding(self, word: str) -> Markup:
        """A binding word as it stands in running text, linked to what it means."""
        return self.render("binding", word=word)

    def marked(self, text: str) -> Markup:
        """A text of the data with the binding words that it states marked."""
        parts, end = [], 0
        for match in STATED.finditer(text):
            parts += [escape(text[end : match.start()]), self.binding(match[0])]
            end = match.end()
        return Markup().join([*parts, escape(text[end:])])

    def open_questions(self, questions: tuple[str, ...]) -> list[str]:
        """Those of the questions that the partners have still to answer."""
        return [question for question in questions if not self.content.local_question[question].answer]

    def marks(self, sources: tuple[str, ...], questions: tuple[str, ...]) -> Markup:
        """The marks behind a statement: of a source still to be read, and of a question still open."""
        return Markup(" ").join(
            [
                *(self.to_check(source) for source in sources[:1]),
                *(self.local(question) for question in self.open_questions(questions)[:1]),
            ]
        )

    def beside(self) -> object:
        """The data beside the current page."""
        return self.content.beside[self.here()]

    def local(self, name: str) -> Markup:
        """The mark of an open question; nothing once it is answered."""
        if self.content.local_question[name].answer:
            return Markup()
        return Markup('<a class="lrp-mark" href="{}">Local practice to be confirmed</a>').format(
            self.page(LOCAL_PAGE, name)
        )

    def to_check(self, name: str) -> Markup:
        """The mark of a statement whose source has still to be read."""
        return Markup('<a class="lrp-mark lrp-mark--source" href="{}">To be checked against the source</a>').format(
            self.source_href(name)
        )

    def plain_words(self) -> Markup:
        """The words beside the page, each with the plainer one."""
        return self.render("plainwords", words=self.beside())

    def problems(self) -> Markup:
        """Every kind of problem that the check names, by its id; "…" stands for what differs."""
        return self.render("problems", kinds=[(name, said.replace("{}", "…")) for name, said in kinds().items()])

    def downloads(self) -> str:
        """The documents beside the page; what the build makes known is filled into the slots afterwards."""
        return self.render("downloads", documents=self.content.documents)

    def evidence(self, part: str) -> str:
        """What was measured of one topic, or of all."""
        lines = self.measured.lines() if part == WHOLE else [self.measured.line(part)]
        day = full_date(edition(self.content))
        return self.render("evidence", part=part, lines=lines, evidence=self.measured, edition=day, told=told)

    def keep(self) -> str:
        """The button that keeps the website, with what is kept."""
        return self.render("keep")

    def portable(self) -> str:
        """The link to the zip of the whole website; its size is filled in once it is made."""
        return self.render("portable", path=self.content.site.whole)
