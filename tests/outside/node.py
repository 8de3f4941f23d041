"""Programs of Node, installed outside of git with the versions and sums of their locks; and why Node cannot be used, where it cannot."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.project import ROOT

NEEDED = (20, 19)


def missing(program: str) -> str:
    """Why Node cannot run a program here; nothing where it can."""
    if not (shutil.which("node") and shutil.which("npm")):
        return f"Node and npm are not here, so {program} was not run."
    told = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    major, minor = (int(part) for part in told.removeprefix("v").split(".")[:2])
    return "" if (major, minor) >= NEEDED else f"Node is {told}, and {program} needs v{NEEDED[0]}.{NEEDED[1]} or newer."


def installed(name: str) -> Path:
    """The folder with what the lock of `tests/outside/<name>/` asks for, fetched once; no script of a package runs."""
    asked, folder = ROOT / "tests" / "outside" / name, ROOT / ".venv" / name
    files = sorted(file for file in asked.iterdir() if file.is_file())
    wanted = b"".join(file.read_bytes() for file in files)
    made = folder / "made"
    if not made.is_file() or made.read_bytes() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copy(file, folder)
        words = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(words, cwd=folder, check=True, timeout=300, stdin=subprocess.DEVNULL)
        made.write_bytes(wanted)
    return folder
