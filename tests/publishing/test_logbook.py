"""The log: each act one line behind the others, on the disk; a line that was changed, taken out or torn is named."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from publishing.logbook import Act, note, record
from publishing.logcheck import check, chosen, lines, plain, table
from publishing.releases import all_releases
from publishing.settings import RefusedError, Server
from tests.project import change
from tests.publishing.harness import Place, copied

NOW = datetime(2026, 11, 27, 16, 40, 3, tzinfo=UTC)


@pytest.fixture
def server(tmp_path: Path) -> Server:
    return Server(tmp_path, "https://guidance.example.org/")


def written(server: Server, count: int = 4) -> Path:
    for number in range(1, count + 1):
        record(
            server, NOW, Act("push taken", "refs/heads/main", "a" * 40, f"{number:040}", said=f"the {number}."), "ed"
        )
    return server.log / "lines"


def test_each_line_holds_the_fingerprint_of_the_one_before(server: Server) -> None:
    found = [json.loads(line) for line in written(server).read_text("ascii").splitlines()]
    assert [line["number"] for line in found] == [1, 2, 3, 4]
    assert found[0]["before"] == "0" * 64
    assert [line["before"] for line in found[1:]] == [line.digest for line in lines(server)[:-1]]
    assert check(server) == "The log's 4 lines fit, each to the one before it."
    assert (server.log / "lines").stat().st_mode & 0o077 == 0


def test_an_empty_log_is_no_fault(server: Server) -> None:
    assert check(server) == "The log is empty."
    assert list(table(lines(server))) == []


@pytest.mark.parametrize(
    ("what", "change"),
    [
        ("a letter of a name", lambda rows: [rows[0], rows[1].replace(b'"who":"ed"', b'"who":"jo"'), *rows[2:]]),
        ("a word", lambda rows: [rows[0], rows[1].replace(b"the 2.", b"the 9."), *rows[2:]]),
        ("a line taken out", lambda rows: [rows[0], *rows[2:]]),
        ("the first taken out", lambda rows: rows[1:]),
        ("two lines exchanged", lambda rows: [rows[0], rows[2], rows[1], rows[3]]),
        ("a line twice", lambda rows: [rows[0], rows[1], rows[1], *rows[2:]]),
        ("a line that is none", lambda rows: [rows[0], b"anything\n", *rows[1:]]),
        ("an empty line", lambda rows: [rows[0], b"\n", *rows[1:]]),
        ("another way to write it", lambda rows: [rows[0], rows[1].replace(b",", b", ", 1), *rows[2:]]),
        ("the last line", lambda rows: [*rows[:3], rows[3].replace(b'"who":"ed"', b'"who":"jo"')]),
        ("the last line taken out", lambda rows: rows[:3]),
        ("all lines taken out", lambda rows: []),
    ],
)
def test_what_was_changed_is_named(what: str, change: Callable[[list[bytes]], list[bytes]], server: Server) -> None:
    file = written(server)
    before = file.read_bytes().splitlines(keepends=True)
    after = change(before)
    file.write_bytes(b"".join(after))
    first = next((place for place, (old, new) in enumerate(zip(before, after, strict=False), 1) if old != new), 0)
    with pytest.raises(RefusedError) as refused:
        check(server)
    place = int(str(refused.value).split(":")[1])
    assert place in ((first, first + 1) if first else (len(after) + 1,)), refused.value


@pytest.mark.parametrize("cut", [1, 2, 40, 300])
@pytest.mark.parametrize("filled", [b"", b"\0" * 100])
def test_after_a_power_cut_the_log_goes_on_behind_what_was_torn(cut: int, filled: bytes, server: Server) -> None:
    file = written(server)
    file.write_bytes(file.read_bytes()[:-cut] + filled)
    (server.log / "head").write_text(f"3 {lines(server)[2].digest}\n", "utf-8")  # written after the line
    torn = file.read_bytes()
    assert check(server).startswith("The log's 4 lines fit" if cut == 1 and not filled else "The log's 3 lines fit")
    record(server, NOW, Act("live"), "ed")
    assert file.read_bytes().startswith(torn)  # added to, never rewritten
    assert check(server).startswith("The log's 5 lines" if cut == 1 and not filled else "The log's 4 lines")
    file.write_bytes(file.read_bytes().replace(b"push taken", b"push ta", 4))
    with pytest.raises(RefusedError):
        check(server)


def test_a_torn_line_that_was_changed_later_is_named(server: Server) -> None:
    file = written(server)
    file.write_bytes(file.read_bytes()[:-40])
    (server.log / "head").unlink()
    record(server, NOW, Act("live"), "ed")
    assert check(server).startswith("The log's 4 lines")
    rows = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([*rows[:3], rows[3][:-9] + b"\n", rows[4]]))
    with pytest.raises(RefusedError, match=r"log/lines:5: What stands before this line was changed"):
        check(server)


def test_many_hands_at_once_make_one_chain(server: Server) -> None:
    hands = [threading.Thread(target=written, args=(server, 10)) for _ in range(6)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    assert check(server) == "The log's 60 lines fit, each to the one before it."


def test_the_log_tells_who_when_what_and_from_where(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 52000 198.51.100.2 22")
    monkeypatch.setenv("LRP_PUSHER", "ed")
    said = "1 problem.\ndocs/search.md:2: There is no \x1b[2J\u202efield.\nMore."
    record(server, NOW, Act("push refused", "refs/heads/main", "0" * 40, "b" * 40, said=said))
    monkeypatch.setenv("SSH_CONNECTION", "$(id) \x1b")
    monkeypatch.delenv("LRP_PUSHER")
    record(
        server, datetime(2026, 11, 28, tzinfo=UTC), Act("rollback", release="20261127T164003Z-abc"), "mia as guidance"
    )
    first, second = table(lines(server))
    assert first == (
        "2026-11-27 16:40:03  ed               push refused  main  nothing to bbbbbbbbbbbb  "
        r"1 problem. docs/search.md:2: There is no \x1b[2J\u202efield.  from 192.0.2.7"
    )
    assert second == "2026-11-28 00:00:00  mia as guidance  rollback      20261127T164003Z-abc"
    assert plain(lines(server)[0]).isascii()
    assert chosen(server, date(2026, 11, 28), "") == chosen(server, None, "mia") == lines(server)[1:]


def test_words_that_were_erased_leave_the_chain_whole(server: Server) -> None:
    file = written(server)
    rows = [json.loads(row) for row in file.read_text("ascii").splitlines()]
    del rows[1]["said"], rows[1]["salt"]
    text = "".join(json.dumps(row, sort_keys=True, separators=(",", ":")) + "\n" for row in rows)
    file.write_text(text, "ascii")
    assert check(server) == "The log's 4 lines fit, each to the one before it."
    assert "(these words were erased)" in list(table(lines(server)))[1]


def test_what_cannot_be_logged_is_said_and_stops_nobody(server: Server) -> None:
    (server.folder / "log").write_text("no folder", "utf-8")
    assert note(server, NOW, Act("rollback")).startswith("This could not be written into the log: ")


@pytest.mark.site
def test_pushes_refusals_rollbacks_and_people_stand_in_the_log(place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("{{ search_index() }}", "{{ serch_index() }}"))
    wrong = place.commit(clone)
    assert not place.push(clone).ok
    change(clone, "docs/search.md", ("{{ serch_index() }}", "{{ search_index() }}"), ("title: Search", "title: Find"))
    right = place.commit(clone)
    assert place.push(clone).ok
    assert place.command("rollback").returncode == 0
    assert place.command("forward").returncode == 0
    key = tmp_path / "jo.pub"
    key.write_text("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIFkLbUmUwSSaRLRN6kQ2mLeWUX0tI8XGJQkdBnYdnEd jo", "utf-8")
    assert place.command("person", "jo", "editor", str(key)).returncode == 0
    told = [json.loads(row) for row in place.command("log", "--json").stdout.splitlines()]
    mine = [row for row in told if row["event"] != "set up"][-9:]
    assert [row["event"] for row in mine] == [
        "push begun", "push refused", "push begun", "push taken", "live", "rollback", "forward", "live", "person added",
    ]  # fmt: skip
    assert (mine[1]["new"], mine[3]["new"]) == (wrong, right)
    assert mine[1]["said"] == {
        "ref": "refs/heads/main",
        "said": '1 problem. docs/search.md:10: There is no macro "serch_index". Did you mean "search_index"? (LRP-020)',
    }
    assert {row["who"] for row in mine[:5]} == {"ed"}
    assert mine[4]["release"] == mine[7]["release"] == (place.folder / "current").readlink().name
    assert mine[8]["said"]["said"].startswith("jo, editor, key SHA256:")
    assert place.command("log", "--check").stdout == f"The log's {len(told)} lines fit, each to the one before it.\n"
    cut = place.server.log / "lines"
    cut.write_bytes(b"".join(cut.read_bytes().splitlines(keepends=True)[:-5]))
    (place.server.log / "head").unlink()
    refused = place.command("log", "--check")
    assert refused.returncode == 1
    newest = all_releases(place.server)[0].folder.name
    assert f"when {newest} went live. Its end was cut off." in refused.stdout


@pytest.mark.site
def test_the_reflogs_of_an_older_server_never_end_once_it_is_set_up_again(place: Place, tmp_path: Path) -> None:
    for key in ("gc.reflogExpire", "gc.reflogExpireUnreachable", "core.logAllRefUpdates"):
        place.git("config", "--unset", key, at=place.server.repository)
    again = copied(place, tmp_path / "again")
    got = [
        again.git("config", key, at=again.server.repository)
        for key in ("gc.reflogExpire", "gc.reflogExpireUnreachable", "core.logAllRefUpdates")
    ]
    assert got == ["never", "never", "always"]
