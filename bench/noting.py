"""A server on this machine that notes what is asked for, by pages and by their workers, and lets nothing be kept."""

from __future__ import annotations

from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

from tests import loopback


class Noting(loopback.Quiet, SimpleHTTPRequestHandler):
    """Answers with files; `asked` holds their paths in the order of the first question."""

    asked: ClassVar[dict[str, None]] = {}

    def do_GET(self) -> None:
        self.asked.setdefault(self.path.partition("?")[0].removeprefix("/"))
        super().do_GET()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def served(site: Path) -> AbstractContextManager[str]:
    """The address of the files in `site` for as long as they are needed, on a free port."""
    return loopback.served(site, Noting)
