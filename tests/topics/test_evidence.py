"""Evidence: only what a test has written for this very commit counts, and a release carries what it was given."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest

from macros.build import Stamp, build
from macros.output.provenance import bill, pins
from macros.topics.evidence import Evidence, told
from macros.topics.measurements import MEASUREMENTS
from macros.topics.records import gather, parse
from tests import evidence
from tests.built import DAY
from tests.project import ROOT, change, small_project

THIS, OTHER = "a" * 40, "b" * 40
GOOD = {"commit": THIS, "measured": "2026-11-23", "figures": {"pages": 31, "findings": 0}}


def evidence_of(**given: Any) -> Evidence:
    text = json.dumps({"accessibility": GOOD | given})
    return Evidence(parse(text), THIS, DAY)


def folder_of(tmp_path: Path, name: str, text: str) -> Path:
    folder = tmp_path / ".evidence"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder


def test_a_figure_of_this_release_is_shown_in_words() -> None:
    line = evidence_of().line("accessibility")
    assert told(line) == "Measured for this release, on 23 November 2026."
    assert line.rows() == [("Pages looked at", "31"), ("Findings", "0")]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"commit": OTHER}, "Last measured on 23 November 2026, for version bbbbbbbbbb."),
        ({"commit": f"{THIS}+changes"}, "Last measured on 23 November 2026, for version aaaaaaaaaa with changes."),
        ({"commit": "none"}, "Last measured on 23 November 2026, for version none."),
        ({"measured": "2026-11-24"}, ""),  # after the day of the release
    ],
)
def test_what_belongs_to_another_version_or_day_is_not_measured(given: dict[str, Any], says: str) -> None:
    line = evidence_of(**given).line("accessibility")
    assert not line.own
    assert told(line) == f"Not measured for this release. {says}".strip()


def test_nothing_counts_where_the_release_has_no_commit_or_changes() -> None:
    for commit in ("", "none", f"{THIS}+changes"):
        records = parse(json.dumps({"accessibility": GOOD | {"commit": commit or "none"}}))
        assert not Evidence(records, commit, DAY).line("accessibility").own


def test_every_measurement_stands_on_the_page_and_unknown_ones_in_their_own_words() -> None:
    lines = Evidence(parse(json.dumps({"page_turns": GOOD | {"figures": {"turns-taken": 1234.5}}})), THIS, DAY).lines()
    assert [line.id for line in lines] == [*MEASUREMENTS, "page_turns"]
    assert lines[-1].measurement.title == "Page turns"
    assert lines[-1].rows() == [("Turns taken", "1,234.5")]
    assert all(told(line) == "Not measured for this release." for line in lines[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "[" * 100_000,
        " " * 100_001,
        json.dumps(GOOD | {"more": 1}),
        json.dumps(GOOD | {"commit": "HEAD"}),
        json.dumps(GOOD | {"commit": 7}),
        json.dumps(GOOD | {"measured": "yesterday"}),
        json.dumps(GOOD | {"measured": "2026-02-30"}),
        json.dumps(GOOD | {"figures": {}}),
        json.dumps(GOOD | {"figures": {str(number): 1 for number in range(61)}}),
        json.dumps(GOOD | {"figures": {"findings": "none at all"}}),  # a known count is a number
        json.dumps(GOOD | {"figures": {"findings": -1}}),
        json.dumps(GOOD | {"figures": {"findings": True}}),
        json.dumps(GOOD | {"figures": {"findings": None}}),
        json.dumps(GOOD | {"figures": {"findings": [0]}}),
        json.dumps(GOOD | {"figures": {"Findings <b>": 0}}),
        json.dumps(GOOD | {"figures": {"note": "a\u0000b"}}),
        json.dumps(GOOD | {"figures": {"note": "x" * 121}}),
        '{"commit": "' + THIS + '", "measured": "2026-11-23", "figures": {"findings": NaN}}',
        '{"commit": "' + THIS + '", "measured": "2026-11-23", "figures": {"findings": 1e999}}',
    ],
    ids=range(23),
)
def test_a_record_that_no_test_writes_is_a_problem(text: str, tmp_path: Path) -> None:
    records, problems = gather(folder_of(tmp_path, "accessibility.json", text))
    assert records == {}
    assert len(problems) == 1
    assert re.fullmatch(r"\.evidence(/accessibility\.json)?:1: The records? .+\. Delete .+\.", str(problems[0]))


def test_what_tests_write_is_what_the_build_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "FOLDER", tmp_path / ".evidence")
    evidence.record("accessibility", pages=31, findings=0, axe="4.10")
    records, problems = gather(tmp_path / ".evidence")
    assert problems == []
    assert records["accessibility"].figures == {"pages": 31, "findings": 0, "axe": "4.10"}


def built(root: Path, stamp: Stamp) -> tuple[bool, str]:
    said: list[str] = []
    return build(root, root / "site", DAY, said.append, stamp=stamp), "\n".join(said)


@pytest.mark.site
def test_a_release_carries_its_evidence_and_comes_again_from_it(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    one = '{{ evidence("accessibility") }}'
    change(root, "docs/search.md", ("{{ search_index() }}", one + '\n\n{{ evidence("all") }}\n\n{{ search_index() }}'))
    folder = folder_of(root, "accessibility.json", json.dumps(GOOD))
    assert built(root, Stamp(commit=THIS))[0]
    page = (root / "site" / "search" / "index.html").read_text("utf-8")
    assert "Measured for this release, on 23 November 2026. Pages looked at: 31; findings: 0.</p>" in page
    assert page.count("Not measured for this release.") == len(MEASUREMENTS) - 1
    carried = (root / "site" / "evidence.json").read_bytes()
    release = json.loads((root / "site" / "release.json").read_text("utf-8"))
    assert release["evidence"] == release["files"]["evidence.json"] == hashlib.sha256(carried).hexdigest()
    assert json.loads(carried) == {"accessibility": GOOD}
    (folder / "accessibility.json").unlink()
    (root / "carried.json").write_bytes(carried)
    assert built(root, Stamp(commit=THIS, evidence=root / "carried.json"))[0]
    assert json.loads((root / "site" / "release.json").read_text("utf-8")) == release


@pytest.mark.site
def test_a_build_refuses_evidence_of_a_foreign_shape(tmp_path: Path) -> None:
    root = small_project(tmp_path, with_generator=True)
    folder_of(root, "links.json", "{}")
    ended_well, said = built(root, Stamp())
    assert not ended_well
    assert ".evidence/links.json:1: The record is not one that tests write. Delete it;" in said


def test_the_bill_names_each_package_of_the_lock_and_is_the_same_each_time() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    first = bill(lock, "guidance", THIS, date(2026, 11, 23))
    assert first == bill(lock, "guidance", THIS, date(2026, 11, 23))
    made = json.loads(first)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    names = re.findall(r"^([a-z0-9][\w.-]*)==", lock, re.M)
    assert [part["name"] for part in made["components"]] == names == [name for name, _, _ in pins(lock)]
    assert len(names) > 25
    refs = [part["bom-ref"] for part in made["components"]]
    assert len(set(refs)) == len(refs)
    for part in made["components"]:
        assert part["purl"] == f"pkg:pypi/{part['name']}@{part['version']}"
        assert all(re.fullmatch("[0-9a-f]{64}", one) for one in part["properties"][0]["value"].split())
    needs = {entry["ref"]: entry["dependsOn"] for entry in made["dependencies"]}
    assert set(needs) == {*refs, "guidance"}
    assert all(goal in refs for goals in needs.values() for goal in goals)
    assert any(ref.startswith("pkg:pypi/mkdocs@") for ref in needs["guidance"])
    assert bill("", "guidance", THIS, DAY) == bill("", "guidance", THIS, DAY)
    assert json.loads(bill("", "guidance", THIS, DAY))["components"] == []


class Reader(HTMLParser):
    """Addresses and places of one page, read without the generator."""

    def __init__(self) -> None:
        super().__init__()
        self.places, self.links = {""}, list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.places |= {given.get("id") or ""}
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []


def read(file: Path) -> Reader:
    reader = Reader()
    reader.feed(file.read_text("utf-8"))
    return reader


def test_every_link_of_the_real_site_leads_somewhere(site: Path) -> None:
    pages = {file.as_uri(): read(file) for file in site.rglob("*.html")}
    whole = [(page, urljoin(page, link)) for page, reader in pages.items() for link in reader.links]
    inside = [(page, *urldefrag(link)) for page, link in whole if link.startswith(site.as_uri())]
    broken = []
    for page, goal, place in inside:
        goal += "index.html" if goal.endswith("/") else ""
        there = unquote(place) in pages[goal].places if goal in pages else Path(unquote(goal)[7:]).is_file()
        broken += [] if there else [(page, goal, place)]
    assert broken == []
    evidence.record(
        "links",
        pages=len(pages),
        links=len(inside),
        anchors=sum(1 for _, _, place in inside if place),
        broken=len(broken),
        elsewhere=len([link for _, link in whole if link.startswith("http")]),
    )
