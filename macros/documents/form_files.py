"""Zip files without compression, byte for byte as zip.js makes them in the browser."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from zlib import crc32

from macros.content.load import Content
from macros.documents.form_template import filled, template
from macros.topics.decisions import decision_id


def pack(files: Iterable[tuple[str, str]], moment: datetime) -> bytes:
    """A zip file of texts by their names; zip counts time from 1980 in steps of two seconds."""
    day = (moment.year - 1980) << 9 | moment.month << 5 | moment.day
    time = moment.hour << 11 | moment.minute << 5 | moment.second >> 1
    parts, index, count = b"", b"", 0
    for name, text in files:
        known, data = name.encode(), text.encode()
        # version 2.0, names in UTF-8, stored as it is
        about = struct.pack("<HHHHHIIIHH", 20, 0x0800, 0, time, day, crc32(data), len(data), len(data), len(known), 0)
        index += struct.pack("<IH", 0x02014B50, 20) + about + struct.pack("<HHHII", 0, 0, 0, 0, len(parts)) + known
        parts += struct.pack("<I", 0x04034B50) + about + known + data
        count += 1
    return parts + index + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(index), len(parts), 0)


def made_forms(content: Content) -> Iterator[tuple[str, bytes]]:
    """The blank Word file of each form, dated by its approval, and the script that holds its template for form.js."""
    for page, form in content.forms.items():
        name, front = decision_id(page), content.pages[page].front
        parts, moment = template(form, front), datetime.combine(front.approved, time())
        yield f"{name}.docx", pack(filled(parts, {}, moment), moment)
        yield f"{name}-template.js", f"(window.lrp = window.lrp || {{}}).template = {json.dumps(parts)};\n".encode()
