"""What changed by date, the briefing, the editions in force, and the feed."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from macros.changes.change_log import Change, Kept, briefing, changes, in_force
from macros.changes.feed import atom
from macros.checks.upkeep import check_look_backs
from macros.content.load import Content, load
from macros.render.macros import Renderer
from tests.project import MINIMAL, ROOT, change, small_project

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://example.org/"
FIRST, SECOND = date(2026, 11, 23), date(2027, 3, 1)


def told(folder: Path, *revisions: tuple[str, str, str]) -> Content:
    """The small site with revisions, each a page, its day and its weight; the newest of a page first."""
    root = small_project(folder)
    lines: dict[str, str] = {}
    for page, day, weight in revisions:
        entry = f"\n  - {{date: {day}, change: {weight}, what: 'Something & <b>new</b> on {day}.', why: statute}}"
        lines[page] = lines.get(page, "\nrevisions:") + entry
    for page, text in lines.items():
        change(root, f"docs/{page}.md", ("\n---\n", f"{text}\n---\n"))
    front = (MINIMAL / "docs" / "search.md").read_text("utf-8").split("{{")[0]
    (root / "docs" / "updates.md").write_text(front + "{{ updates() }}\n", "utf-8")
    change(
        root,
        "docs/navigation.yml",
        ("search.md, label: Search}", "search.md, label: Search}\n      - {page: updates.md, label: U}"),
    )
    (root / "overrides").symlink_to(ROOT / "overrides")
    return load(root)


@pytest.fixture
def some(tmp_path: Path) -> Content:
    return told(
        tmp_path,
        ("search", "2027-04-01", "minor"),
        ("index", "2027-03-01", "major"),
        ("search", "2027-02-01", "major"),
        ("deadlines", "2027-03-01", "minor"),
        ("glossary", "2026-11-23", "major"),
        ("references", "2026-11-23", "major"),
    )


def pages(found: Iterable[Change]) -> list[str]:
    return [str(one.page.path) for one in found]


def test_the_newest_comes_first_and_of_one_day_the_major(some: Content) -> None:
    assert pages(changes(some)) == [
        "search.md",
        "index.md",
        "deadlines.md",
        "search.md",
        "references.md",
        "glossary.md",
    ]


def test_a_briefing_tells_three_major_changes_since_the_edition_before(some: Content) -> None:
    whole = briefing(some, ())
    assert (pages(whole.told), whole.more, whole.minor, whole.since) == (
        ["index.md", "search.md", "references.md"],
        1,
        2,
        None,
    )
    later = briefing(some, (FIRST,))
    assert (pages(later.told), later.more, later.minor, later.since) == (["index.md", "search.md"], 0, 2, FIRST)
    assert briefing(some, (FIRST, SECOND)).told == ()
    at_second = briefing(some, (FIRST, date(2027, 4, 1)))  # the newest change is that edition's own
    assert at_second.since == FIRST


def test_an_edition_holds_until_the_next_one_with_what_changed_meanwhile(some: Content) -> None:
    second, first = in_force(some, (FIRST, SECOND))
    assert (second.begins, second.ends, pages(second.changes)) == (SECOND, None, [])
    assert (first.begins, first.ends, pages(first.changes)) == (FIRST, date(2027, 2, 28), ["search.md"])


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def test_the_components_say_what_there_is(some: Content) -> None:
    def render(*editions: date, as_at: str = "") -> Renderer:
        kept = Kept(editions, as_at, f"{SITE}as-at/{as_at}/" if as_at else SITE)
        return Renderer(some, lambda: "updates.md", SECOND, kept)

    assert "Three things that changed" in text_of(render().briefing())
    assert "Up to the edition of 23 November 2026, 4 major changes were made; these are the newest." in text_of(
        render().briefing()
    )
    assert "1 more major change and 2 minor changes: What changed lists them all." in text_of(render().briefing())
    assert "Two things that changed" in text_of(render(FIRST).briefing())
    assert "Since the edition of 23 November 2026, 2 major changes were made." in text_of(render(FIRST).briefing())
    assert "Nobody has to act otherwise than before." in text_of(render(FIRST, SECOND).briefing())
    assert "The present edition, of 23 November 2026, is the first that is kept here." in text_of(render().editions())
    assert "data-ask" not in render().editions()
    assert 'href="../as-at/2026-11-23/">Edition of 23 November 2026</a>' in render(FIRST).editions()
    assert f'href="{SITE}as-at/">All editions</a>' in render(as_at="2026-11-23").editions()
    assert "&lt;b&gt;new" in render().updates()


def test_a_day_that_has_not_come_is_no_day_of_a_revision(some: Content) -> None:
    assert list(check_look_backs(some, date(2027, 4, 1))) == []
    assert [str(problem) for problem in check_look_backs(some, date(2027, 3, 31))] == [
        "docs/search.md:9: The revision is of 1 April 2027, which has not come yet. "
        "Write the day on which readers will see it, and publish it then."
    ]


def feed(content: Content, site: str = SITE) -> ET.Element:
    ((path, text),) = atom(content, site)
    assert path == "updates.xml"
    return ET.fromstring(text)


def check_person_and_dates(root: ET.Element) -> None:
    for element in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name  # RFC 4287: exactly one of each
        identity = element.findtext(f"{ATOM}id") or ""
        assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identity)
        for moment in element.findall(f"{ATOM}updated") + element.findall(f"{ATOM}published"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment.text or "")
        ways = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in element.findall(f"{ATOM}link")]
        assert ways.count(("alternate", "text/html", None)) == 1
    assert root.tag == f"{ATOM}feed"


def test_the_feed_is_what_rfc_4287_asks_for(some: Content, content: Content) -> None:
    for each in (some, content):
        root = feed(each)
        check_person_and_dates(root)
        assert root.findtext(f"{ATOM}author/{ATOM}name") == each.site.publisher
        assert root.findtext(f"{ATOM}title") == f"{each.site.name}: what changed"
        entries = root.findall(f"{ATOM}entry")
        assert (
            len({entry.findtext(f"{ATOM}id") for entry in entries} | {root.findtext(f"{ATOM}id")}) == len(entries) + 1
        )
        assert len(entries) == len(changes(each))
        assert root.findtext(f"{ATOM}updated") == max(entry.findtext(f"{ATOM}updated") or "" for entry in entries)
        itself = [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"]
        assert itself == [f"{SITE}updates.xml"]
    entry = feed(some).findall(f"{ATOM}entry")[1]
    assert entry.findtext(f"{ATOM}summary") == "Something & <b>new</b> on 2027-03-01."
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == "major"
    assert [link.get("href") for link in entry.findall(f"{ATOM}link")] == [SITE, f"{SITE}references/#statute"]


def test_the_name_of_an_entry_outlives_newer_ones_and_another_host(some: Content, tmp_path: Path) -> None:
    more = told(
        tmp_path / "more",
        ("search", "2027-05-01", "minor"),
        ("search", "2027-04-01", "minor"),
        ("search", "2027-02-01", "major"),
    )
    names = [
        {entry.findtext(f"{ATOM}id") for entry in feed(each, site).findall(f"{ATOM}entry")}
        for each, site in ((some, SITE), (more, ""))
    ]
    assert len(names[0] & names[1]) == 2


def test_a_site_without_a_page_of_updates_has_no_feed(tmp_path: Path) -> None:
    assert list(atom(load(small_project(tmp_path)), SITE)) == []


def test_a_source_may_be_superseded_after_a_revision_has_named_it(tmp_path: Path) -> None:
    from macros.build import problems_of

    root = small_project(tmp_path)
    entry = "revisions:\n  - {date: 2026-11-23, change: minor, what: The page follows the old guidance., why: old}"
    change(root, "docs/search.md", ("guidance: [statute]", f"guidance: [statute]\n{entry}"))
    file = root / "docs" / "references.yml"
    text = file.read_text("utf-8")
    old = (
        text[text.index("  - id: guidance") :]
        .replace("id: guidance", "id: old")
        .replace("status: current", "status: superseded\n    superseded_by: guidance")
    )
    file.write_text(text + old, "utf-8")
    assert problems_of(root) == []
