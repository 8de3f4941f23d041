"""What the page of evidence can show: what tests and bench measure, and the figures in words for readers."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measurement:
    """One kind of measurement: its title, how it is done, and what its figures are called; others go by their own names."""

    title: str
    how: str
    figures: dict[str, str] = field(default_factory=dict)


WORDS = {
    "axe",
    "checker",
    "properdocs_build",
    "zensical_build",
}  # figures that are words: what measured, in which version
MEASUREMENTS = {
    "accessibility": Measurement(
        "Accessibility of pages and their states",
        "axe-core looks at every page, and at each state of what reacts to the reader, in a real browser.",
        {
            "pages": "Pages looked at",
            "states": "States of pages looked at",
            "checks": "Pages and states, each way they were shown",
            "findings": "Findings",
            "violations": "Findings",
            "axe": "Version of axe-core",
        },
    ),
    "keyboard": Measurement(
        "Keyboard",
        "A test goes through every page with the Tab key and back, and looks at the focus at each stop. Of the longest lists it takes both ends.",
        {
            "pages": "Pages walked",
            "stops": "Places that took the focus",
            "faults": "Stops without a visible focus, and traps",
        },
    ),
    "display": Measurement(
        "Small screens, large text and fingers",
        "Every page is shown 320 pixels wide, with text at twice its size, with wide spacing and without motion. What a finger has to hit is measured.",
        {
            "pages": "Pages looked at",
            "targets": "Links, buttons and fields measured",
            "findings": "What is cut off, sticks out, moves or is too small and too close",
        },
    ),
    "html": Measurement(
        "Code of the pages",
        "A checker reads the code of every page by the rules that browsers go by.",
        {"pages": "Pages read", "errors": "Errors", "checker": "Checker"},
    ),
    "links": Measurement(
        "Links",
        "A program that shares nothing with the build follows every link within this website.",
        {
            "pages": "Pages read",
            "links": "Links followed",
            "anchors": "Of these to a place within a page",
            "broken": "Links that lead to nothing",
            "elsewhere": "Links to other websites, which are not followed",
        },
    ),
    "decisions": Measurement(
        "Decisions",
        "Every way through every decision is walked, and every example is answered as its file says.",
        {
            "decisions": "Decisions",
            "questions": "Questions",
            "ways": "Ways walked",
            "astray": "Ways that do not end at an outcome",
            "examples": "Examples checked",
            "wrong": "Examples that end elsewhere",
        },
    ),
    "deadlines": Measurement(
        "Deadlines",
        "Dates are compared with cases written by hand, and with a second, independent calendar.",
        {
            "cases": "Cases written by hand",
            "days": "Days compared with the other calendar",
            "wrong": "Differences",
        },
    ),
    "search": Measurement(
        "Search",
        "Queries that were judged before the search was built are asked in a real browser.",
        {
            "queries": "Judged queries",
            "first": "Right answer first, in percent",
            "first_held_out": "Right answer first among those never used for tuning, in percent",
            "nothing": "Answered by nothing though there is an answer",
            "wrong_terms": "Answered by the wrong term",
        },
    ),
    "weight": Measurement("Weight", "What a browser has to fetch, as it is sent."),
    "speed": Measurement(
        "Speed on a slow phone",
        "Pages are opened in a real browser on a processor slowed down four times; the longest task is the best of five views.",
        {
            f"{figure}-{page}": f"{words}: {page}"
            for page in ("home", "pathway", "decision", "glossary", "form")
            for figure, words in (("longest-task", "Longest task, in milliseconds"), ("layout-shift", "Layout shift"))
        },
    ),
    "lighthouse": Measurement(
        "Lighthouse",
        "Lighthouse scores five kinds of page as a phone; shown is the worst of them, each the middle of five runs.",
    ),
    "build": Measurement(
        "Cost of a build",
        "The same pages are built by this and by other generators, in one run.",
        {
            "of_material_200": "200 pages with 250 terms: times plain Material, which has no glossary",
            "of_documented_200": "200 pages with 250 terms: times Material with its documented glossary",
            "of_material_1000": "1,000 pages: times plain Material",
            "five_times_pages": "Five times the pages: times the cost",
            "four_times_terms": "Four times the terms: times the cost",
        },
    ),
    "reading": Measurement(
        "Plain words",
        "Each page is scored by the Flesch reading ease, from the words in a sentence and the syllables in a word; a figure of "
        "60 and more is plain English, and below 30 is very hard. Syllables are estimated.",
        {
            "pages": "Pages scored",
            "sentences": "Sentences read",
            "middle": "Reading ease of the page in the middle",
            "hardest": "Reading ease of the hardest page",
            "long": "Sentences of more than 30 words",
            "longest": "Words in the longest sentence",
            "passive": "Duties that do not say who does them",
            "jargon": "Words that few readers use",
        },
    ),
    "documents": Measurement(
        "PDF and Word documents",
        "Each PDF is read back: its tags, title, language and the standard for accessible PDF that its maker enforced.",
        {
            "pdfs": "PDF files",
            "ua1": "Of these made as PDF/UA-1",
            "pages": "Pages",
            "words": "Word files",
            "faults": "Faults found",
        },
    ),
    "policy": Measurement(
        "Security and privacy",
        "Every page is opened behind the strict headers; a whole visit is watched for what it keeps and asks for.",
        {
            "pages": "Pages opened",
            "violations": "Things that the policy had to block",
            "kept": "Things kept on the device unasked",
            "requests": "Requests during the visit",
            "elsewhere": "Requests to other websites",
        },
    ),
    "dependencies": Measurement(
        "Parts made by others",
        "pip-audit compares every pinned package with the public lists of known vulnerabilities.",
        {
            "packages": "Packages",
            "audited": "Of these found in the lists",
            "vulnerabilities": "Known vulnerabilities",
            "accepted": "Of these accepted for now, with a date and a reason",
        },
    ),
    "renderers": Measurement(
        "Other renderers",
        "The same files are built by other generators, and addresses, anchors, text, decisions and terms are compared.",
        {
            "pages": "Pages compared",
            "properdocs": "Differences in the build by ProperDocs",
            "zensical": "Differences in the build by Zensical",
            "properdocs_build": "Build by ProperDocs",
            "zensical_build": "Build by Zensical",
        },
    ),
}
