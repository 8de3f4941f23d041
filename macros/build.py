"""The production build: check, MkDocs into a fresh folder, open data, verify, and only then the swap into place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from macros.changes.change_log import folders
from macros.changes.feed import atom
from macros.changes.git import GitError, commit
from macros.changes.unannounced import Released, owed
from macros.checks.check import check, walked
from macros.checks.upkeep import check_horizon, check_look_backs, warnings
from macros.content.handover import NOTHING, hand
from macros.content.load import Content, edition, load
from macros.documents.cover import notice
from macros.documents.form_files import made_forms
from macros.documents.letters import check_letters
from macros.documents.make import make_documents
from macros.documents.typesetting import SettingError
from macros.markup.pages import Pages
from macros.output.assets import bundle, drop
from macros.output.moved_pages import moved_pages
from macros.output.offline import add_copies
from macros.output.open_data import made_files
from macros.output.packed_pictures import put_packed
from macros.output.policy import put_into
from macros.output.provenance import materials, write_record
from macros.output.safe_html import check_site
from macros.output.verify import verify
from macros.search.packing import search_files
from macros.source.problems import Problem, report, warned
from macros.source.writing import WritingError
from macros.topics.evidence import FILE, Evidence
from macros.topics.records import FOLDER, gather
from macros.topics.working_days import Calendar, bank_holidays

Say = Callable[[str], None]


@dataclass(frozen=True)
class Stamp:
    """What a build by the server is told.

    Its commit, the draft or the day that it shows, the editions kept beside it, and the release before it: what has
    changed since then has to be told in revisions; what holds the figures measured, where not `.evidence/`; and whether
    the documents are made, which take most of the time: without them the links to them lead to nothing.
    """

    commit: str = ""
    draft: str = ""
    as_at: str = ""
    editions: tuple[date, ...] = ()
    released: Released | None = None
    evidence: Path | None = None
    documents: bool = True


def build(root: Path, site: Path, today: date, say: Say, address: str = "", stamp: Stamp = Stamp()) -> bool:
    """Builds the project in `root` into `site` as of `today`; on any problem `site` stays as it was and False comes back.

    `address` is where the site will be read, for canonical links and the site map; without it every link is relative.
    """
    began = time.monotonic()
    say("Checking the content …")
    content = load(root)
    records, foreign = gather(stamp.evidence or root / FOLDER)
    problems = _check(content, today, stamp, say) + foreign
    if problems:
        return _refuse(say, report(problems), site)
    fresh = Path(tempfile.mkdtemp(prefix=f".{site.name}-", dir=site.parent))
    try:
        evidence = Evidence(records, stamp.commit or commit_of(root, say), today)
        failed, documents_took = _make(content, fresh, address, say, stamp, evidence)
        if failed:
            return _refuse(say, failed, site)
        _swap(fresh, site)
    except WritingError as error:
        return _refuse(say, str(error), site)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    pages = sum(1 for _ in site.rglob("*.html"))
    say(f"Built {pages} pages in {time.monotonic() - began - documents_took:.1f} seconds into {_shown(site, root)}.")
    say("To look at them: make serve, then open http://127.0.0.1:8000/")
    return True


def _make(content: Content, fresh: Path, address: str, say: Say, stamp: Stamp, evidence: Evidence) -> tuple[str, float]:
    """Makes everything in the folder `fresh`; why that failed, and how many seconds the documents took of it."""
    about, today = edition(content), evidence.today
    say(f"Building {len(content.pages)} pages …")
    failed = _render(content, fresh, address, stamp, evidence)  # MkDocs writes every page
    if failed:
        return failed, 0
    drop(content, fresh)  # what the theme lays in and no page names
    put_packed(content, fresh)  # pictures as pages show them
    pages = Pages(fresh)  # every page is read, once
    failed, took = _documents(content, pages, address, say, stamp, today)  # PDF and Word; their sizes in the pages
    if failed:
        return failed, 0
    bundle(pages)  # the styles and scripts of a page joined, and named by what they hold
    for path, data in _beside(content, pages, address, evidence):
        pages.add(path, data)  # data, feed, old addresses, search, evidence, the bill of materials, blank forms
    pages.change(put_into)  # the policy, before anything that a page loads
    add_copies(content.root, pages, content.site, about, today, address)  # zip and worker; their sizes in the pages
    pages.write()  # every page is written, once
    write_record(fresh, evidence, about)  # what it was made from, and the fingerprint of every file
    say("Verifying links, anchors and parts …")
    absent = () if stamp.documents else tuple(path for document in content.documents for path in document.files())
    problems = verify(pages, address, folders(stamp.editions) + absent) + check_site(pages)
    return report(problems) if problems else "", took


def _render(content: Content, fresh: Path, address: str, stamp: Stamp, evidence: Evidence) -> str:
    """Has MkDocs write the pages of checked content; why that failed."""
    told = {"LRP_COMMIT": evidence.commit, "LRP_EVIDENCE": evidence.text()}
    with tempfile.TemporaryDirectory() as folder:
        given = hand(content, Path(folder, "content"))
        return _mkdocs(content.root, fresh, settings(evidence.today, address, stamp) | told | given)


def _documents(content: Content, pages: Pages, address: str, say: Say, stamp: Stamp, today: date) -> tuple[str, float]:
    """Makes the documents; why that failed, and how many seconds it took."""
    if not stamp.documents:
        return "", 0
    began = time.monotonic()
    try:
        count = make_documents(content, pages, address, today, epoch(today), notice(stamp.draft, stamp.as_at, address))
    except SettingError as error:
        return f"The documents could not be made. {error}", 0
    took = time.monotonic() - began
    if count:
        say(f"Made {count} document{'' if count == 1 else 's'} as PDF and Word in {took:.1f} seconds.")
    return "", took


def _beside(content: Content, pages: Pages, address: str, evidence: Evidence) -> Iterator[tuple[str, bytes]]:
    """The path and the bytes of each file that is made beside the pages."""
    texts = [*made_files(content), *atom(content, address), *moved_pages(content), *search_files(content, pages)]
    texts += [(FILE, evidence.text()), materials(content.root, content.site.file_stem, evidence.commit, evidence.today)]
    yield from ((path, text.encode()) for path, text in texts)
    yield from made_forms(content)


def _check(content: Content, today: date, stamp: Stamp, say: Say) -> list[Problem]:
    """What stops the build; where nothing does, the ways that were walked and the warnings are said."""
    calendar = bank_holidays(content.site.bank_holidays.region)
    problems = problems_on(content, today, calendar)
    if problems:
        return problems
    say(walked(content))
    untold = owed(content, today, stamp.released) if stamp.released else []
    late = warned(warnings(content, today, calendar) + (untold if stamp.draft else []))
    if late:
        say(late)
    return [] if stamp.draft else untold


def commit_of(root: Path, say: Say) -> str:
    """The commit that is built; where git cannot tell, why, and "none": the pages are right all the same."""
    try:
        return commit(root)
    except GitError as fault:
        say(f"git cannot tell which commit this is, so the site names none: {fault}")
        return "none"


def _refuse(say: Say, why: str, site: Path) -> bool:
    say(why)
    say(
        f"Nothing was published. The last good site is still in {site.name}/."
        if site.is_dir()
        else "Nothing was published."
    )
    return False


def _shown(site: Path, root: Path) -> str:
    return f"{site.relative_to(root)}/" if site.is_relative_to(root) else f"{site}/"


def epoch(day: date) -> int:
    """The first second of `day` in universal time, as SOURCE_DATE_EPOCH counts it."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def settings(today: date, address: str = "", stamp: Stamp = Stamp()) -> dict[str, str]:
    """The environment that MkDocs runs in: the build date, the site's address, what it shows, and no notices of others."""
    return {
        **os.environ,
        "SITE_URL": address,
        "LRP_DRAFT": stamp.draft,
        "LRP_AS_AT": stamp.as_at,
        "LRP_EDITIONS": " ".join(map(str, stamp.editions)),
        "SOURCE_DATE_EPOCH": str(epoch(today)),
        "NO_MKDOCS_2_WARNING": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",  # a build writes nothing into the project
        **NOTHING,
    }


def _mkdocs(root: Path, fresh: Path, environment: dict[str, str]) -> str:
    """Runs MkDocs strictly and never quietly; what it printed comes back where it failed."""
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
    run = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True)
    if run.returncode == 0:
        return ""
    printed = [line.strip() for line in (run.stdout + run.stderr).splitlines() if line.strip(" `")]
    said = [line for line in printed if line.startswith(("WARNING", "ERROR"))] + printed[-1:]
    return "\n".join(["MkDocs stopped. This is what it said:", *(f"  {line}" for line in dict.fromkeys(said))])


def _swap(fresh: Path, site: Path) -> None:
    """Puts the fresh folder in the place of the old site: two renames, so that no half site is ever seen."""
    fresh.chmod(0o755)
    old = site.with_name(f".{site.name}-old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    fresh.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def problems_on(content: Content, today: date, calendar: Calendar) -> list[Problem]:
    """Every problem of the content on a day: those of the content, those that time decides, and what no document can show."""
    timely = [*check_horizon(today, calendar), *check_look_backs(content, today)]
    return [*check(content), *timely, *check_letters(content)]


def problems_of(root: Path) -> list[Problem]:
    """Every problem of the content of the project in `root`."""
    return check(load(root))
