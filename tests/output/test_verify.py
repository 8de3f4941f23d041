"""The built site, read as a browser would read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.markup.pages import Pages
from macros.output.verify import verify

PAGE = """<!doctype html><html lang="en-GB"><head><title>{title}</title><meta name="description" content="{about}">
<link rel="canonical" href="https://example.org/base/"></head>
<body>
<h1 id="top">One</h1>
{body}
</body></html>
"""


def said(folder: Path, body: str, title: str = "Title", about: str = "About", base: str = "") -> list[str]:
    (folder / "other").mkdir()
    (folder / "other" / "index.html").write_text(
        PAGE.format(title="Other", about="Other", body='<p id="here">x</p>'), "utf-8"
    )
    (folder / "a.js").write_text("", "utf-8")
    (folder / "index.html").write_text(PAGE.format(title=title, about=about, body=body), "utf-8")
    return [str(problem) for problem in verify(Pages(folder), base)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="other/">x</a><a href="other/#here">x</a><a href="#top">x</a><a href="other/index.html#here">x</a><a href="?q=1">x</a>',
        '<a href="https://example.org/elsewhere">x</a>',
        '<script src="a.js" defer></script><img src="data:image/svg+xml,x" alt="">',
        "<p><code>{{ duty() }}</code> and <pre>{% raw %}</pre></p>",
    ],
)
def test_what_is_right_is_left_alone(body: str, tmp_path: Path) -> None:
    assert said(tmp_path, body) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (
            '<a href="gone/">x</a>',
            'site/index.html:5: The address "gone/" leads to nothing. Mend the link, or the page or file it names.',
        ),
        (
            '<a href="other/#gone">x</a>',
            'site/index.html:5: The address "other/#gone" names an anchor that is not there. Mend the anchor, here or there.',
        ),
        (
            '<a href="#gone">x</a>',
            'site/index.html:5: The address "#gone" names an anchor that is not there. Mend the anchor, here or there.',
        ),
        (
            '<script src="gone.js"></script>',
            'site/index.html:5: The address "gone.js" leads to nothing. Mend the link, or the page or file it names.',
        ),
        (
            '<img src="https://example.org/x.png" alt="">',
            'site/index.html:5: The page fetches "https://example.org/x.png" from elsewhere. Serve it from this site, or leave it out.',
        ),
        (
            '<form action="//example.org/x"></form>',
            'site/index.html:5: The page fetches "//example.org/x" from elsewhere. Serve it from this site, or leave it out.',
        ),
        ("<h1>Two</h1>", "site/index.html:1: The page has 2 first-level headings. A page needs exactly one."),
        (
            '<p id="a"></p><p id="a"></p>',
            'site/index.html:5: The id "a" stands twice on this page. Give one of the two another anchor or id.',
        ),
        (
            "<p>{{ duty }}</p>",
            'site/index.html:5: "{{" was left on the page. Mend the macro or the template that it comes from.',
        ),
        (
            "<p>Traceback (most recent call last)</p>",
            'site/index.html:5: "Traceback (most recent call last)" was left on the page. Mend the macro or the template that it comes from.',
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(body: str, problem: str, tmp_path: Path) -> None:
    assert said(tmp_path, body) == [problem]


def test_a_page_has_a_title_and_a_description(tmp_path: Path) -> None:
    assert said(tmp_path, "", title="", about="") == [
        'site/index.html:1: The page has no description. Write "description" in its front matter.',
        'site/index.html:1: The page has no title. Write "title" in its front matter.',
    ]


def test_absolute_links_are_followed_under_a_base_path(tmp_path: Path) -> None:
    body = '<a href="/base/other/">x</a><a href="https://example.org/base/gone/">x</a>'
    assert said(tmp_path, body, base="https://example.org/base/") == [
        'site/index.html:5: The address "https://example.org/base/gone/" leads to nothing. Mend the link, or the page or file it names.'
    ]
