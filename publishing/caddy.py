"""The configurations of Caddy: what it serves from where, with which headers, and how long it waits for whom."""

from __future__ import annotations

from publishing.serving import HASHED, HASHED_NAMES, NOT_INDEXED, PAGES, headers
from publishing.settings import Server

# Caddy takes them for the whole server alone, so that a site's own file cannot hold them.
LIMITS = """servers {
  timeouts {
    read_header 10s
    read_body 10s
    write 10m
    idle 30s
  }
  max_header_size 16KB
}
"""
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
  request_body {{
    max_size 1KB
  }}
  @other not method GET HEAD
  @never path *.gz *.br /.* */.*
  @security path /.well-known/security.txt
  @old {{
    path_regexp {names}
    not file {{
      root {folder}/current/site
      try_files {{path}}
    }}
  }}
  handle @other {{
    respond 405
  }}
  handle @security {{
    root * {folder}
    rewrite * /security.txt
    file_server
  }}
  handle @never {{
    error 404
  }}
  handle @old {{
    root * {old}
    file_server {{
      precompressed br gzip
    }}
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
    root * {folder}
    @lost_draft path_regexp draft ^/preview/([a-z0-9-]+)(/|$)
    @lost_edition path_regexp edition ^/as-at/(\d\d\d\d-\d\d-\d\d)(/|$)
    handle @lost_draft {{
      try_files /served/preview/{{re.draft.1}}/404.html /current/site/404.html
      file_server
    }}
    handle @lost_edition {{
      try_files /served/as-at/{{re.edition.1}}/404.html /current/site/404.html
      file_server
    }}
    handle {{
      rewrite * /current/site/404.html
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
        old=server.old_assets,
    )
