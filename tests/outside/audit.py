"""python -m tests.outside.audit: no package of the locks has a known vulnerability; ends with 1 where one has, 2 where nobody knows.

pip-audit counts a package that it could not look up as well; here that is no result at all.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.evidence import record
from tests.project import ROOT

LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-store.lock",
    "requirements-fonts.lock",
    "tests/outside/locks/audit.lock",
    "tests/outside/locks/properdocs.lock",
    "tests/outside/locks/zensical.lock",
)
ACCEPTED = Path(__file__).with_name("accepted.toml")
LONGEST = 90  # days that a vulnerability may be accepted


@dataclass(frozen=True)
class Accepted:
    """A known vulnerability that is accepted for now, with its reason and its last day."""

    id: str
    package: str
    since: date
    until: date
    reason: str


@dataclass(frozen=True)
class Audit:
    """What was found: packages by name and version, those that nobody could look up, and vulnerabilities by package."""

    packages: frozenset[str]
    unknown: frozenset[str]
    found: frozenset[tuple[str, frozenset[str]]]  # the package, and the names that the vulnerability goes by

    def accepted(self, exceptions: Iterable[Accepted]) -> frozenset[tuple[str, frozenset[str]]]:
        """Those vulnerabilities that an exception names."""
        named = {(one.package, one.id) for one in exceptions}
        return frozenset(pair for pair in self.found if any((pair[0], name) in named for name in pair[1]))

    def problems(self, exceptions: tuple[Accepted, ...], today: date) -> Iterator[str]:
        """What fails the audit."""
        for package, names in sorted(self.found - self.accepted(exceptions), key=str):
            yield f"{package}: {', '.join(sorted(names))}. Update the package, or accept it in {ACCEPTED.name}."
        known = {(package, name) for package, names in self.found for name in names}
        for one in exceptions:
            if one.until < today:
                yield f"{one.package}: {one.id} was accepted until {one.until}. Update the package, or decide anew."
            if not one.since <= today or not 0 <= (one.until - one.since).days <= LONGEST:
                yield f"{one.package}: {one.id} is accepted for more than {LONGEST} days, or from a day to come."
            if len(one.reason.split()) < 5:
                yield f"{one.package}: {one.id} is accepted without a reason in a sentence."
            if (one.package, one.id) not in known:
                yield f"{one.package}: {one.id} is no longer found. Take it out of {ACCEPTED.name}."


def exceptions_of(text: str) -> tuple[Accepted, ...]:
    """The exceptions of a file; a TypeError where a line is missing."""
    return tuple(Accepted(**entry) for entry in tomllib.loads(text).get("accepted", []))


def read(reports: Iterable[dict[str, Any]]) -> Audit:
    """The reports of pip-audit on several locks as one."""
    packages, unknown, found = set(), set(), set()
    for report in reports:
        for one in report["dependencies"]:
            packages.add(one["name"])
            if "skip_reason" in one:
                unknown.add(one["name"])
            for fault in one.get("vulns", []):
                found.add((one["name"], frozenset([fault["id"], *fault.get("aliases", [])])))
    return Audit(frozenset(packages), frozenset(unknown), frozenset(found))


def asked(python: str, lock: Path, folder: Path) -> dict[str, Any]:
    """What pip-audit says of one lock."""
    file = folder / "report.json"
    file.unlink(missing_ok=True)
    words = [python, "-m", "pip_audit", "--requirement", str(lock), "--require-hashes", "--disable-pip"]
    words += ["--format", "json", "--progress-spinner", "off", "--output", str(file)]
    run = subprocess.run(words, capture_output=True, text=True, timeout=600)
    if not file.is_file():
        raise OSError((run.stderr.strip().splitlines() or ["pip-audit said nothing."])[-1])
    report: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return report


def main(python: str) -> int:
    """Audits every lock, and keeps the figures where every package could be looked up."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            audit = read(asked(python, ROOT / lock, Path(folder)) for lock in LOCKS)
        except (OSError, subprocess.TimeoutExpired) as error:
            print(f"Not audited: {error}")
            return 2
    if audit.unknown:
        some = ", ".join(sorted(audit.unknown)[:5])
        print(f"Not audited: {len(audit.unknown)} of {len(audit.packages)} packages could not be looked up, as {some}.")
        return 2
    exceptions = exceptions_of(ACCEPTED.read_text("utf-8"))
    problems = list(audit.problems(exceptions, datetime.now(UTC).date()))
    accepted = audit.accepted(exceptions)
    record(
        "dependencies",
        packages=len(audit.packages),
        audited=len(audit.packages - audit.unknown),
        vulnerabilities=len(audit.found),
        accepted=len(accepted),
    )
    for problem in problems:
        print(problem)
    print(f"{len(audit.packages)} packages audited: {len(audit.found)} vulnerabilities, {len(accepted)} accepted.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
