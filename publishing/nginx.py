"""The configurations of nginx: what it serves from where, with which headers, and how long it waits for whom."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from publishing.serving import HASHED, HASHED_NAMES, NOT_INDEXED, PAGES, headers
from publishing.settings import Server

CHALLENGES = "/var/www/acme"  # where certbot puts what the authority asks for; root's own, as certbot is
_KEYS = "/etc/letsencrypt/live"  # where Debian's certbot puts certificates
AT_ONCE = (
    200  # requests of one address that are being answered; an office with one address to the outside has many readers
)
# Readers send a few lines and no body. Whoever takes longer than this to say what they want is let go.
_LIMITS = (
    "client_header_timeout 10s;",
    "client_body_timeout 10s;",
    "send_timeout 20s;",
    "keepalive_timeout 30s;",
    "lingering_time 10s;",
    "reset_timedout_connection on;",
    "client_max_body_size 1k;",
    "large_client_header_buffers 4 4k;",
    "limit_conn_status 429;",
)


def nginx_first(server: Server) -> str:
    """The configuration for the time before there is a certificate: it answers the authority that gives one."""
    site = urlsplit(server.address)
    return _block(_plain(server)) if site.scheme == "https" else ""


def nginx(server: Server, brotli: bool) -> str:
    """The configuration for nginx; `brotli` where its module for ready-made files is installed."""
    zone = _zone(server)
    first = nginx_first(server)
    top = [*_listen(server), *_always(server), f"limit_conn {zone} {AT_ONCE};", "charset utf-8;"]
    top += ["if ($request_method !~ ^(GET|HEAD)$) {", "  return 405;", "}"]
    top += ["index index.html;", "autoindex off;", "absolute_redirect off;"]
    top += ["gzip off;", "gzip_static on;", "gzip_vary on;", *(["brotli_static on;"] if brotli else [])]
    memory = f"limit_conn_zone $binary_remote_addr zone={zone}:10m;\n"
    return memory + first + _block([*top, *_places(server)])


def _block(lines: list[str]) -> str:
    return "server {\n" + "".join(f"  {line}\n" for line in lines) + "}\n"


def _zone(server: Server) -> str:
    return re.sub(r"\W", "_", urlsplit(server.address).netloc)


def _always(server: Server) -> list[str]:
    return [f"server_name {urlsplit(server.address).hostname};", "server_tokens off;", *_LIMITS]


def _plain(server: Server) -> list[str]:
    """What stands on the port without encryption: the way to the other one, and the answers to the authority."""
    site = urlsplit(server.address)
    return [
        "listen 80;",
        "listen [::]:80;",
        *_always(server),
        "location ^~ /.well-known/acme-challenge/ {", f"  root {CHALLENGES};", "  default_type text/plain;", "}",
        "location / {", f"  return 301 https://{site.netloc}$request_uri;", "}",
    ]  # fmt: skip


def _listen(server: Server) -> list[str]:
    site = urlsplit(server.address)
    if site.scheme == "https":
        keys = f"{_KEYS}/{site.hostname}"
        doors = [f"listen {site.port or 443} ssl http2;", f"listen [::]:{site.port or 443} ssl http2;"]
        doors += ["ssl_protocols TLSv1.2 TLSv1.3;"]
        return [*doors, f"ssl_certificate {keys}/fullchain.pem;", f"ssl_certificate_key {keys}/privkey.pem;"]
    if site.hostname == "127.0.0.1":
        return [f"listen 127.0.0.1:{site.port or 80};"]
    return [f"listen {site.port or 80};", f"listen [::]:{site.port or 80};"]


def _headers(server: Server, cache: str, *, indexed: bool = True) -> list[str]:
    given = {**headers(server.address), "Cache-Control": cache}
    given |= {} if indexed else {"X-Robots-Tag": NOT_INDEXED}
    return [f'add_header {name} "{value}" always;' for name, value in given.items()]


def _lost(place: str) -> list[str]:
    """The page that stands for what is not there; for a folder without a page too."""
    return [f"error_page 403 =404 {place};", f"error_page 404 {place};"]


def _location(match: str, lines: list[str]) -> list[str]:
    return [f"location {match} {{", *(f"  {line}" for line in lines), "}"]


def _places(server: Server) -> list[str]:
    """Every address: what a location does not say it has from the whole, headers among it."""
    folder = server.folder
    kept, hidden = _headers(server, HASHED), _headers(server, PAGES, indexed=False)
    apart = f"root {folder}/served;"
    missing = ["try_files /404.html =404;"]
    draft = [f"root {folder};", "try_files /served/preview/$draft/404.html /current/site/404.html =404;", *hidden]
    edition = [f"root {folder};", "try_files /served/as-at/$day/404.html /current/site/404.html =404;", *hidden]
    return [
        f"root {folder}/current/site;",
        *_lost("@missing"),
        *_headers(server, PAGES),
        *_location("= /.well-known/security.txt", [f"alias {folder}/security.txt;", "default_type text/plain;"]),
        *_location(r"~ \.(gz|br)$", ["return 404;"]),
        *_location(r"~ /\.", ["return 404;"]),
        *_location('~ "^/preview/(?<draft>[a-z0-9-]+)(/|$)"', [apart, *_lost("@missing_draft"), *hidden]),
        *_location(r'~ "^/as-at/(?<day>\d{4}-\d\d-\d\d)(/|$)"', [apart, *_lost("@missing_edition"), *hidden]),
        *_location(f'~ "{HASHED_NAMES}"', ["try_files $uri @old;", *kept]),
        *_location("@old", [f"root {server.old_assets};", *kept]),
        *_location("@missing", missing),
        *_location("@missing_draft", draft),
        *_location("@missing_edition", edition),
    ]
