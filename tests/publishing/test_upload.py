"""Releases taken to a real object store: in an order that keeps readers whole, with their headers, again after any fault."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from publishing import store as store_module
from publishing.building import Inputs
from publishing.compression import compress
from publishing.releases import finish, swap
from publishing.serving import HASHED, PAGES
from publishing.settings import RefusedError, Server, write
from publishing.store import TRIES, Bucket, Key, key_of, signed
from publishing.upload import RECORD, upload
from tests.project import ROOT
from tests.publishing.harness import Place
from tests.publishing.objects import Store, answer, head, object_store, things, wrong

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
KEY = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with object_store(tmp_path_factory.mktemp("store")) as started:
        yield started


@pytest.fixture
def bucket(store: Store, request: pytest.FixtureRequest) -> Bucket:
    return store.bucket(re.sub("[^a-z0-9]+", "-", request.node.name.lower())[:60].strip("-"))


@pytest.fixture
def server(tmp_path: Path) -> Server:
    made = Server(tmp_path / "server", "https://guidance.example.org/")
    for folder in (made.releases, made.editions):
        folder.mkdir(parents=True)
    write(made)
    return made


def page(text: str, sheet: str) -> str:
    return f'<!DOCTYPE html><link rel="stylesheet" href="assets/stylesheets/{sheet}"><p>{text} {"word " * 200}</p></html>\n'


def release(server: Server, number: int, **more: str) -> dict[str, bytes]:
    """A small site of its own style file, made live; its files by name."""
    sheet = f"lrp.{number:010x}.css"
    texts = {
        "index.html": page(f"Home {number}", sheet),
        "duty/index.html": page(f"Duty {number}", sheet),
        f"assets/stylesheets/{sheet}": f"/* {number} {'x' * 600} */",
        "assets/stylesheets/same.0000c0ffee.css": f"/* {'y' * 600} */",
        "glossary.json": json.dumps({"number": number, "pad": "z" * 600}),
        "release.json": json.dumps({"files": {}, "number": number}),
        **more,
    }
    place = server.releases / f"{number}"
    for name, text in texts.items():
        (place / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "site" / name).write_text(text, "utf-8")
    compress(place / "site", None, ({}, {}))
    finish(place, Inputs(f"{number}" * 40, "", server.address, "2027-03-01"), "mia", NOW)
    swap(server.current, f"releases/{number}")
    return {name: text.encode() for name, text in texts.items()}


def quiet(line: str) -> None:
    """Says nothing."""


def plain(held: dict[str, bytes]) -> dict[str, bytes]:
    """What readers get of each object, unpacked; upload's own record left out."""
    return {
        name: gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        for name, body in held.items()
        if name != RECORD
    }


def whole(held: dict[str, bytes]) -> None:
    """Fails where a page is cut off or asks for a file that is not there."""
    for name, body in plain(held).items():
        if name.endswith(".html"):
            assert body.endswith(b"</html>\n"), name
            for asset in re.findall(r'href="(assets/stylesheets/[^"]+)"', body.decode()):
                assert asset in held, (name, asset)


class Stopping(Bucket):
    """A bucket that takes so many objects and then no more, as where the power goes."""

    most = 0

    def put(self, name: str, body: bytes, headers: dict[str, str]) -> None:
        if name != RECORD and self.most == 0:
            raise KeyboardInterrupt
        self.most -= name != RECORD
        super().put(name, body, headers)


def stopping(bucket: Bucket, most: int) -> Stopping:
    made = Stopping(bucket.top.geturl(), bucket.key, bucket.clock)
    made.most = most
    return made


