"""How the site is served: one source of headers, written out for nginx, for Caddy and for hosts that read `_headers`."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from macros.output.asset_names import NAMED_BY_CONTENT
from macros.output.policy import header as policy
from publishing.settings import Server

_CLOSED = ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort", "browsing-topics")
PAGES = "no-cache"  # keep, but ask each time whether it is still so
HASHED = "public, max-age=31536000, immutable"
HASHED_NAMES = f"^/?{NAMED_BY_CONTENT}"  # no picture is among them: a date in its name is no promise
HASHED_PLACES = ("assets/stylesheets", "assets/javascripts")  # for hosts that know no pattern; all their files are such
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
    lines += [line for place in HASHED_PLACES for line in ("", f"/{place}/*", f"  Cache-Control: {HASHED}")]
    hidden = [
        line for place in ("/preview/*", "/as-at/:day/*") for line in ("", place, f"  X-Robots-Tag: {NOT_INDEXED}")
    ]
    return "\n".join([*lines, *hidden, ""])


def nginx(server: Server, brotli: bool) -> str:
    """The configuration for nginx; `brotli` where its module for ready-made files is installed."""
    site = urlsplit(server.address)
    name = f"server_name {site.hostname};"
    top = [*_nginx_listen(server), name, "server_tokens off;", "charset utf-8;", "index index.html;", "autoindex off;"]
    top += ["absolute_redirect off;", "gzip off;", "gzip_static on;", "gzip_vary on;"]
    top += ["brotli_static on;"] if brotli else []
    blocks = [top + _nginx_places(server)]
    if site.scheme == "https":
        plain = ["listen 80;", "listen [::]:80;", name, "server_tokens off;"]
        blocks.insert(0, [*plain, f"return 301 https://{site.netloc}$request_uri;"])
    return "\n".join("server {\n" + "".join(f"  {line}\n" for line in lines) + "}\n" for lines in blocks)


def _nginx_listen(server: Server) -> list[str]:
    site = urlsplit(server.address)
    if site.scheme == "https":
        keys = f"/etc/letsencrypt/live/{site.hostname}"  # where Debian's certbot puts them
        doors = [f"listen {site.port or 443} ssl http2;", f"listen [::]:{site.port or 443} ssl http2;"]
        return [*doors, f"ssl_certificate {keys}/fullchain.pem;", f"ssl_certificate_key {keys}/privkey.pem;"]
    if site.hostname == "127.0.0.1":
        return [f"listen 127.0.0.1:{site.port or 80};"]
    return [f"listen {site.port or 80};", f"listen [::]:{site.port or 80};"]


def _nginx_headers(server: Server, cache: str, *, indexed: bool = True) -> list[str]:
    given = {**headers(server.address), "Cache-Control": cache}
    given |= {} if indexed else {"X-Robots-Tag": NOT_INDEXED}
    return [f'  add_header {name} "{value}" always;' for name, value in given.items()]


def _nginx_places(server: Server) -> list[str]:
    folder = server.folder
    pages = _nginx_headers(server, PAGES)
    hidden = _nginx_headers(server, PAGES, indexed=False)
    draft = "^/preview/(?<draft>[a-z0-9-]+)/"
    edition = r"^/as-at/(?<day>\d{4}-\d\d-\d\d)(/|$)"
    return [
        f"root {folder}/current/site;",
        "error_page 404 /404.html;",
        "location / {", *pages, "}",
        r"location ~ \.(gz|br)$ {", "  return 404;", "}",
        r"location ~ /\. {", "  return 404;", "}",
        "location = /.well-known/security.txt {", f"  alias {folder}/security.txt;", "  default_type text/plain;", *pages, "}",
        f'location ~ "{draft}" {{', f"  root {folder}/served;", "  error_page 404 /preview/$draft/404.html;", *hidden, "}",
        f'location ~ "{edition}" {{', f"  root {folder}/served;", "  error_page 404 /as-at/$day/404.html;", *hidden, "}",
        f'location ~ "{HASHED_NAMES}" {{', *_nginx_headers(server, HASHED), "}",
    ]  # fmt: skip


# What is taken away, or said only where nothing else is (?), Caddy does last, and not at all for an error: it stands apart.
_CADDY = r"""{top} {{
  header {{
{headers}
  }}
  header -Server
  header ?Cache-Control "{pages}"
  @hashed path_regexp {names}
  header @hashed Cache-Control "{hashed}"
  header /preview/* X-Robots-Tag "{hidden}"
  @edition path_regexp ^/as-at/\d\d\d\d-\d\d-\d\d(/|$)
  header @edition X-Robots-Tag "{hidden}"
  @never path *.gz *.br /.* */.*
  @security path /.well-known/security.txt
  handle @security {{
    root * {folder}
    rewrite * /security.txt
    file_server
  }}
  handle @never {{
    error 404
  }}
  handle /preview/* {{
    root * {folder}/served
    file_server {{
      precompressed br gzip
    }}
  }}
  handle @edition {{
    root * {folder}/served
    file_server {{
      precompressed br gzip
    }}
  }}
  handle {{
    root * {folder}/current/site
    file_server {{
      precompressed br gzip
    }}
  }}
  handle_errors {{
    header -Server
    header Cache-Control "{pages}"
    @lost_draft path_regexp draft ^/preview/([a-z0-9-]+)/
    @lost_edition path_regexp edition ^/as-at/(\d\d\d\d-\d\d-\d\d)(/|$)
    handle @lost_draft {{
      root * {folder}/served
      rewrite * /preview/{{re.draft.1}}/404.html
      file_server
    }}
    handle @lost_edition {{
      root * {folder}/served
      rewrite * /as-at/{{re.edition.1}}/404.html
      file_server
    }}
    handle {{
      root * {folder}/current/site
      rewrite * /404.html
      file_server
    }}
  }}
}}
"""


def caddy(server: Server) -> str:
    """The configuration for Caddy, which fetches its own certificates."""
    return _CADDY.format(
        top=server.address.rstrip("/"),
        headers="\n".join(f'    {name} "{value}"' for name, value in headers(server.address).items()),
        names=HASHED_NAMES,
        hashed=HASHED,
        pages=PAGES,
        hidden=NOT_INDEXED,
        folder=server.folder,
    )


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
