"""Finds or installs the servers that the tests drive, nginx and sshd, and writes their paths into the file that is named."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.packages import install, say

PLACES = "/usr/sbin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin"
PACKAGES = {"nginx": "nginx-light", "sshd": "openssh-server"}
BESIDE = {"brotli": "brotli", "bwrap": "bubblewrap"}  # releases hold brotli, and builds a jail more, where it is there


def installed(program: str) -> str | None:
    """The path of a program on this machine; servers' programs are often outside of a user's path."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{PLACES}")


def main(file: Path) -> int:
    """Writes the paths into `file`; 1 where a program cannot be had."""
    absent = [package for program, package in (PACKAGES | BESIDE).items() if not installed(program)]
    if absent:
        install(*absent)
    missing = [package for program, package in PACKAGES.items() if not installed(program)]
    if missing:
        say(f"The tests need nginx and sshd. Type: sudo apt-get install {' '.join(missing)}, then make test.")
        return 1
    found = [str(installed(program)) for program in PACKAGES]
    file.write_text("\n".join(found), "utf-8")
    say(f"The tests serve with {' and '.join(found)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