def test_a_release_is_stored_unchanged_with_its_headers(bucket: Bucket, server: Server) -> None:
    files = release(server, 1)
    (server.folder / "security.txt").write_text("Contact: https://example.org/\n", "utf-8")
    upload(server, bucket, 30, NOW, quiet)
    held = things(bucket)
    assert plain(held) == {**files, ".well-known/security.txt": b"Contact: https://example.org/\n"}
    home, sheet, data = (
        head(bucket, name) for name in ("index.html", "assets/stylesheets/lrp.0000000001.css", "glossary.json")
    )
    assert (home["Content-Type"], home["Content-Encoding"], home["Cache-Control"]) == (
        "text/html; charset=utf-8",
        "gzip",
        PAGES,
    )
    assert (sheet["Content-Type"], sheet["Cache-Control"]) == ("text/css; charset=utf-8", HASHED)
    assert (data["Content-Type"], data.get("Content-Encoding"), data["Cache-Control"]) == (
        "application/json",
        None,
        PAGES,
    )
    assert answer(bucket, "glossary.json").body == files["glossary.json"]


def test_only_what_changed_is_sent_new_files_first_and_pages_last(bucket: Bucket, server: Server) -> None:
    release(server, 1)
    upload(server, bucket, 30, NOW, quiet)
    sent: list[str] = []

    class Watched(Bucket):
        def put(self, name: str, body: bytes, headers: dict[str, str]) -> None:
            sent.append(name)
            super().put(name, body, headers)

    watched = Watched(bucket.top.geturl(), bucket.key, bucket.clock)
    release(server, 2, **{"new/index.html": page("New", "lrp.0000000002.css")})
    said: list[str] = []
    upload(server, watched, 30, NOW, said.append)
    assert [name for name in sent if name != RECORD] == [
        "assets/stylesheets/lrp.0000000002.css",
        "glossary.json",
        "new/index.html",
        "duty/index.html",
        "index.html",
        "release.json",
    ]
    assert said[-2].startswith("Uploaded 6 of 7 files (")
    sent.clear()
    upload(server, watched, 30, NOW, quiet)
    assert set(sent) == {RECORD}


def test_old_assets_stay_a_while_and_old_pages_go(bucket: Bucket, server: Server) -> None:
    release(server, 1, **{"gone/index.html": page("Gone", "lrp.0000000001.css"), "gone.json": "{}"})
    upload(server, bucket, 30, NOW, quiet)
    old, both = (
        "assets/stylesheets/lrp.0000000001.css",
        {"assets/stylesheets/lrp.0000000001.css", "assets/stylesheets/lrp.0000000002.css"},
    )
    release(server, 2)
    upload(server, bucket, 30, NOW, quiet)
    assert both <= set(bucket.names())
    assert not {"gone/index.html", "gone.json"} & set(bucket.names())
    upload(server, bucket, 30, NOW + timedelta(days=29), quiet)
    assert both <= set(bucket.names())
    swap(server.current, "releases/1")  # gone back: what was old is in use again
    upload(server, bucket, 30, NOW + timedelta(days=29), quiet)
    swap(server.current, "releases/2")
    upload(server, bucket, 30, NOW + timedelta(days=31), quiet)
    assert both <= set(bucket.names())
    said: list[str] = []
    upload(server, bucket, 30, NOW + timedelta(days=61), said.append)
    assert old not in set(bucket.names())
    assert said[-1] == "Removed 1 old files; 0 old assets stay for 30 days after their last use."


