"""How the site is served: one source of headers, for nginx.py, for caddy.py and for hosts that read `_headers`."""

from __future__ import annotations

import re
from datetime import date, timedelta

from macros.output.assets import NAMED_BY_CONTENT, PLACES
from macros.output.policy import header as policy
from publishing.settings import Server

_CLOSED = ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort", "browsing-topics")
PAGES = "no-cache"  # keep, but ask each time whether it is still so
HASHED = "public, max-age=31536000, immutable"
HASHED_NAMES = f"^/?{NAMED_BY_CONTENT}"  # no picture is among them: a date in its name is no promise
NOT_INDEXED = "noindex, nofollow"


def cache(path: str) -> str:
    """How long a file may be kept unasked: for good where its name says its content, not at all otherwise."""
    return HASHED if re.search(HASHED_NAMES, path) else PAGES


def headers(address: str) -> dict[str, str]:
    """The headers of every answer, by name; the promise of https only where the address keeps it."""
    always = {
        "Content-Security-Policy": policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _CLOSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    secure = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}
    return {**always, **(secure if address.startswith("https:") else {})}


def pages_file(address: str) -> str:
    """The `_headers` file of hosts such as Cloudflare Pages and Netlify.

    They ask for pages anew by themselves; said here too, it would be joined with what is said of styles and scripts.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in headers(address).items())]
    # These hosts know no pattern; every file of these places is named by what it holds.
    lines += [line for place in PLACES.values() for line in ("", f"/{place}/*", f"  Cache-Control: {HASHED}")]
    hidden = [
        line for place in ("/preview/*", "/as-at/:day/*") for line in ("", place, f"  X-Robots-Tag: {NOT_INDEXED}")
    ]
    return "\n".join([*lines, *hidden, ""])


def security_file(server: Server, today: date) -> str:
    """The text of /.well-known/security.txt; empty where the server names no contact."""
    if not server.security_contact:
        return ""
    expires = (today + timedelta(days=180)).isoformat()
    return "\n".join(
        [
            f"Contact: {server.security_contact}",
            f"Expires: {expires}T00:00:00.000Z",
            "Preferred-Languages: en",
            f"Canonical: {server.address}.well-known/security.txt",
            "",
        ]
    )
