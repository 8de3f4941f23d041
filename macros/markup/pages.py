"""The built pages while the site is made: each is read from the disk once, changed in memory, and written once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from macros.source.writing import WritingError, add, change


class Pages:
    """The HTML pages of the site in the folder `site`, by their paths in it; other files stay on the disk."""

    def __init__(self, site: Path) -> None:
        files = sorted(site.rglob("*.html"))
        self.site = site
        self.texts = {file.relative_to(site).as_posix(): file.read_text("utf-8") for file in files}
        self._known = frozenset(self.texts)  # those that the disk holds already

    def change(self, how: Callable[[str], str]) -> None:
        """Puts what `how` makes of each page in its place."""
        for path, text in self.texts.items():
            self.texts[path] = how(text)

    def add(self, path: str, data: bytes) -> None:
        """Adds a page, or writes any other file at once."""
        if path in self.texts:
            raise WritingError(f'The page "{path}" was to be made twice. Tell a maintainer.')
        if path.endswith(".html"):
            self.texts[path] = data.decode("utf-8")
        else:
            add(self.site, path, data)

    def data(self, path: str) -> bytes:
        """The bytes of a file of the site, of a page as it is now."""
        return self.texts[path].encode() if path in self.texts else (self.site / path).read_bytes()

    def paths(self) -> list[str]:
        """The path of every file of the site, pages and others, in their order."""
        files = (file.relative_to(self.site).as_posix() for file in self.site.rglob("*") if file.is_file())
        return sorted({*self.texts, *files}, key=lambda path: path.split("/"))

    def write(self) -> None:
        """Writes every page; called once, when nothing changes any of them any more."""
        for path, text in self.texts.items():
            (change if path in self._known else add)(self.site, path, text)