def test_an_upload_stopped_after_any_object_leaves_whole_pages_and_is_finished(bucket: Bucket, server: Server) -> None:
    first = release(server, 1)
    upload(server, bucket, 30, NOW, quiet)
    second = release(server, 2)
    for most in range(5):
        swap(server.current, "releases/1")
        upload(server, bucket, 30, NOW, quiet)
        swap(server.current, "releases/2")
        with pytest.raises(KeyboardInterrupt):
            upload(server, stopping(bucket, most), 30, NOW, quiet)
        whole(things(bucket))
        swap(server.current, "releases/1")  # somebody goes back, and that is stopped too
        with suppress(KeyboardInterrupt):
            upload(server, stopping(bucket, most // 2), 30, NOW, quiet)
        whole(things(bucket))
    upload(server, bucket, 0, NOW + timedelta(seconds=1), quiet)
    assert plain(things(bucket)) == first
    swap(server.current, "releases/2")
    upload(server, bucket, 0, NOW + timedelta(seconds=2), quiet)
    assert plain(things(bucket)) == second


def run(place: Path, bucket: Bucket, environment: dict[str, str], *more: str) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "publishing", "upload", str(place), bucket.top.geturl(), *more]
    own = {"PATH": os.environ["PATH"], **environment}
    return subprocess.Popen(words, cwd=ROOT, env=own, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@pytest.mark.site
def test_a_published_site_is_uploaded_by_the_command_even_where_it_was_killed(
    shared: tuple[Place, Path], bucket: Bucket, store: Store
) -> None:
    folder = shared[0].folder
    killed = run(folder, bucket, store.environment)
    while len(list(bucket.names())) < 10 and killed.poll() is None:
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    again = run(folder, bucket, store.environment)
    said, _ = again.communicate()
    assert again.returncode == 0, said
    site = folder / "current" / "site"
    files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
    wanted = {name: file.read_bytes() for name, file in files.items() if not name.endswith((".gz", ".br"))}
    assert plain(things(bucket)) == wanted
    assert all(secret not in said for secret in store.environment.values())
    types = {name: head(bucket, name)["Content-Type"] for name in wanted}
    assert {"text/html; charset=utf-8", "application/json"} <= set(types.values())
    unknown = {name for name, kind in types.items() if kind == "application/octet-stream"}
    assert {Path(name).suffix for name in unknown} <= {".typ", ".lua"}  # the setters' own files, which no page names


def test_editions_go_with_the_site_and_drafts_do_not(bucket: Bucket, server: Server) -> None:
    files = release(server, 1)
    for shown in (server.editions / ".builds" / "2027-01-01-1" / "site", server.previews / ".builds" / "x-1" / "site"):
        shown.mkdir(parents=True)
        (shown / "index.html").write_text(page("Other", "lrp.0000000001.css"), "utf-8")
    swap(server.editions / "2027-01-01", ".builds/2027-01-01-1/site")
    swap(server.previews / "x", ".builds/x-1/site")
    upload(server, bucket, 30, NOW, quiet)
    assert set(plain(things(bucket))) == {*files, "as-at/2027-01-01/index.html"}


def test_a_bucket_of_something_else_is_left_alone(bucket: Bucket, server: Server) -> None:
    release(server, 1)
    bucket.put("holiday.jpg", b"x", {})
    with pytest.raises(RefusedError, match=r"holds 1 files that are not this site's\. Name an empty one\."):
        upload(server, bucket, 30, NOW, quiet)
    for record, said in (("{", "cannot be read. Empty the bucket"), ('{"address": "https://x/"}', "the site of https")):
        bucket.put(RECORD, record.encode(), {})
        with pytest.raises(RefusedError, match=said):
            upload(server, bucket, 30, NOW, quiet)
    assert set(bucket.names()) == {"holiday.jpg", RECORD}


def test_nothing_published_and_two_uploads_at_once_are_said(bucket: Bucket, server: Server) -> None:
    with pytest.raises(RefusedError, match=r"Nothing has been published yet\."):
        upload(server, bucket, 30, NOW, quiet)
    release(server, 1)
    with pytest.raises(RefusedError, match="Another upload is at work"):
        upload(server, bucket, 30, NOW, lambda line: upload(server, bucket, 30, NOW, quiet))
    upload(server, bucket, 30, NOW, quiet)


def test_a_wrong_key_a_missing_bucket_and_a_store_that_is_no_store_are_said_in_plain_words(
    bucket: Bucket, store: Store, server: Server
) -> None:
    release(server, 1)
    address = bucket.top.geturl()
    cases = {
        r"403 SignatureDoesNotMatch.* Check AWS_SECRET_ACCESS_KEY\.": Bucket(address, wrong(bucket.key), bucket.clock),
        r"403 InvalidAccessKeyId.* Check AWS_ACCESS_KEY_ID\.": Bucket(address, KEY, bucket.clock),
        r"404 NoSuchBucket.* Make the bucket first": Bucket(f"{address}-not", bucket.key, bucket.clock),
        "answers, but not as an S3-compatible store": Bucket(f"{store.address}moto-api", bucket.key, bucket.clock),
    }
    for said, other in cases.items():
        with pytest.raises(RefusedError, match=said) as refused:
            upload(server, other, 30, NOW, quiet)
        assert bucket.key.secret not in str(refused.value)


@pytest.mark.parametrize("missing", [("AWS_ACCESS_KEY_ID",), ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")])
def test_the_key_comes_from_the_environment_alone_and_is_never_shown(missing: tuple[str, ...]) -> None:
    given = {"AWS_ACCESS_KEY_ID": "name", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "eu-west-2"}
    assert repr(key_of(given)) == "Key(region='eu-west-2')"
    with pytest.raises(RefusedError, match=f"Set {' and '.join(missing)} in the environment"):
        key_of({name: value for name, value in given.items() if name not in missing})


@pytest.mark.parametrize(
    "address", ["s3://bucket", "http://s3.example.org/bucket", "https://", "https://name@s3.example.org/b", "bucket"]
)
def test_a_bucket_has_an_address_that_keeps_what_is_sent(address: str) -> None:
    with pytest.raises(RefusedError, match="That is no bucket's address"):
        Bucket(address, KEY, lambda: NOW)


class Faulty(BaseHTTPRequestHandler):
    """A store that answers what its server's list says, one after the other; 0 hangs up."""

    def do_PUT(self) -> None:
        assert isinstance(self.server, Counting)
        self.rfile.read(int(self.headers["Content-Length"]))
        status = self.server.answers.pop(0) if self.server.answers else 200
        self.server.asked += 1
        if status:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


class Counting(HTTPServer):
    answers: list[int]
    asked = 0


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    monkeypatch.setattr(store_module, "_FIRST_WAIT", 0.001)
    with Counting(("127.0.0.1", 0), Faulty) as served:
        Thread(target=served.serve_forever, daemon=True).start()
        yield served
        served.shutdown()


def test_a_fault_that_passes_is_tried_again_and_one_that_stays_is_said(faulty: Counting) -> None:
    bucket = Bucket(f"http://127.0.0.1:{faulty.server_port}/b", KEY, lambda: NOW)
    faulty.answers = [503, 0, 500, 429]
    bucket.put("x", b"x", {})
    assert faulty.asked == TRIES
    faulty.answers, faulty.asked = [503] * 99, 0
    with pytest.raises(RefusedError, match=rf"could not be reached in {TRIES} tries: 503 Service Unavailable\."):
        bucket.put("x", b"x", {})
    assert faulty.asked == TRIES
    faulty.answers, faulty.asked = [403], 0
    with pytest.raises(RefusedError, match=r"refused PUT x: 403 Forbidden\."):
        bucket.put("x", b"x", {})
    assert faulty.asked == 1


def test_nobody_at_the_address_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_FIRST_WAIT", 0.001)
    with pytest.raises(RefusedError, match=rf"The store could not be reached in {TRIES} tries: .*refused"):
        Bucket("http://127.0.0.1:9/b", KEY, lambda: NOW).put("x", b"x", {})


@pytest.mark.parametrize(
    ("method", "path", "headers", "body", "signature"),
    [
        ("GET", "test.txt", {"Range": "bytes=0-9"}, b"", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"),
        ("PUT", "test%24file.text",
         {"Date": "Fri, 24 May 2013 00:00:00 GMT", "X-Amz-Storage-Class": "REDUCED_REDUNDANCY"},
         b"Welcome to Amazon S3.", "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"),
        ("GET", "?max-keys=2&prefix=J", {}, b"", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"),
    ],
)  # fmt: skip
def test_requests_are_signed_as_the_published_examples_are(
    method: str, path: str, headers: dict[str, str], body: bytes, signature: str
) -> None:
    address, day = f"https://examplebucket.s3.amazonaws.com/{path}", datetime(2013, 5, 24, tzinfo=UTC)
    made = signed(KEY, method, address, headers, body, day)["Authorization"]
    assert made.endswith(f"Signature={signature}")
