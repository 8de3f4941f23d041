"""Reads every script of overrides/ with eslint where Node is, and says so where it is not: a part of `make lint`."""

from __future__ import annotations

import subprocess
import sys

from tests.outside.node import installed, missing
from tests.project import ROOT

WHERE = ROOT  # overrides/ stands here


def main() -> int:
    """The status: 0 where eslint finds nothing, or cannot be run here."""
    if why := missing("eslint"):
        print(why)
        return 0
    try:
        folder = installed("scripts")
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        print("eslint could not be fetched, so no script was read. Look at the network, then type this again.")
        return 1
    program, rules = folder / "node_modules" / "eslint" / "bin" / "eslint.js", folder / "eslint.config.mjs"
    return subprocess.run(
        ["node", program, "--config", rules, "--max-warnings", "0", "overrides"], cwd=WHERE
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
