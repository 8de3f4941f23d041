"""What a page may load, run and send: one policy, as the header of the servers and, in part, in each page for plain hosts."""

from __future__ import annotations

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "worker-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",  # for the search box alone; with 'none' Chromium refuses even a form that is not sent
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "default",  # search.js makes it: scripts come from the site's own folder
}
ONLY_BY_HEADER = ("frame-ancestors",)
_TOP = '<meta charset="utf-8">'


def header() -> str:
    """The policy as servers send it."""
    return "; ".join(f"{name} {value}" for name, value in POLICY.items())


def meta() -> str:
    """The policy as it stands in a page: without the parts that browsers take from a header alone."""
    inside = "; ".join(f"{name} {value}" for name, value in POLICY.items() if name not in ONLY_BY_HEADER)
    return f'<meta http-equiv="Content-Security-Policy" content="{inside}">'


def put_into(html: str) -> str:
    """A page with the policy in it, before anything that the page loads."""
    return html.replace(_TOP, _TOP + meta(), 1)


def taken_out(html: str) -> str:
    """A page without the policy, for a copy that is opened from a folder: not every browser counts a folder as 'self'."""
    return html.replace(meta(), "", 1)
