"""The editing page, followed to the letter."""

from __future__ import annotations

import re
from pathlib import Path

from macros.checks.check import check
from macros.content.load import Content, load
from macros.content.macro_list import MACROS
from macros.source.problems import report
from macros.topics.contacts import Contacts
from macros.topics.decisions import count_paths
from tests.guidance.jobs import guidance_copy, into_menu, last_page, next_section
from tests.project import GUIDANCE, change

EDITING = (GUIDANCE / "docs" / "about" / "editing.md").read_text("utf-8")


def fence_after(words: str) -> str:
    """The text of the first code fence behind some words of the editing page."""
    assert words in EDITING, f"about/editing.md does not say: {words}"
    found = re.search(r"```\w*\n(.*?)\n```", EDITING.split(words, 1)[1], re.S)
    assert found
    return found[1]


def test_a_new_decision_takes_two_files_and_one_line(tmp_path: Path, content: Content) -> None:
    root = guidance_copy(tmp_path, with_generator=False)
    number, after = next_section(root, "part-three"), last_page(content, "part-three")
    for path in ("docs/part-three/follow-up.md", "docs/part-three/follow-up.yml"):
        text = fence_after(f"this as `{path}`:")
        text = re.sub(
            r"## 3\.\d+ (.*)#s3-\d+", rf"## 3.{number} \1#s3-{number}", text
        )  # "the number that is free there"
        (root / path).write_text(f"{text}\n", "utf-8")
    into_menu(root, after, fence_after("add this line to `docs/navigation.yml`, under Part Three:"))
    now = load(root)
    found = check(now)
    assert not found, report(found)
    assert count_paths(now.decisions["part-three/follow-up.md"]) > 2


def test_another_area_and_another_kind_of_source_take_the_lines_shown(tmp_path: Path, content: Content) -> None:
    root, was = guidance_copy(tmp_path, with_generator=False), content.site
    change(root, "docs/site.yml", (f"area: {was.area}\n", f"{fence_after('To change a name, change its line')}\n"))
    kinds = root / "docs" / "site.yml"
    kinds.write_text(f"{kinds.read_text('utf-8')}{fence_after('A new kind is one more line at the end')}\n", "utf-8")
    change(root, "docs/references.yml", ("kind: service\n", "kind: inspection\n"))
    now = load(root)
    found = check(now)
    assert not found, report(found)
    assert (now.site.area, now.site.kinds[-1].name, now.site.bearers("must")) == (
        "Newcastle, Gateshead and beyond",
        "inspection",
        was.bearers("must"),
    )


def test_a_contact_takes_the_lines_shown(tmp_path: Path) -> None:
    root = guidance_copy(tmp_path, with_generator=False)
    contacts = root / "docs" / "contacts.yml"
    entry = fence_after("has written that down:")
    contacts.write_text(f"{contacts.read_text('utf-8')}{entry}\n", "utf-8")
    now = load(root)
    found = check(now)
    assert not found, report(found)
    (listed,) = now.listed(Contacts)
    assert listed.contacts[-1].shown
    without = "\n".join(line for line in entry.splitlines() if "confirmed" not in line).replace("999", "101")
    contacts.write_text(contacts.read_text("utf-8").replace(entry, without), "utf-8")
    (listed,) = load(root).listed(Contacts)
    assert not listed.contacts[-1].shown


def test_every_macro_is_shown() -> None:
    missing = [name for name in MACROS if f"{{{{ {name}(" not in EDITING]
    assert not missing, (
        f'docs/about/editing.md does not show {missing}. Give each a line under "The macros, one by one".'
    )
