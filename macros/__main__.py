"""python -m macros check | build | serve | decisions diff: the generator's commands; the only place that reads the clock."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from macros.build import Stamp, build, settings
from macros.checks import check, stated, walked
from macros.compare import changes
from macros.content import load
from macros.freshness import check_horizon, warnings
from macros.problems import report, warned
from macros.revisions import file_at, is_revision
from macros.workingdays import bank_holidays


def _today() -> date:
    """The build date: SOURCE_DATE_EPOCH where it is set, else the day that it is now; both in universal time."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC)).date()


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks, builds and shows the guidance.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="lists every problem of the content")
    building = commands.add_parser("build", help="builds the site into site/")
    building.add_argument("--site", type=Path, help="the folder to build into (site/)")
    building.add_argument("--date", type=date.fromisoformat, default=None, help="the build date (today)")
    address = os.environ.get("SITE_URL", "")
    building.add_argument("--address", default=address, help="where the site will be read, for canonical links")
    building.add_argument("--commit", default="", help="the commit that it is made from (git knows)")
    building.add_argument("--draft", default="", help="the name of the draft that every page is marked with")
    commands.add_parser("serve", help="shows the site while you edit")
    decisions = commands.add_parser("decisions", help="tells what changed in the decisions")
    decisions.add_argument("what", choices=["diff"], help="names the ways that lead elsewhere than before")
    decisions.add_argument("revision", help="the commit, branch or tag to compare with")
    for command in commands.choices.values():
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (this one)")
    return parser.parse_args(words)


def _say(line: str) -> None:
    print(line, flush=True)


def _check(root: Path) -> int:
    content, calendar, today = load(root), bank_holidays(), _today()
    problems = check(content) + check_horizon(today, calendar)
    _say(report(problems) if problems else f"{report([])} {walked(content)} {stated(content)}")
    late = warned(warnings(content, today, calendar))
    if late:
        _say(late)
    return 1 if problems else 0


def _diff(root: Path, revision: str) -> int:
    if not is_revision(root, revision):
        _say(f'git knows no revision "{revision}". Name a commit, a branch or a tag, for example main.')
        return 2
    for line in changes(load(root), lambda path: file_at(root, revision, path)):
        _say(line)
    return 0


def main(words: list[str]) -> int:
    """Runs one command; 0 where all is well, 1 where there is something to mend, 2 where the words are off."""
    given = _arguments(words)
    root = given.root.resolve()
    if given.command == "check":
        return _check(root)
    if given.command == "decisions":
        return _diff(root, given.revision)
    if given.command == "build":
        site = (given.site or root / "site").resolve()
        stamp = Stamp(given.commit, given.draft)
        return 0 if build(root, site, given.date or _today(), _say, given.address, stamp) else 1
    return subprocess.call([sys.executable, "-m", "mkdocs", "serve", "--strict"], cwd=root, env=settings(_today()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
