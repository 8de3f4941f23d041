"""What can be found: each page, section, question, duty, source, field and term, in the order of the navigation."""

from __future__ import annotations

from macros.content.addresses import address
from macros.content.load import Content
from macros.markup.pages import Pages
from macros.search.built_page import Unit, read_page
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.duties import sentence
from macros.topics.forms import Form
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Term
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.sources import PAGE as REFERENCES_PAGE

HOME = "index.md"


def units(content: Content, pages: Pages) -> list[Unit]:
    """Everything that can be found on the built site, in the order of the navigation; the terms come from the glossary."""
    everything = []
    terms = {f"{address(GLOSSARY_PAGE)}#{term.id}" for term in content.terms}
    labels = {str(entry.page): (group, entry) for group in content.navigation.menu for entry in group.pages}
    for page in content.in_order():
        path = address(page.path)
        html = pages.texts[f"{path}index.html"]
        read = [unit for unit in read_page(html, path) if unit.address not in terms]
        group, entry = labels[str(page.path)]
        crumbs = dict.fromkeys([str(group.label), str(entry.label)])
        for unit in read:
            _describe(content, str(page.path), unit)
            unit.part = " › ".join(crumbs)
            unit.about_this_site = group.about_this_site and unit.kind in ("Page", "Section")
            if unit.level == 1:
                unit.names = (str(entry.label),)
                unit.holds = tuple(other.title for other in read if other.level in (2, 3))
        if page.path == HOME:
            _start(read)
        everything += read
    return [*everything, *(_term(content, term) for term in content.terms)]


def _start(read: list[Unit]) -> None:
    """Marks the first section of the home page as where to start: whoever says only that a child has died is led there."""
    for unit in [unit for unit in read if unit.level == 2][:1]:
        unit.kind = "Start here"


def _describe(content: Content, page: str, unit: Unit) -> None:
    """Says what a place is, in a word that readers know, and names it where its page does not."""
    anchor = unit.address.partition("#")[2]
    decision, duty = content.decisions.get(page), content.duty.get(anchor)
    unit.kind = "Section" if anchor else "Page"
    if decision and page != HOME:
        unit.kind = "Decision" if not anchor else unit.kind
    if decision and anchor in decision.questions:
        unit.kind = "Question"
    elif decision and anchor in decision.outcomes:
        unit.kind = "Outcome"
    elif duty and page == DEADLINES_PAGE:
        unit.kind, unit.title = "Deadline", sentence(duty)
        unit.text = unit.text.replace(unit.title, "").strip()
        unit.names = (
            duty.id.replace("-", " "),
        )  # the shortest that anybody has called it, often with the reader's verb
    elif anchor in content.source and page == REFERENCES_PAGE:
        unit.kind = "Source"
    elif anchor in content.local_question and page == LOCAL_PAGE:
        unit.kind = "Local practice"
    elif isinstance(content.beside.get(page), Form):
        unit.kind = "Form"
    unit.title = unit.title or unit.text.partition("\n")[0]


def _term(content: Content, term: Term) -> Unit:
    """A term as a place: its letters and words, its meaning, and the other names that lead to it."""
    title = f"{term.abbreviation}: {term.expansion}" if term.abbreviation else str(term.expansion)
    also = f"Also called {', '.join(term.also_called)}." if term.also_called else ""
    text = " ".join(filter(None, [str(term.meaning), also, str(term.note or "")]))
    where, part = f"{address(GLOSSARY_PAGE)}#{term.id}", f"Glossary › {content.category[term.id]}"
    see_also = tuple(map(str, term.see_also))
    return Unit(where, "Term", title, part, text=text, names=tuple(map(str, term.also_called)), see_also=see_also)
