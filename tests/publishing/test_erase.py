"""Personal data taken out of a server: afterwards no form of it is found anywhere, and everything else is as it was."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import struct
import subprocess
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from macros.topics.dates import day_at
from publishing.erase import Asked, Eraser
from publishing.erased import begun, erasures, now_called
from publishing.repository import Repository
from publishing.settings import RefusedError
from publishing.traces import Wanted, files_with, pattern_of
from tests.project import change
from tests.publishing.harness import Place

NAME = "Quirilla Vandersloot"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PIXELS = zlib.compress(
    b"".join(b"\0" + bytes((row * 37 + column * 91) % 256 for column in range(32)) for row in range(32))
)
PICTURE = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 32, 32, 8, 0, 0, 0, 0))
PICTURE += chunk(b"IDAT", PIXELS) + chunk(b"IEND", b"")
WHY = "a name was published by mistake"


def unpacked(name: str, data: bytes) -> list[bytes]:
    """Bytes, and what they hold in any packed form."""
    found = [data]
    if name.endswith(".gz"):
        found += unpacked(name[:-3], gzip.decompress(data))
    if name.endswith(".br"):
        found.append(subprocess.run(["brotli", "-dc"], input=data, capture_output=True, check=True).stdout)
    if zipfile.is_zipfile(io.BytesIO(data)) and name.endswith((".zip", ".docx")):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for member in packed.namelist():
                found += unpacked(member, packed.read(member))
    return found


def traces(place: Place, *secrets: bytes) -> list[str]:
    """Where any of these bytes are found: in each file, each packed form of it, and each object of git's."""
    forms = [form for secret in secrets for form in (secret, secret.lower(), secret.replace(b" ", b"-").lower())]
    forms += [
        packed
        for secret in secrets
        for packed in (zlib.compress(secret), gzip.compress(secret, mtime=0), bz2.compress(secret))
    ]
    found = []
    for file in place.folder.rglob("*"):
        if file.is_file() and not file.is_symlink() and "environments" not in file.parts:
            texts = unpacked(file.name, file.read_bytes())
            found += [str(file)] if any(form in text for text in texts for form in forms) else []
    for name, kind, data in Repository(place.server.repository).objects():
        found += [f"{kind} {name}"] if any(form in data for form in forms) else []
    return found


def published(place: Place, clone: Path) -> None:
    """A name and a picture that went live, in a page, a term, a commit's message and a draft, and were taken out again."""
    page, picture = clone / "docs" / "search.md", clone / "docs" / "photo.png"
    before = page.read_text("utf-8")
    page.write_text(
        f"{before}\nWe thank Quirilla\nVandersloot for her help.\n\n![Greys side by side](photo.png)\n", "utf-8"
    )
    picture.write_bytes(PICTURE)
    place.commit(clone, f"Add {NAME}")
    pushed = place.push(clone)
    assert pushed.ok, pushed.text
    place.git("push", "-q", "origin", "HEAD:draft/thanks", at=clone)
    change(clone, "docs/search.md", ("title: Search", f"titel: {NAME}"))
    place.commit(clone, "Wrong")
    assert not place.push(clone).ok  # the log now holds the name too, or its line
    place.git("reset", "-q", "--hard", "HEAD^", at=clone)
    page.write_text(before, "utf-8")
    picture.unlink()
    place.commit(clone, "Take it out again")
    pushed = place.push(clone)
    assert pushed.ok, pushed.text


