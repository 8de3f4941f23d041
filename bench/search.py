"""The search, measured: how well it answers the judged queries, what it loads and how long it takes, beside its peers."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from bench.noting import Noting, served
from bench.peers import Peer, peers
from tests.browser.find import installed
from tests.scores import Answer, Query, load, score
from tests.searching import ask, blank, fresh, weight

Say = Callable[[str], None]
COLD = 12


def measure(root: Path, built: Path, day: date, say: Say) -> list[tuple[str, float, float]]:
    """Prints the comparison over the site in `built`, and gives our own figures with what each may be at most or least."""
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        site = folder / "site"
        shutil.copytree(built, site)
        others = peers(root, site, folder, day, say)
        with served(site) as address:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("LRP_BROWSER") or installed(), args=["--no-sandbox"]
            )
            rows = _compare(browser, site, address, others, say)
            browser.close()
    return rows


def _compare(
    browser: Browser, site: Path, address: str, others: list[Peer], say: Say
) -> list[tuple[str, float, float]]:
    queries = load()
    say(
        f"\n{'search over the judged queries':<26}{'nDCG@5':>8}{'MRR':>7}{'first':>8}{'none':>6}{'wrong':>7}{'KB':>8}{'ms':>7}"
    )
    ours = _asked(browser, lambda page, text, _: _own(page, text, site, address), queries)
    _print("ours", queries, ours, say)
    for peer in others:
        answers = _asked(browser, partial(_other, peer=peer, site=site, address=address), queries)
        _print(peer.name, queries, answers, say)
    found = score(queries, lambda text: ours[text][0])
    return [
        ("search: 100 × (1 − nDCG@5)", 100 * (1 - found.ndcg), 8.0),
        ("search: right answer not first, per cent", 100 * (1 - found.right_first), 15.0),
        ("search: queries with no result or a wrong term", float(len(found.nothing_found + found.wrong_terms)), 0.0),
        ("search: first results, KB gzip at most", max(bytes for _, bytes, _ in ours.values()) / 1000, 60.0),
        ("search: keystroke to results at 4× slower CPU, ms", _keystroke(browser, site, address), 100.0),
    ]


Found = tuple[Answer, int, float]


def _asked(
    browser: Browser, search: Callable[[Page, str, bool], Found], queries: tuple[Query, ...]
) -> dict[str, Found]:
    """What a search finds; the first COLD queries of each part are asked on a fresh page, which alone counts bytes and time."""
    page = browser.new_page()
    blank(page)
    cold = {query.text for held in (False, True) for query in [q for q in queries if q.held_out is held][:COLD]}
    ordered = sorted(queries, key=lambda query: query.text not in cold)
    found = {query.text: search(page, query.text, query.text in cold) for query in ordered}
    page.close()
    return found


def _own(page: Page, text: str, site: Path, address: str) -> Found:
    began = time.perf_counter()
    found = ask(page, site, address, text)
    return found.answer, found.loaded, 1000 * (time.perf_counter() - began)


def _other(page: Page, text: str, cold: bool, peer: Peer, site: Path, address: str) -> Found:
    if cold:
        page.goto(f"{address}blank.html")
        Noting.asked.clear()
    began = time.perf_counter()
    if cold and peer.script:
        page.add_script_tag(url=f"{address}{peer.script}")
    places = page.evaluate(peer.ask, text)
    took = 1000 * (time.perf_counter() - began)
    if not cold:
        return Answer(tuple(places)), 0, 0.0
    files = {file for file in Noting.asked if (site / file).is_file()}
    return Answer(tuple(places)), weight(site, files), took


def _print(name: str, queries: tuple[Query, ...], answers: dict[str, Found], say: Say) -> None:
    for part, held in (("tuned", False), ("held out", True)):
        asked = [query for query in queries if query.held_out is held]
        found = score(asked, lambda text: answers[text][0])
        cold = [answers[query.text] for query in asked if answers[query.text][1]]
        size, wait = median([size for _, size, _ in cold]), median([wait for _, _, wait in cold])
        none, wrong = len(found.nothing_found), len(found.wrong_terms)
        first = f"{100 * found.right_first:.1f} %"
        figures = f"{found.ndcg:>8.3f}{found.reciprocal_rank:>7.3f}{first:>8}{none:>6}{wrong:>7}{size / 1000:>8.1f}{wait:>7.0f}"
        say(f"{f'{name}, {part} ({found.queries})':<26}{figures}")


def _keystroke(browser: Browser, site: Path, address: str) -> float:
    """The median time from a keystroke to new results, once their parts are loaded, on a CPU slowed down four times."""
    page = browser.new_page()
    blank(page)
    fresh(page, site, address)
    texts = ["rapid r", "rapid re", "rapid rev", "lcsprs", "safegaurding", "how long to notify ofsted"]
    times = []
    for text in texts:
        page.evaluate("text => lrpSearch.find(text)", text)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    for text in texts * 3:
        timed = "async text => { const began = performance.now(); await lrpSearch.find(text); return performance.now() - began; }"
        times.append(float(page.evaluate(timed, text)))
    page.close()
    return median(times)
