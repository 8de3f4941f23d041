"""What an editor sees while editing: each page as it was saved last, made when it is asked for, and everything else as the last build made it.

A page is made alone, by the same steps as in a build, in well under a second; other pages are made when somebody looks at
them. Behind it the production build runs, and what it made takes the place: search, documents, moved pages, all of it.
"""

from __future__ import annotations

import hashlib
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock

from macros import render_page
from macros.build import commit_of, problems_on, settings
from macros.checks.check import check_one
from macros.content.addresses import address
from macros.content.load import Content, load, reread
from macros.markup.pages import Pages
from macros.markup.slots import facts, fill
from macros.output.assets import bundle
from macros.output.policy import put_into
from macros.source.listing import Stamps, stamps
from macros.source.problems import report, reported, told
from macros.source.writing import add
from macros.topics.evidence import Evidence
from macros.topics.records import FOLDER, gather
from macros.topics.working_days import bank_holidays

WATCHED = ("docs", "glossary", "overrides", "mkdocs.yml", "macros")
_OWN = ("assets", "base", "components")  # the folders of overrides/ whose files pages link
_PAUSE = 0.1  # seconds between two looks at the files


@dataclass(frozen=True)
class _Made:
    """Files of a site by their paths, and of which saving they are."""

    saving: int
    files: dict[str, bytes]


