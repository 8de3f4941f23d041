"""The repository as a user gets it: locked, alone, and documented by what works."""

from __future__ import annotations

import re
import subprocess
from types import SimpleNamespace
from typing import cast

import pytest

from tests.conftest import pytest_configure
from tests.project import ROOT

FILES = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")[
    :-1
]
TEXTS = [name for name in FILES if not name.endswith((".png", ".jpg", ".ico"))]
LOCKS = {  # and how many packages each has at least
    "requirements.lock": 20,
    "requirements-test.lock": 40,
    "requirements-store.lock": 20,
    "requirements-fonts.lock": 2,
}
ROOMS = {"docs", "glossary", "macros", "overrides", "publishing", "tests", "bench", ".ci", ".github"}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    packages = re.split(r"\n(?=[a-z0-9])", text.replace("\\\n", " "))
    assert len(packages) >= LOCKS[lock]
    for package in packages:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", package), package[:80]
        assert "--hash=sha256:" in package, package[:80]


def test_the_client_s_packages_are_locked() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    for package in (
        "mkdocs==1.6.1",
        "mkdocs-material==9.8.",
        "mkdocs-macros-plugin==1.5.",
        "pymdown-extensions==",
        "pyyaml==",
    ):
        assert f"\n{package}" in f"\n{text}", package


def test_no_file_names_a_package_index_or_a_path_of_one_machine() -> None:
    index = (
        "pypi" + ".org",
        "python" + "hosted.org",
        "--index" + "-url",
        "--extra-index" + "-url",
        "--find" + "-links",
        "npm" + "js.org",
    )
    machine = re.compile(r"(?<![\w.])/(home|root|opt|mnt|Users)/\w")
    for name in TEXTS:
        text = (ROOT / name).read_text("utf-8")
        for word in index:
            assert word not in text, f"{name} names {word}"
        assert name.startswith("tests/") or not machine.search(text), f"{name} names a path of one machine"


def test_only_the_rooms_of_the_house_stand_at_the_top() -> None:
    tops = {name.split("/")[0] for name in FILES if "/" in name}
    assert tops <= ROOMS, tops - ROOMS


def test_nothing_generated_is_committed() -> None:
    assert not [name for name in FILES if name.startswith(("site/", ".venv/")) or "__pycache__" in name]


def test_no_names_numbers_or_mail_addresses_stand_in_the_content() -> None:
    mail, phone = re.compile(r"\b[\w.+-]+@[\w-]+\.\w+"), re.compile(r"(?<![\d/=.-])0\d{3,4}[ -]?\d{3}[ -]?\d{3,4}\b")
    for name in (name for name in TEXTS if name.startswith(("docs/", "glossary/"))):
        text = (ROOT / name).read_text("utf-8")
        if name == "docs/contacts.yml":  # the one place for numbers of services, each shown once somebody has rung it
            text = re.sub(r'(?m)^    number: "[\d ]+"$', "", text)
        assert not mail.search(text), name
        assert not phone.search(text), name


def test_the_readme_names_the_two_commands_and_every_room() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for words in ("make site", "make test", "docs/", "glossary/", "macros/", "overrides/", "tests/"):
        assert words in text, words


def test_every_word_of_the_makefile_is_explained() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")
    words = re.search(r"\.PHONY: (.*)", text)
    assert words
    for word in set(words[1].split()) - {"help", "clean"}:
        assert f"make {word} " in text, word


@pytest.mark.parametrize(
    ("asked", "runs"),
    [("", "not long"), ("not site and not browser", "(not site and not browser) and not long"), ("long", "long")],
)
def test_what_takes_many_minutes_runs_only_where_it_is_asked_for(asked: str, runs: str) -> None:
    option = SimpleNamespace(markexpr=asked)
    pytest_configure(cast(pytest.Config, SimpleNamespace(option=option)))
    assert option.markexpr == runs


def test_a_page_can_take_in_no_other_file() -> None:
    assert "snippets" not in (ROOT / "mkdocs.yml").read_text("utf-8")
