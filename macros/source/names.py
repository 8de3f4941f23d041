"""What files may be called and of which kind they may be: one rule for the check, the build and the server's gate."""

from __future__ import annotations

import re
import unicodedata

from macros.source.pictures import NAMES
from macros.source.problems import Wrong, one_of
from macros.source.schema import KEBAB

PICTURES = tuple(NAMES)
KINDS = {"docs": (".md", ".yml", *PICTURES), "glossary": (".yml",)}  # by the rooms of editors
LONGEST = 200  # characters of a path
APART = (
    "assets",
    "base",
    "components",
    "preview",
    "as-at",
)  # folders of the site that the build and the server fill, and nobody else

RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)  # by Windows
_ODD = re.compile(r'[<>:"|?*\\]')
_GIT = re.compile(r"\.?git(~\d+|modules|attributes)?[. ]*", re.IGNORECASE)
_AT_TOP = (".gitignore", ".gitattributes", ".gitlab-ci.yml", ".github")
_OTHER_PICTURES = frozenset(
    [
        ".gif",
        ".svg",
        ".webp",
        ".bmp",
        ".dib",
        ".tif",
        ".tiff",
        ".heic",
        ".heif",
        ".avif",
        ".jxl",
        ".jp2",
        ".ico",
        ".emf",
        ".wmf",
    ]
)
_INSTEAD = {".markdown": ".md", ".mdown": ".md", ".yaml": ".yml", ".jpe": ".jpg", ".jfif": ".jpg"}


def shown(path: str) -> str:
    """A path as it can be printed on one line."""
    return path if path.isprintable() else path.encode("unicode_escape").decode()


def wrong_name(path: str) -> Wrong | None:
    """What is wrong with the path of any file of the project; nothing where it may stand there."""
    harm = _harm(path)
    if harm:
        return harm, "Rename it: small letters, digits and hyphens do."
    room, _, rest = path.partition("/")
    return _wrong_in_room(room, rest) if rest and room in KINDS else None


def _harm(path: str) -> str:
    """Why not every computer can hold a path; empty where it can."""
    if not path.isprintable():
        return "Its name holds a line break or another character that cannot be seen."
    if "\\x" in path or _ODD.search(path):
        return "Its name holds a character that not every computer can write."
    if len(path) > LONGEST:
        return f"Its name has {len(path)} characters; the most is {LONGEST}."
    for number, part in enumerate(path.split("/")):
        if part in ("", ".", ".."):
            return "Its name leads out of its folder."
        if _GIT.fullmatch(part) and not (number == 0 and part in _AT_TOP):
            return "Its name belongs to git itself."
        if RESERVED.fullmatch(part) or part != part.strip() or part.endswith("."):
            return f'"{part}" is a name that Windows cannot hold.'
    return ""


def _wrong_in_room(room: str, rest: str) -> Wrong | None:
    """What is wrong with a file of the editors, named from its room."""
    kinds = KINDS[room]
    *folders, name = rest.split("/")
    stem, dot, ending = name.rpartition(".")
    if f"{dot}{ending}".lower() not in kinds or not stem:
        ends = one_of(kinds).replace('"', "")
        wish = _wish(f"{dot}{ending}".lower(), kinds)
        return "This is no kind of file that pages use.", f"{wish} In {room}/ stand files that end in {ends}."
    if f".{ending}" not in kinds or not all(map(KEBAB.fullmatch, [*folders, stem])):
        plain = "/".join([*map(_plain, folders), f"{_plain(stem)}.{ending.lower()}"])
        wish = f"Rename it, for example {room}/{plain}" if _is_plain(plain) else "Rename it"
        return f"Its name holds {_odd(folders, name)}.", f"{wish}: small letters, digits and single hyphens do."
    if room == "glossary" and folders:
        return "No folder is read here.", "Put the file into glossary/ itself."
    if folders and folders[0] in APART:
        return f'The folder "{folders[0]}" belongs to what the build makes.', "Put the file into another folder."
    return None


def _wish(ending: str, kinds: tuple[str, ...]) -> str:
    """What to do with a file whose ending is none of `kinds`."""
    if ending in _OTHER_PICTURES and ".png" in kinds:
        return "Save the picture as PNG or JPEG."
    better = _INSTEAD.get(ending, "")
    return f"Give it the ending {better}." if better in kinds else "Remove it."


def _odd(folders: list[str], name: str) -> str:
    """The first thing in a name that no name here holds, in words."""
    for letter in "".join([*folders, name.replace(".", "", 1)]):
        if letter == " ":
            return "a space"
        if not re.fullmatch("[a-z0-9-]", letter):
            return f'"{letter}"'
    return "a hyphen too many"


def _plain(part: str) -> str:
    """A part of a name in small letters, digits and single hyphens; empty where nothing is left of it."""
    letters = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", letters).strip("-")


def _is_plain(path: str) -> bool:
    return all(KEBAB.fullmatch(part) for part in path.rpartition(".")[0].split("/"))
