"""The pictures of a built site as pages show them, in the place of the files that editors have put into docs/."""

from __future__ import annotations

from pathlib import Path

from macros.content.load import Content
from macros.source.writing import change


def put_packed(content: Content, site: Path) -> None:
    """Writes each picture that MkDocs has copied into `site` anew, as it was packed."""
    for path, picture in content.pictures.items():
        change(site, path, picture.data)
