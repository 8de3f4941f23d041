"""python -m bench: the figures that are measured on this machine, printed as a table; ends with 1 where one is missed."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from bench import cost, publishing, saved, terms, weight
from bench.finder import slowest_keystroke
from bench.search import measure
from macros.build import build, problems_of
from macros.content.load import load
from macros.topics.decision_proof import check_decision
from macros.topics.decisions import walk
from tests.graphs import large_decision

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)


def seconds(work: object) -> float:
    """How long a call takes, the best of three."""
    assert callable(work)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def build_times(site: Path) -> tuple[float, float]:
    """How long the pages and the documents take, each the best of three whole builds, as the build itself says."""
    said: list[str] = []
    for _ in range(3):
        assert build(ROOT, site, DAY, said.append), said
    pages = [float(found[1]) for line in said if (found := re.match(r"Built .* in ([\d.]+) seconds", line))]
    documents = [float(found[1]) for line in said if (found := re.match(r"Made .* in ([\d.]+) seconds", line))]
    return min(pages), min(documents)


def say(line: str) -> None:
    """Prints a line at once."""
    print(line, flush=True)


def main() -> int:
    """Measures, prints and judges."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        check = seconds(lambda: problems_of(ROOT))
        whole, documents = build_times(site)
        decisions = list(load(ROOT).decisions.values())
        large = large_decision()
        rows = [
            ("walk every decision, seconds", seconds(lambda: [list(walk(decision)) for decision in decisions]), 1.0),
            (
                "prove and walk 501 questions with 9,951 ways, seconds",
                seconds(lambda: [check_decision(large), list(walk(large))]),
                2.0,
            ),
            ("check the content, seconds", check, 2.0),
            ("build the pages, seconds", whole, 20.0),
            ("make every document as PDF and Word, seconds", documents, 10.0),
            ("find among 1,000 terms, processor 4 times slower, ms", slowest_keystroke(load(ROOT), site), 50.0),
        ]
        rows += weight.measure(site, say)
        rows += measure(ROOT, site, DAY, say)
    rows.append(("from a saved sentence to its page, seconds", saved.measure(), 1.0))
    rows.append(("pages with marked abbreviations, times without", terms.main(), 1.1))
    rows += cost.measure()
    served = publishing.measure()
    rows += [
        ("from push to live, times the build alone", served["ratio"], 1.3),
        ("the swap of a release, milliseconds", served["swap"], 50.0),
        ("nginx: answers that failed while releases were swapped", served["failed"], 0.0),
        ("nginx: microseconds an answer (200 is 5,000 a second)", 1e6 / served["rate"], 200.0),
    ]
    print(f"{'figure':<58}{'measured':>10}{'at most':>10}")
    for name, measured, most in rows:
        print(f"{name:<58}{measured:>10.2f}{most:>10.1f}{'' if measured <= most else '  missed'}")
    return 0 if all(measured <= most for _, measured, most in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
