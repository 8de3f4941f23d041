"""Every made file read by a parser that is not ours: what a feed reader, Word or a spreadsheet could not open is named."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from macros.markup.pages import Pages
from macros.source.names import PICTURES
from macros.source.pictures import NAMES, kind
from macros.source.problems import Problem

_SVG = re.compile(r"<svg\b.*?</svg>", re.S)
_SCRIPT_DATA = re.compile(
    r"\s*(?:lrpSearchPart\((.*)\)|\(window\.lrp = window\.lrp \|\| \{\}\)\.template = (.*));\s*", re.S
)
_NO_NUMBERS = "a number that JSON does not know"


def check_made(pages: Pages) -> Iterator[Problem]:
    """The files of a built site that cannot be read as what they are called, each with the place where reading stopped."""
    drawn: set[str] = set()
    for path in pages.paths():
        read = _READERS.get(path[path.rfind(".") :])
        problem = _tried(path, read, pages.data(path)) if read else None
        if problem:
            yield problem
    for path, html in pages.texts.items():
        for svg in _SVG.findall(html) if "<svg" in html else ():
            problem = None if svg in drawn else _tried(path, _xml, svg.encode())
            drawn.add(svg)
            if problem:
                yield problem


def _tried(path: str, read: Callable[[bytes], None], data: bytes) -> Problem | None:
    try:
        read(data)
    except ElementTree.ParseError as error:
        return _problem(path, error.position[0], str(error))
    except json.JSONDecodeError as error:
        return _problem(path, error.lineno, error.msg)
    except (ValueError, csv.Error, zipfile.BadZipFile, gzip.BadGzipFile, EOFError, KeyError) as error:
        return _problem(path, 1, str(error.args[0] if isinstance(error, KeyError) else error))
    return None


def _problem(path: str, line: int, why: str) -> Problem:
    wish = "Look for odd characters in what it is made from, or tell a maintainer."
    return Problem(f"site/{path}", line, f"The file cannot be read: {why}.", wish)


def _xml(data: bytes) -> None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it declares entities of its own")
    ElementTree.fromstring(data)


def _json(data: bytes) -> None:
    def refused(_: str) -> None:
        raise ValueError(_NO_NUMBERS)

    json.loads(data.decode("utf-8"), parse_constant=refused)


def _csv(data: bytes) -> None:
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))
    if len({len(row) for row in rows}) > 1:
        raise ValueError("its rows have different numbers of cells")


def _packed(data: bytes) -> None:
    """Reads a zip: every part whole, under a plain name, and those that are XML as such."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        broken = archive.testzip()
        if broken:
            raise ValueError(f"its part {broken} is damaged")
        for name in archive.namelist():
            if name.startswith("/") or "\\" in name or ".." in name.split("/"):
                raise ValueError(f"its part {name} would be unpacked elsewhere")
            if name.endswith((".xml", ".rels", ".svg")):
                _xml(archive.read(name))


def _word(data: bytes) -> None:
    _packed(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.getinfo(name)


def _script(data: bytes) -> None:
    """Reads the data that a script hands over; any other script is not made but written."""
    match = _SCRIPT_DATA.fullmatch(data.decode("utf-8"))
    if match:
        _json(f"[{match[1]}]".encode() if match[1] else match[2].encode())


def _pdf(data: bytes) -> None:
    if not data.startswith(b"%PDF-") or not data.rstrip().endswith(b"%%EOF"):
        raise ValueError("it is no whole PDF")


def _picture(data: bytes) -> None:
    if kind(data) not in NAMES.values():
        raise ValueError("it is no picture")


_READERS: dict[str, Callable[[bytes], None]] = {
    ".xml": _xml,
    ".svg": _xml,
    ".json": _json,
    ".csv": _csv,
    ".gz": lambda data: _xml(gzip.decompress(data)),
    ".docx": _word,
    ".zip": _packed,
    ".js": _script,
    ".pdf": _pdf,
    **dict.fromkeys(PICTURES, _picture),
}
