"""What becomes of single components on paper: questions with their numbers, answers with where they lead, in words."""

from __future__ import annotations

import re
from collections.abc import Callable

from macros.markup.tree import HEADINGS, Element, Piece, make


def _binding(tag: Element) -> Element:
    """A binding word, without its link."""
    kind = next(name.removeprefix("lrp-tag--") for name in tag.classes if name.startswith("lrp-tag--"))
    return make("span", *tag.children, class_=kind)


def _mark(mark: Element) -> Element:
    return make("span", make("a", *mark.children, href=mark.attributes["href"]), class_="mark")


def _numbered(section: Element) -> Element:
    """A question or an outcome with its number in its heading."""
    label = next(child for child in section.children if isinstance(child, Element) and "lrp-source" in child.classes)
    number = re.search(r"(Question|Outcome) \d+", label.words())
    heading = next(child for child in section.children if isinstance(child, Element) and child.tag in HEADINGS)
    if number:
        heading.children.insert(0, f"{number[0]}: ")
    section.children.remove(label)
    return section


def _option(option: Element) -> Element:
    """An answer, what it means and where it leads, in words."""
    parts: list[Piece] = []
    for child in option.children:
        if isinstance(child, Element) and child.tag == "bdi":
            parts.append(make("strong", *child.children))
        elif isinstance(child, Element) and child.tag == "small":
            parts += [" – ", *child.children]
        elif isinstance(child, Element) and "lrp-leads" in child.classes:
            end = "" if child.words().endswith((".", "?", "!")) else "."
            parts += [". ", make("a", *child.children, href=option.attributes["href"]), end]
    return make("span", *parts)


def _term(article: Element) -> Element:
    """A term with a dash between its letters and its words."""
    for words in article.find("lrp-term__words"):
        if "lrp-term__words--alone" not in words.classes:
            words.children.insert(0, "– ")
    return article


def _steps(steps: Element) -> Element:
    """The steps of a process; an answer says the number of the step that it leads to."""
    items = [child for child in steps.children if isinstance(child, Element)]
    numbers = {f"#{item.attributes.get('id')}": number for number, item in enumerate(items, 1)}
    for link in steps.walk():
        number = numbers.get(link.attributes.get("href", ""))
        if number:
            link.children.append(f": go to step {number}")
    return steps


def _glance(glance: Element) -> Element:
    """The table at a page's top; its heading, the same on every page, stays out of the contents."""
    for heading in glance.walk():
        if heading.tag in HEADINGS:
            heading.attributes["class"] = "unlisted"
    return glance


def _head(head: Element) -> Element:
    """The head of a decision without its paragraphs, which say how to use it on a screen."""
    return make("div", *(child for child in head.children if isinstance(child, Element) and child.tag != "p"))


def alternative(figure: Element) -> str:
    """What the picture shows, for those who do not see it."""
    names = {element.tag: element.words() for element in figure.walk() if element.tag in ("title", "desc")}
    about = names.get("desc", "").split(". ")[0].rstrip(".")
    title = names.get("title", "")
    return f"Flowchart: {title}{'' if title.endswith('?') else '.'} {about}. The same stands in words in this document."


def _used(used: Element) -> Element:
    """The abbreviations of a page without their words: the document lists them once, behind all its pages."""
    links = (link.attributes["href"] for link in used.walk() if link.tag == "a")
    return make("span", *(make("a", class_="lrp-abbr", href=link) for link in links))


def _field(field: Element) -> Element:
    """A question of a form with its notes, boxes to tick or a space to write in."""
    parts = [child for child in field.children if isinstance(child, Element)]
    asked = [
        make("p", make("strong", *part.children))
        for part in parts
        if part.tag in ("label", "legend") and "lrp-choice" not in part.classes
    ]
    notes = [part for part in parts if part.classes & {"lrp-help", "lrp-protect"}]
    choices = [make("li", f"☐ {part.words()}") for part in parts if "lrp-choice" in part.classes]
    long = field.attributes.get("data-type") == "long-text"
    space = make("div", make("p", "Answer"), class_="lrp-room" if long else "lrp-line-room")
    answer = make("div", make("ul", *choices), class_="lrp-boxes") if choices else space
    return make("div", *asked, *notes, answer, class_="lrp-asked")


def _number(number: Element) -> Element:
    return make("span", *number.children, class_="number")


SPECIAL: dict[str, Callable[[Element], Element]] = {
    "lrp-tag": _binding,
    "lrp-mark": _mark,
    "lrp-question": _numbered,
    "lrp-outcome": _numbered,
    "lrp-option": _option,
    "lrp-term": _term,
    "lrp-process": _steps,
    "lrp-decision__head": _head,
    "lrp-glance": _glance,
    "lrp-used": _used,
    "lrp-field": _field,
    "lrp-pocket__number": _number,
}
