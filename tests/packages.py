"""Installs packages of Debian or Ubuntu for the tests, as root or with a sudo that asks nothing."""

from __future__ import annotations

import os
import shutil
import subprocess


def install(*names: str) -> bool:
    """Whether apt-get has installed all the packages; what it prints is shown."""
    if not shutil.which("apt-get"):
        return False
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and not run([*sudo, "true"], seconds=10):
        return False
    say(f"Installing {' and '.join(names)} …")
    run([*sudo, "apt-get", "update", "-q"], seconds=300)
    words = [
        *sudo,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "install",
        "-y",
        "-q",
        "--no-install-recommends",
    ]
    return run([*words, *names], seconds=900)


def run(words: list[str], seconds: int) -> bool:
    """Whether a command ended well within its time; what it prints is shown."""
    try:
        return subprocess.run(words, timeout=seconds, stdin=subprocess.DEVNULL).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def say(line: str) -> None:
    """Prints a line at once."""
    print(line, flush=True)
