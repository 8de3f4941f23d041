"""python -m macros check | build | serve | due | advise | decisions diff: the generator's commands; the only place that reads the clock."""

from __future__ import annotations

import argparse
import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from macros.build import Stamp, build, problems_on
from macros.changes.compare import changes
from macros.changes.git import GitError, day_of, file_at, is_revision, newest_edition, write_content
from macros.changes.unannounced import Released, owed
from macros.checks.check import check, stated, walked
from macros.checks.mending import mendings, write
from macros.checks.plain_language import advised
from macros.checks.upkeep import SOON, agenda, told, warnings
from macros.content.load import load
from macros.editing import Editing
from macros.serve import serve
from macros.source.problems import report, warned
from macros.topics.dates import day_at
from macros.topics.working_days import bank_holidays

_PORT = 8000


def _today() -> date:
    """The build date: SOURCE_DATE_EPOCH where it is set, else the day that it is now; both in the United Kingdom."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return day_at(datetime.fromtimestamp(int(given), UTC) if given else datetime.now(UTC))


def _arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m macros", description="Checks, builds and shows the guidance.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="lists every problem of the content")
    checking.add_argument(
        "--since", default="", help="the release that revisions are counted from (the newest edition)"
    )
    checking.add_argument("--fix", action="store_true", help="mends what is mechanical, after showing it and asking")
    checking.add_argument("--yes", action="store_true", help="does not ask, for scripts")
    due = commands.add_parser("due", help="lists what is due for whom; ends with 1 where something is overdue")
    due.add_argument("--days", type=int, default=SOON, help=f"how far ahead to look ({SOON})")
    commands.add_parser("advise", help="says what could be plainer, and how easy each page is to read; refuses nothing")
    _building(commands.add_parser("build", help="builds the site into site/"))
    serving = commands.add_parser("serve", help="shows the site while you edit")
    serving.add_argument(
        "--port", type=int, default=_PORT, help=f"the port of this computer that it is served on ({_PORT})"
    )
    decisions = commands.add_parser("decisions", help="names the ways that lead elsewhere than before")
    decisions.add_argument("what", choices=["diff"])
    decisions.add_argument("revision", help="the commit, branch or tag to compare with")
    for command in commands.choices.values():
        command.add_argument("--root", type=Path, default=Path.cwd(), help="the project's folder (this one)")
    return parser.parse_args(words)


def _building(to: argparse.ArgumentParser) -> None:
    to.add_argument("--site", type=Path, help="the folder to build into (site/)")
    to.add_argument("--date", type=date.fromisoformat, default=None, help="the build date (today)")
    address = os.environ.get("SITE_URL", "")
    to.add_argument("--address", default=address, help="where the site will be read, for canonical links")
    to.add_argument("--commit", default="", help="the commit that it is made from (git knows)")
    to.add_argument("--draft", default="", help="the name of the draft that every page is marked with")
    to.add_argument("--as-at", default="", help="the day of the edition that every page is marked with")
    to.add_argument("--editions", default="", help="the days of the editions that are kept beside it, with commas")
    to.add_argument("--before", type=Path, help="the content of the last release, which revisions are counted from")
    to.add_argument("--evidence", type=Path, help="the folder or file of what was measured (.evidence/)")
    to.add_argument("--without-documents", action="store_true", help="make no PDF and Word files, for a quick look")
    to.add_argument("--released", type=date.fromisoformat, default=date.min, help="the day of the last release")


def _say(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:  # who reads has heard enough (make advise | head); the work goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fix(root: Path, yes: bool) -> bool:
    """Shows what is mechanical, asks, and mends it; whether it was mended or there is nothing to mend."""
    found = mendings(root)
    for line in (line for one in found for line in one.shown()):
        _say(line)
    if not found:
        _say("Nothing can be mended without asking what you mean.")
        return True
    if not yes and not sys.stdin.isatty():
        _say("Nothing was written. To write it, add --yes.")
        return False
    if not yes and input("Write this? Type yes or no: ").strip().lower() not in ("y", "yes"):
        _say("Nothing was written.")
        return False
    kept = write(root, found)
    for path in kept:
        _say(f"{path} was changed meanwhile and stays as it is. Type the command again.")
    _say(f"Mended {len(found) - len(kept)} {'file' if len(found) - len(kept) == 1 else 'files'}.")
    return True


def _check(root: Path, since: str) -> int:
    content, today = load(root), _today()
    calendar = bank_holidays(content.site.bank_holidays.region)
    problems = problems_on(content, today, calendar)
    edition = since or newest_edition(root)
    if edition and not is_revision(root, edition):
        return _unknown(edition)
    counted = (
        f"Revisions are counted from {edition}." if edition else "No edition is tagged, so no revision is asked for."
    )
    if edition and not problems:
        with TemporaryDirectory() as folder:
            write_content(root, edition, Path(folder))
            problems = owed(content, today, Released(Path(folder), day_of(root, edition)))
    _say(report(problems) if problems else f"{report([])} {walked(content)} {stated(content)} {counted}")
    late = warned(warnings(content, today, calendar))
    if late:
        _say(late)
    return 1 if problems else 0


def _unknown(revision: str) -> int:
    _say(f'git knows no revision "{revision}". Name a commit, a branch or a tag, for example main.')
    return 2


def _due(root: Path, days: int) -> int:
    content = load(root)
    if check(content):
        _say("The content has problems. Mend them first: make check")
        return 2
    calendar = bank_holidays(content.site.bank_holidays.region)
    lines, overdue = told(agenda(content, calendar), _today(), days)
    for line in lines:
        _say(line)
    return 1 if overdue else 0


def _advise(root: Path) -> int:
    for line in advised(load(root)):
        _say(line)
    return 0


def _diff(root: Path, revision: str) -> int:
    if not is_revision(root, revision):
        return _unknown(revision)
    content = load(root)

    def before(path: str) -> str:
        """What the file of a page held, under the path that it had then."""
        page = path.removeprefix("docs/").removesuffix(".yml")
        earlier = (f"docs/{name.removesuffix('.md')}.yml" for name in content.moves.earlier(f"{page}.md"))
        return next(filter(None, (file_at(root, revision, name) for name in (path, *earlier))), "")

    for line in changes(content, before):
        _say(line)
    return 0


def _build(root: Path, given: argparse.Namespace) -> int:
    editions = tuple(map(date.fromisoformat, filter(None, given.editions.split(","))))
    released = Released(given.before, given.released) if given.before else None
    stamp = Stamp(
        given.commit, given.draft, given.as_at, editions, released, given.evidence, not given.without_documents
    )
    site = (given.site or root / "site").resolve()
    unfit = _unfit(site)
    if unfit:
        _say(f"{unfit} Name a folder to build into with --site.")
        return 2
    return 0 if build(root, site, given.date or _today(), _say, given.address, stamp) else 1


def _unfit(site: Path) -> str:
    """Why no site can be built into a folder; empty where one can."""
    if not site.parent.is_dir():
        return f"There is no folder {site.parent} to build into."
    if site.exists() and not site.is_dir():
        return f"{site} is a file, and no folder to build into."
    return "" if os.access(site.parent, os.W_OK | os.X_OK) else f"You may not write into the folder {site.parent}."


def _serve(root: Path, port: int) -> int:
    if not (root / "mkdocs.yml").is_file():
        _say("No file mkdocs.yml stands here. Run it in the folder of the project, or name that with --root.")
        return 2
    wrong = serve(Editing(root, _today(), _say), port)
    if wrong:
        _say(wrong)
    return 2 if wrong else 0


def main(words: list[str]) -> int:
    """Runs one command; 0 where all is well, 1 where there is something to mend, 2 where the words are off."""
    given = _arguments(words)
    try:
        return _run(given, given.root.resolve())
    except GitError as fault:
        _say(f"git could not tell what stood there before. It says: {fault}")
        return 2


def _run(given: argparse.Namespace, root: Path) -> int:
    if not (root / "docs").is_dir():
        _say("No folder docs/ stands here. Run it in the folder of the project, or name that with --root.")
        return 2
    if given.command == "check" and given.fix and not _fix(root, given.yes):
        return 1
    if given.command == "check":
        return _check(root, given.since)
    if given.command == "due":
        return _due(root, given.days)
    if given.command == "advise":
        return _advise(root)
    if given.command == "decisions":
        return _diff(root, given.revision)
    if given.command == "build":
        return _build(root, given)
    return _serve(root, given.port)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