@dataclass
class Editing:
    """The project in `root` as it is being edited; `say` prints for whoever sits at the terminal."""

    root: Path
    today: date
    say: Callable[[str], None]
    problems: tuple[str, ...] = ()
    content: Content | None = None  # as it was last without a problem that would stop its pages
    saving: int = 0  # how often it was taken over
    read: Content | None = None  # as it was read last, with whatever is wrong with it
    made: dict[str, _Made] = field(default_factory=dict)  # pages that were made alone
    whole: tuple[int, TemporaryDirectory[str]] | None = None  # the last build, and of which saving it is
    building: tuple[int, TemporaryDirectory[str], subprocess.Popen[str]] | None = None
    stamped: Stamps = field(default_factory=dict)
    ended: Event = field(default_factory=Event)
    _making: Lock = field(default_factory=Lock)

    def watch(self) -> None:
        """Looks at the files until it is ended, and follows each change."""
        self.begin()
        while not self.ended.is_set():
            try:
                self.look()
            except Exception as fault:  # whatever was saved half, or went away while it was read
                self.say(
                    f"What was saved could not be read: {_line(fault)}. Save it again; if that does not help, tell a maintainer."
                )
            self.ended.wait(_PAUSE)

    def begin(self) -> None:
        """Says to MkDocs in this process what a build says to it in its own."""
        logging.getLogger("mkdocs").setLevel(
            logging.CRITICAL
        )  # what it would say, the checks and the build say in words
        records, _ = gather(self.root / FOLDER)
        evidence = Evidence(records, commit_of(self.root, self.say), self.today)
        os.environ.update(settings(self.today) | {"LRP_COMMIT": evidence.commit, "LRP_EVIDENCE": evidence.text()})

    def look(self) -> None:
        """Follows what has changed since the last look, and takes over what a build has made."""
        before, now = self.stamped, stamps(self.root, WATCHED)
        if now != before:
            self.stamped = now
            self._follow({path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}, before)
        self._take_over()

    def end(self) -> None:
        """Ends the watching and the build, and removes what was made."""
        self.ended.set()
        self._stop()
        if self.whole:
            self.whole[1].cleanup()

    def _follow(self, changed: set[str], before: Stamps) -> None:
        """Reads what has changed, shows it, and says what is wrong with it."""
        if before and any(path.startswith("macros/") for path in changed):
            self.say("The generator itself has changed. End make serve with Ctrl-C and start it again.")
        pages = all(path in before and path.startswith("docs/") and path.endswith(".md") for path in changed)
        if self.read and pages and all((self.root / path).is_file() for path in changed):
            for path in changed:
                self.read = reread(self.read, path)
            names = [path.removeprefix("docs/") for path in changed]
            if not self.problems and not any(check_one(self.read, name) for name in names):
                self._take(self.read, names)
                self._build()  # which begins with the check of everything
                return
        else:
            self.read = load(self.root)
        self._judge(self.read)

    def _judge(self, content: Content) -> None:
        """Checks everything; where nothing is wrong, what was saved is taken over, and built whole behind it."""
        calendar = bank_holidays(content.site.bank_holidays.region)
        mistakes = problems_on(content, self.today, calendar)
        problems = tuple(map(told, sorted(set(mistakes))))
        if problems != self.problems:
            self.say(report(mistakes))
        self.problems = problems
        if problems:
            self._stop()
            return
        self._take(content, [])
        self._build()

    def _take(self, content: Content, shown: list[str]) -> None:
        """Has pages be made of this content from now on; those that were saved are made at once."""
        self.content, self.saving = content, self.saving + 1
        for path in shown:
            self.page(path)

    def page(self, path: str) -> dict[str, bytes]:
        """The page and what it loads, by their paths in the site, as it was saved last; nothing where it cannot be made."""
        with self._making:
            made, content, saving = self.made.get(path), self.content, self.saving
            if not content or (made and made.saving == saving):
                return made.files if made else {}
            try:
                files = _page_alone(content, path)
            except (Exception, SystemExit) as fault:  # the macros plugin ends the process where a macro fails
                self.say(f"The page {path} cannot be made: {_line(fault)}")
                files = made.files if made else {}
            self.made[path] = _Made(saving, files)
            return files

    def file(self, path: str) -> bytes | None:
        """The bytes of a file of the site; nothing where there is none."""
        content, whole = self.content, self.whole
        page = next((page for page in content.pages if f"{address(page)}index.html" == path), "") if content else ""
        site = Path(whole[1].name) / "site" if whole else None
        built = None
        with suppress(OSError):  # none is there, or the next build takes its place at this moment
            built = (site / path).read_bytes() if site else None
        if page and not (whole and whole[0] == self.saving):
            alone = self.page(page).get(path)
            if alone and built:  # sizes of documents and dates are known from the last build
                return fill(alone.decode(), facts(built.decode())).encode()
            if alone:
                return alone
        if built is not None:
            return built
        return next((made.files[path] for made in list(self.made.values()) if path in made.files), None)

    def _build(self) -> None:
        """Begins the production build of what was saved; one that has begun before is ended."""
        self._stop()
        folder = TemporaryDirectory(prefix="lrp-")
        words = [sys.executable, "-m", "macros", "build", "--root", str(self.root), "--date", str(self.today)]
        child = subprocess.Popen(
            [*words, "--site", f"{folder.name}/site"],
            cwd=Path(__file__).parent.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, child.pid, 10)  # what the editor looks at comes first
        self.building = (self.saving, folder, child)

    def _take_over(self) -> None:
        """Puts what a build has made in the place of what stood there, once it is done."""
        if not self.building or self.building[2].poll() is None:
            return
        (saving, folder, child), self.building = self.building, None
        said, _ = child.communicate()
        if child.returncode:
            self.problems = _reasons(said)
            self.say("\n".join(self.problems))
            folder.cleanup()
            return
        old, self.whole = self.whole, (saving, folder)
        if old:
            old[1].cleanup()
        self.say("Everything is as it will be published: search, documents and all.")

    def _stop(self) -> None:
        """Ends the build that is at work, and all that it has started."""
        if self.building:
            _, folder, child = self.building
            self.building = None
            with suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
            folder.cleanup()


def _page_alone(content: Content, path: str) -> dict[str, bytes]:
    """One page and the styles and scripts that it loads, made by the steps of a build."""
    with TemporaryDirectory() as folder:
        site = Path(folder)
        for top in _OWN:
            for file in (content.root / "overrides" / top).rglob("*.*"):
                if file.suffix in (".css", ".js", ".svg"):
                    add(site, file.relative_to(content.root / "overrides").as_posix(), file.read_bytes())
        render_page(content, path, site)
        pages = Pages(site)
        bundle(pages)
        pages.change(put_into)
        files = {name: pages.data(name) for name in pages.paths()}
    return files | {name: picture.data for name, picture in content.pictures.items()}


def _line(fault: BaseException) -> str:
    return " ".join(str(fault).split())[:300] or type(fault).__name__


def _reasons(said: str) -> tuple[str, ...]:
    """Why a build stopped: its problems or, where there are none, what else it said."""
    lines = [line for line in said.splitlines() if not line.endswith("…")]
    return tuple(reported(lines) or lines) or ("The build ended without a word.",)


def fingerprint(data: bytes) -> str:
    """What tells whether a page has changed."""
    return hashlib.sha256(data).hexdigest()[:16]
