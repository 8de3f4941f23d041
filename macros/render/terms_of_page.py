"""The abbreviations used on a page, listed at its end: in print to read, on screens for the controls to open."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

from macros.content.macro_list import SEARCH_PAGE
from macros.render.components import Components
from macros.terms.ambiguous import meant
from macros.terms.annotate import Reading, mark
from macros.terms.spellings import Spellings
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.glossary import Term

WHOLE = (GLOSSARY_PAGE, SEARCH_PAGE)  # pages that hold every term themselves


class TermLists:
    """What the Markdown extension asks for about the page that `components` is rendering."""

    def __init__(self, components: Components) -> None:
        self.components, self.content = components, components.content
        self.spellings = Spellings(self.content.terms)
        self.entries: dict[str, Markup] = {}

    def reading(self) -> Reading:
        """How the current page is read."""
        here = self.components.here()
        glossary = "" if here == GLOSSARY_PAGE else self.components.page(GLOSSARY_PAGE)
        return Reading(meant(self.content, here), escape(glossary))

    def finish(self, html: str, terms: list[Term]) -> str:
        """The HTML of a page with the list of its terms, A to Z; the pages that hold every term have no list."""
        if not terms or self.components.here() in WHOLE:
            return html
        terms = sorted(terms, key=lambda term: (term.abbreviation or term.expansion).casefold())
        way = self.components.page(GLOSSARY_PAGE)
        entries = Markup("\n").join([self.entry(term, way) for term in terms])
        marked = 'class="lrp-abbr"' in html
        return f"{html}\n{self.components.render('term', entries=entries, marked=marked)}"

    def entry(self, term: Term, way: str) -> Markup:
        """The entry of a term, its own abbreviations written out; made once for pages of the same depth."""
        key = f"{way}#{term.id}"
        if key not in self.entries:
            reading = Reading(dict.fromkeys(term.spellings, term), None, term.id)
            meaning, _ = mark(escape(term.meaning, quote=False), self.spellings, reading)
            say = self.spellings.terms.get(term.retired.say) if term.retired else None
            entry = self.components.render("termentry", term=term, meaning=Markup(meaning), say=say, href=key)
            self.entries[key] = entry
        return self.entries[key]
