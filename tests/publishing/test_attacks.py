"""Pushes that must not get in: each is refused with a plain line, nothing is published, nothing is run, nothing is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from macros.content.macro_calls import read_calls
from macros.source.text import Text
from tests.examples import read
from tests.project import ROOT, change, put
from tests.publishing.harness import Place, Pushed, nginx
from tests.publishing.whole import answers, tree

pytestmark = pytest.mark.site
LAST = "Nothing was published; the site is as it was."
CASES = {
    file.stem: [case for case in read(file) if case["says"]]
    for file in sorted((ROOT / "tests" / "examples" / "problems").glob("*.yml"))
}


class Attack:
    """An editor's clone of the shared server, and what the server held before."""

    def __init__(self, place: Place, folder: Path, person: str = "ed") -> None:
        self.place, self.clone = place, place.clone(folder / person, person)
        self.before = self.state()

    def state(self) -> tuple[str, dict[str, str]]:
        refs = self.place.git("for-each-ref", at=self.place.server.repository)
        return refs, tree(self.place)

    def marks(self, room: str) -> list[Path]:
        """What a room of the work folder holds: what was built, or may go live."""
        return list((self.place.folder / "work" / room).glob("*"))

    def refused(self, *words: str) -> Pushed:
        pushed = self.place.push(self.clone, *words)
        assert not pushed.ok, pushed.text
        assert "Traceback" not in pushed.text
        assert self.state() == self.before
        assert not [*self.marks("staged"), *self.marks("drafts"), *self.marks("passed")]
        return pushed

    def commit_tree(self, entries: list[tuple[str, str, str]], folder: str = "docs") -> str:
        """A commit whose `folder` holds hand-made entries (mode, kind and object, name): git itself writes no such tree."""
        at, git = self.clone, self.place.git
        inner = b"".join(
            mode.lstrip("0").encode() + b" " + name.encode() + b"\0" + bytes.fromhex(thing)
            for mode, thing, name in entries
        )
        (at / ".git" / "made").write_bytes(inner)
        tree = git("hash-object", "-t", "tree", "-w", "--literally", ".git/made", at=at)
        rows = [row for row in git("ls-tree", "HEAD", at=at).splitlines() if not row.endswith(f"\t{folder}")]
        whole = git("mktree", at=at, feed="\n".join([*rows, f"040000 tree {tree}\t{folder}", ""]).encode())
        return git("commit-tree", "-p", "HEAD", "-m", "Made by hand", whole, at=at)


@pytest.fixture
def attack(shared: tuple[Place, Path], tmp_path: Path) -> Attack:
    return Attack(shared[0], tmp_path)


def problem(attack: Attack, path: str, data: bytes) -> str:
    file = attack.clone / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    attack.place.commit(attack.clone)
    pushed = attack.refused()
    assert pushed.lines[-1] == LAST
    return pushed.lines[-2]


@pytest.mark.long  # test_gate.py has the gate refuse each of them in every run
@pytest.mark.parametrize("cases", CASES.values(), ids=CASES)
def test_every_problem_of_content_is_refused_with_its_line(cases: list[dict[str, Any]], attack: Attack) -> None:
    for case in cases:
        put(attack.clone, case)
        attack.place.commit(attack.clone, case["why"])
        pushed = attack.refused()
        for line in case["says"]:
            assert line in pushed.lines
        attack.place.git("reset", "-q", "--hard", "HEAD~1", at=attack.clone)


def test_a_force_push_would_lose_what_is_published(attack: Attack) -> None:
    attack.place.git("commit", "-q", "--amend", "-m", "Other", at=attack.clone)
    pushed = attack.refused("--force", "HEAD:main")
    assert pushed.lines[-2].startswith("This push would take published changes out of main. Type: git pull --rebase")


def test_main_cannot_be_deleted(attack: Attack) -> None:
    assert attack.refused("--delete", "main").lines[-2] == "main holds the guidance and cannot be deleted."


@pytest.mark.parametrize("ref", ["other", "draft/../x", "draft/UPPER", "draft/a/b"])
def test_other_branches_are_not_kept(ref: str, attack: Attack) -> None:
    attack.refused(f"HEAD:refs/heads/{ref}")


def test_refs_of_git_itself_are_not_for_pushing(attack: Attack) -> None:
    said = 'The branch "refs/notes/x" is not kept here. Push to main, or to draft/ and a name.'
    assert said in attack.refused("HEAD:refs/notes/x").lines


