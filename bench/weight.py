"""What pages weigh beside the same content on stock Material and Zensical, and how long they hold a slow phone up.

The others get each page as it reads here: the built text, as HTML in a Markdown file, with the same menu. Bytes are those
of the server's gzip. What this machine lacks (Zensical's environment, Lighthouse) is said, not guessed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import lighthouse
from bench.cost import LONGEST, ZENSICAL
from bench.noting import Noting, served
from macros.content.load import load
from macros.render.page_frame import menu
from tests.browser.find import installed
from tests.browser.test_weight import DRAWN, FIRST, MOVED, REQUESTS, SECOND, SECOND_DRAWN, pathways
from tests.evidence import record
from tests.packing import packed
from tests.project import ROOT

Say = Callable[[str], None]
Row = tuple[str, float, float]
PAGES = {
    "home": "",
    "pathway": "part-one/rapid-review/",
    "decision": "part-one/notify/",
    "glossary": "glossary/",
    "form": "form-a/",
}
TIMES, SLOWER, HELD_UP = 5, 4, 50  # runs of each page, times slower than here, milliseconds
_PHONE: Any = {"viewport": {"width": 390, "height": 844}}
_LONG = """(() => {
  window.held = [];
  const note = type => new PerformanceObserver(list => { for (const one of list.getEntries()) {
    const scripts = (one.scripts || []).map(part => [part.sourceURL.split("/").pop(), part.duration]);
    window.held.push([type, one.duration, scripts]);
  } }).observe({ type, buffered: true });
  note("longtask");
  if (PerformanceObserver.supportedEntryTypes.includes("long-animation-frame")) note("long-animation-frame");
})()"""


def measure(site: Path, say: Say) -> list[Row]:
    """Prints what was measured of the site in `site`, and gives our own figures with what each may be at most."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = os.environ.get("LRP_BROWSER") or installed()
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        rows = _beside(browser, site, Path(folder), say) + _steady(browser, site, say)
        browser.close()
    return rows + lighthouse.measure(site, path or "", PAGES, TIMES, say)


def _beside(browser: Browser, site: Path, folder: Path, say: Say) -> list[Row]:
    """The first and the second view of the same pages by each generator."""
    longest, *others = pathways(site)
    plain, drawn = (next(where for where in others if (where in DRAWN) is with_one) for with_one in (False, True))
    say(
        f"\n{'weight, KB gzip and requests':<26}{'first view':>16}{'second page':>16}{'with a decision':>16}   {longest}"
    )
    figures: list[tuple[int, int]] = []
    for name, built in [("ours", site), *_others(site, folder, say)]:
        views = [_view(browser, built, [longest, *more]) for more in ([], [plain], [drawn])]
        shown = [f"{size / 1000:.1f} in {count}" for size, count in views]
        say(f"{name:<26}{''.join(f'{view:>16}' for view in shown)}")
        figures = figures or views
    (first, requests), (second, _), (second_drawn, _) = figures
    return [
        (f"first view of {longest}, KB gzip", first / 1000, FIRST / 1000),
        ("first view, requests", float(requests), float(REQUESTS)),
        (f"second page {plain}, KB gzip", second / 1000, SECOND / 1000),
        (f"second page with a decision {drawn}, KB", second_drawn / 1000, SECOND_DRAWN / 1000),
    ]


def _view(browser: Browser, site: Path, way: list[str]) -> tuple[int, int]:
    """The bytes and the requests of the last page of a way, where what the pages before it asked for costs nothing."""
    known: set[str] = set()
    size = count = 0
    with served(site) as address:
        context = browser.new_context(**_PHONE)
        for where in way:
            Noting.asked.clear()
            page = context.new_page()
            page.goto(address + where, wait_until="networkidle")
            page.close()
            files = [path if path and not path.endswith("/") else f"{path}index.html" for path in Noting.asked]
            new = [path for path in dict.fromkeys(files) if path not in known and (site / path).is_file()]
            known |= {path for path in new if not path.endswith(".html")}
            size, count = sum(len(packed(site / path)) for path in new), len(new)
        context.close()
    return size, count


