"""What marking abbreviations costs: the same pages built without it, with ours, and with what others offer.

Each build is a process of its own under plain MkDocs with a bare template, so that nothing but Markdown dilutes the
figure; ours reads its glossary files within the measured time.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.project import small_project

ROOT = Path(__file__).parent.parent
WORDS = [
    "the",
    "child",
    "family",
    "home",
    "school",
    "nurse",
    "review",
    "partner",
    "report",
    "safe",
    "harm",
    "plan",
    "visit",
    "told",
    "agreed",
    "record",
]
LONGEST = 240  # seconds that the build of a peer may take
USES, DISTINCT = 1, 12  # abbreviations in a paragraph of 40 words, of so many terms on a page
EXTENSIONS = "admonition, attr_list, def_list, md_in_html, tables, toc, pymdownx.superfences"
HOOK = """
import sys
sys.path.insert(0, {root!r})
from datetime import date
from pathlib import Path
from macros.abbreviations import Abbreviations
from macros.content import load
from macros.render import Renderer
from macros.termlists import TermLists
def on_config(config):
    content = load(Path({project!r}))
    assert not content.problems, content.problems
    lists = TermLists(Renderer(content, lambda: "index.md", date(2026, 11, 23)))
    if {marked}:
        config.markdown_extensions.append(Abbreviations(lists.spellings, lists.reading, lists.finish))
"""


def letters(number: int) -> str:
    """Five capitals, another five for each number."""
    return "Q" + "".join(chr(65 + number // 26**place % 26) for place in range(4))


def write(folder: Path, pages: int, terms: int) -> None:
    """Pages of about 1,000 words with headings and a table, and the terms in each form that a way of marking reads."""
    source, dice = folder / "docs", random.Random(2026)
    source.mkdir(parents=True)
    for number in range(pages):
        (source / f"page-{number}.md").write_text(f"# Page {number}\n\n{page_text(dice, terms)}", "utf-8")
    words = {letters(number): f"expansion of term number {number}" for number in range(terms)}
    (folder / "abbreviations.md").write_text("".join(f"*[{key}]: {text}\n" for key, text in words.items()), "utf-8")
    entries = "".join(
        f"  - {{id: term-{number}, abbreviation: {key}, expansion: {text}, meaning: What it means., source: statute, "
        "checked: 2026-11-23, confidence: high}\n"
        for number, (key, text) in enumerate(words.items())
    )
    for name, marked in (("unmarked", False), ("marked", True)):
        project = small_project(folder / name, with_generator=True)
        (project / "glossary" / "reviews.yml").write_text(f"category: All\nterms:\n{entries}", "utf-8")
        hook = HOOK.format(root=str(ROOT), project=str(project), marked=marked)
        (folder / f"{name}.py").write_text(hook, "utf-8")


def page_text(dice: random.Random, terms: int) -> str:
    """About 1,000 words under headings, with a table and links."""
    text: list[str] = []
    own = dice.sample(range(terms), DISTINCT)
    for section in range(6):
        text.append(f"## Section {section}\n")
        for _ in range(4):
            words = dice.choices(WORDS, k=34)
            for _ in range(USES):
                words.insert(dice.randrange(len(words)), letters(dice.choice(own)))
            text.append(f"The {' '.join(words)} and *more* of [it](page-0.md).\n")
    return "\n".join([*text, "Table: Who tells\n\n| Who | What |\n| --- | --- |\n| a nurse | tells |\n"])


def ways(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Each way of marking: its name, the Markdown extensions that it adds, and its plugins and hooks."""
    file = folder / "abbreviations.md"
    yield "without", "", "plugins: []\nhooks: [unmarked.py]"
    yield "ours", "", "plugins: []\nhooks: [marked.py]"
    yield "abbr with glossary", "abbr: {glossary: !!python/name:peer.TERMS }", "plugins: []\nhooks: [unmarked.py]"
    yield "ezglossary", "", "plugins: [ezglossary]\nhooks: [unmarked.py]"
    documented = f"abbr, pymdownx.snippets: {{auto_append: ['{file}']}}"
    yield "documented way", documented, "plugins: []\nhooks: [unmarked.py]"


