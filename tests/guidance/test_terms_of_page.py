"""The built site: no page shows an abbreviation that a reader cannot find out about in one step.

The pages are read anew with Python's own parser, so that nothing of what marks them is used to judge them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from macros.content.load import Content
from macros.topics.glossary import Term
from tests.project import own

pytestmark = pytest.mark.site
CLOSED = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "h5", "h6", "kbd", "label"}
CLOSED |= {"legend", "pre", "script", "select", "style", "summary", "svg", "textarea", "th"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
WHOLE = {"glossary/index.html", "search/index.html"}


@dataclass
class Part:
    """A page or a part of it that can stand alone: its running text, cut at sections, with its controls in brackets."""

    sections: list[str] = field(default_factory=lambda: [""])
    known: str = ""


class Reader(HTMLParser):
    """Reads what a built page says inside of its main text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, Part | None]] = []
        self.parts: list[Part] = []
        self.ids: set[str] = set()

    def part(self) -> Part | None:
        return next((part for _, part in reversed(self.open) if part), None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids.add(values.get("id") or "")
        if tag in VOID:
            return
        part = self.part()
        mine = None
        if "lrp-prose" in (values.get("class") or "") or (part and "data-alone" in values):
            mine = Part(known=values.get("data-alone") or "")
            self.parts.append(mine)
        elif part and (tag in ("h2", "h3", "section", "article")):
            part.sections.append("")
        self.open.append((tag, mine))
        if part and tag == "a" and values.get("class") == "lrp-abbr":
            part.sections[-1] += "⟦" + (values["href"] or "").split("#")[1] + "|"

    def handle_endtag(self, tag: str) -> None:
        while self.open:
            name, _ = self.open.pop()
            if name == tag:
                break
        part = self.part()
        if part and tag in ("section", "article"):
            part.sections.append("")

    def handle_data(self, data: str) -> None:
        part = self.part()
        names = [tag for tag, _ in self.open]
        if not part or ("details" in names and "dl" in names):
            return
        if part.sections[-1].rpartition("⟦")[2].endswith("|") and "⟦" in part.sections[-1]:
            part.sections[-1] += data + "⟧"
        else:
            part.sections[-1] += data if not CLOSED & set(names) else " "


def read(page: Path) -> Reader:
    reader = Reader()
    reader.feed(page.read_text("utf-8"))
    reader.close()
    return reader


def plain_uses(text: str, letters: str) -> list[int]:
    """Where the letters stand as plain words, outside of controls and addresses."""
    shown = re.sub(r"⟦[^⟧]*⟧|\S+@\S+|\S+\.[a-z]{2,}\S*", lambda found: " " * len(found[0]), text)
    return [found.start() for found in re.finditer(rf"(?<![\w&#-]){re.escape(letters)}(?![\w-])", shown)]


def faults(part: Part, letters: str, term: Term) -> list[str]:
    """What a reader of the part could not find out about the letters, or is told too often."""
    if part.known == term.id:
        return []
    whole, found = "".join(part.sections), []
    first = whole.find(f"⟦{term.id}|")
    plain = plain_uses(whole, letters)
    if plain and (first < 0 or plain[0] < first):
        found.append(f"{letters} is used before it is explained: …{whole[max(0, plain[0] - 40) : plain[0] + 20]}…")
    if first >= 0:
        around = whole[max(0, first - 200) : first + 200].casefold()
        if not any(str(words).casefold() in around for words in (term.expansion, term.plural_expansion)):
            found.append(f"{letters} is not written out where it is used first")
    for section in part.sections:
        marks = section.count(f"⟦{term.id}|")
        if marks > 1 or (plain_uses(section, letters) and not marks):
            found.append(f"{letters} has {marks} controls in a section")
    return found


def test_every_abbreviation_is_written_out_first_and_marked_once_a_section(site: Path, content: Content) -> None:
    by_letters = {
        letters: term
        for term in reversed(content.terms)
        if term.abbreviation and not term.explicit
        for letters in (term.abbreviation, term.plural_letters)
    }
    usual = {term.abbreviation: term for term in content.terms if term.usual}
    found, controls = [], 0
    for page in sorted(site.rglob("*.html")):
        for part in read(page).parts:
            words = set(
                re.findall(r"[\w&.-]+", "".join(part.sections).replace("⟦", " ").replace("|", " ").replace("⟧", " "))
            )
            controls += "".join(part.sections).count("⟦")
            for letters in words & set(by_letters):
                where = page.relative_to(site).as_posix()
                found += [
                    f"{where}: {fault}" for fault in faults(part, letters, usual.get(letters, by_letters[letters]))
                ]
    assert found == []
    assert controls > 100


def test_each_page_lists_the_terms_of_its_controls(site: Path) -> None:
    for page in site.rglob("*.html"):
        where, text, reader = page.relative_to(site).as_posix(), page.read_text("utf-8"), read(page)
        marked = set(re.findall(r'<a class="lrp-abbr" href="[^"#]*#([^"]+)"', text))
        listed = {
            name.removeprefix("used-")
            for name in reader.ids
            if name.startswith("used-") and not name.endswith("-words")
        }
        if where in WHOLE:
            assert not listed
        else:
            assert marked <= listed, where
        assert bool(re.search(r'javascripts/(?:[\w-]+-)?term\.\w+\.js"', text)) == bool(
            marked and where not in WHOLE
        ), where


def test_the_script_is_small_and_asks_for_nothing() -> None:
    import gzip

    script = own("term.js").read_bytes()
    assert len(gzip.compress(script, 9, mtime=0)) < 2_500
    assert b"fetch" not in script
    assert b"import" not in script
