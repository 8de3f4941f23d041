"""The audit of dependencies: what nobody could look up is no result, and an exception has a reason and an end."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from tests.outside import audit
from tests.outside.audit import LOCKS, Accepted, exceptions_of, main, read
from tests.project import ROOT

TODAY = date(2026, 11, 23)
FAULT = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["2"], "description": "Bad."}
REPORT = {"dependencies": [{"name": "a", "version": "1", "vulns": [FAULT]}, {"name": "b", "version": "1", "vulns": []}]}


def exception(**given: Any) -> Accepted:
    plain = {
        "id": "CVE-1",
        "package": "a",
        "since": TODAY,
        "until": date(2026, 12, 31),
        "reason": "It does not reach us here.",
    }
    return Accepted(**{**plain, **given})


def said(*exceptions: Accepted) -> list[str]:
    return list(read([REPORT]).problems(exceptions, TODAY))


def test_a_vulnerability_fails_and_goes_by_each_of_its_names() -> None:
    assert said() == ["a: CVE-1, PYSEC-1. Update the package, or accept it in accepted.toml."]
    assert said(exception()) == said(exception(id="PYSEC-1")) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"since": date(2026, 10, 1), "until": date(2026, 11, 22)}, "a: CVE-1 was accepted until 2026-11-22."),
        ({"until": date(2027, 11, 23)}, "a: CVE-1 is accepted for more than 90 days"),
        ({"since": date(2026, 11, 24)}, "a: CVE-1 is accepted for more than 90 days, or from a day to come."),
        ({"reason": "None."}, "a: CVE-1 is accepted without a reason"),
        ({"package": "b"}, "b: CVE-1 is no longer found."),
    ],
)
def test_an_exception_ends_and_gives_its_reason(given: dict[str, Any], says: str) -> None:
    assert any(line.startswith(says) for line in said(exception(**given)))


def test_the_exceptions_of_this_project_can_be_read() -> None:
    assert all(isinstance(one.until, date) for one in exceptions_of(audit.ACCEPTED.read_text("utf-8")))
    with pytest.raises(TypeError):
        exceptions_of('[[accepted]]\nid = "CVE-1"\n')


def test_what_could_not_be_looked_up_is_no_result(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    report = {"dependencies": [{"name": "a", "skip_reason": "Dependency not found."}]}
    monkeypatch.setattr(audit, "asked", lambda *_: report)
    monkeypatch.setattr(audit, "record", lambda *_, **__: pytest.fail("It was kept as evidence."))
    assert main("python") == 2
    assert capsys.readouterr().out == "Not audited: 1 of 1 packages could not be looked up, as a.\n"


def test_a_clean_audit_is_kept_as_evidence(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, Any] = {}
    monkeypatch.setattr(audit, "asked", lambda *_: {"dependencies": [{"name": "b", "version": "1", "vulns": []}]})
    monkeypatch.setattr(audit, "record", lambda topic, **figures: kept.update({topic: figures}))
    monkeypatch.setattr(audit, "exceptions_of", lambda _: ())
    assert main("python") == 0
    assert kept == {"dependencies": {"packages": 1, "audited": 1, "vulnerabilities": 0, "accepted": 0}}


def test_every_lock_is_audited_and_pins_each_package_with_its_hashes() -> None:
    locks = {
        file.relative_to(ROOT).as_posix()
        for file in [*ROOT.glob("*.lock"), *(ROOT / "tests" / "outside" / "locks").glob("*.lock")]
    }
    assert locks == set(LOCKS)
    for lock in LOCKS:
        for pin in re.split(r"\n(?=\S)", (ROOT / lock).read_text("utf-8").strip()):
            assert re.match(r"[a-z0-9._-]+==\S+ ", pin) or pin.startswith("#"), pin
            assert "--hash=sha256:" in pin or pin.startswith("#"), pin