def test_somebody_whom_the_server_does_not_know_gets_nothing(shared: tuple[Place, Path], attack: Attack) -> None:
    place, clone = shared[0], attack.clone
    place.git("remote", "set-url", "origin", "eve:repository.git", at=clone)
    pushed = attack.refused()
    assert '"eve" may not publish. Ask the administrator of the server to add your key.' in pushed.text
    place.git("remote", "set-url", "origin", str(place.server.repository), at=clone)
    place.commit(clone)
    assert attack.refused().lines[-2].startswith("Somebody without a name here may not publish.")


def test_who_pushes_is_the_key_and_never_the_author(attack: Attack) -> None:
    (attack.clone / "macros" / "extra.py").write_text('"""Extra."""\n', "utf-8")
    attack.place.git("add", "-A", at=attack.clone)
    attack.place.git("commit", "-q", "--author", "mia <mia@localhost>", "-m", "Mine", at=attack.clone)
    assert attack.refused().lines[-2] == (
        "The push changes macros/extra.py, outside of docs/ and glossary/. Leave that out, or ask a maintainer to push it."
    )


@pytest.mark.parametrize(
    "call",
    [
        "{{ ''.__class__ }}",
        "{{ duty.__globals__ }}",
        '{{ duty("notify-panel").__class__ }}',
        '{{ duty("notify-panel") | attr("__class__") }}',
        "{{ [].__class__.__base__.__subclasses__() }}",
        "{% for x in range(10) %}a{% endfor %}",
        "{% for x in [1] %}{% for y in range(999999999) %}{% endfor %}{% endfor %}",
        "{% set x = 1 %}",
        "{% import 'main.html' as x %}",
        "{% include 'partials/foot.html' %}",
        "{% include 'drafts/secret.md' %}",
        "{% macro x() %}{% endmacro %}",
        "{% if true %}a{% endif %}",
        "{{ 7 * 7 }}",
        "{{ config }}",
        "{{ context() }}",
        "{{ self }}",
        "{{ cycler.__init__ }}",
        "{% call duty() %}{% endcall %}",
        "{% filter upper %}a{% endfilter %}",
    ],
)
def test_content_cannot_run_code(call: str) -> None:
    assert read_calls(Text(f"Words.\n\n{call}\n", "docs/search.md", 9))[1], call


def test_a_macro_that_reads_python_is_refused_in_the_push(attack: Attack) -> None:
    with (attack.clone / "docs" / "search.md").open("a") as file:
        file.write("\n{{ ''.__class__.__mro__ }}\n\n{% for x in range(9) %}{% endfor %}\n")
    attack.place.commit(attack.clone)
    assert attack.refused().lines[-4:] == [
        "2 problems.",
        'docs/search.md:14: Only plain macro calls may stand in braces here. Write {{ name("id") }}; about/editing.md lists the macros. (LRP-027)',
        'docs/search.md:16: Only plain macro calls may stand in braces here. Write {{ name("id") }}; about/editing.md lists the macros. (LRP-027)',
        LAST,
    ]


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("docs/page.html", "This is no kind of file that pages use."),
        ("docs/assets/javascripts/decision.js", "This is no kind of file that pages use."),
        ("docs/.gitattributes", "Its name belongs to git itself."),
        ("docs/CON.md", '"CON.md" is a name that Windows cannot hold.'),
        ("docs/nul", '"nul" is a name that Windows cannot hold.'),
        ("docs/a\nb.md", "Its name holds a line break or another character that cannot be seen."),
        ("docs/a\\b.md", "Its name holds a character that not every computer can write."),
        ("docs/Index.md", 'Its name differs from "docs/Index.md" in capitals alone.'),
        ("glossary/a.md", "This is no kind of file that pages use."),
        ("docs/" + "a" * 210 + ".md", "Its name has 218 characters; the most is 200."),
    ],
)
def test_files_with_names_or_kinds_that_harm(path: str, wrong: str, attack: Attack) -> None:
    shown = (
        "docs/index.md" if path == "docs/Index.md" else path.encode("unicode_escape").decode() if "\n" in path else path
    )
    assert problem(attack, path, b"Words.\n").startswith(f"{shown}:1: {wrong}")


