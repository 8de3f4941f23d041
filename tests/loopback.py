"""A server of a folder's files on a free port of this machine, for tests and for the bench."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any


class Quiet(SimpleHTTPRequestHandler):
    """A server of files on this machine that prints nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: a test that fails says what was wrong."""


class Piecewise(Quiet):
    """Sends a page in pieces that end where an element ends, with a pause between them: as a slow line or a busy machine shows it."""

    def copyfile(self, source: Any, outputfile: Any) -> None:
        """Sends what was asked for; only pages come in pieces."""
        for piece in pieces(source.read(), 4000):
            outputfile.write(piece)
            time.sleep(0.01)


def pieces(page: bytes, least: int) -> Iterator[bytes]:
    """A page cut behind ends of elements, each piece but the last at least so long; what is no page is one piece."""
    begun = 0
    for end in re.finditer(rb"</(?:p|ul|tr|form|label|div|nav|header|section|h[1-6])>", page):
        if end.end() - begun >= least and page.startswith(b"<!DOCTYPE html>"):
            yield page[begun : end.end()]
            begun = end.end()
    yield page[begun:]


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """The address of the files of a folder, which ends in a slash, until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
