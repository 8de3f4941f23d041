"""The pictures of a built site without what cameras wrote into them: a place, a time, a name, a small copy of the whole."""

from __future__ import annotations

from pathlib import Path

from macros.content.load import Content
from macros.source.names import PICTURES
from macros.source.pictures import plain
from macros.source.writing import change


def strip(content: Content, site: Path) -> None:
    """Writes each picture that MkDocs has copied into `site` anew, with nothing in it but what is seen."""
    for path in (path.removeprefix("docs/") for path in content.files if path.endswith(PICTURES)):
        change(site, path, plain((content.root / "docs" / path).read_bytes()))
