"""Styles and scripts named by what they hold: a browser may keep such a file for good, and a page never meets another's."""

from __future__ import annotations

import hashlib
import re
from graphlib import TopologicalSorter

from macros.markup.pages import Pages
from macros.search.packing import FOLDER as SEARCH
from macros.source.writing import add, remove

_LINK = re.compile(r'( (?:href|src)="[^"]*assets/(?:stylesheets|javascripts)/)([\w-]+\.(?:css|js))"')
_FOLDERS = ("stylesheets", "javascripts")
_ENDINGS = (".css", ".js")
_DIGITS = 10
# The path of such a file in a site or of a part of its search, which its version names, and of no other; written without
# braces, which the configuration of Caddy reads otherwise.
NAMED_BY_CONTENT = rf"(assets/({'|'.join(_FOLDERS)})|{SEARCH})/[\w-]+\.{'[0-9a-f]' * _DIGITS}\.(css|js)$"


def name_by_content(pages: Pages) -> None:
    """Puts a fingerprint into the name of each style and script of a built site, and the new names where they are used."""
    site = pages.site
    folders = [site / "assets" / name for name in _FOLDERS]
    files = {file.name: file for folder in folders for file in sorted(folder.glob("*.*")) if file.suffix in _ENDINGS}
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
