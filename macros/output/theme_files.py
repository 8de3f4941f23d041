"""What the theme lays into a built site and no page of ours names: its scripts, styles, icons and templates go.

MkDocs copies every file of a theme and has no setting against it. So what stays is listed, not what goes: an update of the
theme may bring, rename or remove what it likes.
"""

from __future__ import annotations

from pathlib import Path

from macros.content.addresses import address
from macros.content.load import Content
from macros.source.writing import remove, remove_empty

_MADE = ("404.html", "sitemap.xml", "sitemap.xml.gz")  # what MkDocs itself makes beside the pages
_OWN = ("assets", "base", "components")  # the folders of overrides/ whose files pages link


def drop(content: Content, site: Path) -> list[str]:
    """Removes from `site`, as MkDocs has just made it, all but pages, files of docs/ and our own assets; what went comes back."""
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
