"""The picture files of a project: what each is by its first bytes, what is wrong with it, and as what pages show it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from macros.source.packing_pictures import LARGEST as MOST_PACKED
from macros.source.packing_pictures import UnfitPictureError, packed
from macros.source.problems import Wrong

NAMES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG"}  # two, so that the server has two ways of drawing to trust
LARGEST = 5_000_000  # bytes of a file
_POINTER = b"version https://git-lfs"
_FIRST = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"BM": "BMP",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
    b"%PDF-": "PDF",
    b"PK\3\4": "Word or ZIP",
    b"\xd7\xcd\xc6\x9a": "WMF",
    b"\1\0\0\0": "EMF",
}
_BRANDS = {b"avif": "AVIF", b"avis": "AVIF"}  # the others of its family are what telephones call HEIC


@dataclass(frozen=True)
class Picture:
    """A picture as pages show it: its bytes, its size in points, and what is wrong with its file, where anything is."""

    data: bytes = b""
    width: int = 0
    height: int = 0
    wrong: Wrong | None = None


def kind(data: bytes) -> str:
    """What a file is by its first bytes, as people call it; empty where they say nothing."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    if data[4:8] == b"ftyp":
        return _BRANDS.get(data[8:12], "HEIC")
    if b"<svg" in data[:1000].lower():
        return "SVG"
    return next((name for first, name in _FIRST.items() if data.startswith(first)), "")


def read(file: Path) -> Picture:
    """The picture of a file, packed for pages; or what is wrong with it, whatever its name says."""
    size = file.stat().st_size
    if size > LARGEST:
        return _unfit(f"The picture has {size:,} bytes; the most is {LARGEST:,}.", "Make it smaller.")
    data = file.read_bytes()
    named, actual = NAMES[file.suffix], kind(data)
    if data.startswith(_POINTER):
        return _unfit("The picture itself lies elsewhere; this only says where.", "Put the picture here: git lfs pull.")
    if not actual:
        return _unfit("The file is no picture, whatever its name says.", "Save it as PNG or JPEG.")
    if actual not in NAMES.values():
        return _unfit(f"The file is {actual}, as its first bytes say.", "Save it as PNG or JPEG.")
    if actual != named:
        ending = next(ending for ending, name in NAMES.items() if name == actual)
        return _unfit(f"The file is a {actual} picture, as its first bytes say.", f"Give it the ending {ending}.")
    try:
        return _fit(*packed(data, actual), actual)
    except UnfitPictureError as fault:
        return Picture(wrong=fault.says)


def _fit(data: bytes, width: int, height: int, actual: str) -> Picture:
    if len(data) > MOST_PACKED:
        other = "Save it as JPEG" if actual == "PNG" else "Save it smaller or less fine"
        wrong = f"The picture has about {round(len(data), -4):,} bytes when it is packed; the most is {MOST_PACKED:,}."
        return _unfit(wrong, f"{other}, or cut away what nobody needs to see.")
    return Picture(data, width, height)


def _unfit(wrong: str, mend: str) -> Picture:
    return Picture(wrong=(wrong, mend))