def compare(pages: int, terms: int, times: int, peers: Path) -> float:
    """Prints what each way costs beside the same pages without it; gives ours."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, pages, terms)
        measured: dict[str, float | str] = {}
        for _ in range(times):
            for way, extensions, more in ways(folder):
                if way == "documented way" and (terms > 250 or way in measured):
                    continue  # its time grows with pages times terms: measured once, and on fewer pages below
                now = seconds(folder, extensions, more, peers)
                last = measured.get(way, now)
                measured[way] = min(last, now) if isinstance(last, float) and isinstance(now, float) else now
    base = measured["without"]
    assert isinstance(base, float), base
    print(f"\n{pages} pages, {terms} terms: {base:.2f} seconds of processor time without marking")
    for way, now in measured.items():
        print(f"  {way:<40}{f'{now:>8.2f} s  {now / base:.2f} times' if isinstance(now, float) else now}")
    ours = measured["ours"]
    assert isinstance(ours, float), ours
    return ours / base


def documented(pages: int, terms: int, peers: Path) -> None:
    """Prints what the documented way costs a page with many terms, measured on few pages: on all it would take an hour."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, pages, terms)
        chosen = {way: (extensions, more) for way, extensions, more in ways(folder)}
        without, with_it = (seconds(folder, *chosen[way], peers) for way in ("without", "documented way"))
    if isinstance(without, float) and isinstance(with_it, float):
        print(
            f"  documented way, {pages} pages alone: {with_it:.1f} s, {(with_it - without) / pages:.2f} s a page more"
        )
    else:
        print(f"  documented way, {pages} pages alone: {with_it}")


def install(folder: Path) -> Path:
    """A folder with ezglossary and what only it needs, for this run alone; empty where it cannot be installed."""
    names = ["mkdocs-ezglossary-plugin", "inflect", "more_itertools", "typeguard", "jaraco.functools"]
    words = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(folder), *names]
    subprocess.run(words, capture_output=True, timeout=LONGEST, check=False)
    return folder


def main() -> float:
    """Measures every way at both sizes; gives the larger of our two figures."""
    with tempfile.TemporaryDirectory() as name:
        peers = install(Path(name))
        ours = [compare(200, 250, 3, peers), compare(1000, 1000, 1, peers)]
        documented(10, 1000, peers)
    return max(ours)


def seconds(folder: Path, extensions: str, more: str, peers: Path) -> float | str:
    """The processor time of one build, which other work on the machine hardly changes, or why there is none."""
    if "ezglossary" in more and not (peers / "mkdocs_ezglossary_plugin").is_dir():
        return "could not be installed"
    listed = ", ".join(f"{{{name}}}" if ": " in name else name for name in _split(f"{EXTENSIONS}, {extensions}"))
    (folder / "mkdocs.yml").write_text(
        f"site_name: Bench\ntheme: {{name: material, font: false, features: [navigation.prune]}}\nmarkdown_extensions: [{listed}]\n{more}\n",
        "utf-8",
    )
    (folder / "peer.py").write_text(
        "import re\nfrom pathlib import Path\n"
        f"TERMS = dict(re.findall(r'\\*\\[(.*?)\\]: (.*)', Path({str(folder / 'abbreviations.md')!r}).read_text()))\n",
        "utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(peers)]), "NO_MKDOCS_2_WARNING": "1"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        words = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
        subprocess.run(words, cwd=folder, env=environment, check=True, capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"over {LONGEST} seconds"
    except subprocess.CalledProcessError as error:
        return f"failed: {error.stderr.decode().strip().splitlines()[-1][:90]}"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _split(text: str) -> list[str]:
    """The extensions of a list, those with settings whole."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(f"{text},"):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and not depth:
            parts.append(text[start:place].strip())
            start = place + 1
    return [part for part in parts if part]
