"""The styles and scripts of a built site: what the theme lays in goes, those of a page are joined, each is named by what it holds.

A browser may keep a file of such a name for good, and a page never meets another's.
"""

from __future__ import annotations

import hashlib
import re
from graphlib import TopologicalSorter
from pathlib import Path

from macros.content.addresses import address
from macros.content.load import Content
from macros.markup.pages import Pages
from macros.search.packing import FOLDER as SEARCH
from macros.source.writing import add, change, remove, remove_empty

PLACES = {".css": "assets/stylesheets", ".js": "assets/javascripts"}
_SHEETS, _SCRIPTS = PLACES.values()
_SHEET = re.compile(rf'<link rel="stylesheet" href="([^"]*{_SHEETS}/)([\w-]+)\.css">\n?')
_SCRIPT = re.compile(rf'<script src="([^"]*{_SCRIPTS}/)([\w-]+)\.js" defer></script>\n?')
_LINK = re.compile(rf'( (?:href|src)="[^"]*(?:{"|".join(PLACES.values())})/)([\w-]+\.(?:css|js))"')
_AT_HOME = re.compile(r'( (?:href|src)="[^"]*?)(?:components/[\w-]+|base)/([\w-]+)(\.css|\.js)"')
_DIGITS = 10
# The path of such a file in a site or of a part of its search, which its version names, and of no other; written without
# braces, which the configuration of Caddy reads otherwise.
NAMED_BY_CONTENT = rf"({'|'.join(PLACES.values())}|{SEARCH})/[\w-]+\.{'[0-9a-f]' * _DIGITS}\.(css|js)$"
# A script that is fetched on use comes as one file too, in the order of its parts.
_PARTS = {"search-engine": ("matching", "search-index", "search-query", "search-engine")}
EVERYWHERE = {"lrp", "search", "search-engine"}  # one file each for the whole site, fetched once; the engine on use
# What only developers read: a line of a script that holds nothing else, and what a script's head says of its data.
_REMARK = re.compile(r"^ *(?://.*|/\*\*[\s\S]*?\*/)\n", re.M)
_FENCED = "try {{\n{}\n}} catch (error) {{ setTimeout(function () {{ throw error; }}); }}\n"
_MADE = ("404.html", "sitemap.xml", "sitemap.xml.gz")  # what MkDocs itself makes beside the pages
_OWN = ("assets", "base", "components")  # the folders of overrides/ whose files pages link


def drop(content: Content, site: Path) -> list[str]:
    """Removes from `site`, as MkDocs has just made it, all but pages, files of docs/ and our own assets; what went comes back.

    MkDocs copies every file of a theme and has no setting against it. What stays is listed, not what goes: an update of the
    theme may bring, rename or remove what it likes.
    """
    root, pages, gone = content.root, {f"{address(path)}index.html" for path in content.pages}, []
    for file in sorted(site.rglob("*")):
        name = file.relative_to(site)
        path = name.as_posix()
        own = name.parts[0] in _OWN and (root / "overrides" / name).is_file()
        if file.is_file() and not (own or path in pages or path in _MADE or (root / "docs" / name).is_file()):
            remove(site, path)
            gone.append(path)
    remove_empty(site)
    return gone


def bundle(pages: Pages) -> None:
    """Joins the files that each built page links, in their order, and names each by what it holds.

    Files that no page links any more go.
    """
    site = pages.site
    _gather(site)
    _put_together(site)
    linked: set[str] = set()

    def joined(page: str) -> str:
        html = _AT_HOME.sub(lambda link: f'{link[1]}{PLACES[link[3]]}/{link[2]}{link[3]}"', page)
        html, names = _join(html, _SHEET, '<link rel="stylesheet" href="{}.css">\n')
        _write(site, ".css", names, linked)
        html, names = _join(html, _SCRIPT, '<script src="{}.js" defer></script>\n')
        _write(site, ".js", names, linked)
        return html

    pages.change(joined)
    for file in _files(site):
        if file.name not in linked and file.stem not in EVERYWHERE:
            remove(site, file.relative_to(site).as_posix())
    name_by_content(pages)


def _files(site: Path) -> list[Path]:
    return [file for ending, place in PLACES.items() for file in sorted((site / place).glob(f"*{ending}"))]


def sent(script: str) -> str:
    """A script as readers are sent it: without its remarks."""
    return _REMARK.sub("", script)


def _gather(site: Path) -> None:
    """Moves what the folders of components and base/ gave a built site to assets/, without remarks in scripts."""
    for file in [*site.glob("components/*/*.*"), *site.glob("base/*.*")]:
        if file.suffix in PLACES:
            text = file.read_text("utf-8")
            add(site, f"{PLACES[file.suffix]}/{file.name}", sent(text) if file.suffix == ".js" else text)
            remove(site, file.relative_to(site).as_posix())
    remove_empty(site)


def _put_together(site: Path) -> None:
    """Makes one file of the parts of each script that is fetched on use."""
    for name, parts in _PARTS.items():
        if all((site / _SCRIPTS / f"{part}.js").is_file() for part in parts):
            text = "".join((site / _SCRIPTS / f"{part}.js").read_text("utf-8") for part in parts)
            change(site, f"{_SCRIPTS}/{name}.js", text)


def _join(html: str, tag: re.Pattern[str], joined: str) -> tuple[str, list[str]]:
    """The page with one tag where the first of its components' tags stood, and the files that it stands for."""
    tags = [match for match in tag.finditer(html) if match[2] not in EVERYWHERE]
    names = list(dict.fromkeys(match[2] for match in tags))
    if len(names) < 2:
        return html, names
    parts, end = [], 0
    for match in tags:
        parts.append(html[end : match.start()].rstrip(" \t"))
        if match is tags[0]:
            parts.append(joined.format(match[1] + "-".join(names)))
        end = match.end()
    return "".join([*parts, html[end:]]), names


def _write(site: Path, ending: str, names: list[str], linked: set[str]) -> None:
    """Writes the joined file of `names` once; in a script, a fault in one part does not stop the next."""
    name = "-".join(names) + ending
    if not names or name in linked:
        return
    linked.add(name)
    if len(names) > 1:
        parts = [(site / PLACES[ending] / f"{part}{ending}").read_text("utf-8") for part in names]
        text = "".join(map(_FENCED.format, parts)) if ending == ".js" else "\n".join(parts)
        add(site, f"{PLACES[ending]}/{name}", text)


def name_by_content(pages: Pages) -> None:
    """Puts a fingerprint into the name of each style and script of a built site, and the new names where they are used."""
    site = pages.site
    files = {file.name: file for file in _files(site)}
    texts = {name: file.read_text("utf-8") for name, file in files.items()}
    uses = {name: {other for other in texts if f'"{other}"' in text} for name, text in texts.items()}
    names: dict[str, str] = {}
    for name in TopologicalSorter(uses).static_order():  # a script that loads another holds the other's new name
        text = texts[name]
        for other in uses[name]:
            text = text.replace(f'"{other}"', f'"{names[other]}"')
        stem, ending = name.rsplit(".", 1)
        names[name] = f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]}.{ending}"
        path = files[name].relative_to(site).as_posix()
        remove(site, path)
        add(site, f"{path.removesuffix(name)}{names[name]}", text)
    pages.change(lambda html: _LINK.sub(lambda link: f'{link[1]}{names.get(link[2], link[2])}"', html))
