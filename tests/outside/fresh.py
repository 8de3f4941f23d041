"""python -m tests.outside.fresh: the README's two commands as a fresh machine runs them; ends as the first that fails.

The commit that is checked out is cloned into an empty folder, with an empty home, no cache, a bare path and of the
machine's fonts DejaVu alone. What Debian's packages put on the machine, a browser and the servers, stays there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from pathlib import Path

ROOT = Path(__file__).parents[2]  # of its own: nothing is installed yet
BARE = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
# How the machine reaches the network is no part of what is tried.
NETWORK = ("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE", "PIP_INDEX_URL", "PIP_CERT", "PIP_CONFIG_FILE")
DEJAVU = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu")
FONTS = '<?xml version="1.0"?>\n<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>\n'
LAST = 12  # lines of a command that are shown once more at the end


def bare(place: Path) -> dict[str, str]:
    """The environment of a fresh machine, with the folders and files that it names."""
    home, fonts = place / "home", place / "fonts.conf"
    home.mkdir()
    folders = "".join(f"<dir>{folder}</dir>" for folder in DEJAVU)
    fonts.write_text(FONTS.format(folders=folders, cache=place / "fonts"), "utf-8")
    reached = {name: os.environ[name] for given in NETWORK for name in (given, given.lower()) if name in os.environ}
    own = {"HOME": str(home), "PATH": BARE, "LANG": "C.UTF-8", "PIP_NO_CACHE_DIR": "1", "FONTCONFIG_FILE": str(fonts)}
    return reached | own


def cloned(root: Path, place: Path) -> Path:
    """A clone of the commit that is checked out."""
    where = place / "guidance"
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", str(root), str(where)], check=True)
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, check=True, capture_output=True, text=True)
    subprocess.run(["git", "checkout", "--quiet", "--detach", head.stdout.strip()], cwd=where, check=True)
    print(f"A fresh machine with {head.stdout.strip()[:10]}; what is not committed is not tried.", flush=True)
    return where


def run(words: list[str], where: Path, environment: dict[str, str]) -> tuple[int, list[str]]:
    """How a command ended, and its last lines; all that it prints is shown."""
    last: deque[str] = deque(maxlen=LAST)
    with subprocess.Popen(
        words,
        cwd=where,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as command:
        assert command.stdout
        for line in command.stdout:
            print(line, end="", flush=True)
            last.append(line.rstrip())
    return command.returncode, list(last)


def main(root: Path = ROOT, commands: tuple[str, ...] = ("site", "test")) -> int:
    """Runs the commands one after the other; 0 where all ended well."""
    place, said, status = Path(tempfile.mkdtemp(prefix="fresh-")), list[str](), 0
    try:
        where, environment = cloned(root, place), bare(place)
        for command in commands:
            if status == 0:
                status, last = run(["make", f"PYTHON={sys.executable}", command], where, environment)
                said += [f"make {command} ended with {status}:", *(f"  {line}" for line in last)]
    finally:
        shutil.rmtree(place, ignore_errors=True)
    print("\n".join(["", "On a fresh machine:", *said]), flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
