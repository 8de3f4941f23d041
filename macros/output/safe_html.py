"""What HTML a built page may hold; whatever could be read in two ways is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from macros.markup.pages import Pages
from macros.source.problems import Problem

_TEXT = (
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn dialog div dl dt "
    "em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p picture pre q s samp search "
    "section small source span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr"
)


_CONTROLS = (
    "button datalist fieldset form input label legend meter optgroup option output progress script select textarea"
)


_DRAWN = "svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker"


ELEMENTS = frozenset(f"{_TEXT} {_CONTROLS} {_DRAWN}".split())


_PLAIN = (  # attributes of any element; none of them runs code or draws over the page
    "class id role tabindex hidden title lang dir translate name value type for href src alt width height rel download "
    "hreflang action method autocomplete novalidate checked disabled required readonly selected multiple min max step "
    "maxlength minlength pattern placeholder inputmode spellcheck list open start reversed colspan rowspan scope headers "
    "datetime cite defer loading decoding media srcset sizes label rows cols wrap span autofocus autocapitalize autocorrect inert writingsuggestions accept "
    "enterkeyhint form "
    "viewbox preserveaspectratio xmlns d x y x1 x2 y1 y2 cx cy r rx ry dx dy points transform fill stroke stroke-width "
    "stroke-linecap stroke-linejoin stroke-dasharray text-anchor dominant-baseline orient refx refy markerwidth "
    "markerheight markerunits marker-start marker-end focusable"
)


ATTRIBUTES = frozenset(_PLAIN.split())


_ADDRESSES = {"href", "src", "action", "srcset", "cite"}


_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\")


_TAG = re.compile(r'<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s+[A-Za-z_][\w:.-]*(?:="[^"<]*")?)*)\s*/?>')


_EACH = re.compile(rf"{_TAG.pattern}(?=(</script>)?)")


_ATTRIBUTE = re.compile(r'([A-Za-z_][\w:.-]*)(?:="([^"]*)")?')


_OWN_SCRIPT = re.compile(
    r"(?:\.{1,2}/)*(?:[\w-]+/)*[\w-][\w.-]*\.js(?:\?\w+)?"
)  # editors can push no file that ends so


_KEPT = r'(?: (?:id|class|data-[a-z-]+)="[^"<>]*")*'


_INERT = re.compile(rf'<script{_KEPT} type="(?:application/(?:json|xml)|text/(?:xml|plain))"{_KEPT}>')


def check_site(pages: Pages) -> list[Problem]:
    """What stands in the built pages that no page may hold."""
    problems = []
    for name, text in pages.texts.items():
        body = text.find("<body")
        path, above = f"site/{name}", text.count("\n", 0, body) + 1
        inside = text[text.find(">", body) + 1 : text.rfind("</body>")]
        problems += [Problem(path, above + line, wrong, mend) for line, wrong, mend in check_html(inside)]
    return problems


def check_html(html: str) -> Iterator[tuple[int, str, str]]:
    """What a piece of built HTML holds that it may not: how many lines down, what is wrong and how to mend it."""
    if _is_plain(html):
        return
    place = line = counted = 0
    while (start := html.find("<", place)) >= 0:
        tag = _TAG.match(html, start)
        line, counted = line + html.count("\n", counted, start), start
        place = tag.end() if tag else start + 1
        if not tag or (tag[1] and tag[3]):
            shown = " ".join(html[start : start + 30].split())
            yield (
                line,
                f'The markup "{shown}" cannot be read plainly.',
                'Write it as <tag name="value">, or leave it out.',
            )
        elif _INERT.fullmatch(tag[0]) and "<!--" not in (held := html[place : html.find("</script>", place)]):
            place += len(held)  # data that no browser runs or reads as HTML
        elif tag[2].lower() not in ELEMENTS:
            yield line, f'"<{tag[2]}>" may not stand in a page.', "Leave it out."
        elif not tag[1]:
            wrongs = _judged(tag[2].lower(), tag[3], html.startswith("</script>", place))
            yield from ((line, wrong, mend) for wrong, mend in wrongs)


def _is_plain(html: str) -> bool:
    """Whether every sign that begins a tag begins one that may stand: then no line need be named."""
    tags = _EACH.findall(html)
    return html.count("<") == len(tags) and not any(
        name.lower() not in ELEMENTS or (listed if end else _judged(name.lower(), listed, bool(empty)))
        for end, name, listed, empty in set(tags)
    )


@lru_cache(maxsize=10_000)  # most tags of a site are the same few
def _judged(name: str, listed: str, empty: bool) -> tuple[tuple[str, str], ...]:
    """What a tag may not hold, each with how to mend it."""
    values = {name.lower(): unescape(value or "") for name, value in _ATTRIBUTE.findall(listed)}
    return tuple(_wrongs(name, values, empty))


def _wrongs(name: str, values: dict[str, str], empty: bool) -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        if key == "style":
            yield (
                f'The attribute "style" may not stand on <{name}>.',
                "Remove it; columns of tables are not aligned by colons.",
            )
        elif key not in ATTRIBUTES and not key.startswith(("data-", "aria-")):
            yield f'The attribute "{key}" may not stand on <{name}>.', "Remove it."
        elif key in _ADDRESSES and not _may_lead(name, key, value):
            yield (
                f'The address "{value.strip()}" is of a kind that pages do not use.',
                "Link to a page, or to https://…",
            )
    if name == "script" and not (empty and _OWN_SCRIPT.fullmatch(values.get("src", ""))):
        yield "A script may not stand in a page.", "Leave it out."


def _may_lead(name: str, key: str, value: str) -> bool:
    """Whether an address is one that pages use; browsers drop white space and control characters, so we do too."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0]", "", value).lower()
    if name == "a" and key == "href":
        return bool(re.match(r"https?://|tel:\d+$", plain)) or not _SCHEME.match(plain)
    if name == "img" and key == "src" and re.match(r"data:image/(png|gif|jpeg|webp);base64,", plain):
        return True
    return not _SCHEME.match(plain)
