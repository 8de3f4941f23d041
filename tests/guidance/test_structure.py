"""The structure of the built pages: what the check asks of Markdown holds for what components make, too."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown

from macros.content.dialect import CAPTION, Tables
from macros.content.structure import SAYS_NOTHING


class _Reader(HTMLParser):
    """The levels of headings, the parts of each table and the words of each link."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []
        self.tables: list[list[str]] = []
        self.links: list[str] = []
        self.in_link = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag == "table":
            self.tables.append([])
        if tag in ("caption", "th", "tr") and self.tables:
            self.tables[-1].append(tag)
        if tag == "a" and "href" in given:
            self.in_link = True
            self.links.append(given.get("aria-label") or "")
        if tag == "img" and self.in_link:
            self.links[-1] += given.get("alt") or ""

    def handle_endtag(self, tag: str) -> None:
        self.in_link = self.in_link and tag != "a"

    def handle_data(self, data: str) -> None:
        if self.in_link:
            self.links[-1] += data


def test_every_page_is_in_order_for_those_who_listen(site: Path) -> None:
    faults = []
    for file in sorted(site.rglob("*.html")):
        page, reader = file.relative_to(site).as_posix(), _Reader()
        reader.feed(file.read_text("utf-8"))
        if reader.levels.count(1) != 1:
            faults.append(f"{page}: {reader.levels.count(1)} first-level headings")
        jumps = [low for high, low in zip([0, *reader.levels], reader.levels, strict=False) if low > high + 1]
        faults += [f"{page}: a heading jumps to level {level}" for level in jumps]
        for parts in (parts for parts in reader.tables if "tr" in parts):  # one is empty until its script fills it
            faults += [f"{page}: a table without {part}" for part in ("caption", "th") if part not in parts]
        faults += [f"{page}: a link that says {said!r}" for said in reader.links if _says_nothing(said)]
    assert faults == []


def _says_nothing(words: str) -> bool:
    plain = " ".join(words.split()).strip(".:…").casefold()
    return not plain or plain in SAYS_NOTHING or plain.startswith(("http://", "https://"))


def test_the_line_above_a_table_becomes_its_caption() -> None:
    text = f"{CAPTION}Who *acts*\n\n| Who | What |\n| --- | --- |\n| We | act |\n\n{CAPTION}alone\n"
    html = Markdown(extensions=["tables", Tables()]).convert(text)
    assert '<table class="lrp-rows">\n<caption>Who <em>acts</em></caption>' in html.replace(
        ">\n<caption", ">\n<caption"
    )
    assert html.count(CAPTION) == 1
    assert html.index("<caption>") < html.index("<thead>")
