"""What a picture is by its first bytes, and the same picture without what cameras and programs wrote into it.

Nothing is drawn anew: parts are left out, so no sharpness is lost. Where a picture was taken, by whom and with what stands in
them. How it stands upright is said again in the fewest bytes, and the profile of its colours stays.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from zlib import crc32

NAMES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP"}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP".split())
_WEBP_KEPT = frozenset([b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"])
_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_EXIF = b"Exif\0\0"


class BrokenPictureError(Exception):
    """The bytes end or break off before the picture does."""


def kind(data: bytes) -> str:
    """PNG, JPEG or WebP, as the first bytes say; empty where they say nothing of these."""
    if data.startswith(_PNG):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    return "WebP" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else ""


def plain(data: bytes) -> bytes:
    """The picture without anything but what is seen of it; nothing behind its end stays either."""
    try:
        whole, has_points = {"PNG": _png, "JPEG": _jpeg, "WebP": _webp}[kind(data)](data)
    except (struct.error, IndexError, KeyError):
        raise BrokenPictureError from None
    if not has_points:
        raise BrokenPictureError
    return whole


def _jpeg(data: bytes) -> tuple[bytes, bool]:
    kept, upright, first, scans = [b"\xff\xd8"], b"", 1, 0
    for mark, part in _segments(data):
        scans += mark == 0xDA
        if mark == 0xE1 and part[4:].startswith(_EXIF):
            upright = upright or _upright(part[4 + len(_EXIF) :])
        elif mark == 0xE0 and part[4:9] == b"JFIF\0":
            kept.append(b"\xff\xe0\0\x10" + part[4:16] + b"\0\0")  # without the small picture in it
            first = 2
        elif (
            (mark == 0xEE and part[4:9] == b"Adobe")
            or (mark == 0xE2 and part[4:16] == b"ICC_PROFILE\0")
            or (not 0xE0 <= mark <= 0xEF and mark != 0xFE)
        ):
            kept.append(part)
    if upright:
        about = _EXIF + upright
        kept.insert(first, b"\xff\xe1" + struct.pack(">H", len(about) + 2) + about)
    return b"".join(kept), bool(scans)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each mark of a JPEG with its bytes, those of its scan too, up to the mark of its end."""
    place = 2
    while True:
        if data[place] != 0xFF:
            raise BrokenPictureError
        mark = data[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        if mark == 0xD9:
            yield mark, b"\xff\xd9"
            return
        (length,) = struct.unpack_from(">H", data, place + 2)
        end = place + 2 + length
        if mark == 0xDA:
            match = _SCAN_END.search(data, end)
            end = match.end() - 2 if match else len(data)
        if length < 2 or end >= len(data):
            raise BrokenPictureError
        yield mark, data[place:end]
        place = end


def _png(data: bytes) -> tuple[bytes, bool]:
    kept, place, upright, name = [_PNG], len(_PNG), b"", b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        part = data[place : place + 12 + length]
        if len(part) < 12 + length or struct.unpack(">I", part[-4:])[0] != crc32(part[4:-4]):
            raise BrokenPictureError
        place += len(part)
        if name == b"eXIf":
            upright = _upright(part[8:-4])
        elif name in _PNG_KEPT:
            kept.append(part)
    if upright:
        about = b"eXIf" + upright
        kept.insert(2, struct.pack(">I", len(upright)) + about + struct.pack(">I", crc32(about)))
    return b"".join(kept), kept[1][4:8] == b"IHDR" and any(part[4:8] == b"IDAT" for part in kept)


def _webp(data: bytes) -> tuple[bytes, bool]:
    kept, place, upright = list[tuple[bytes, bytes]](), 12, b""
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if end > len(data):
        raise BrokenPictureError
    while place < end:
        name, length = struct.unpack_from("<4sI", data, place)
        part = data[place + 8 : place + 8 + length]
        if place + 8 + length > end:
            raise BrokenPictureError
        place += 8 + length + length % 2
        if name == b"EXIF":
            upright = _upright(part.removeprefix(_EXIF))
        elif name in _WEBP_KEPT:
            kept.append((name, part))
    names = [name for name, _ in kept]
    if upright and names[:1] == [b"VP8X"]:
        kept.append((b"EXIF", upright))
    flags = 0x08 if upright else 0
    kept = [(name, bytes([part[0] & 0xF3 | flags]) + part[1:] if name == b"VP8X" else part) for name, part in kept]
    body = b"".join(name + struct.pack("<I", len(part)) + part + b"\0" * (len(part) % 2) for name, part in kept)
    whole = b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
    return whole, bool({b"VP8 ", b"VP8L", b"ANMF"} & set(names))


def _upright(about: bytes) -> bytes:
    """How a picture stands, alone, from all that a camera said of it; empty where it stands as it lies."""
    order = {b"II": "<", b"MM": ">"}.get(about[:2], "")
    if not order:
        return b""
    try:
        (start,) = struct.unpack_from(f"{order}I", about, 4)
        (count,) = struct.unpack_from(f"{order}H", about, start)
        for number in range(count):
            tag, _, _, turn = struct.unpack_from(f"{order}HHIH", about, start + 2 + 12 * number)
            if tag == 0x0112 and 2 <= turn <= 8:
                return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turn, 0, 0)
    except struct.error:
        pass
    return b""
