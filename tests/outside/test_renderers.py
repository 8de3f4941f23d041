"""The comparison of renderers: what differs is seen, in each of the parts that readers rely on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside.renderers import differences, read

PAGE = """<body><p id="a">outside</p><main><h1 id="top">One two<br>three</h1><script>no words</script>
<a class="lrp-option" href="#q2">Yes</a> <a class="lrp-abbr" href="../#lcspr">LCSPR</a></main><p>after</p></body>"""


def site(folder: Path, text: str, address: str = "part") -> Path:
    (folder / address).mkdir(parents=True)
    (folder / address / "index.html").write_text(text, "utf-8")
    return folder


def test_the_main_part_alone_is_read(tmp_path: Path) -> None:
    page = read(site(tmp_path, PAGE))["part"]
    assert (page.anchors, page.words) == (["top"], ["One", "two", "three", "Yes", "LCSPR"])
    assert (page.decisions, page.terms) == (["#q2"], ["../#lcspr"])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("two", "2", "part: 5 words and 5 there, first 'two three Yes LCSPR' and '2 three Yes LCSPR' there"),
        (" <a class", "<i></i> gone <a class", "part: 5 words and 6 there, first 'LCSPR' and 'gone LCSPR' there"),
        ('id="top"', 'id="one"', "part: 1 anchors and 1 there, first 'top' and 'one' there"),
        ("#q2", "#q3", "part: 1 decisions and 1 there, first '#q2' and '#q3' there"),
        (' class="lrp-abbr"', "", "part: 1 terms and 0 there, first '../#lcspr' and '' there"),
    ],
)
def test_a_difference_is_named(old: str, new: str, says: str, tmp_path: Path) -> None:
    ours, theirs = read(site(tmp_path / "a", PAGE)), read(site(tmp_path / "b", PAGE.replace(old, new)))
    assert list(differences(ours, ours)) == []
    assert list(differences(ours, theirs)) == [says]


def test_a_page_that_is_missing_or_more_is_named(tmp_path: Path) -> None:
    ours, theirs = read(site(tmp_path / "a", PAGE)), read(site(tmp_path / "b", PAGE, "other"))
    assert list(differences(ours, theirs)) == ["part: there is no such page", "other: only there"]