def test_a_symbolic_link_is_refused(attack: Attack) -> None:
    (attack.clone / "docs" / "secret.md").symlink_to("/etc/passwd")
    attack.place.commit(attack.clone)
    assert attack.refused().lines[-2] == "docs/secret.md:1: This is a symbolic link. Put the file itself here."


def test_a_large_picture_is_refused_even_where_a_later_commit_removes_it(attack: Attack) -> None:
    size = 5_000_001
    assert problem(attack, "docs/large.png", bytes(size)) == (
        "docs/large.png:1: The file has 5,000,001 bytes; the most is 5,000,000. "
        "Make it smaller, or remove it, from every commit of this push. (LRP-085)"
    )
    (attack.clone / "docs" / "large.png").unlink()
    attack.place.commit(attack.clone)
    attack.refused()


@pytest.mark.long
def test_a_picture_of_a_gigabyte_is_refused(attack: Attack) -> None:
    with (attack.clone / "docs" / "large.png").open("wb") as file:
        file.truncate(1_000_000_000)
    attack.place.commit(attack.clone)
    assert "The file has 1,000,000,000 bytes; the most is 5,000,000." in attack.refused().lines[-2]


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("../../x", "100644"),
        ("..", "100644"),
        (".", "100644"),
        (".git", "100644"),
        (".GIT", "100644"),
        ("git~1", "100644"),
        ("", "100644"),
    ],
)
def test_names_that_lead_out_are_refused(name: str, mode: str, attack: Attack) -> None:
    thing = attack.place.git("rev-parse", "HEAD:docs/index.md", at=attack.clone)
    commit = attack.commit_tree([(mode, thing, name)])
    attack.refused(f"{commit}:main")
    assert not (attack.place.folder.parent / "x").exists()


def test_a_hook_in_the_tree_is_refused(attack: Attack) -> None:
    at, git = attack.clone, attack.place.git
    script = git("hash-object", "-w", "--stdin", at=at, feed=b"#!/bin/sh\ntouch /tmp/run-by-a-push\n")
    hooks = git("mktree", at=at, feed=f"100755 blob {script}\tx\n".encode())
    inner = git("mktree", at=at, feed=f"040000 tree {hooks}\thooks\n".encode())
    commit = attack.commit_tree([("40000", inner, ".git")])
    pushed = attack.refused(f"{commit}:main")
    assert (
        "docs/.git/hooks/x:1: Its name belongs to git itself. Rename it: small letters, digits and hyphens do."
        in pushed.lines
    )


def test_a_bomb_of_yaml_is_refused(attack: Attack) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(9)
    )
    file = attack.clone / "docs" / "moved.yml"
    file.write_text(f"moved: []\n{bomb}", "utf-8")
    attack.place.commit(attack.clone)
    refused = attack.refused().lines
    assert any(line.startswith('docs/moved.yml:2: A text that begins with "&" has to stand in') for line in refused)


DISGUISES = [
    'Words { onclick="x" }',
    '## Words { #a onfocus="x" }',
    "*x*{ onclick=x }",
    '![x](x.png){ onerror="x" }',
    '<p onclick="x">x</p>',
    "<P OnClIcK=x>x</P>",
    "<p/onclick=x>x</p>",
    '<p o&#110;click="x">x</p>',
    '<a\thref="x" onmouseover="x">x</a>',
    '<a href="x"\nonmouseover="x">x</a>',
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '<details ontoggle="x" open></details>',
    "<input autofocus onfocus=x>",
    '<div title="a>" onclick="x"></div>',
    '<button formaction="javascript:x">x</button>',
    "[x](java&#115;cript:x)",
    "[x]: data:text/html,x\n\n[x]",
    "<name@example.org>",
]


def test_html_that_runs_is_refused_in_every_disguise(attack: Attack) -> None:
    file = attack.clone / "docs" / "search.md"
    lines = [*file.read_text("utf-8").splitlines(), ""]
    places = []
    for disguise in DISGUISES:
        places.append(len(lines) + 1)
        lines += [*disguise.splitlines(), ""]
    file.write_text("\n".join(lines), "utf-8")
    attack.place.commit(attack.clone)
    said = attack.refused().lines
    assert [place for place in places if not any(line.startswith(f"docs/search.md:{place}: ") for line in said)] == []


