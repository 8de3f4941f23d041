"""make serve: what is saved is shown, what is wrong stands on the page until it is mended, the rest is as the build makes it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from macros.build import Stamp, build
from macros.editing import Editing
from macros.markup.slots import facts
from macros.serve import server_of
from tests.project import ROOT, WHOLE, change, small_project

pytestmark = pytest.mark.site
DAY = date(2026, 11, 23)
PAGE = "part-one/other-reviews/"
FILE = "docs/part-one/other-reviews.md"
SENTENCE = "The boxes stand side by side."
WRONG = "The words &quot;here&quot; do not say where the link leads."
SLOT = re.compile(r'data-made="[^"]*"[^>]*>[^<]*')
OWN = re.compile(
    r'<link rel="stylesheet" href="/\.serve/own\.css"><script src="/\.serve/own\.js" data-seen="(\w+)" defer></script>'
)


class Desk:
    """A small site that is being edited, with a server of its own."""

    def __init__(self, folder: Path) -> None:
        self.root = small_project(folder, with_generator=True, site=WHOLE)
        self.said: list[str] = []
        self.editing = Editing(self.root, DAY, self.said.append)
        self.server = server_of(self.editing, 0)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        Thread(target=self.server.serve_forever, daemon=True).start()

    def got(self, path: str) -> tuple[int, str]:
        try:
            with urlopen(self.address + path, timeout=60) as answer:
                return answer.status, answer.read().decode("utf-8", "replace")
        except HTTPError as answer:
            return answer.code, answer.read().decode("utf-8", "replace")

    def page(self, path: str = PAGE) -> str:
        return self.got(path)[1]

    def changed(self, seen: str, path: str = PAGE) -> bool:
        return self.got(f".serve/changed?page=/{path}&seen={seen}")[1] == "true"

    def seen(self, path: str = PAGE) -> str:
        found = OWN.search(self.page(path))
        assert found
        return found[1]

    def built(self) -> None:
        """Waits for the build that is at work."""
        assert self.editing.building
        self.editing.building[2].wait(timeout=300)
        self.editing.look()
        assert self.editing.building is None

    def write(self, text: str) -> None:
        with (self.root / FILE).open("a", encoding="utf-8") as file:
            file.write(text)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    before = dict(os.environ)
    desk = Desk(tmp_path)
    desk.editing.begin()
    yield desk
    desk.editing.end()
    desk.server.shutdown()
    desk.server.server_close()
    os.environ.clear()
    os.environ.update(before)


def test_what_is_saved_is_shown_and_everything_else_is_as_the_build_makes_it(desk: Desk, tmp_path: Path) -> None:
    assert "The pages are being made" in desk.page()
    assert not desk.changed(desk.seen())
    desk.editing.look()
    alone = desk.page()
    seen = desk.seen()
    assert "How a lost key is followed up" in alone
    assert desk.got("part-one/key.jpg")[0] == 200
    for link in re.findall(r'(?:href|src)="\.\./\.\./(assets/[^"]+)"', alone):
        assert desk.got(link)[0] == 200, link
    desk.built()
    site = tmp_path / "site"
    assert build(desk.root, site, DAY, lambda _: None, stamp=Stamp(commit=os.environ["LRP_COMMIT"]))
    whole = (site / PAGE / "index.html").read_text("utf-8")
    assert OWN.sub("", desk.page()) == whole
    assert SLOT.sub("", OWN.sub("", alone)) == SLOT.sub("", whole), "made alone, the page is not the one of the build"
    assert desk.changed(seen), "sizes of documents came"
    seen = desk.seen()
    assert not list(site.glob("serve.*")), "what is for editing alone is published"
    for file in ("search/index.html", "downloads/part-one.pdf", "glossary.json", "old-part/notify/index.html"):
        assert desk.got(file)[0] == (200 if (site / file).is_file() else 404), file
    assert desk.got("part-one/none/")[0] == 404
    desk.write(f"\n{SENTENCE}\n")
    desk.editing.look()
    assert desk.changed(seen)
    assert f"<p>{SENTENCE}</p>" in desk.page()
    assert facts(desk.page()) == facts(whole)
    assert SENTENCE not in desk.page("part-one/flowchart/")
    assert not desk.changed(desk.seen())


def test_a_mistake_stands_on_every_page_until_it_is_mended(desk: Desk) -> None:
    desk.editing.look()
    seen, good = desk.seen(), desk.page()
    text = (desk.root / FILE).read_text("utf-8")
    desk.write("\nWhat nobody wrote stands [here](flowchart.md).\n")
    desk.editing.look()
    assert desk.changed(seen)
    assert f"{FILE}:21: {WRONG}" in desk.page()
    assert '<aside class="lrp-serve" role="alert"><h2>1 problem</h2>' in desk.page("")
    assert "What nobody wrote" not in desk.page(), "a page is shown that the check refuses"
    assert "1 problem. Nothing was published." in desk.said[-1]
    (desk.root / FILE).write_text(text, "utf-8")
    desk.editing.look()
    assert desk.page() == good
    assert not desk.changed(seen)


def test_data_and_new_files_are_followed_too(desk: Desk) -> None:
    desk.editing.look()
    change(desk.root, "docs/part-one/other-reviews.yml", ("A claim is made.", "A claim is paid."))
    desk.editing.look()
    assert "A claim is paid." in desk.page()
    (desk.root / "docs" / "names.csv").write_text("x", "utf-8")
    desk.editing.look()
    assert "docs/names.csv:1: This is no kind of file" in desk.page()
    (desk.root / "docs" / "names.csv").unlink()
    desk.editing.look()
    assert "lrp-serve" not in OWN.sub("", desk.page())


def test_problems_at_the_start_are_shown_before_there_is_any_page(desk: Desk) -> None:
    desk.write("\n![](media/image1.png)\n")
    desk.editing.look()
    status, page = desk.got("")
    assert status == 200
    assert "<h1>Nothing can be shown yet</h1>" in page
    assert "<h2>2 problems</h2>" in page
    assert desk.editing.building is None


def test_what_only_the_build_finds_stands_on_the_page(desk: Desk) -> None:
    change(desk.root, "overrides/partials/footer.html", ("<ul>", '<ul><li><a href="/gone/">x</a></li>'))
    desk.editing.look()
    assert "lrp-serve" not in OWN.sub("", desk.page())
    desk.built()
    assert "leads to nothing. Mend the link, or the page or file it names." in desk.page()


def test_an_open_page_loads_itself_anew_and_shows_what_is_wrong(desk: Desk, browser: Browser) -> None:
    desk.editing.look()
    page, faults = browser.new_page(), list[str]()
    page.on("console", lambda said: faults.append(said.text))
    page.goto(desk.address + PAGE)
    desk.write(f"\n{SENTENCE}\n")
    desk.editing.look()
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    desk.write("\nMore stands [here](flowchart.md).\n")
    desk.editing.look()
    panel = page.get_by_role("alert")
    expect(panel).to_contain_text("do not say where the link leads")
    assert panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(255, 255, 255)"
    assert faults == [], "the policy of the page lets the panel in"
    page.close()


@pytest.mark.parametrize(
    ("path", "status", "holds"),
    [
        ("part-one/other-reviews", 200, "How a lost key"),  # led to its stroke
        ("part-one/none/", 200, "The pages are being made"),  # it may be a moved one, which the build makes
        (".serve/own.js", 200, "location.reload"),
        (".serve/own.css", 200, ".lrp-serve"),
        ("%2e%2e/mkdocs.yml", 404, ""),
        ("..%2f..%2fmkdocs.yml", 404, ""),
        ("part-one/plan.png", 404, ""),
    ],
)
def test_addresses_lead_to_files_of_the_site_alone(path: str, status: int, holds: str, desk: Desk) -> None:
    desk.editing.look()
    assert desk.got(path)[0] == status
    assert holds in desk.got(path)[1]


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_all_that_it_has_started(sign: signal.Signals, tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    (tmp_path / "tmp").mkdir()
    words = [sys.executable, "-u", "-m", "macros", "serve", "--root", str(root), "--port", "0"]
    with subprocess.Popen(
        words,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
    ) as serving:
        assert serving.stdout
        assert serving.stdout.readline().startswith("Open http://127.0.0.1:")
        serving.send_signal(sign)
        said = serving.stdout.read()
    assert (serving.returncode, said.splitlines()[-1]) == (0, "Ended.")
    assert list((tmp_path / "tmp").iterdir()) == []
