"""What is to be erased, and where files hold it: texts however they are written, whole files by their fingerprints."""

from __future__ import annotations

import gzip
import hashlib
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from publishing.settings import RefusedError

ERASED = b"(erased)"
_LEAST = 4  # letters and digits; fewer would be found everywhere
_GAP = rb"(?:[\s>._+-]|&nbsp;|%20|\xc2\xa0|\xe2\x80\x91|\\[nrt]|&#\d+;)+"  # where a text has a space, a file may have these
_BEFORE = rb"(?:(?<![A-Za-z0-9\x80-\xff])|(?<=\\[nrt]))"
_AFTER = rb"(?![A-Za-z0-9\x80-\xff])"
_PACKED = (".zip", ".docx")
_DEEPEST = 3  # a document in an archive in an archive


@dataclass(frozen=True)
class Wanted:
    """What is to be erased: a pattern of texts, where any were given, and the fingerprints of whole files."""

    pattern: re.Pattern[bytes] | None = None
    digests: frozenset[str] = field(default_factory=frozenset)

    def holds(self, data: bytes) -> bool:
        """Whether bytes are such a file, or hold such a text."""
        if self.digests and hashlib.sha256(data).hexdigest() in self.digests:
            return True
        return bool(self.pattern and self.pattern.search(data))

    def cleared(self, data: bytes, instead: bytes = ERASED) -> bytes:
        """The bytes without the texts."""
        return self.pattern.sub(instead, data) if self.pattern else data


def pattern_of(texts: list[str]) -> re.Pattern[bytes] | None:
    """What finds texts in capitals or small letters, over line breaks, in HTML, JSON, addresses and names of files."""
    given = [text for text in texts if text.strip()]
    for text in given:
        if sum(letter.isalnum() for letter in text) < _LEAST:
            raise RefusedError(f'"{text.strip()}" is too short: it would be found in other words. Give more of it.')
    return re.compile(b"|".join(map(_expression, given)), re.IGNORECASE) if given else None


def _expression(text: str) -> bytes:
    words = [word for word in re.split(r"[\s_-]+", unicodedata.normalize("NFC", text)) if word]
    body = _GAP.join(b"".join(map(_letter, word)) for word in words)
    before = _BEFORE if words[0][0].isalnum() else b""
    return before + body + (_AFTER if words[-1][-1].isalnum() else b"")


def _letter(letter: str) -> bytes:
    """Every way in which a file may write one letter."""
    same = "'\u2019\u2018" if letter in "'\u2019\u2018" else letter
    forms = {form for one in same for form in (one, one.lower(), one.upper())}
    ways = {unicodedata.normalize(kind, form) for form in forms for kind in ("NFC", "NFD")}
    for one in [form for form in forms if len(form) == 1]:
        ways |= {html.escape(one), f"&#{ord(one)};", f"&#x{ord(one):x};"}
        if not (one.isalnum() and one.isascii()):
            ways |= {quote(one, safe=""), *([f"\\u{ord(one):04x}"] if ord(one) < 0x10000 else [])}
    if letter.isascii() and letter.isalnum():
        return re.escape(letter.encode())
    return b"(?:" + b"|".join(re.escape(way.encode()) for way in sorted(ways, key=len, reverse=True)) + b")"


def files_with(folder: Path, wanted: Wanted, besides: tuple[Path, ...]) -> Iterator[Path]:
    """The files under a folder that hold what is wanted, packed ones too; links are not followed."""
    for entry in sorted(folder.iterdir()):
        if entry.is_symlink() or entry in besides:
            continue
        if entry.is_dir():
            yield from files_with(entry, wanted, besides)
        elif wanted.holds(entry.name.encode("utf-8", "surrogateescape")) or _holds(entry.name, _read(entry), wanted, 0):
            yield entry


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:  # gone meanwhile
        return b""


def _holds(name: str, data: bytes, wanted: Wanted, depth: int) -> bool:
    if wanted.holds(data):
        return True
    try:
        if name.endswith(".gz") and depth < _DEEPEST:
            return _holds(name.removesuffix(".gz"), gzip.decompress(data), wanted, depth + 1)
        if name.endswith(_PACKED) and depth < _DEEPEST:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                members = packed.namelist()
                return any(
                    wanted.holds(member.encode()) or _holds(member, packed.read(member), wanted, depth + 1)
                    for member in members
                )
    except (OSError, EOFError, zipfile.BadZipFile):
        return False  # cut off, and no reader can open it
    return False
