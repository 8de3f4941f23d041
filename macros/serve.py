"""The server of make serve: the pages of a project that is being edited, each with what is wrong until it is mended."""

from __future__ import annotations

import json
import mimetypes
import signal
from functools import partial
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, quote, unquote, urlsplit

from macros.editing import Editing, fingerprint

HOST = "127.0.0.1"
_OWN = "/.serve/"  # addresses that no site has
_BLANK = (
    '<!DOCTYPE html>\n<html lang="en-GB"><head><meta charset="utf-8"><title>{}</title></head>\n'
    "<body><main><h1>{}</h1></main></body></html>\n"
)
_WAIT = "The pages are being made"
_LOST = "There is no such page"


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    def __init__(self, editing: Editing, *rest: object) -> None:
        self.editing = editing
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Sends a page, a file, or whether a page has changed."""
        parts = urlsplit(self.path)
        if parts.path == f"{_OWN}changed":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            _, now = self._page(asked.get("page", "/"))
            self._send(200, "application/json", json.dumps(fingerprint(now) != asked.get("seen")).encode())
        elif parts.path.startswith(_OWN):
            file = self.editing.root / "overrides" / f"serve{Path(parts.path).suffix}"
            self._send(200, _kind(file.name), file.read_bytes())
        elif self._leads_to_folder(parts.path):
            self.send_response(301)
            self.send_header("Location", quote(unquote(parts.path)) + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._send_file(parts.path)

    do_HEAD = do_GET  # noqa: N815 - the name is the library's

    def _send_file(self, path: str) -> None:
        name = _file_of(path)
        if name.endswith(".html"):
            status, page = self._page(path)
            self._send(status, "text/html; charset=utf-8", _watched(page))
            return
        data = self.editing.file(name)
        self._send(404 if data is None else 200, _kind(name), data or b"")

    def _page(self, path: str) -> tuple[int, bytes]:
        """A page as it is now, with what is wrong above it, and its status."""
        page = self.editing.file(_file_of(path))
        if page is not None:
            return 200, _with_problems(page, self.editing.problems)
        ready = self.editing.whole is not None
        words = _LOST if ready else _WAIT if not self.editing.problems else "Nothing can be shown yet"
        page = (self.editing.file("404.html") if ready else None) or _BLANK.format(words, words).encode()
        return 404 if ready else 200, _with_problems(page, self.editing.problems)

    def _leads_to_folder(self, path: str) -> bool:
        whole = not path.endswith("/") and "." not in path.rpartition("/")[2]
        return whole and self.editing.file(_file_of(f"{path}/")) is not None

    def _send(self, status: int, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Prints nothing: a terminal full of addresses hides what is wrong."""


def _file_of(path: str) -> str:
    """The file of a site that an address names; only plain parts lead anywhere."""
    parts = unquote(path).split("/")
    name = "/".join(part for part in parts if part not in ("", ".", "..") and "\\" not in part)
    if path.endswith("/"):
        return f"{name}/index.html" if name else "index.html"
    return name


def _kind(name: str) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    kind = "text/javascript" if name.endswith(".js") else kind
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _with_problems(page: bytes, problems: tuple[str, ...]) -> bytes:
    """A page with what is wrong above everything else on it."""
    if not problems:
        return page
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines = "".join(f"<li>{escape(problem)}</li>" for problem in problems)
    panel = (
        f'<aside class="lrp-serve" role="alert"><h2>{count}</h2><p>Readers see nothing of your '
        f"changes until all is mended.</p><ul>{lines}</ul></aside>"
    )
    start = page.index(b">", page.index(b"<body")) + 1
    return page[:start] + panel.encode() + page[start:]


def _watched(page: bytes) -> bytes:
    """A page that loads itself anew once it has changed."""
    loads = f'<link rel="stylesheet" href="{_OWN}own.css"><script src="{_OWN}own.js" data-seen="{fingerprint(page)}" defer></script>'
    return page.replace(b"</head>", loads.encode() + b"</head>", 1)


class _Server(ThreadingHTTPServer):
    """Answers on this computer alone; a browser that goes away before its answer is no fault."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Prints nothing."""


def server_of(editing: Editing, port: int) -> ThreadingHTTPServer:
    """The server of a project that is being edited; it answers once it is told to."""
    return _Server((HOST, port), partial(_Handler, editing))


def _end(*_: object) -> None:
    raise KeyboardInterrupt


def serve(editing: Editing, port: int) -> str:
    """Serves a project until Ctrl-C; why it cannot be served, in a sentence, where that is so."""
    try:
        server = server_of(editing, port)
    except (OSError, OverflowError):
        return (
            f"Something else is served on port {port} of this computer already, or that port is not to be had.\n"
            "End the other preview, or take another port: python -m macros serve --port 8001"
        )
    ends = [
        getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
    ]  # Ctrl-C, a closed window
    try:  # from the first sign on: one may come before the first page
        for sign in ends:
            signal.signal(sign, _end)
        Thread(target=server.serve_forever, daemon=True).start()
        where = f"http://{HOST}:{server.server_port}/"
        editing.say(f"Open {where} in a browser. It follows what you save. End it with Ctrl-C.")
        editing.watch()
    except KeyboardInterrupt:
        for sign in ends:
            signal.signal(sign, signal.SIG_IGN)  # a second Ctrl-C does not stop what ends it
        editing.say("Ended.")
    finally:
        editing.end()
        server.shutdown()
        server.server_close()
    return ""
