"""Other searches over the same site, set up in a folder that is thrown away: Material's own, Pagefind and MiniSearch.

Each is asked in the browser as its makers ship it. What this machine lacks (Node, the network) is said, not guessed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from macros.build import settings
from macros.content.load import load
from macros.markup.pages import Pages
from macros.search.places import units

MINISEARCH = "minisearch@7.2.0"
PAGEFIND = ["pagefind==1.5.2", "pagefind-bin==1.5.2"]

# Each keeps what it has loaded on the page, as it would while a reader types.
_MATERIAL = """async (text) => {
  const answer = (type) => new Promise((give) => window.peer.addEventListener("message", function take({ data }) {
    if (data.type === type) { window.peer.removeEventListener("message", take); give(data.data); }
  }));
  if (!window.peer) {
    const index = await (await fetch("peers/material/search_index.json")).json();
    window.peer = new Worker("peers/material/worker.js");
    const ready = answer(1);
    window.peer.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } });
    await ready;
  }
  const result = answer(3);
  window.peer.postMessage({ type: 2, data: text });
  return (await result).items.flat().map((item) => item.location.replace(/(#.*)-(name|title)$/, "$1"));
}"""
_PAGEFIND = """async (text) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", location.href).href);
  const found = await pagefind.search(text);
  const data = await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  const home = new URL(".", location.href).pathname;
  return data.flatMap((page) => page.sub_results.slice().sort((a, b) => b.locations.length - a.locations.length).slice(0, 3)
    .map((part) => part.url.replace(home, "").replace(/^\\//, "").replace(/(#.*)-(name|title)$/, "$1")));
}"""
_MINISEARCH = """async (text) => {
  const options = { fields: ["title", "text"], storeFields: ["address"] };
  window.peer ??= MiniSearch.loadJSON(await (await fetch("peers/minisearch/index.json")).text(), options);
  const found = window.peer.search(text, { boost: { title: 3 }, fuzzy: 0.2, prefix: true });
  return found.slice(0, 10).map((result) => result.address);
}"""


@dataclass(frozen=True)
class Peer:
    """A search: its name, the script it needs on the page, and how it is asked for addresses."""

    name: str
    script: str
    ask: str


def peers(root: Path, site: Path, folder: Path, day: date, say: Callable[[str], None]) -> list[Peer]:
    """The peers that can be set up here, over the site built in `site`; `folder` is for what they need."""
    found = []
    for name, make in (("Material", _material), ("Pagefind", _pagefind), ("MiniSearch", _minisearch)):
        try:
            found.append(make(root, site, folder, day))
        except (OSError, subprocess.CalledProcessError, StopIteration) as error:
            why = getattr(error, "stderr", "") or str(error)
            say(f"{name} could not be set up here: {str(why).strip()[-200:]}")
    return found


def _package(name: str) -> Path:
    """The folder of an installed package."""
    found = find_spec(name)
    if not found or not found.origin:
        raise OSError(f"The package {name} is not installed.")
    return Path(found.origin).parent


def _run(words: list[str], where: Path, **more: str) -> None:
    environment = {**os.environ, **more}
    subprocess.run(words, cwd=where, env=environment, check=True, capture_output=True, text=True)


def _material(root: Path, site: Path, folder: Path, day: date) -> Peer:
    """Material's plugin and worker, over the same pages."""
    project = folder / "material"
    for part in ("docs", "glossary", "macros", "overrides"):
        shutil.copytree(root / part, project / part, ignore=shutil.ignore_patterns("__pycache__"))
    config = (root / "mkdocs.yml").read_text("utf-8").replace("plugins:\n", "plugins:\n  - search\n")
    (project / "mkdocs.yml").write_text(config, "utf-8")
    words = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "material-site")]
    _run(words, project, **{**settings(day), "PYTHONPATH": str(project)})
    goal = site / "peers" / "material"
    goal.mkdir(parents=True)
    shutil.copy(folder / "material-site" / "search" / "search_index.json", goal)
    workers = _package("material") / "templates" / "assets" / "javascripts" / "workers"
    shutil.copy(next(workers.glob("search.*.min.js")), goal / "worker.js")
    return Peer("Material", "", _MATERIAL)


def _pagefind(root: Path, site: Path, folder: Path, day: date) -> Peer:
    """Pagefind from its wheels, over the main part of each page."""
    own = folder / "pagefind"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target", str(own)]
    _run([*pip, *PAGEFIND], folder)
    words = [sys.executable, "-m", "pagefind", "--site", str(site), "--root-selector", "main"]
    _run(words, folder, PYTHONPATH=str(own))
    return Peer("Pagefind", "", _PAGEFIND)


def _minisearch(root: Path, site: Path, folder: Path, day: date) -> Peer:
    """MiniSearch from npm, with the same places as our index."""
    own = folder / "minisearch"
    own.mkdir()
    _run(["npm", "pack", "--silent", MINISEARCH], own)
    with tarfile.open(next(own.glob("*.tgz"))) as packed:
        packed.extractall(own, filter="data")
    goal = site / "peers" / "minisearch"
    goal.mkdir(parents=True)
    shutil.copy(own / "package" / "dist" / "umd" / "index.js", goal / "minisearch.js")
    places = [
        {"id": number, "title": unit.title, "text": unit.text, "address": unit.address}
        for number, unit in enumerate(units(load(root), Pages(site)))
    ]
    (own / "places.json").write_text(json.dumps(places), "utf-8")
    make = (
        "const MiniSearch = require('./package/dist/cjs/index.cjs'); const fs = require('fs');"
        "const search = new MiniSearch({ fields: ['title', 'text'], storeFields: ['address'] });"
        "search.addAll(JSON.parse(fs.readFileSync('places.json')));"
        "fs.writeFileSync(process.argv[1], JSON.stringify(search));"
    )
    _run(["node", "-e", make, str(goal / "index.json")], own)
    return Peer("MiniSearch", "peers/minisearch/minisearch.js", _MINISEARCH)
