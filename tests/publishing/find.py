"""Finds or installs the web server that the tests drive, and writes its path into the file that is named."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from tests.browser.find import run, say

PLACES = "/usr/sbin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin"


def installed() -> str | None:
    """The path of an nginx that is on this machine; servers' programs are often outside of a user's path."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:{PLACES}")


def from_debian() -> str | None:
    """The path of Debian's or Ubuntu's nginx, installed with apt-get as root or with a sudo that asks nothing."""
    if not shutil.which("apt-get"):
        return None
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not run([*sudo, "true"], seconds=10):
        return None
    say("Installing the packages nginx-light and brotli …")
    run([*sudo, "apt-get", "update", "-q"], seconds=300)
    run([*sudo, "apt-get", "install", "-y", "-q", "--no-install-recommends", "nginx-light", "brotli"], seconds=600)
    return installed()


def main(file: Path) -> int:
    """Writes nginx's path into `file`; 1 where it cannot be had."""
    path = installed() or from_debian()
    if path is None:
        say("The tests need nginx. Type: sudo apt-get install nginx-light, then make test.")
        return 1
    file.write_text(path, "utf-8")
    say(f"The tests serve with {path}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
