"""Word files: the reference document that gives pandoc our styles, and the finish that makes a file whole and the same each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from macros.documents.assembly import PICTURES

_ACROSS = (22.5 * 360_000, 15.1 * 360_000)  # the room for a chart on a turned page: centimetres in Word's units
_DRAWING = re.compile(r"<w:drawing>.*?</w:drawing>", re.S)
_EXTENT = re.compile(r'(<(?:wp:extent|a:ext)) cx="(\d+)" cy="(\d+)"')
_OF_EDITORS = f' descr="{PICTURES}/'  # as pandoc names the file of a picture
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = {"document": "document.main", "styles": "styles", "header": "header", "footer": "footer"}
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in _KINDS.items()
    )
    + "</Types>"
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
_RELATION = '<Relationship Id="{}" Type="' + _OFFICE + '/{}" Target="{}"/>'


def reference(templates: Path, values: Mapping[str, str], colours: Mapping[str, str]) -> bytes:
    """The reference document of one document: our styles, its header and its footer."""
    environment = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    tokens = {name: _six(value) for name, value in colours.items()}
    known = {**values, **tokens, "soft": tokens["ink-soft"]}
    own = {name: environment.get_template(f"{name}.xml").render(known).strip() for name in _KINDS}
    inside = [("rId2", "styles", "styles.xml"), ("rId9", "header", "header.xml"), ("rId10", "footer", "footer.xml")]
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS.format(_RELATION.format("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _RELATIONS.format("".join(_RELATION.format(*relation) for relation in inside)),
        **{f"word/{name}.xml": text for name, text in own.items()},
    }
    return _zipped({name: text.encode() for name, text in parts.items()})


def _six(colour: str) -> str:
    """A colour as Word writes it."""
    short = colour.removeprefix("#")
    return (short if len(short) == 6 else "".join(letter * 2 for letter in short)).upper()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts in a container without the time of its making."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, data)
    return file.getvalue()


def finished(word_file: bytes, day: date, publisher: str) -> bytes:
    """What pandoc made, with rows that stay whole, headers on every section, its publisher and the build date."""
    with zipfile.ZipFile(io.BytesIO(word_file)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    text = parts["word/document.xml"].decode()
    parts["word/document.xml"] = _headed(_whole_rows(_wide_charts(text))).encode()
    parts["word/settings.xml"] = re.sub(rb'w:val="en-US"', b'w:val="en-GB"', parts["word/settings.xml"])
    stamp = rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode()
    dates = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
    about = parts["docProps/core.xml"].replace(
        b"<dc:creator></dc:creator>", f"<dc:creator>{escape(publisher)}</dc:creator>".encode()
    )
    parts["docProps/core.xml"] = re.sub(dates, stamp, about)
    return _zipped(parts)


def _wide_charts(text: str) -> str:
    """Charts that lie across fill their turned page: pandoc makes no picture wider than an upright one."""

    def filled(match: re.Match[str]) -> str:
        wide, high = int(match[2]), int(match[3])
        grown = min(_ACROSS[0] / wide, _ACROSS[1] / high) if wide > high else 1
        return f'{match[1]} cx="{round(wide * grown)}" cy="{round(high * grown)}"'

    def drawing(match: re.Match[str]) -> str:
        return match[0] if _OF_EDITORS in match[0] else _EXTENT.sub(filled, match[0])

    return _DRAWING.sub(drawing, text)


def _whole_rows(text: str) -> str:
    """No row of a table breaks over two pages."""
    text = re.sub(r"<w:tr>(?!\s*<w:trPr)", "<w:tr><w:trPr><w:cantSplit/></w:trPr>", text)
    return re.sub(r"<w:trPr>(?!\s*<w:cantSplit)", "<w:trPr><w:cantSplit/>", text)


def _headed(text: str) -> str:
    """Every section with the header and the footer of the last one, which is the document's own."""
    last = text.rindex("<w:sectPr")
    named = "".join(re.findall(r"<w:(?:header|footer)Reference[^>]*/>", text[last:]))
    return text[:last].replace("<w:sectPr>", f"<w:sectPr>{named}") + text[last:]
