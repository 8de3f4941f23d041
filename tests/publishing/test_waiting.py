"""What was taken goes live whoever died meanwhile; the same push again says so, and what waits long is told to the operator."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from publishing.releases import live
from publishing.waiting import late, tell, told_now
from tests.publishing.harness import Place
from tests.publishing.here import settled, take


@pytest.fixture
def place(quick: Place) -> Place:
    return quick


def taken(place: Place, folder: Path, message: str = "Later") -> Path:
    """A clone whose commit git has taken, and nobody has settled: every process of that push was killed."""
    clone = place.clone(folder / "ed")
    place.commit(clone, message)
    take(place, clone, {"heads/main": "HEAD"})
    return clone


def test_a_push_with_nothing_new_settles_what_waits_and_says_what_is_live(place: Place, tmp_path: Path) -> None:
    clone = taken(place, tmp_path, "Later \x1b[2J")  # the subject moves a terminal
    for times in range(2):
        again = place.push(clone)
        assert again.ok
        assert "Everything up-to-date" in again.text
        said = [line for line in again.text.splitlines() if line.startswith("Live now: ")]
        assert said == [f"Live now: {place.head()[:7]} Later \\x1b[2J"], (times, again.text)
        assert "\x1b" not in again.text
    now = live(place.server)
    assert now
    assert now.inputs.commit == place.head()
    assert list((place.folder / "work" / "said").iterdir()) == []


def test_a_push_with_nothing_new_tells_of_a_rollback(place: Place, tmp_path: Path) -> None:
    clone = taken(place, tmp_path)
    settled(place)
    assert place.command("rollback").returncode == 0
    again = place.push(clone)
    line = f"main is at {place.head()[:7]} Later; the administrator has put that aside."
    assert again.text.splitlines()[-1].endswith(line) or line in again.text
    assert told_now(place.server).startswith("Live now: ")


def test_what_waits_for_more_than_five_minutes_is_told_once_a_day(place: Place, tmp_path: Path) -> None:
    taken(place, tmp_path, "Later \x1b[2J")
    now = datetime.now(UTC)
    assert late(place.server, now) == ""
    assert tell(place.server, now) == ""
    for jump in (timedelta(minutes=6), timedelta(days=-900)):  # the clock may go wrong in between
        assert " was taken on 20" in late(place.server, now + jump)
    post = tmp_path / "bin" / "sendmail"
    post.parent.mkdir()
    post.write_text(f'#!/bin/sh\n{{ echo "$@"; cat; }} >> {tmp_path}/sent\n', "utf-8")
    post.chmod(0o755)
    settings = place.folder / "site.toml"
    settings.write_text(settings.read_text("utf-8").replace('operator = ""', 'operator = "op@localhost"'), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{post.parent}:{os.environ['PATH']}")
        for minutes in (6, 7, 8):
            line = tell(place.server, now + timedelta(minutes=minutes))
            assert line.startswith(f"{place.head()[:7]} Later \\x1b[2J was taken on ")
            assert line.endswith(f"is not live. Type: python -m publishing settle {place.folder}")
    sent = (tmp_path / "sent").read_text("utf-8")
    assert sent.startswith("-i -- op@localhost\nTo: op@localhost\nSubject: ")
    assert sent.count("is not live. Type: ") == 1
    assert (place.folder / "faults.log").read_text("utf-8").count("is not live. Type: ") == 1
    settled(place)
    assert tell(place.server, now + timedelta(minutes=9)) == ""


@pytest.mark.parametrize("operator", ["-t", "a b@c", "x@y\nBcc: z@y", "nobody"])
def test_an_operator_without_an_address_gets_no_mail(operator: str, place: Place, tmp_path: Path) -> None:
    taken(place, tmp_path)
    settings = place.folder / "site.toml"
    text = settings.read_text("utf-8")
    quoted = operator.replace("\n", "\\n")
    settings.write_text(text.replace('operator = ""', f'operator = "{quoted}"'), "utf-8")
    assert tell(place.server, datetime.now(UTC) + timedelta(minutes=6))
    assert "No mail was sent: " in (place.folder / "faults.log").read_text("utf-8")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here to judge its units")
def test_systemd_takes_the_units(place: Place) -> None:
    names = [str(file) for file in place.folder.glob("guidance-*")]
    assert len(names) == 5
    judged = subprocess.run(["systemd-analyze", "verify", *names], capture_output=True, text=True)
    wrong = [line for line in judged.stderr.splitlines() if "guidance-" in line]
    assert (judged.returncode, wrong) == (0, []), judged.stderr
