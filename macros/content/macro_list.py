"""The words and macros that a page may use: what each does, which values it takes, and an example of its use."""

from __future__ import annotations

from dataclasses import dataclass

from macros.source.ids import ContactKindId, DutyId, LocalQuestionId, Reference, SourceId, TermId
from macros.source.text import Text
from macros.topics.case_review_group import PARTS
from macros.topics.duties import BINDING_WORDS
from macros.topics.duties import PAGE as DEADLINES_PAGE
from macros.topics.glossary import PAGE as GLOSSARY_PAGE
from macros.topics.local_questions import PAGE as LOCAL_PAGE
from macros.topics.measurements import MEASUREMENTS
from macros.topics.sources import PAGE as SOURCES_PAGE


class Letters(Text):
    """Letters as they stand on a page, without a meaning of their own."""


class LinkWords(Text):
    """The words of a link."""


class MadeFile(Reference):
    """The address of a file that the build makes."""

    known_as = "made file"
    home = "the build"


DATA = ("glossary.json", "glossary.csv", "references.json", "deadlines.json")  # what others may read by machine
FEED = "updates.xml"  # made where the page of updates is
MADE = (*DATA, "evidence.json", "sbom.json")  # made beside the pages, whatever the content


@dataclass(frozen=True)
class Macro:
    """A macro: what its values name and how many may follow, its parts, whether it stands alone on its line, and its use.

    `beside` names the macro of the data beside the page where it shows them; `anchors` are those that it gives the page.
    `home` is the page that it has to stand on, because others lead there for what it shows. `needs` are the pages and
    anchors that it leads to ("#tables" on its own page), `asks` the local questions that it shows.
    """

    name: str
    help: str
    example: str
    values: tuple[type[Text], ...] = ()
    forms: tuple[str, ...] = ()
    repeats: bool = False
    block: bool = False
    beside: str = ""
    parts: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    home: str = ""
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


SEARCH_PAGE, UPDATES_PAGE, EDITIONS_PAGE = "search.md", "updates.md", "as-at.md"
FRAME_NEEDS = ("index.md", SEARCH_PAGE, SOURCES_PAGE, DEADLINES_PAGE, GLOSSARY_PAGE, LOCAL_PAGE)  # of every page
WORD_NEEDS = (f"{DEADLINES_PAGE}#binding-words",)  # of every binding word
_TABLES = f"{DEADLINES_PAGE}#tables"

