"""A small project in a folder of its own, for tests to change and to break."""

from __future__ import annotations

import os
import re
import shutil
from base64 import b64decode
from pathlib import Path
from typing import Any

from tests.drawing import odd

ROOT = Path(__file__).parent.parent
GUIDANCE = Path(os.environ.get("LRP_GUIDANCE", ROOT))  # the project whose content tests/guidance/ is asked about
MINIMAL = ROOT / "tests" / "sites" / "minimal"
WHOLE = ROOT / "tests" / "sites" / "whole"  # a site of few pages on which every component and every macro stands


def small_project(folder: Path, with_generator: bool = False, site: Path = MINIMAL) -> Path:
    """A copy of a small site in `folder`; with the generator and its templates where MkDocs is to build it."""
    root = folder / "project"
    shutil.copytree(site, root)
    if with_generator:
        add_generator(root)
    return root


def add_generator(root: Path) -> None:
    """Puts the generator and its templates beside the content of a copy."""
    for part in ("macros", "overrides"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", root)


def change(root: Path, path: str, *replacements: tuple[str, str]) -> None:
    """Replaces words in a file of the project; each must be there."""
    file = root / path
    text = file.read_text("utf-8")
    for old, new in replacements:
        assert old in text, f"{path} does not hold {old!r}"
        text = text.replace(old, new)
    file.write_text(text, "utf-8")


def own(name: str) -> Path:
    """The style or script of that name, wherever in overrides/ it has its home; no two have one name."""
    (found,) = (ROOT / "overrides").rglob(name)
    return found


def asset(site: Path, name: str) -> str:
    """The path in a built site of a style or a script, whose name there holds a fingerprint."""
    stem, ending = name.rsplit(".", 1)
    (found,) = (site / "assets").rglob(f"{stem}.*.{ending}")
    return found.relative_to(site).as_posix()


def put(root: Path, case: dict[str, Any]) -> None:
    """Lays a case of tests/examples/problems/ over the project: what it writes, draws, repeats at the end, removes and changes."""
    for path, text in case.get("write", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for path, what in case.get("draw", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(odd(what))
    for path, text in case.get("base64", {}).items():
        (root / path).write_bytes(b64decode(text))
    for path, text in case.get("latin1", {}).items():
        (root / path).write_bytes(text.encode("latin-1"))
    for path, size in case.get("bytes", {}).items():
        (root / path).write_text("a" * size, "utf-8")
    for path, (text, times) in case.get("repeat", {}).items():
        with (root / path).open("a", encoding="utf-8") as file:
            file.write("\n" + text * times + "\n")
    for path in case.get("remove", []):
        (root / path).unlink()
    for path, replacements in case.get("change", {}).items():
        change(root, path, *[tuple(pair) for pair in replacements])


def tell(root: Path, said: str) -> None:
    """Does literally what a message about a change that is not told says: the approval, the review, and the revision."""
    wish, _, revision = re.sub(r" \(LRP-\d+\)", "", said).partition(":\n")
    (path,) = re.findall(r"at the top of (docs/\S+),", wish)
    for key, value in re.findall(r'"(approved|review): ([\d-]+)"', wish):
        file = root / path
        file.write_text(
            re.sub(rf"^{key}: .*$", f"{key}: {value}", file.read_text("utf-8"), flags=re.M, count=1), "utf-8"
        )
    if wish.endswith('put this under "revisions:"'):
        change(root, path, ("\nrevisions:\n", f"\nrevisions:\n{revision}\n"))
    elif wish.endswith('put this behind "revisions: ["'):
        change(root, path, ("\nrevisions: [", f"\nrevisions: [{revision} "))
    else:
        assert wish.endswith('put this above the second "---"'), wish
        change(root, path, ("\n---\n", f"\n{revision}\n---\n"))