@pytest.mark.parametrize("key", ["template: evil.html", "hide: [toc]", "render_macros: false"])
def test_front_matter_knows_its_keys_alone(key: str, attack: Attack) -> None:
    change(attack.clone, "docs/search.md", ("title: Search", f"title: Search\n{key}"))
    attack.place.commit(attack.clone)
    assert attack.refused().lines[-2].startswith("docs/search.md:3: ")


def test_an_address_that_was_published_does_not_go_silently(attack: Attack) -> None:
    change(attack.clone, "docs/part-one/notify.md", ("{ #s1-2 }", "{ #s1-3 }"), ("1.2 ", "1.3 "))
    for file in attack.clone.rglob("*.md"):
        file.write_text(file.read_text("utf-8").replace("#s1-2)", "#s1-3)"), "utf-8")
    change(attack.clone, "docs/moved.yml", ("#s1-2", "#s1-3"))
    attack.place.commit(attack.clone)
    offered = "  - {old: part-one/notify/#s1-2, now: part-one/notify.md}"
    assert attack.refused().lines[-4:] == [
        "1 problem.",
        'docs/moved.yml:1: The anchor "part-one/notify/#s1-2" was published and is gone. Add this line to '
        "docs/moved.yml, with the page or the section that readers are to find, or bring it back (LRP-306):",
        offered,
        LAST,
    ]


def test_readers_get_the_same_answers_after_refused_pushes(attack: Attack, tmp_path: Path) -> None:
    place, at = attack.place, attack.clone
    with nginx(place, tmp_path / "nginx") as address:
        before = answers(place, address)
        thing = place.git("rev-parse", "HEAD:docs/index.md", at=at)
        for name in ("../../x", "..", ".git"):
            attack.refused(f"{attack.commit_tree([('100644', thing, name)])}:main")
        for words in (
            ["--force", "HEAD~0:refs/heads/other"],
            ["--delete", "main"],
            ["HEAD:refs/tags/edition-2020-01-01"],
        ):
            attack.refused(*words)
        moved = "moved:\n  - {old: ../../../../current/site/, now: search.md}\n"
        for path, text in (("docs/moved.yml", moved), ("docs/search.md", "---\ntitel: Words\n---\n\n" + DISGUISES[0])):
            (at / path).write_text(text, "utf-8")
            place.commit(at)
            attack.refused()
            attack.refused("HEAD:main", "HEAD:draft/live")
        (at / "docs" / "link.md").symlink_to("/etc/passwd")
        place.commit(at)
        attack.refused()
        assert answers(place, address) == before


def limited(place: Place, old: str, new: str) -> None:
    settings = place.folder / "site.toml"
    text = settings.read_text("utf-8")
    assert old in text
    settings.write_text(text.replace(old, new), "utf-8")


def test_a_build_that_never_ends_is_stopped_and_the_next_push_works(place: Place, tmp_path: Path) -> None:
    limited(place, "build_seconds = 300", "build_seconds = 3")
    attack = Attack(place, tmp_path, "mia")
    file = attack.clone / "macros" / "source" / "problems.py"
    file.write_text(file.read_text("utf-8") + "\n\nwhile True:\n    pass\n", "utf-8")
    place.commit(attack.clone)
    assert attack.refused().lines[-2:] == ["The build took more than 3 seconds and was stopped.", LAST]
    limited(place, "build_seconds = 3", "build_seconds = 300")
    place.git("reset", "-q", "--hard", "HEAD~1", at=attack.clone)
    place.commit(attack.clone)
    assert place.push(attack.clone).ok


def test_a_build_that_eats_memory_is_stopped(place: Place, tmp_path: Path) -> None:
    attack = Attack(place, tmp_path, "mia")
    file = attack.clone / "macros" / "source" / "problems.py"
    file.write_text(file.read_text("utf-8") + "\n\nALL = bytearray(9_000_000_000)\n", "utf-8")
    place.commit(attack.clone)
    assert attack.refused().lines[-2:] == ["The build needed more than 4,000 MB of memory and was stopped.", LAST]


def test_versions_that_the_server_does_not_have_are_named(place: Place, tmp_path: Path) -> None:
    attack = Attack(place, tmp_path, "mia")
    with (attack.clone / "requirements.lock").open("a") as file:
        file.write("# another\n")
    place.commit(attack.clone)
    said = attack.refused().lines[-2]
    assert said.startswith("requirements.lock:1: The server has no environment for these versions yet.")
    assert len(list(place.server.environments.iterdir())) == 1
