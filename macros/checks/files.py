"""What is wrong with files beside each other: pages that share an address or a name, and pictures that are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from macros.content.addresses import address
from macros.content.load import Content
from macros.source.names import PICTURES
from macros.source.pictures import NAMES, BrokenPictureError, kind, plain
from macros.source.problems import Problem
from macros.topics.decisions import decision_id

LARGEST = 5_000_000  # bytes of a picture; readers wait for it on telephones


def check_files(content: Content) -> Iterator[Problem]:
    """Pages at one address, pages whose names are one where files are named after them, and pictures that are none."""
    yield from _check_pages(content)
    for path in (path for path in content.files if path.endswith(PICTURES)):
        data = (content.root / path).read_bytes()
        wrong = _wrong_picture(path, data) if len(data) <= LARGEST else _too_large(len(data))
        if wrong:
            yield Problem(path, 1, *wrong)


def _too_large(size: int) -> tuple[str, str]:
    return f"The picture has {size:,} bytes; the most is {LARGEST:,}.", "Make it smaller."


def _wrong_picture(path: str, data: bytes) -> tuple[str, str] | None:
    """What is wrong with the bytes of a picture, whatever its name says, and how to mend it."""
    if data.startswith(b"version https://git-lfs"):
        return "The picture itself lies elsewhere; this only says where.", "Put the picture here: git lfs pull."
    actual = kind(data)
    if not actual:
        return "The file is no picture, whatever its name says.", "Save it as PNG, JPEG or WebP."
    if actual != NAMES[PurePosixPath(path).suffix]:
        ending = next(ending for ending, name in NAMES.items() if name == actual)
        return f"The file is a {actual} picture, as its first bytes say.", f"Give it the ending {ending}."
    try:
        plain(data)
    except BrokenPictureError:
        return "The picture cannot be read to its end.", "Save it again, and put the new file here."
    return None


def _check_pages(content: Content) -> Iterator[Problem]:
    addresses: dict[str, str] = {}
    names: dict[str, str] = {}
    for path, page in content.pages.items():
        same = addresses.setdefault(address(path), path)
        if same != path:
            wish = "Rename one of the two."
            yield page.path.problem(f'The page "{same}" has the same address, "{address(path)}".', wish)
            continue
        same = names.setdefault(decision_id(path), path)
        if same != path:
            wrong = f'What is made from this page would be named like that of "{same}": "{decision_id(path)}".'
            yield page.path.problem(wrong, "Rename one of the two.")