MACROS = {
    macro.name: macro
    for macro in [
        Macro(
            "duty",
            "A duty: set off in a box, or with a form inside a sentence.",
            '{{ duty("first-duty") }}',
            (DutyId,),
            ("short", "sentence"),
            block=True,
        ),
        Macro(
            "at_a_glance",
            "Who acts, by when, from when and on what source, for each duty named.",
            '{{ at_a_glance("first-duty") }}',
            (DutyId,),
            repeats=True,
            block=True,
            anchors=("at-a-glance",),
        ),
        Macro("source", "A source, linked to its entry.", '{{ source("working-together-2026") }}', (SourceId,)),
        Macro(
            "local",
            '"Local practice to be confirmed", linked to the question; nothing once it is answered.',
            '{{ local("day-count") }}',
            (LocalQuestionId,),
        ),
        Macro(
            "to_check",
            '"To be checked against the source", linked to the source.',
            '{{ to_check("working-together-2026") }}',
            (SourceId,),
        ),
        Macro(
            "term",
            "A term of the glossary, where its letters have several meanings or are not marked by themselves.",
            '{{ term("lcspr") }}',
            (TermId,),
            ("plural",),
        ),
        Macro("plain", "Letters that are no term here, left as they are.", '{{ plain("PP") }}', (Letters,)),
        Macro(
            "file",
            "A link to a file that the build makes.",
            '{{ file("glossary.csv", "Glossary as a table") }}',
            (MadeFile, LinkWords),
        ),
        Macro(
            "decision",
            "The decision beside the page.",
            "{{ decision() }}",
            block=True,
            beside="decision",
            needs=(_TABLES,),
        ),
        Macro("process", "The process beside the page.", "{{ process() }}", block=True, beside="process"),
        Macro("methods", "The methods beside the page.", "{{ methods() }}", block=True, beside="methods"),
        Macro(
            "other_reviews",
            "The other reviews beside the page.",
            "{{ other_reviews() }}",
            block=True,
            beside="other_reviews",
        ),
        Macro("form", "The form beside the page, to fill in and to save.", "{{ form() }}", block=True, beside="form"),
        Macro(
            "case_review_group",
            "A part of the data beside the page: members, chair, quorum, meetings, papers or reports.",
            '{{ case_review_group("members") }}',
            parts=PARTS,
            block=True,
            beside="case_review_group",
        ),
        Macro(
            "pocket_guide",
            "The sheet of the data beside the page, made from duties and a decision.",
            "{{ pocket_guide() }}",
            block=True,
            beside="pocket_guide",
        ),
        Macro("contacts", "Everybody who can be reached.", "{{ contacts() }}", block=True, beside="contacts"),
        Macro(
            "ring", "Whom to ring about a matter.", '{{ ring("front-door") }}', (ContactKindId,), ("short",), block=True
        ),
        Macro(
            "downloads",
            "The documents beside the page, with their files, sizes and dates.",
            "{{ downloads() }}",
            block=True,
            beside="downloads",
        ),
        Macro(
            "plain_words",
            "The words beside the page that few readers use, each with the plainer one.",
            "{{ plain_words() }}",
            block=True,
            beside="plain_words",
        ),
        Macro("problems", "Every kind of problem that the check names, by its id.", "{{ problems() }}", block=True),
        Macro("updates", "What changed on every page, by date.", "{{ updates() }}", block=True, home=UPDATES_PAGE),
        Macro(
            "briefing",
            "What teams are told: the newest major changes.",
            "{{ briefing() }}",
            block=True,
            needs=(UPDATES_PAGE,),
        ),
        Macro(
            "editions",
            "Every edition that is kept, and the one of a day.",
            "{{ editions() }}",
            block=True,
            home=EDITIONS_PAGE,
            needs=(UPDATES_PAGE,),
        ),
        Macro(
            "keep",
            "The button that keeps the website for use without network.",
            "{{ keep() }}",
            block=True,
            needs=("#folder",),
        ),
        Macro("portable", "The whole website as one zip file, with its size.", "{{ portable() }}", block=True),
        Macro(
            "calculator",
            "The dates of each pathway, worked out from the day given.",
            "{{ calculator() }}",
            block=True,
            needs=("#tables",),
            asks=("day-count",),
        ),
        Macro("date_tables", "The dates for each day of each month.", "{{ date_tables() }}", block=True),
        Macro("worked_examples", "The worked examples of deadlines.yml.", "{{ worked_examples() }}", block=True),
        Macro(
            "deadlines",
            "Every duty with its period, clock start and source.",
            "{{ deadlines() }}",
            block=True,
            home=DEADLINES_PAGE,
        ),
        Macro(
            "references",
            "Every source, with the pages and duties that rely on it.",
            "{{ references() }}",
            block=True,
            home=SOURCES_PAGE,
        ),
        Macro(
            "local_practice",
            "The questions that the partners have still to answer.",
            "{{ local_practice() }}",
            block=True,
            home=LOCAL_PAGE,
        ),
        Macro("glossary", "Every term, A to Z.", "{{ glossary() }}", block=True, home=GLOSSARY_PAGE),
        Macro(
            "glossary_health",
            "The state of the glossary, with the capitals allowed beside the page.",
            "{{ glossary_health() }}",
            block=True,
            beside="glossary_health",
        ),
        Macro(
            "evidence",
            'What tests have measured of this release: one topic in a sentence, or "all".',
            '{{ evidence("accessibility") }}',
            parts=(*MEASUREMENTS, "all"),
            block=True,
        ),
        Macro(
            "search_box", "The box that searches the whole site.", "{{ search_box() }}", block=True, home=SEARCH_PAGE
        ),
        Macro(
            "search_index",
            "Every page; then every page, section and term, A to Z.",
            "{{ search_index() }}",
            block=True,
            home=SEARCH_PAGE,
        ),
    ]
}
WORDS = BINDING_WORDS
