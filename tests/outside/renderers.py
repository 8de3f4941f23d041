"""python -m tests.outside.renderers PROPERDOCS ZENSICAL: the same docs/ by other generators, compared with MkDocs page by page.

The arguments are the Pythons of the two environments. ProperDocs must agree in everything and ends this with 1 where it
does not; what differs in Zensical's build is listed, because it does not run our macros and Markdown extensions yet.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

from macros.build import settings
from tests.evidence import record
from tests.project import ROOT

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
LONGEST = 600  # seconds that a build may take
FAILED = "It does not build"
SHOWN = 20  # differences that are printed


@dataclass
class Page(HTMLParser):
    """What a reader meets in the main part of a page: anchors, words, the options of decisions and marked terms."""

    anchors: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes an anchor, an option or a term within main."""
        given = {name: value or "" for name, value in attrs}
        if tag == "main" or (self.open and tag not in VOID):
            self.open.append(tag)
        if not self.open:
            return
        classes = given.get("class", "").split()
        self.anchors += [given["id"]] if "id" in given else []
        self.decisions += [given.get("href", "")] if "lrp-option" in classes else []
        self.terms += [given.get("href", "")] if "lrp-abbr" in classes else []

    def handle_endtag(self, tag: str) -> None:
        """Closes the tag and what was left open in it."""
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Notes the words that stand on the page."""
        if self.open and not {"script", "style", "template"} & set(self.open):
            self.words += data.split()


def read(site: Path) -> dict[str, Page]:
    """The pages of a site by their addresses."""
    pages = {}
    for file in sorted(site.rglob("index.html")):
        page = pages[file.parent.relative_to(site).as_posix()] = Page()
        page.feed(file.read_text("utf-8"))
        page.close()
    return pages


def differences(ours: dict[str, Page], theirs: dict[str, Page]) -> Iterator[str]:
    """What is not the same in two builds, a line each."""
    yield from (f"{address}: there is no such page" for address in ours.keys() - theirs.keys())
    yield from (f"{address}: only there" for address in theirs.keys() - ours.keys())
    for address in sorted(ours.keys() & theirs.keys()):
        for part in ("anchors", "words", "decisions", "terms"):
            one, other = getattr(ours[address], part), getattr(theirs[address], part)
            if one != other:
                place = next(
                    (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
                )
                told = [repr(" ".join(given[place : place + 4])) for given in (one, other)]
                yield f"{address}: {len(one)} {part} and {len(other)} there, first {told[0]} and {told[1]} there"


def built(words: list[str], project: Path) -> str:
    """Builds a project; why that failed, in one line, or nothing."""
    environment = settings(datetime.now(UTC).date())
    try:
        run = subprocess.run(words, cwd=project, env=environment, capture_output=True, text=True, timeout=LONGEST)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    said = [line for line in (run.stdout + run.stderr).splitlines() if line.strip()]
    return f"ended with {run.returncode}: {(said or ['nothing was said'])[-1]}" if run.returncode else ""


def compare(properdocs: str, zensical: str, folder: Path) -> dict[str, list[str]]:
    """What differs from the build by MkDocs, by the name of the other generator; and how many pages MkDocs made."""
    ours = folder / "mkdocs"
    failed = built([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(ours)], ROOT)
    assert not failed, failed
    pages = read(ours)
    found = {"pages": list(pages)}
    words = [properdocs, "-m", "properdocs", "build", "--quiet", "--config-file", "mkdocs.yml"]
    failed = built([*words, "--site-dir", str(folder / "properdocs")], ROOT)
    found["properdocs"] = (
        [f"{FAILED}: it {failed}"] if failed else list(differences(pages, read(folder / "properdocs")))
    )
    project = folder / "project"  # Zensical builds within its project alone
    for part in ("docs", "glossary", "macros", "overrides"):
        shutil.copytree(ROOT / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "mkdocs.yml", project)
    failed = built([zensical, "-m", "zensical", "build"], project)
    found["zensical"] = [f"{FAILED}: it {failed}"] if failed else list(differences(pages, read(project / "site")))
    return found


def main(properdocs: str, zensical: str) -> int:
    """Compares, keeps the figures and prints what differs."""
    with tempfile.TemporaryDirectory() as name:
        found = compare(properdocs, zensical, Path(name))
    pages, figures = len(found.pop("pages")), dict[str, int | str]()
    for generator, lines in found.items():
        failed = any(line.startswith(FAILED) for line in lines)
        figures |= {f"{generator}_build": FAILED} if failed else {generator: len(lines)}
        print(f"{generator}: {'nothing to compare' if failed else f'{len(lines)} differences on {pages} pages'}")
        print("".join(f"  {line}\n" for line in lines[:SHOWN]), end="")
        print(f"  and {len(lines) - SHOWN} more\n" if len(lines) > SHOWN else "", end="")
    record("renderers", pages=pages, **figures)
    return 1 if found["properdocs"] else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
