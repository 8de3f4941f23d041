"""python -m macros check | build | serve: the generator's commands; the only place that reads the clock."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from macros.build import build, problems_of, settings
from macros.problems import report


def _today() -> date:
    """The build date: SOURCE_DATE_EPOCH where it is set, else the day that it is now; both in universal time."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)).date()


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks, builds and shows the guidance.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, about in [
        ("check", "lists every problem of the content"),
        ("build", "builds the site into site/"),
        ("serve", "shows the site while you edit"),
    ]:
        command = commands.add_parser(name, help=about)
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (this one)")
        if name == "build":
            command.add_argument("--site", type=Path, help="the folder to build into (site/)")
            command.add_argument("--date", type=date.fromisoformat, default=None, help="the build date (today)")
            command.add_argument(
                "--address",
                default=os.environ.get("SITE_URL", ""),
                help="where the site will be read, for canonical links",
            )
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Runs one command; 0 where all is well, 1 where there is something to mend."""
    given = _arguments(words)
    root = given.root.resolve()
    if given.command == "check":
        problems = problems_of(root)
        print(report(problems))
        return 1 if problems else 0
    if given.command == "build":
        site = (given.site or root / "site").resolve()
        return (
            0 if build(root, site, given.date or _today(), lambda line: print(line, flush=True), given.address) else 1
        )
    return subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--strict"], cwd=root, env=settings(_today()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
