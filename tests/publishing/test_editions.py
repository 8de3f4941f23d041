"""History that readers can trust, on real git and nginx: what changed is told, and editions stay readable as they stood."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from macros.topics.dates import day_at
from publishing.editions import check_edition
from publishing.repository import Repository
from publishing.settings import RefusedError
from tests.project import change, tell
from tests.publishing.harness import Place, get, nginx

pytestmark = pytest.mark.site
HEAD = """---
title: {title}
description: A page of the small site that looks back on what was there before.
owner: Partnership business manager
approved: {today}
review: 2099-05-23
guidance: [statute]
revisions:
  - {{date: {today}, change: minor, what: This page is new and looks back., why: statute}}
---

{body}
"""


class Known(Repository):
    """A repository that has one edition."""

    def refs(self, under: str) -> dict[str, str]:
        """The refs under a prefix."""
        return {f"{under}/edition-2027-03-01": "1" * 40, f"{under}/other": "2" * 40}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("edition-2027-02-30", 'The tag "edition-2027-02-30" names no edition. Write edition- and the day'),
        ("edition-2027-3-2", 'The tag "edition-2027-3-2" names no edition. Write edition- and the day'),
        ("v1", 'The tag "v1" names no edition. Write edition- and the day from which it holds: edition-2027-03-05.'),
        ("edition-2027-03-06", 'The day of the tag "edition-2027-03-06" has not come yet. Push it on that day.'),
        ("edition-2027-02-27", 'The tag "edition-2027-02-27" is older than its release of 2027-02-28. Nobody could'),
        ("edition-2027-02-28", "There is an edition of 2027-03-01 already. A new one comes after it."),
    ],
)
def test_a_tag_names_a_day_on_which_its_edition_could_be_read(name: str, says: str) -> None:
    known = Known(Path("."))
    with pytest.raises(RefusedError) as refused:
        check_edition(known, f"refs/tags/{name}", date(2027, 3, 5), date(2027, 2, 28))
    assert str(refused.value).startswith(says)
    check_edition(known, "refs/tags/edition-2027-03-05", date(2027, 3, 5), None)


def look_back(root: Path, today: str) -> None:
    """Adds the pages that tell history to the small site."""
    pages = {"updates.md": "{{ updates() }}", "updates/briefing.md": "{{ briefing() }}", "as-at.md": "{{ editions() }}"}
    for path, body in pages.items():
        (root / "docs" / path).parent.mkdir(exist_ok=True)
        text = HEAD.format(title=path.removesuffix(".md"), body=body, today=today)
        (root / "docs" / path).write_text(text, "utf-8")
    lines = "".join(f"      - {{page: {path}, label: {path.removesuffix('.md')}}}\n" for path in pages)
    change(
        root,
        "docs/navigation.yml",
        ("      - {page: about/local", f"{lines}      - {{page: about/local"),
    )


def test_a_changed_duty_is_told_and_the_old_edition_stays(place: Place, tmp_path: Path, browser: Browser) -> None:
    settings = place.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace("keep = 10", "keep = 1"), "utf-8")
    now = day_at(datetime.now(UTC))
    today, first = str(now), place.head()
    mia = place.clone(tmp_path / "mia", "mia")
    place.git("tag", "edition-1", at=mia)
    assert (
        f'The tag "edition-1" names no edition. Write edition- and the day from which it holds: edition-{today}.'
        in (place.push(mia, "edition-1").lines)
    )
    for days, wrong in ((-1, "Nobody could read it then."), (1, "Push it on that day.")):
        place.git("tag", f"edition-{now + timedelta(days)}", at=mia)
        assert place.push(mia, f"edition-{now + timedelta(days)}").lines[-2].endswith(wrong)
    edition = f"edition-{today}"
    place.git("tag", edition, at=mia)
    place.git("remote", "add", "ed", "ed:repository.git", at=mia)
    editor = place.run_git("push", "ed", edition, at=mia).stderr.decode()
    assert "Only a maintainer can name an edition. Ask one to push the tag." in editor
    tagged = place.push(mia, edition)
    assert tagged.ok, tagged.text
    assert f"The edition of {today} can be read at {place.server.address}as-at/{today}/" in tagged.lines
    assert json.loads((place.folder / "current" / "release.json").read_text("utf-8"))["inputs"]["editions"] == today

    place.commit(mia, "Later")
    place.git("tag", "-f", edition, at=mia)
    for words in (["--force", edition], ["--delete", edition]):
        stays = f'The tag "{edition}" names an edition and stays where it is. Give the new edition its own tag.'
        assert stays in place.push(mia, *words).lines
    look_back(mia, today)
    change(mia, "docs/deadlines.yml", ("number: 5", "number: 3"), ("binding: should", "binding: expected"))
    place.commit(mia)
    refused = place.push(mia)
    first_line = next(number for number, line in enumerate(refused.lines) if line == "1 problem.")
    said = "\n".join(refused.lines[first_line + 1 : -1])
    assert said.startswith(
        'docs/deadlines.yml:4: The duty "notify" has changed since the last release, and no page that shows it tells '
        "readers. Tell readers in your words: at the top of docs/"
    )
    assert "3 working days from becoming aware of the incident, no longer 5 working days" in said
    assert place.head() == first
    tell(mia, said)
    commit = place.commit(mia, "Three days")
    pushed = place.push(mia)
    assert pushed.ok, pushed.text
    assert place.head() == commit
    assert f"What readers are told of it: {place.server.address}updates/" in pushed.lines
    assert f"For teams, on one sheet: {place.server.address}updates/briefing/" in pushed.lines
    with nginx(place, tmp_path / "nginx") as address:
        check_served(address, today)
        check_chooser(browser, f"{address}as-at/", now.isoformat(), (now - timedelta(1)).isoformat())
    status = place.command("status", "--quick")
    assert status.returncode == 0, status.stdout
    assert f"Editions shown: {today}" in status.stdout
    last = place.commit(mia, "And on")
    assert place.push(mia).ok
    kept = {folder.name.split("-")[-1] for folder in (place.folder / "releases").iterdir()}
    assert kept == {first[:12], last[:12]}  # the newest one, and every edition
    assert place.command("rollback", edition).returncode == 0


def check_served(address: str, today: str) -> None:
    """The edition says so on every page and on its own missing page, and is not indexed; the feed and the list are today's."""
    old, new = get(f"{address}as-at/{today}/deadlines/"), get(f"{address}deadlines/")
    assert (old.status, new.status) == (200, 200)
    text = old.body.decode()
    assert "This is the guidance as it stood on " in text
    assert f'<link rel="canonical" href="{address}as-at/{today}/deadlines/">' in text
    assert '<meta name="robots" content="noindex">' in text
    assert f'<a href="{address}">Read the guidance of today</a>' in text
    assert "5 working days" in text
    assert "3 working days" not in text
    assert old.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "3 working days" in new.body.decode()
    assert "as it stood on " not in new.body.decode()
    missing = get(f"{address}as-at/{today}/nothing/")
    assert missing.status == 404
    assert b"This is the guidance as it stood on " in missing.body
    assert get(f"{address}as-at/{today}").status == 200  # led to the one with its last stroke
    assert get(f"{address}as-at/.builds/").status == 404
    listed = get(f"{address}as-at/")
    assert f'<a href="{today}/">Edition of ' in listed.body.decode()
    assert listed.headers.get("X-Robots-Tag") is None
    assert '<link rel="alternate" type="application/atom+xml"' in listed.body.decode()
    assert b"no longer 5 working days" in get(f"{address}updates/").body
    assert b"One thing that changed" in get(f"{address}updates/briefing/").body
    assert get(f"{address}updates.xml").headers["Content-Type"].startswith(("text/xml", "application/"))


def check_chooser(browser: Browser, address: str, today: str, yesterday: str) -> None:
    """The day of an incident leads to the edition in force then; before the first, it says that there was none."""
    page = browser.new_page()
    page.goto(address)
    field, status = page.get_by_label("Date of the incident"), page.locator("[data-module=editions] [role=status]")
    field.fill(yesterday)
    assert status.inner_text().startswith("No edition that is kept here was in force on that day.")
    field.fill("2999-01-01")
    assert status.inner_text() == "That day has not come yet."
    field.fill(today)
    assert status.inner_text().startswith("In force on that day: Edition of ")
    status.get_by_role("link").click()
    expect(page).to_have_url(f"{address}{today}/")
    assert page.locator("[role=note]").inner_text().startswith("This is the guidance as it stood on ")
    page.close()
