"""The two copies of a finished site for use without a network: the zip, and the one that a reader's browser keeps.

The zip opens from a folder: links end in a file's name, and each page says that it is a copy. What a folder cannot do is left
out: the worker, the page of wrong addresses, the policy that speaks of a server. Documents are left out for their size. A link
to what is left out leads to the website where its address is known, and nowhere where it is not.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from html import escape, unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin, urlsplit

from macros.content.addresses import climbed
from macros.markup.pages import Pages
from macros.markup.slots import fill, size
from macros.output.policy import taken_out
from macros.source.names import PICTURES
from macros.topics.dates import full_date
from macros.topics.identity import Site

WORKER = "worker.js"
_ENDINGS = {".html", ".css", ".js", ".svg", *PICTURES, ".woff2"}
_NOT_KEPT = ("404.html", WORKER)
_APART = ("preview/", "as-at/")  # drafts and older editions are neither kept nor packed
_EDITIONS = "as-at/index.html"  # names the editions, and is none
_PLACE = "const RELEASE = null;"
_OFFER = 'data-module="keep"'
_OUT = ("404.html", WORKER, "sitemap.xml", "sitemap.xml.gz", "release.json")
_DOCUMENTS = (".pdf", ".docx")
_LINK = re.compile(r'(<(?:a|link|script|img|form|source)\b[^>]*?\s)(href|src|action)="([^"]*)"')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="0; url=)([^"]*)"')
_TOP = re.compile(r'<header class="lrp-top"|<main')
_NOTE = (
    '<aside class="lrp-kept" aria-label="About this copy"><p><strong>Copy of the edition of {edition}, made on {made}.</strong> '
    "It does not change when the guidance does. {check} before you rely on a deadline.</p></aside>\n  "
)
_README = """{name}: a copy of the whole website
Edition of {edition}, made on {made}

1. Unpack the zip first: on Windows, right-click it and choose "Extract all".
2. Open index.html with a double click.

Pages, questions, deadlines, search and the glossary's finder work without a network. Nothing is installed.