def erase(place: Place, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    secret = folder / "secret.txt"
    secret.write_text(f"{NAME}\n", "utf-8")
    return place.command("erase", "--text-file", str(secret), *words)


def site(place: Place) -> dict[str, bytes]:
    top = place.folder / "current" / "site"
    return {file.relative_to(top).as_posix(): file.read_bytes() for file in top.rglob("*") if file.is_file()}


@pytest.mark.site
def test_a_name_and_a_picture_are_gone_in_every_form_and_all_else_stays(place: Place, tmp_path: Path) -> None:
    old = place.clone(tmp_path / "old")  # of before, with work of its own
    clone = place.clone(tmp_path / "ed")
    first = place.head()
    published(place, clone)
    behind = place.clone(tmp_path / "behind")
    live, head, reflog = site(place), place.head(), place.git("reflog", "show", "main", at=place.server.repository)
    assert traces(place, NAME.encode(), PICTURE, PIXELS)
    shown = erase(place, tmp_path, "--path", "docs/photo.png")
    assert shown.returncode == 0, shown.stdout
    assert "Files in the history: 2\n  docs/photo.png\n  docs/search.md\n" in shown.stdout
    assert "Commits to write again: 2; their signatures go" in shown.stdout
    assert "  refs/heads/draft/thanks\n" in shown.stdout
    assert "Nothing was changed." in shown.stdout
    assert (place.head(), site(place)) == (head, live)
    assert "Say why for the log" in erase(place, tmp_path, "--path", "docs/photo.png", "--yes").stdout
    assert (place.head(), site(place)) == (head, live)
    done = erase(place, tmp_path, "--path", "docs/photo.png", "--yes", "--why", WHY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Out of this server's reach" in done.stdout
    assert traces(place, NAME.encode(), PICTURE, PIXELS) == []
    assert place.head() != head
    assert place.git("rev-parse", "main^{tree}", at=place.server.repository) == place.git(
        "rev-parse", f"{head}^{{tree}}", at=clone
    )
    assert place.git("rev-parse", "main~2", at=place.server.repository) == first
    assert same(site(place), live, place.head(), head)
    assert len(place.git("reflog", "show", "main", at=place.server.repository).splitlines()) == len(reflog.splitlines())
    assert place.command("status").returncode == 0
    assert place.command("log", "--check").returncode == 0
    assert erase(place, tmp_path, "--yes", "--why", WHY).stdout.startswith("Nothing here holds it.")
    clones_go_on(place, clone, behind, old)


def same(now: dict[str, bytes], before: dict[str, bytes], new: str, old: str) -> bool:
    """Whether two sites differ in the name of their commit alone, and in what is packed or counted from it."""
    texts = [
        name
        for name in now
        if name.endswith((".html", ".css", ".js", ".xml", ".csv", ".ics")) and "search/data" not in name
    ]
    changed = {
        name
        for name in texts
        if now[name]
        .replace(new.encode(), old.encode())
        .replace(new[:10].encode(), old[:10].encode())
        .replace(new[:7].encode(), old[:7].encode())
        != before.get(name)
    }
    return now.keys() == before.keys() and changed <= {"worker.js"}


def clones_go_on(place: Place, clone: Path, behind: Path, old: Path) -> None:
    """Old clones are told what to type, and it works; a new push goes live."""
    change(behind, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(behind, "Find")
    assert not place.push(behind).ok  # git's own words: fetch first
    refused = place.push(behind, "HEAD:draft/behind")
    assert not refused.ok
    assert refused.lines[0].startswith("This push would bring back what was erased here on ")
    typed = refused.lines[0].partition("Type: ")[2].partition("    and push again")[0]
    for words in typed.split("    "):
        place.git(*words.removeprefix("git ").split(), at=behind)
    pushed = place.push(behind)
    assert pushed.ok, pushed.text
    assert "<h1>Find</h1>" in place.page("search/index.html")
    assert traces(place, NAME.encode(), PICTURE, PIXELS) == []
    change(old, "docs/search.md", ("title: Search", "title: Look"))  # a clone of before the mistake goes on as ever
    place.commit(old, "Look")
    assert place.push(old, "HEAD:draft/old").ok
    place.git("pull", "-q", "--rebase", at=clone)  # as editors are taught to
    assert place.git("rev-parse", "HEAD", at=clone) == place.head()
    (clone / "docs" / "photo.png").write_bytes(PICTURE)
    place.commit(clone, "The picture once more")
    refused = place.push(clone)
    assert refused.lines[0].startswith("docs/photo.png:1: This file was erased here on ")


@pytest.mark.site
def test_what_readers_still_see_is_not_erased(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    page = clone / "docs" / "search.md"
    page.write_text(page.read_text("utf-8") + f"\nWe thank {NAME}.\n", "utf-8")
    place.commit(clone)
    assert place.push(clone).ok
    head = place.head()
    refused = erase(place, tmp_path, "--yes", "--why", WHY)
    assert refused.returncode == 1
    assert refused.stdout == (
        "What readers see still holds it: docs/search.md. Push a correction first, then type this again.\n"
    )
    change(clone, "docs/search.md", (f"\nWe thank {NAME}.\n", ""))
    place.commit(clone)
    assert place.push(clone).ok
    assert place.command("rollback").returncode == 0  # main is corrected, what readers see is not
    assert "What readers see still holds it" in erase(place, tmp_path, "--yes", "--why", WHY).stdout
    assert place.command("rollback", head).returncode == 0
    assert not begun(place.server)


@pytest.mark.site
def test_an_erasure_killed_at_each_step_is_ended_by_the_same_words(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = place.clone(tmp_path / "ed")
    published(place, clone)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    asked = Asked([NAME], "docs/photo.png", why=WHY)
    now = datetime.now(UTC)
    for step in ("begin", "rewrite_logs", "settle", "remove_sites", "erase_words", "end"):  # each time it gets further
        with monkeypatch.context() as patch:
            patch.setattr(f"publishing.erase.{step}", killed)
            with pytest.raises(KeyboardInterrupt):
                Eraser(place.server, asked, now, lambda _: None).run(True)
        assert "<h1>Search</h1>" in place.page("search/index.html")
        assert begun(place.server) is (step != "begin")
    assert "An erasure was begun and has not ended." in place.command("status", "--quick").stdout
    Eraser(place.server, asked, now, lambda _: None).run(True)
    assert traces(place, NAME.encode(), PICTURE, PIXELS) == []
    assert not begun(place.server)
    assert len(erasures(place.server)) == 1
    assert place.command("log", "--check").returncode == 0
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    place.git("fetch", "-q", at=clone)
    place.git("reset", "-q", "--soft", "origin/main", at=clone)
    place.commit(clone)
    assert place.push(clone).ok


@pytest.mark.long
@pytest.mark.site
def test_an_edition_and_a_rollback_stay_what_they_were_without_it(place: Place, tmp_path: Path) -> None:
    mias = place.clone(tmp_path / "mia", "mia")
    published(place, mias)
    day = f"{day_at(datetime.now(UTC))}"
    place.git("tag", f"edition-{day}", "HEAD^", at=mias)
    tagged = place.push(mias, f"edition-{day}")
    assert tagged.ok, tagged.text
    edition = place.folder / "served" / "as-at" / day
    assert NAME.split()[1] in (edition / "search" / "index.html").read_text("utf-8")
    corrected = place.head()
    change(mias, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(mias, "Find")
    assert place.push(mias).ok
    assert place.command("rollback", corrected).returncode == 0
    done = erase(place, tmp_path, "--path", "docs/photo.png", "--yes", "--why", WHY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert traces(place, NAME.encode(), PICTURE, PIXELS) == []
    assert "We thank (erased) for her help." in (edition / "search" / "index.html").read_text("utf-8")
    assert "<h1>Search</h1>" in place.page("search/index.html")  # still rolled back
    record = json.loads((place.folder / "current" / "release.json").read_text("utf-8"))
    assert (record["inputs"]["editions"], now_called(place.server, corrected)) == (day, record["inputs"]["commit"])
    assert place.command("status").returncode == 0
    assert place.command("forward").returncode == 0
    assert "<h1>Find</h1>" in place.page("search/index.html")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("Zoë O'Brien-Hall", "Zoë O'Brien-Hall"),
        ("Zoë O'Brien-Hall", "ZOË  O’BRIEN\n    HALL"),
        ("Zoë O'Brien-Hall", "zoë-o'brien-hall.png"),
        ("Zoë O'Brien-Hall", "Zoë O'Brien-Hall"),
        ("Zoë O'Brien-Hall", "Zo&#235; O&#39;Brien&nbsp;Hall"),
        ("Zoë O'Brien-Hall", "Zo\\u00eb O&#x27;Brien-Hall"),
        ("Zoë O'Brien-Hall", "x\\nZo%C3%AB%20O%27Brien_Hall"),
        ("Zoë O’Brien Hall", "Zoë O'Brien-Hall"),
        ("01632 960 001", "01632-960-001"),
        ("jo@example.org", "<jo@example.org>"),
    ],
)
def test_a_text_is_found_however_it_is_written(text: str, held: str) -> None:
    wanted = Wanted(pattern_of([text]))
    assert wanted.holds(held.encode())
    assert not wanted.holds(wanted.cleared(held.encode()))


@pytest.mark.parametrize("other", ["planning annexes", "Annabel", "Joanna"])
def test_a_name_is_not_found_within_other_words(other: str) -> None:
    assert not Wanted(pattern_of(["Anna"])).holds(other.encode())
    with pytest.raises(RefusedError, match='"Ann" is too short: it would be found in other words'):
        pattern_of(["Ann"])


def test_packed_files_are_looked_into(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f"<w:t>{NAME}</w:t>")
    with zipfile.ZipFile(tmp_path / "site.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("form.docx", inner.getvalue())
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(NAME.encode()))
    (tmp_path / "broken.gz").write_bytes(b"\x1f\x8b")
    (tmp_path / "clean.zip").write_bytes(b"PK")
    found = files_with(tmp_path, Wanted(pattern_of([NAME])), ())
    assert [file.name for file in found] == ["page.html.gz", "site.zip"]


def test_nothing_asked_is_refused(place: Place) -> None:
    assert place.command("erase").stdout == "Say what to erase: --text-file FILE, --path FILE or --commit COMMIT.\n"
    assert place.command("erase", "--commit", "nothing").stdout == 'There is no commit "nothing" here.\n'
    assert place.command("erase", "--text-file", "/nowhere").stdout.startswith("/nowhere cannot be read as text.")
