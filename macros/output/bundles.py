"""One style file and one script file for the components of a page, in assets/, in place of one in each component's folder."""

from __future__ import annotations

import re
from pathlib import Path

from macros.markup.pages import Pages
from macros.output.asset_names import name_by_content
from macros.source.writing import add, change, remove, remove_empty

_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]*assets/stylesheets/)([\w-]+)\.css">\n?')
_SCRIPT = re.compile(r'<script src="([^"]*assets/javascripts/)([\w-]+)\.js" defer></script>\n?')
_AT_HOME = re.compile(r'( (?:href|src)="[^"]*?)(?:components/[\w-]+|base)/([\w-]+)\.(css|js)"')
_SHEETS, _SCRIPTS = "assets/stylesheets", "assets/javascripts"
_PLACES = {"css": _SHEETS, "js": _SCRIPTS}
# A script that is fetched on use comes as one file too, in the order of its parts.
_PARTS = {"search-engine": ("search-index", "search-query", "search-engine")}
EVERYWHERE = {"lrp", "search", "search-engine"}  # one file each for the whole site, fetched once; the engine on use


def bundle(pages: Pages) -> None:
    """Joins the files that each built page links, in their order, and names each by what it holds.

    Files that no page links any more go.
    """
    site = pages.site
    _gather(site)
    _put_together(site)
    linked: set[str] = set()

    def joined(page: str) -> str:
        html = _AT_HOME.sub(lambda link: f'{link[1]}{_PLACES[link[3]]}/{link[2]}.{link[3]}"', page)
        html, names = _join(html, _SHEET, '<link rel="stylesheet" href="{}.css">\n')
        _write(site, _SHEETS, names, ".css", linked, "")
        html, names = _join(html, _SCRIPT, '<script src="{}.js" defer></script>\n')
        _write(
            site,
            _SCRIPTS,
            names,
            ".js",
            linked,
            "try {{\n{}\n}} catch (error) {{ setTimeout(function () {{ throw error; }}); }}\n",
        )
        return html

    pages.change(joined)
    for file in [*(site / _SHEETS).glob("*.css"), *(site / _SCRIPTS).glob("*.js")]:
        if file.name not in linked and file.stem not in EVERYWHERE:
            remove(site, file.relative_to(site).as_posix())
    name_by_content(pages)


def _gather(site: Path) -> None:
    """Moves what the folders of components and base/ gave a built site to assets/, where readers have always found it."""
    files = [*site.glob("components/*/*.*"), *site.glob("base/*.*")]
    for file in (file for file in files if file.suffix[1:] in _PLACES):
        add(site, f"{_PLACES[file.suffix[1:]]}/{file.name}", file.read_bytes())
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


def _write(site: Path, folder: str, names: list[str], suffix: str, linked: set[str], each: str) -> None:
    """Writes the joined file of `names` once; in a script, a fault in one part does not stop the next."""
    name = "-".join(names) + suffix
    if not names or name in linked:
        return
    linked.add(name)
    if len(names) > 1:
        parts = [(site / folder / f"{part}{suffix}").read_text("utf-8") for part in names]
        text = "".join(each.format(part) for part in parts) if each else "\n".join(parts)
        add(site, f"{folder}/{name}", text)
