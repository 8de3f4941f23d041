"""The web servers' configurations, and a real nginx before a real release."""

from __future__ import annotations

import gzip
import shutil
import socket
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from publishing.caddy import caddy
from publishing.nginx import nginx as nginx_text
from publishing.serving import HASHED, PAGES, cache, headers, pages_file, security_file
from publishing.settings import RefusedError, Server, check_address
from tests.project import asset, change
from tests.publishing.harness import Place, get, nginx
from tests.publishing.harness import caddy as run_caddy

Served = Callable[[Place, Path], AbstractContextManager[str]]
WHERE_CADDY_IS = pytest.mark.skipif(
    not shutil.which("caddy"), reason="Caddy is no part of make test; it is tried where it is"
)

SECURE = Server(Path("/srv/guidance"), "https://guidance.example.org/", security_contact="https://example.org/security")


def test_one_source_of_headers_for_every_server() -> None:
    texts = (nginx_text(SECURE, True), caddy(SECURE), pages_file(SECURE.address))
    for name, value in headers(SECURE.address).items():
        for text in texts:
            assert name in text
            assert value in text


def test_every_server_lets_files_be_kept_whose_names_say_what_they_hold() -> None:
    assert cache("assets/stylesheets/lrp.0123456789.css") == HASHED
    assert {cache(name) for name in ("index.html", "worker.js", "release.json", "form-a-template.js")} == {PAGES}
    for name in ("photo.20261127.jpg", "assets/stylesheets/photo.20261127aa.png", "part-one/lrp.0123456789.css"):
        assert cache(name) == PAGES
    assert {cache(f"assets/javascripts/{name}.js") for name in ("lrp", "lrp.012345678", "x/lrp.0123456789")} == {PAGES}
    texts = (nginx_text(SECURE, True), caddy(SECURE), pages_file(SECURE.address))
    assert [text.count(HASHED) for text in texts] == [2, 1, 2]  # of the live release and of those before it
    assert "\n/assets/javascripts/*\n  Cache-Control: public, max-age=31536000, immutable\n" in pages_file(
        SECURE.address
    )


def test_the_policy_lets_nothing_in_but_the_site_itself() -> None:
    policy = headers(SECURE.address)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "worker-src 'self'; connect-src 'self'" in policy  # the worker, and what it fetches to keep


def test_https_is_promised_only_where_the_address_keeps_it() -> None:
    assert "Strict-Transport-Security" in headers("https://example.org/")
    assert "Strict-Transport-Security" not in headers("http://example.org/")
    assert "return 301 https://guidance.example.org$request_uri;" in nginx_text(SECURE, False)


@pytest.mark.parametrize("address", ["ftp://example.org/", "https://example.org/base/", "example.org", "https://a b/"])
def test_an_address_is_the_top_of_a_host(address: str) -> None:
    with pytest.raises(RefusedError, match=r"Write one like https://guidance\.example\.org/ \."):
        check_address(address)


def test_the_security_file_names_its_contact_and_runs_out() -> None:
    assert security_file(SECURE, date(2026, 11, 23)) == (
        "Contact: https://example.org/security\nExpires: 2027-05-22T00:00:00.000Z\nPreferred-Languages: en\n"
        "Canonical: https://guidance.example.org/.well-known/security.txt\n"
    )
    assert security_file(replace(SECURE, security_contact=""), date(2026, 11, 23)) == ""


@pytest.fixture(params=["nginx", pytest.param("caddy", marks=WHERE_CADDY_IS)])
def server(request: pytest.FixtureRequest) -> Served:
    """Each web server that has a configuration."""
    return {"nginx": nginx, "caddy": run_caddy}[request.param]


@pytest.mark.site
def test_a_release_is_served_as_it_should(server: Served, shared: tuple[Place, Path], tmp_path: Path) -> None:
    with server(shared[0], tmp_path / "web") as address:
        home = get(address)
        assert (home.status, home.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
        for name, value in headers(address).items():
            assert home.headers[name] == value
        assert home.headers.get("Server", "nginx") == "nginx"  # no version
        assert home.headers["Cache-Control"] == "no-cache"
        small = get(address, Accept_Encoding="gzip")
        assert small.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.body) == home.body
        assert get(address, If_None_Match=home.headers["ETag"]).status == 304
        sheet = asset(shared[0].folder / "current" / "site", "lrp.css")
        kept = get(address + sheet, Accept_Encoding="gzip")
        assert (kept.status, kept.headers["Content-Type"].partition(";")[0]) == (200, "text/css")
        assert (kept.headers["Cache-Control"], kept.headers["Content-Encoding"]) == (HASHED, "gzip")
        assert kept.headers["X-Content-Type-Options"] == "nosniff"
        later = get(address + sheet.replace("lrp.", "lrp.0"))  # of a release that is not there yet
        assert (later.status, later.headers["Cache-Control"]) == (404, PAGES)
        missing = get(f"{address}nothing/here/")
        assert missing.status == 404
        assert b"This page is not here" in missing.body
        assert missing.headers["Content-Security-Policy"] == home.headers["Content-Security-Policy"]
        assert missing.headers.get("Server", "nginx") == "nginx"
        closed = (
            "assets/",
            "index.html.gz",
            ".git/config",
            "preview/",
            "preview/.builds/",
            "release.json/..%2f..%2fsite.toml",
        )
        assert {
            path: get(address + path).status for path in closed if get(address + path).status not in (403, 404, 400)
        } == {}
        worker = get(f"{address}worker.js")
        assert (worker.status, worker.headers["Cache-Control"]) == (200, "no-cache")
        assert "javascript" in worker.headers["Content-Type"]
        assert get(f"{address}deadlines.json").headers["Content-Type"].startswith("application/json")