What cannot work here:
- The copy does not change when the guidance does. {check} before you rely on a deadline.
- Documents (PDF and Word), drafts and older editions are on the website only.
- "Keep for use without network" needs the website.
- Links to other websites need a network.
"""


def add_copies(root: Path, pages: Pages, about: Site, edition: date, today: date, address: str) -> None:
    """Adds the zip and the worker to a site which is whole but for the sizes of the two, and fills these into its pages."""
    data = packed(pages, about, edition, today, address)
    pages.add(about.whole, data)
    sizes = {f"{about.whole} size": size(len(data))}
    for _ in range(
        2
    ):  # the figure stands in a page that it counts: once with its slot as it was, then with itself in it
        kept = sum(len(pages.data(path)) for path in kept_files(pages))
        sizes["keep size"] = size(kept)
        pages.change(lambda html: fill(html, sizes))
    pages.add(WORKER, _worker(root, pages, edition).encode())


def _worker(root: Path, pages: Pages, edition: date) -> str:
    """The worker; empty where no page offers to keep the site, which ends what browsers have kept of it."""
    if not any(_OFFER in html for html in pages.texts.values()):
        return ""
    template = (root / "overrides" / WORKER).read_text("utf-8")
    return worker(template, full_date(edition), fingerprints(pages))


def kept_files(pages: Pages) -> Iterator[str]:
    """The paths of what the copy holds of the built site: every page, and what pages show and run; no document and no data."""
    for path in pages.paths():
        if PurePosixPath(path).suffix in _ENDINGS and path not in _NOT_KEPT and not path.startswith(_APART):
            yield path


def worker(template: str, edition: str, files: Mapping[str, str]) -> str:
    """The script of the worker for `files`, each with its fingerprint; any change of a file or of the script is another release."""
    assert template.count(_PLACE) == 1, f"overrides/{WORKER} has no line {_PLACE}"
    told = json.dumps(files, indent=0, sort_keys=True)
    release = hashlib.sha256((template + edition + told).encode()).hexdigest()[:16]
    about = f'{{ id: "{release}", edition: {json.dumps(edition)}, files: {told} }}'
    return template.replace(_PLACE, f"const RELEASE = {about};")


def fingerprints(pages: Pages) -> dict[str, str]:
    """The fingerprint of each file that the copy holds, by its path in the site."""
    return {path: hashlib.sha256(pages.data(path)).hexdigest() for path in kept_files(pages)}


def packed(pages: Pages, about: Site, edition: date, today: date, address: str) -> bytes:
    """The zip of the built site; the same site gives the same bytes."""
    top, facts = f"{about.file_stem}-{edition.isoformat()}", {"made": full_date(today), "edition": full_date(edition)}
    facts |= {"name": str(about.name), "own": about.whole}
    facts["check"] = f"Check {address}" if address else "Check the website"
    inside = [path for path in pages.paths() if _goes_in(path) and path != about.whole]
    whole, folder = io.BytesIO(), Folder(frozenset(inside), address)
    with zipfile.ZipFile(whole, "w") as archive:
        _put(archive, f"{top}/README.txt", _README.format(**facts).replace("\n", "\r\n").encode(), today)
        for path in inside:
            data = pages.data(path)
            if path in pages.texts:
                data = _page(pages.texts[path], path, folder, facts).encode()
            _put(archive, f"{top}/{path}", data, today)
    return whole.getvalue()


def _goes_in(path: str) -> bool:
    apart = path.startswith(_APART) and path != _EDITIONS
    return path not in _OUT and not path.endswith(_DOCUMENTS) and not apart


def _put(archive: zipfile.ZipFile, name: str, data: bytes, day: date) -> None:
    entry = zipfile.ZipInfo(name, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)


def _page(html: str, path: str, folder: Folder, facts: Mapping[str, str]) -> str:
    """A page as it stands in the folder."""

    def link(match: re.Match[str]) -> str:
        goal = folder.way(path, unescape(match[3]))
        return f'{match[1]}{match[2]}="{escape(goal)}"' if goal else match[1].rstrip()

    def refresh(match: re.Match[str]) -> str:
        return f'{match[1]}{escape(folder.way(path, unescape(match[2])))}"'

    html = _REFRESH.sub(refresh, _LINK.sub(link, taken_out(html)))
    html = fill(html, {f"{facts['own']} size": "this copy", "keep size": "on the website"})
    note = _NOTE.format(**{name: escape(fact) for name, fact in facts.items()})
    return _TOP.sub(lambda match: note + match[0], html, count=1)


class Folder:
    """Where links lead from pages that stand in a folder; each place that they name is worked out once."""

    def __init__(self, inside: Collection[str], address: str) -> None:
        self.inside, self.address = inside, address
        self.known: dict[tuple[str, str], tuple[str, str]] = {}

    def way(self, page: str, link: str) -> str:
        """Where a link of `page` leads to; empty where there is no such place."""
        here = page.rpartition("/")[0]
        place = climbed(here, link)
        if place not in self.known:
            self.known[place] = self._goal(*place)
        file, rest = self.known[place]
        return quote(_way(file, here)) + rest if file else rest

    def _goal(self, folder: str, link: str) -> tuple[str, str]:
        """The file that a link leads to and what follows its name; without such a file, the whole address instead."""
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or not parts.path:
            return "", link
        whole = normpath(f"{folder or '.'}/{unquote(parts.path)}")
        file = whole if whole in self.inside else normpath(f"{whole}/index.html")
        if file in self.inside:
            return file, parts._replace(path="").geturl()
        stroke = "/" if parts.path.endswith("/") else ""
        return "", self.address and urljoin(self.address, parts._replace(path=quote(whole) + stroke).geturl())


def _way(file: str, here: str) -> str:
    """The way to a file from a folder of the same site, as relpath() has it, which asks for the working folder each time."""
    goal, steps = file.split("/"), here.split("/") if here else []
    shared = 0
    while shared < min(len(steps), len(goal) - 1) and steps[shared] == goal[shared]:
        shared += 1
    return "/".join([*[".."] * (len(steps) - shared), *goal[shared:]])
