"""The letters of the browser that the tests drive: fonts from locked wheels, and nothing of what a machine happens to have.

As a program it takes the fonts out of the wheels of requirements-fonts.lock, into the folder that is named.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

from tests.packages import say
from tests.project import ROOT

Letters = Literal["wide", "arial"]  # the widest that usual systems read with, and Arial's metrics
LOCK = ROOT / "requirements-fonts.lock"
FOLDER = ROOT / ".venv" / "fonts"
FAMILIES: dict[Letters, str] = {"wide": "DejaVu Sans", "arial": "Arimo"}
# What is taken out of each wheel: the beginning of its name, and the files with their licence.
TAKEN = {
    "matplotlib": ("mpl-data/fonts/ttf/DejaVuSans", "mpl-data/fonts/ttf/LICENSE_DEJAVU"),
    "fontpkg_arimo": ("fontpkg_arimo/files/", "fontpkg_arimo/LICENSE"),
}
SETTINGS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  {names}
  <alias binding="same"><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
</fontconfig>
"""
ALIAS = '<alias binding="same"><family>{name}</family><prefer><family>{family}</family></prefer></alias>'
# Names of our style sheets that stand for a font of the system; with wide letters a system has no Arial.
NAMES: dict[Letters, tuple[str, ...]] = {
    "wide": ("system-ui", "sans-serif", "serif"),
    "arial": ("Arial", "Helvetica", "system-ui", "sans-serif", "serif"),
}


def environment(letters: Letters, folder: Path) -> dict[str, str | float | bool]:
    """The environment of a browser that sees these letters alone; their settings and cache are written into `folder`."""
    file = written(letters, folder)
    return as_it_is() | {"FONTCONFIG_FILE": str(file), "FONTCONFIG_PATH": str(folder)}


def as_it_is() -> dict[str, str | float | bool]:
    """The environment of a browser that sees what the machine has."""
    return {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG_")}


def written(letters: Letters, folder: Path) -> Path:
    """The file in `folder` that names these fonts; DejaVu stands behind Arimo for the signs that it has not."""
    homes = [FOLDER / "matplotlib"] if letters == "wide" else [FOLDER / "fontpkg_arimo", FOLDER / "matplotlib"]
    absent = [home for home in homes if not any(home.glob("*.ttf"))]
    assert not absent, f"The fonts of the tests are not in {absent}. Run the tests with: make test"
    file = folder / f"{letters}.conf"
    folders = "\n  ".join(f"<dir>{home}</dir>" for home in homes)
    names = "\n  ".join(ALIAS.format(name=name, family=FAMILIES[letters]) for name in NAMES[letters])
    file.write_text(SETTINGS.format(folders=folders, cache=folder / f"cache-{letters}", names=names), "utf-8")
    return file


def take(wheel: Path, folder: Path) -> Iterator[Path]:
    """Takes the fonts and their licence out of a wheel, into a folder of its name."""
    name = wheel.name.split("-")[0]
    into = folder / name
    into.mkdir(parents=True, exist_ok=True)
    with ZipFile(wheel) as packed:
        for inside in packed.namelist():
            if any(part in inside for part in TAKEN[name]) and ".dist-info" not in inside:
                file = into / Path(inside).name
                file.write_bytes(packed.read(inside))
                yield file


def main(folder: Path) -> int:
    """Fills `folder`; 1 where a wheel cannot be had or holds no fonts."""
    options = ["--disable-pip-version-check", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    with tempfile.TemporaryDirectory() as place:
        got = subprocess.run(
            [sys.executable, "-m", "pip", "download", *options, "--dest", place, "--requirement", str(LOCK)]
        )
        found = {wheel.name.split("-")[0]: list(take(wheel, folder)) for wheel in Path(place).glob("*.whl")}
    empty = [name for name in TAKEN if not any(file.suffix == ".ttf" for file in found.get(name, ()))]
    if got.returncode or empty:
        say(f"The tests need the fonts of {LOCK.name}, and {' and '.join(empty) or 'pip'} did not give them.")
        return 1
    say(f"The browser of the tests reads with {' and '.join(FAMILIES.values())}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
