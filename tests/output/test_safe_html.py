"""What HTML may stand in a built page: every way in that is known, and what components need."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros.content.allowed_html import check_html as check_written
from macros.content.macro_calls import read_calls
from macros.content.page_reader import PageReader
from macros.markup.pages import Pages
from macros.output.safe_html import check_html, check_site
from macros.source.problems import Problem
from macros.source.text import Text

REFUSED = [
    # event handlers in their disguises
    '<p onclick="x">a</p>',
    '<p ONCLICK="x">a</p>',
    "<p onclick='x'>a</p>",
    "<p onclick=x>a</p>",
    '<p\nonmouseover="x">a</p>',
    '<p/onclick="x">a</p>',
    '<svg/onload="x">',
    '<img src="a.png" alt="" onerror="x">',
    '<img src=a.png onerror=x alt="">',
    '<details ontoggle="x" open>a</details>',
    '<input autofocus onfocus="x">',
    '<p title="a" "onclick="x">a</p>',
    '<p title="a>" onclick="x">a</p>',
    '<p title="<a" onclick="x">a</p>',
    '<p on\x00click="x">a</p>',
    # addresses that run or fetch
    '<a href="javascript:x">a</a>',
    '<a href="JaVaScRiPt:x">a</a>',
    '<a href=" javascript:x">a</a>',
    '<a href="java&#9;script:x">a</a>',
    '<a href="java\nscript:x">a</a>',
    '<a href="&#106;avascript:x">a</a>',
    '<a href="javascript&colon;x">a</a>',
    '<a href="&#x01;javascript:x">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<a href="vbscript:x">a</a>',
    '<a href="mailto:x">a</a>',
    '<a href="//example.org/">a</a>',
    '<form action="javascript:x"></form>',
    '<form action="https://example.org/"></form>',
    '<img src="data:image/svg+xml;base64,x" alt="">',
    '<svg><a xlink:href="javascript:x"></a></svg>',
    # elements that run, fetch, draw over the page or send the reader away
    "<script>x</script>",
    '<script src="https://example.org/x.js"></script>',
    '<script src="assets/javascripts/../../x.js"></script>',
    '<script src="assets/javascripts/search.js">x</script>',
    '<svg><script href="x"></script></svg>',
    '<script type="text/javascript">x</script>',
    '<script type="module" src="assets/javascripts/search.js">x</script>',
    '<script type="application/json"><!--<script></script><p onclick="x"></p>',
    "<style>p{}</style>",
    '<p style="position:fixed">a</p>',
    '<iframe src="x"></iframe>',
    '<object data="x"></object>',
    '<embed src="x">',
    '<base href="https://example.org/">',
    '<meta http-equiv="refresh" content="0;url=x">',
    '<link rel="stylesheet" href="x">',
    '<button formaction="javascript:x">a</button>',
    '<svg><use href="x"></use></svg>',
    '<svg><animate attributeName="href"></animate></svg>',
    "<svg><foreignObject></foreignObject></svg>",
    '<math href="x"></math>',
    "<template><p>a</p></template>",
    "<noscript><p>a</p></noscript>",
    # what parsers read in two ways
    "<!-- a -->",
    "<!--><script>x</script>-->",
    "<![CDATA[a]]>",
    "<?php x ?>",
    "a < b",
    "<p",
    '<p class="a',
    "<p></p x>",
]
TAKEN = [
    '<p class="a" id="b" hidden>a &lt; b &amp; c > d</p>',
    '<a href="../glossary/#lcspr" rel="prev">a</a><a href="https://example.org/?a=1&amp;b=2">b</a><a href="#x">c</a>',
    '<img src="../a.png" alt="A" width="3"><img src="data:image/png;base64,AAAA" alt="">',
    '<script src="../../assets/javascripts/decision.js" defer></script>',
    '<div data-module="decision" aria-live="polite" role="status"><input type="date" required name="x" value="">\n</div>',
    '<script type="application/json" id="x">{"a": "<b onclick=x>"}</script><script type="application/xml"><w:p w:x="1"/></script>',
    '<svg viewBox="0 0 1 1" role="img"><title id="t">T</title><path d="M0 0" class="a"/></svg>',
    '<td data-label="A: b">x</td><br><br/><br />',
]


@pytest.mark.parametrize("html", REFUSED)
def test_refuses(html: str) -> None:
    assert list(check_html(f"<p>a</p>\n{html}"))


@pytest.mark.parametrize("html", TAKEN)
def test_takes(html: str) -> None:
    assert list(check_html(html)) == []


def test_names_the_page_and_the_line(tmp_path: Path) -> None:
    page = '<html><head></head>\n<body class="a">\n<p>a</p>\n<p onclick="x">b</p>\n</body></html>'
    (tmp_path / "index.html").write_text(page, "utf-8")
    assert [str(problem) for problem in check_site(Pages(tmp_path))] == [
        'site/index.html:4: The attribute "onclick" may not stand on <p>. Remove it.'
    ]


def check_page(text: str) -> list[Problem]:
    unrun, _ = read_calls(Text(text, "docs/a.md", 9))
    return list(check_written(PageReader().read(unrun, "docs/a.md")))


@pytest.mark.parametrize(
    "line",
    [
        '<div class="lrp-now" markdown>\nWords.\n</div>',
        "## A heading { #s1-4 }",
        "Two words<br>and more.",
        "`<script>` is code, and 3 < 4, and a <- b.",
        '{{ duty("a", "short") }} {# allow "24 hours": why = so #}',
        "![A](a.png){ width=300 }",
        "<https://example.org/>",
    ],
)
def test_what_editors_need_is_left_alone(line: str) -> None:
    assert list(check_page(line)) == []


def test_code_blocks_may_show_anything() -> None:
    assert list(check_page("```\n<script>x</script>\n```\n")) == []
