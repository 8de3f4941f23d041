"""What this guidance promises beyond what any guidance owes: each promise says in an editor's words where it is not kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from macros.checks.plain_language import eases
from macros.checks.readability import PLAIN
from macros.content.addresses import address
from macros.content.load import Content
from macros.source.problems import Problem
from macros.topics.decisions import walk
from macros.topics.duties import BINDING_WORDS
from tests.guidance.law import Law, Row, load

Promise = Callable[[Content], Iterator[Problem]]
PARTS = (
    "index.md",
    "part-one/index.md",
    "part-one/notify.md",
    "part-one/rapid-review.md",
    "part-one/local-review.md",
    "part-one/flowchart.md",
    "part-one/other-reviews.md",
    "part-two/index.md",
    "part-two/notify.md",
    "part-three/index.md",
    "part-three/choose.md",
    "part-three/methods.md",
    "pocket-guide.md",
    "form-a.md",
    "deadlines.md",
    "learning-and-improvement.md",
    "terms-of-reference.md",
    "glossary.md",
    "references.md",
    "updates.md",
    "downloads.md",
    "search.md",
    "about/editing.md",
    "about/accessibility.md",
    "about/privacy.md",
    "about/local-practice.md",
    "about/glossary-health.md",
)
DECISIONS = ("part-one/notify.md", "part-two/notify.md", "part-three/choose.md")
FORBIDDEN = {
    r"Care Lever": 'Write "care leaver".',
    r"coming soon|lorem": "Leave it out until it is there.",
    r"Working Together[^.|]{0,30}paragraph \d": "Cite it without a paragraph: its text was not read.",
    r"optional[^.]{0,40}Rapid Review": "A Rapid Review follows every notification; say so.",
}
CONFIRMS = ("safeguarding lead", "partners", "case review group")
HARDEST = 50  # the Flesch reading ease below which a text is for people who have studied
LAW = "tests/guidance/law.yml"
AT_MOST = 3  # questions on the home page
STRANGERS = ("studylib", "docslib", "pdfslide", "brainscape", "careersdocbox", "wikipedia", "archive.org", "staging.")


def every_part_has_an_address(content: Content) -> Iterator[Problem]:
    """Each part of the guidance, where it was first published or where its old address leads."""
    led = {str(move.old) for move in content.moves.moved}
    for path in PARTS:
        if path not in content.pages and address(path) not in led:
            wish = f'Say in docs/moved.yml where it lives now: old: "{address(path)}".'
            yield Problem("docs/moved.yml", 1, f'The page "{path}" is gone.', wish)


def no_page_says_what_is_wrong(content: Content) -> Iterator[Problem]:
    """Words that were wrong once and must not come back."""
    for file in sorted((content.root / "docs").rglob("*")):
        if file.suffix in (".md", ".yml"):
            text = file.read_text("utf-8")
            for words, wish in FORBIDDEN.items():
                for found in re.finditer(words, text, re.I):
                    line = text.count("\n", 0, found.start()) + 1
                    path = file.relative_to(content.root).as_posix()
                    yield Problem(path, line, f'"{" ".join(found[0].split())}" is not what this guidance says.', wish)


def nobody_closes_it_alone(content: Content) -> Iterator[Problem]:
    """An outcome without a notification says who confirms it, and that it is recorded."""
    for page in DECISIONS:
        decision = content.decisions.get(page)
        for outcome in decision.outcomes.values() if decision else ():
            words = f"{outcome.applies} {outcome.who} {outcome.send} {outcome.not_yet}".lower()
            if outcome.kind == "elsewhere" and ("record" not in words or not any(one in words for one in CONFIRMS)):
                wrong = f'The outcome "{outcome.key}" ends without a notification and does not say who confirms and records it.'
                wish = "Say it under who or send: the safeguarding lead, the partners or the Case Review Group."
                yield outcome.title.problem(wrong, wish)


def the_home_page_asks_little(content: Content) -> Iterator[Problem]:
    """The way from the home page to a part is short."""
    decision = content.decisions.get("index.md")
    most = max((len(steps) for steps, _ in walk(decision)), default=0) if decision else 0
    if decision and most > AT_MOST:
        wish = f"Ask {AT_MOST} at most; the part itself can ask the rest."
        yield decision.title.problem(f"The home page asks up to {most} questions before it names a part.", wish)


def the_pages_are_in_plain_english(content: Content) -> Iterator[Problem]:
    """No page but the glossary, whose entries hold the names of bodies and laws, is harder than plain English by far."""
    for path, ease in eases(content).items():
        if ease < HARDEST and path != "glossary.md":
            wrong = f"The page is hard to read: its reading ease is {ease:.0f}, and plain English begins at {PLAIN}."
            yield Problem(
                f"docs/{path}", 1, wrong, "Write shorter sentences and plainer words: make advise names them."
            )


def names_of_before_lead_to_today(content: Content) -> Iterator[Problem]:
    """A retired name leads to a name of today in one step."""
    today = {str(term.id) for term in content.terms if not term.retired}
    for term in content.terms:
        if term.retired and term.retired.say not in today:
            wrong = f'The retired name "{term.id}" leads to "{term.retired.say}", which is retired too.'
            yield term.retired.say.problem(wrong, "Name the term that is used today.")


def plurals_are_english(content: Content) -> Iterator[Problem]:
    """The plural that a reader sees is one."""
    for term in content.terms:
        plural = str(term.plural_expansion)
        if plural.endswith(("ss", "ys", "childrens")) and not plural.endswith(("eys", "ays", "oys", "uys")):
            wrong = f'The plural of "{term.id}" would read "{plural}".'
            yield term.expansion.problem(wrong, "Write it as expansion_plural.")


def sources_are_first_hand(content: Content) -> Iterator[Problem]:
    """No term rests on a copy that strangers have put on a site."""
    for term in content.terms:
        if term.link and any(name in term.link for name in STRANGERS):
            wish = "Link the document where its publisher has it, or leave the link out."
            yield term.link.problem(f'The source of "{term.id}" is a copy on a site of strangers.', wish)


def the_law_rests_on_what_is_there(content: Content) -> Iterator[Problem]:
    """The table of the law speaks of duties, clocks and sources that there are, and each source can bear the word that is put on it."""
    law = load()
    known = {
        "duty": ({*content.duty, *law.duties}, "docs/deadlines.yml", "Give it its id back, or change the row with it."),
        "clock": (
            {*(str(clock.id) for clock in content.duties.clocks), *law.clocks},
            "docs/deadlines.yml",
            "Give it its id back, or change the row with it.",
        ),
        "source": (
            {*content.source, *law.sources},
            "docs/references.yml",
            "Put it back: a source that was replaced stays, with superseded_by.",
        ),
    }
    for row in law.rows:
        for kind, name in _named_in(row):
            ids, file, wish = known[kind]
            if name not in ids:
                wrong = f'The row "{row.id}" speaks of the {kind} "{name}", which {file} does not have.'
                yield Problem(LAW, row.line, wrong, wish)
        yield from _not_borne(content, law, row)


def _named_in(row: Row) -> Iterator[tuple[str, str]]:
    """What a row names, each with its kind."""
    yield "duty", row.duty
    if row.by and row.by.clock:
        yield "clock", row.by.clock
    for name in dict.fromkeys(row.sources + (row.by.sources if row.by else ())):
        yield "source", name


def _not_borne(content: Content, law: Law, row: Row) -> Iterator[Problem]:
    """The binding words of a row and its time that no source of theirs can bear, and what is said to be law and rests on none."""
    kinds = {name: str(source.kind) for name, source in content.source.items()}
    kinds |= {name: source["kind"] for name, source in law.sources.items()}
    for part in row.bound:
        bearers = {kinds[name] for name in part.sources if name in kinds}
        able = bearers & set(content.site.bearers(part.binding)) or part.binding not in BINDING_WORDS
        if bearers and (not able or (part.grade == "V law" and "statute" not in bearers)):
            wrong = f'The row "{row.id}" says "{part.binding}" of grade {part.grade}, and none of its sources can bear that.'
            yield Problem(LAW, row.line, wrong, "Correct the kind of the source, or change the row with it.")


PROMISES: tuple[Promise, ...] = (
    every_part_has_an_address,
    no_page_says_what_is_wrong,
    nobody_closes_it_alone,
    the_home_page_asks_little,
    the_pages_are_in_plain_english,
    names_of_before_lead_to_today,
    plurals_are_english,
    sources_are_first_hand,
    the_law_rests_on_what_is_there,
)