def _others(site: Path, folder: Path, say: Say) -> Iterator[tuple[str, Path]]:
    """The same pages as built by the others that are here."""
    for name, program in (
        ("Material", [sys.executable, "-m", "mkdocs"]),
        ("Zensical", [str(ZENSICAL), "-m", "zensical"]),
    ):
        if not Path(program[0]).exists():
            say(f"{name:<26}not measured here: make renderers sets it up")
            continue
        project = folder / name
        _write(site, project)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        ran = subprocess.run(
            [*program, "build"], cwd=project, env=environment, capture_output=True, text=True, timeout=LONGEST
        )
        if ran.returncode:
            said = (ran.stdout + ran.stderr).strip().splitlines() or ["nothing was said"]
            say(f"{name:<26}not measured here: it ended with {ran.returncode}: {said[-1][:120]}")
        else:
            yield name, project / "site"


def _write(site: Path, project: Path) -> None:
    """The built pages as a project of plain Markdown files, without our scripts."""
    content = load(ROOT)
    for path, page in content.pages.items():
        built = site / path.removesuffix("index.md").removesuffix(".md") / "index.html"
        text = built.read_text("utf-8")
        main = text[text.index('<header class="lrp-head"') : text.rindex("</main>")]
        main = re.sub(r"<script\b.*?</script>|\n\s*\n", "\n", main, flags=re.S)
        file = project / "docs" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        front = f"---\ntitle: {json.dumps(str(page.front.title))}\ndescription: {json.dumps(str(page.front.description))}\n---\n\n"
        file.write_text(f"{front}<div>\n{main}\n</div>\n", "utf-8")
    shutil.copytree(site / "assets" / "images", project / "docs" / "assets" / "images")
    theme = "{name: material, font: false}"  # its fonts would come from another origin
    settings = f"site_name: Bench\ntheme: {theme}\nnav: {json.dumps(menu(content))}\n"
    (project / "mkdocs.yml").write_text(settings, "utf-8")


def _steady(browser: Browser, site: Path, say: Say) -> list[Row]:
    """What holds each kind of page up for long on a processor slowed down, and what moves on it."""
    say(f"\n{f'{SLOWER} times slower':<26}{'longest task, ms':>18}{'layout shift':>14}   scripts in it")
    rows, figures = list[Row](), dict[str, float]()
    with served(site) as address:
        for name, where in PAGES.items():
            runs = [_held(browser, address + where) for _ in range(TIMES)]
            held, scripts = min(((longest, found) for longest, _, found in runs), key=lambda run: run[0])
            moved = max(shift for _, shift, _ in runs)
            say(f"{name:<26}{held:>18.0f}{moved:>14.3f}   {scripts or 'none of ours'}")
            rows += [
                (f"{name}: longest task, ms, the best of {TIMES}", held, HELD_UP),
                (f"{name}: layout shift", moved, 0.0),
            ]
            figures |= {f"longest-task-{name}": round(held), f"layout-shift-{name}": moved}
    record("speed", **figures)
    return rows


def _held(browser: Browser, url: str) -> tuple[float, float, str]:
    """One view of a page: its longest task in milliseconds, what moved, and the scripts that took most of the time."""
    context = browser.new_context(**_PHONE)
    context.add_init_script(_LONG)
    page = context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="load")
    page.wait_for_timeout(1000)
    found: list[Any] = page.evaluate("window.held")
    shift = float(page.evaluate(MOVED))
    context.close()
    scripts = sorted(
        (part for kind, _, parts in found if kind != "longtask" for part in parts), key=lambda part: -part[1]
    )
    told = ", ".join(f"{name} {took:.0f} ms" for name, took in scripts[:3] if name.endswith(".js"))
    return max([took for kind, took, _ in found if kind == "longtask"], default=0.0), shift, told


if __name__ == "__main__":
    for row in measure(Path(sys.argv[1]).resolve(), print):
        print(row)