@pytest.mark.site
def test_what_is_not_there_is_said_on_a_page_of_the_site(
    server: Served, shared: tuple[Place, Path], tmp_path: Path
) -> None:
    lost = ("preview/nobody/", "preview/nobody", "preview/nobody/a/b.png", "as-at/2020-01-01/", "as-at/2020-01-01/x/")
    closed = (
        "assets/",
        "search/data/",
        "index.html.gz",
        ".git/config",
        "preview/.builds/",
        "as-at/x/",
        "a.0123456789.js",
    )
    with server(shared[0], tmp_path / "web") as address:
        for path in (*lost, *closed, "assets/javascripts/lrp.0123456789.js"):
            answer = get(address + path)
            assert (answer.status, b"This page is not here" in answer.body) == (404, True), path
            assert answer.headers["Cache-Control"] == PAGES, path
            assert answer.headers["Content-Security-Policy"] == headers(address)["Content-Security-Policy"], path
            assert answer.headers.get("X-Robots-Tag") == "noindex, nofollow" or path not in lost, path


@pytest.mark.site
def test_nothing_but_reading_is_answered(server: Served, shared: tuple[Place, Path], tmp_path: Path) -> None:
    with server(shared[0], tmp_path / "web") as address:
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PROPFIND"):
            assert get(address, method).status == 405, method
        assert get(address, "HEAD").status == 200
        assert get(address, X_Long="x" * 20_000).status in (400, 431)


def _half(address: str, sent: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", urlsplit(address).port or 0), 10)
    opened.sendall(sent)
    return opened


@pytest.mark.site
def test_requests_that_never_end_hold_up_nobody_and_are_ended(
    server: Served, shared: tuple[Place, Path], tmp_path: Path
) -> None:
    begun = (
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 900\r\n\r\nab",
    )
    with server(shared[0], tmp_path / "web") as address, ExitStack() as open_ones:
        half = [open_ones.enter_context(_half(address, begun[number % 4])) for number in range(700)]
        assert get(address).status == 200
        assert get(f"{address}search/").status == 200
        until = time.monotonic() + 60
        for one in half:  # the server ends each by itself, with or without a word
            one.settimeout(max(0.1, until - time.monotonic()))
            with suppress(ConnectionResetError):
                while one.recv(4096):
                    pass


@pytest.mark.site
def test_drafts_are_shown_unindexed_with_their_own_missing_page(server: Served, place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(clone)
    assert place.push(clone, "HEAD:draft/x").ok
    with server(place, tmp_path / "web") as address:
        draft = get(f"{address}preview/x/search/")
        assert draft.status == 200
        assert "Draft “x”.".encode() in draft.body
        assert draft.headers["X-Robots-Tag"] == "noindex, nofollow"
        missing = get(f"{address}preview/x/nothing/")
        assert missing.status == 404
        assert "Draft “x”.".encode() in missing.body
        assert missing.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert get(f"{address}search/").headers.get("X-Robots-Tag") is None


@pytest.mark.site
def test_a_reader_sees_no_break_while_releases_are_swapped(server: Served, place: Place, tmp_path: Path) -> None:
    clone = place.clone(tmp_path / "ed")
    change(clone, "docs/search.md", ("title: Search", "title: Find"))
    place.commit(clone)
    assert place.push(clone).ok
    seen: set[str] = set()
    stop = threading.Event()

    def read(address: str) -> None:
        while not stop.is_set():
            answer = get(f"{address}search/")
            word = (
                "Search"
                if b"<h1>Search</h1>" in answer.body
                else "Find"
                if b"<h1>Find</h1>" in answer.body
                else "broken"
            )
            seen.add(word if answer.status == 200 and answer.body.rstrip().endswith(b"</html>") else str(answer.status))

    with server(place, tmp_path / "web") as address:
        reader = threading.Thread(target=read, args=(address,))
        reader.start()
        for _ in range(3):
            assert place.command("rollback").returncode == 0
            assert place.command("forward").returncode == 0
        stop.set()
        reader.join()
    assert seen == {"Search", "Find"}
