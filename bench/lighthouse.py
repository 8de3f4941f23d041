"""Lighthouse as a phone, where Node has a copy of it installed; nothing is fetched, and where there is none it is said."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from statistics import median

from bench.noting import served
from tests.evidence import record

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LONGEST = 300  # seconds that one run may take


def measure(
    site: Path, browser: str, pages: dict[str, str], times: int, say: Callable[[str], None]
) -> list[tuple[str, float, float]]:
    """The worst median of each category over the pages, where Node has Lighthouse installed."""
    words = _installed()
    if isinstance(words, str):
        say(f"\nLighthouse: not run here: {words}")
        return []
    worst = dict.fromkeys(CATEGORIES, 100.0)
    say(f"\n{'Lighthouse, median':<26}{''.join(f'{name:>16}' for name in CATEGORIES)}")
    with served(site) as address:
        for name, where in pages.items():
            runs = [_scores(words, address + where, browser) for _ in range(times)]
            found = {part: median(run[part] for run in runs) for part in CATEGORIES}
            say(f"{name:<26}{''.join(f'{found[part]:>16.0f}' for part in CATEGORIES)}")
            worst = {part: min(worst[part], found[part]) for part in CATEGORIES}
    record("lighthouse", **{part: round(score) for part, score in worst.items()})
    return [(f"Lighthouse: 100 − {part}", 100 - score, 2.0) for part, score in worst.items()]


def _installed() -> list[str] | str:
    """The words that start Lighthouse, or why there is none; nothing is fetched."""
    if shutil.which("lighthouse"):
        return ["lighthouse"]
    if not shutil.which("npx"):
        return "Node is not here."
    ran = subprocess.run(["npx", "--no-install", "lighthouse", "--version"], capture_output=True, timeout=60)
    return (
        "no copy is installed: npm install -g lighthouse" if ran.returncode else ["npx", "--no-install", "lighthouse"]
    )


def _scores(words: list[str], url: str, browser: str) -> dict[str, float]:
    """One run of Lighthouse as a phone: the score of each category, of 100."""
    flags = ["--output=json", "--quiet", f"--only-categories={','.join(CATEGORIES)}"]
    chrome = "--chrome-flags=--headless=new --no-sandbox --disable-background-networking"
    environment = {**os.environ, "CHROME_PATH": browser}
    ran = subprocess.run(
        [*words, url, *flags, chrome], env=environment, capture_output=True, text=True, check=True, timeout=LONGEST
    )
    return {part: 100 * float(json.loads(ran.stdout)["categories"][part]["score"] or 0) for part in CATEGORIES}
