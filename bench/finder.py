"""The finder of the glossary at 1,000 terms, on a processor slowed down four times."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from macros.content.load import Content
from macros.render.macros import Renderer
from macros.source.ids import Id
from macros.source.text import Text

ROOT = Path(__file__).parent.parent
TERMS = 1000
QUERIES = ["s", "sc", "scr", "c", "ch", "child saf", "serious case review", "lscpr", "zzzq"]
# Milliseconds from the event of each keystroke to the moment after what it found has been painted.
MEASURE = """queries => new Promise(done => {
  const field = document.querySelector("#finder-field"), times = [];
  (function next() {
    if (times.length === queries.length) return done(times);
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => {
      field.value = queries[times.length];
      const began = performance.now();
      field.dispatchEvent(new Event("input", { bubbles: true }));
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => { times.push(performance.now() - began); next(); };
        channel.port2.postMessage(0);
      });
    }, 300));
  })();
})"""


def many_terms(content: Content) -> Content:
    """The real content with its terms repeated under other letters until there are 1,000."""
    terms = [term for category in content.categories for term in category.terms]
    copies = []
    for number in range(TERMS - len(terms)):
        term = terms[number % len(terms)]
        letters = Text(f"{term.abbreviation or 'T'}{number}")
        copies.append(replace(term, id=Id(f"{term.id}-{number}"), abbreviation=letters, forms=(), plural=None))
    first, *rest = content.categories
    return replace(content, categories=(replace(first, terms=(*first.terms, *copies)), *rest))


def page(content: Content, site: Path) -> str:
    """The built glossary with the entries of `content` in place of its own."""
    own = (site / "glossary" / "index.html").read_text("utf-8")
    made = Renderer(content, here=lambda: "glossary.md", today=date(2026, 11, 23)).glossary()
    data = '<script type="application/xml"'  # what follows the entries: the parts of a Word document, and the scripts
    # joined, not added up: rendered HTML would escape what is added to it
    return "".join([own[: own.index('<div class="lrp-glossary"')], made[: made.index(data)], own[own.index(data) :]])


def slowest_keystroke(content: Content, site: Path) -> float:
    """How long the slowest of some keystrokes takes until its first results are painted, in milliseconds."""
    found = ROOT / ".venv" / "browser"
    path = os.environ.get("LRP_BROWSER") or found.read_text("utf-8")
    file = site / "glossary" / "thousand.html"
    file.write_text(page(many_terms(content), site), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        tab.goto(file.resolve().as_uri())
        assert tab.locator(".lrp-term").count() == TERMS
        tab.context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": 4})
        runs: list[list[float]] = [tab.evaluate(MEASURE, QUERIES) for _ in range(3)]
        tab.locator("#finder-field").fill("scr")
        assert tab.locator(".lrp-found > article").count() > 1, "the finder did not run"
        browser.close()
    file.unlink()
    fastest = [min(times) for times in zip(*runs, strict=True)]
    return float(max(fastest))
