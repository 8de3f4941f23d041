"""A server on this machine that notes what is asked for, by pages and by their workers, and lets nothing be kept."""

from __future__ import annotations

from contextlib import AbstractContextManager
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import ClassVar

from tests import loopback
from tests.packing import packed


class Noting(loopback.Quiet, SimpleHTTPRequestHandler):
    """Answers with files, packed as a published release packs them; `asked` holds their paths in the order of the first question."""

    asked: ClassVar[dict[str, None]] = {}

    def do_GET(self) -> None:
        self.asked.setdefault(self.path.partition("?")[0].removeprefix("/"))
        file = Path(self.translate_path(self.path))
        if self.path.partition("?")[0].endswith("/"):
            file /= "index.html"
        if "gzip" not in self.headers.get("Accept-Encoding", "") or not file.is_file():
            return super().do_GET()
        body = packed(file)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(file))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


def served(site: Path) -> AbstractContextManager[str]:
    """The address of the files in `site` for as long as they are needed, on a free port."""
    return loopback.served(site, Noting)
