"""The built site read as a browser would: links and anchors resolve, parts exist, nothing is fetched from elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from macros.content.addresses import climbed
from macros.markup.pages import Pages
from macros.markup.reader import Reader
from macros.markup.tree import VOID
from macros.output.well_formed import check_made
from macros.source.problems import Problem

_LOADS = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
    "form": "action",
}
_LEFT = re.compile(
    r"\{\{|\{%|Traceback \(most recent call last\)|Macro Rendering Error|jinja2\.exceptions|UndefinedError"
)
_HERE = "https://site.invalid/"  # stands for the site's own address while links are resolved


@dataclass
class _Read:
    """What one built page holds."""

    path: str
    ids: set[str] = field(default_factory=set)
    links: list[tuple[int, str]] = field(default_factory=list)
    loads: list[tuple[int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    titles: int = 0
    title: str = ""
    description: str = ""

    def problem(self, line: int, wrong: str, mend: str) -> None:
        self.problems.append(Problem(f"site/{self.path}", line, wrong, mend))


class _Parser(Reader):
    def __init__(self, read: _Read) -> None:
        super().__init__()
        self.read, self.open = read, list[str]()
        self.left = True  # whether anything may be left in the page's text

    def take(self, html: str) -> None:
        """Reads a page; its text is looked at piece by piece only where it holds anything that was left."""
        self.left = bool(_LEFT.search(unescape(html)))
        super().take(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes what the tag links to, loads and names."""
        if tag not in VOID:
            self.open.append(tag)
        self.read.titles += tag == "h1"
        if not attrs:
            return
        values, line = {name: value or "" for name, value in attrs}, self.getpos()[0]
        if "id" in values:
            if values["id"] in self.read.ids:
                self.read.problem(
                    line,
                    f'The id "{values["id"]}" stands twice on this page.',
                    "Give one of the two another anchor or id.",
                )
            self.read.ids.add(values["id"])
        if tag == "a" and "href" in values:
            self.read.links.append((line, values["href"]))
        if tag == "link" and not {"canonical", "prev", "next"} & set(values.get("rel", "").split()):
            self.read.loads.append((line, values.get("href", "")))
        if tag in _LOADS and _LOADS[tag] in values:
            self.read.loads.append((line, values[_LOADS[tag]]))
        if tag == "meta" and values.get("name") == "description":
            self.read.description = values.get("content", "").strip()

    def handle_endtag(self, tag: str) -> None:
        """Closes the tag and what was left open in it."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Looks for what a template or a failed macro leaves behind."""
        if "title" in self.open and "svg" not in self.open:
            self.read.title += data.strip()
        left = _LEFT.search(data) if self.left else None
        if left and not {"code", "pre", "script"} & set(self.open):
            self.read.problem(
                self.getpos()[0],
                f'"{left[0]}" was left on the page.',
                "Mend the macro or the template that it comes from.",
            )


def _read(html: str, path: str) -> _Read:
    read = _Read(path)
    parser = _Parser(read)
    parser.take(html)
    if read.titles != 1:
        read.problem(1, f"The page has {read.titles} first-level headings.", "A page needs exactly one.")
    if not read.title:
        read.problem(1, "The page has no title.", 'Write "title" in its front matter.')
    if not read.description:
        read.problem(1, "The page has no description.", 'Write "description" in its front matter.')
    return read


class _Ways:
    """Where the links of a site lead; each place that links name is worked out once, from however many pages."""

    def __init__(self, site: Path, base: str) -> None:
        self.site, self.base = site, base
        self.files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
        self.known: dict[tuple[str, str], tuple[str, str] | None] = {}

    def target(self, page: str, link: str) -> tuple[str, str] | None:
        """The file and the anchor that a link of this site leads to; nothing where it leads elsewhere."""
        folder, link = climbed(page.rpartition("/")[0], link)
        if (folder, link) not in self.known:
            self.known[folder, link] = _target(folder and f"{folder}/", link, self.base)
        return self.known[folder, link]

    def leads(self, goal: str) -> bool:
        """Whether a file of the site stands there."""
        return goal in self.files or (self.site / goal).is_file()


def _target(folder: str, link: str, base: str) -> tuple[str, str] | None:
    whole = urlsplit(urljoin(_HERE + folder, link))
    if f"{whole.scheme}://{whole.netloc}/" != _HERE:
        own = urlsplit(base)
        same = (whole.scheme, whole.netloc) == (own.scheme, own.netloc) and whole.path.startswith(own.path)
        if not base or not same:
            return None
        whole = whole._replace(path="/" + whole.path.removeprefix(own.path))
    elif base and link.startswith("/"):
        whole = whole._replace(path="/" + whole.path.removeprefix(urlsplit(base).path))
    path = unquote(whole.path).removeprefix("/")
    return (f"{path}index.html" if not path or path.endswith("/") else path), unquote(whole.fragment)


def verify(pages: Pages, base: str = "", beside: tuple[str, ...] = ()) -> list[Problem]:
    """What is wrong with the site of the built `pages`, and with the files made beside them.

    `base` is the address that it is built for, `beside` what stands under that address and is built apart.
    """
    ways = _Ways(pages.site, base)
    reads = {path: _read(html, path) for path, html in pages.texts.items()}
    for path, read in reads.items():
        for line, link in read.links + read.loads:
            target = ways.target(path, link)
            if target is None or target[0].startswith(beside):
                continue
            goal, anchor = target
            if not ways.leads(goal):
                read.problem(
                    line, f'The address "{link}" leads to nothing.', "Mend the link, or the page or file it names."
                )
            elif anchor and goal in reads and anchor not in reads[goal].ids:
                read.problem(
                    line, f'The address "{link}" names an anchor that is not there.', "Mend the anchor, here or there."
                )
        for line, load in read.loads:
            if ways.target(path, load) is None and not load.startswith("data:"):
                read.problem(
                    line, f'The page fetches "{load}" from elsewhere.', "Serve it from this site, or leave it out."
                )
    return sorted([*check_made(pages), *(problem for read in reads.values() for problem in read.problems)])
