"""From the text of a page to paper: what is left out, what is numbered, and what Typst and pandoc refuse."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path

import docx
import pytest

from macros.documents.chart_files import palette, standalone
from macros.documents.pandoc_writer import style, tree
from macros.documents.paper_text import BLOCKS, SPANS, chart, excerpt
from macros.documents.table_widths import with_widths
from macros.documents.typesetting import Press, SettingError, colours
from macros.documents.typst_writer import dictionary, typst
from macros.documents.word_finish import reference
from macros.markup.tree import VOID, Element, Piece, read
from tests.project import ROOT

STYLES = ROOT / "overrides" / "documents"
LITERAL = {"lead", "columns", "short-list", "sources", "address"}


def write(pieces: Iterable[Piece]) -> str:
    """The HTML of some pieces."""
    return "".join(map(written, pieces))


def written(piece: Piece) -> str:
    if isinstance(piece, str):
        return escape(piece, quote=False)
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in piece.attributes.items())
    end = "" if piece.tag in VOID else f"{write(piece.children)}</{piece.tag}>"
    return f"<{piece.tag}{attributes}>{end}"


def paper(inside: str) -> str:
    return write(excerpt(f'<main><div class="lrp-prose">{inside}</div></main>', "picture"))


@pytest.fixture
def press(tmp_path: Path) -> Press:
    (tmp_path / "palette.typ").write_text(colours(palette(ROOT)), "utf-8")
    (tmp_path / "style.typ").write_text((STYLES / "style.typ").read_text("utf-8"), "utf-8")
    return Press(tmp_path)


def test_html_is_read_as_it_was() -> None:
    text = '<p class="a">One &amp; <b>two</b><br>three</p>'
    assert write(read(text).children) == text


def test_what_needs_a_screen_is_left_out() -> None:
    html = '<p>Text.</p><form><input></form><p><a class="lrp-go" href="#x">Start</a></p><div hidden>No</div><noscript>n</noscript>'
    assert paper(html) == "<p>Text.</p>"


def test_the_list_of_a_page_s_abbreviations_gives_only_their_links() -> None:
    html = '<details class="lrp-used"><summary>Used</summary><dl><dt>SI</dt><dd>words <a href="../g/#si">SI</a></dd></dl></details>'
    assert paper(html) == '<span><a class="lrp-abbr" href="../g/#si"></a></span>'


def test_a_heading_that_nothing_stands_under_is_left_out() -> None:
    assert paper("<h2>One</h2><p>Text.</p><h2>Two</h2><form></form><h3>Three</h3><h2>Four</h2><p>Text.</p>") == (
        "<h2>One</h2><p>Text.</p><h2>Four</h2><p>Text.</p>"
    )


def test_a_question_has_its_number_and_an_answer_says_where_it_leads() -> None:
    html = (
        '<section class="lrp-question" id="age"><p class="lrp-source">Notify? · Question 2 of 9</p><h3>How old?</h3>'
        '<ul class="lrp-options"><li><a class="lrp-option" href="#happened"><bdi>Under 18</bdi> <small>any child</small> '
        '<span class="lrp-leads">Go to question 4</span></a></li></ul></section>'
    )
    assert paper(html) == (
        '<div class="question"><h3 id="age">Question 2: How old?</h3><ul><li><span><strong>Under 18</strong> – any child. '
        '<a href="#happened">Go to question 4</a>.</span></li></ul></div>'
    )


def test_a_picture_comes_before_its_heading_and_says_what_it_shows() -> None:
    svg = '<svg viewBox="0 0 9 4" width="9"><title>Ways</title><desc>Two questions. More.</desc></svg>'
    html = f'<h2>Ways</h2><figure class="lrp-chart lrp-chart--wide"><figcaption class="lrp-chart__caption">Ways</figcaption>{svg}</figure><p>Text.</p>'
    said = "Flowchart: Ways. Two questions. The same stands in words in this document."
    assert paper(html).startswith(f'<figure class="chart"><img class="wide" src="picture" alt="{said}">')
    assert chart(html) == svg


def test_a_picture_of_the_editors_stays_in_its_place_as_wide_as_it_is_shown() -> None:
    shown = '<img alt="A plan" class="lrp-picture" height="{}" loading="lazy" src="../plan.png" width="{}" />'
    html = f'<h2>Ways</h2><figure class="lrp-picture-frame"><figcaption>The plan</figcaption>{shown.format(96, 192)}</figure>'
    image = '<img src="../plan.png" alt="A plan" width="{}">'
    assert paper(html) == f"<h2>Ways</h2><figure><figcaption>The plan</figcaption>{image.format('5.08cm')}</figure>"
    assert paper(f"<p>So: {shown.format(400, 1600)}</p>") == f"<p>So: {image.format('16.50cm')}</p>"
    assert paper(f"<p>{shown.format(2400, 100)}</p>") == f"<p>{image.format('0.88cm')}</p>"


def test_a_picture_of_its_own_has_no_colour_left_to_the_page() -> None:
    drawn = standalone(
        '<svg viewBox="0 0 9 4" width="9"><rect class="lrp-chart__question"></rect></svg>', ROOT, palette(ROOT)
    )
    assert drawn.startswith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 4" width="9"><style>')
    assert "var(" not in drawn
    assert ".lrp-chart__question" in drawn


def test_every_class_has_its_style_in_typst_and_in_word() -> None:
    sheet, word = (STYLES / "style.typ").read_text("utf-8"), (STYLES / "word" / "styles.xml").read_text("utf-8")
    for name in sorted({*BLOCKS.values(), *SPANS, *LITERAL}):
        assert f"#let lrp-{name}(" in sheet, name
        assert f'"{style(name)}"' in word, name


def test_text_is_never_read_as_markup(press: Press) -> None:
    text = '#let *a* _b_ $c$ <d> @e `f` [g] \\ "h" ~ // -- = + / 1. https://a.example/b*c'
    source = f'#set document(title: "T")\n#set text(lang: "en")\n{typst(read("<p>x</p>").children)}{typst([text])}'
    assert press.compiled(source, 0).startswith(b"%PDF-1.7")
    assert typst([" a\n b\u00a0c "]) == ' #"a b\u00a0c"; '


def words_in(press: Press, html: str) -> tuple[list[tuple[str, str]], str]:
    """The paragraphs of the Word file that pandoc makes of some HTML, each with its style, and the whole of its XML."""
    reference_file = press.work / "reference.docx"
    reference_file.write_bytes(reference(STYLES / "word", {"title": "T", "edition": "E", "notice": "N"}, palette(ROOT)))
    made = press.word_file(tree(read(html).children, {"title": "T"}), reference_file)
    word = docx.Document(io.BytesIO(made))
    said = [(paragraph.style.name if paragraph.style else "", paragraph.text) for paragraph in word.paragraphs]
    return said[1:], word.element.xml


def test_text_reaches_word_as_it_is(press: Press) -> None:
    text = "*a* _b_ $c$ <d> @e `f` [g] \\ ~~h~~ # ☐ \u201ci\u201d\u00a0j"
    said, _ = words_in(press, f" <p> {escape(text)} <b>k </b>\n l</p> m <br> n ")
    assert said == [("First Paragraph", f"{text} k  l"), ("Body Text", "m \n n")]


def test_headings_lists_and_pairs_reach_word_in_their_styles(press: Press) -> None:
    said, xml = words_in(
        press,
        '<h2 id="x" class="opening">H</h2><ul><li>one</li><li><p>two</p></li></ul><ol start="3"><li>three</li></ol>'
        '<dl><dt>Who</dt><dd>You</dd></dl><div class="note"><aside><p>n <span class="must">must</span></p></aside></div>'
        '<p><a href="#x">in</a> <a href="https://a.example/">out</a></p>',
    )
    assert said == [
        ("Normal", ""),  # a new page
        ("Heading 2", "H"),
        ("Compact", "one"),
        ("Normal", "two"),
        ("Compact", "three"),
        ("Definition Term", "Who"),
        ("Definition", "You"),
        ("LRP Note", "n must"),
        ("Body Text", "in out"),
    ]
    assert '<w:br w:type="page"/>' in xml
    assert '<w:hyperlink w:anchor="x">' in xml
    assert 'w:rStyle w:val="LRPMust"' in xml


def test_a_table_keeps_its_heading_its_widths_and_its_wide_cells_in_word(press: Press) -> None:
    _, xml = words_in(
        press,
        '<table><caption>C</caption><colgroup><col style="width: 25%"><col style="width: 75%"></colgroup><thead><tr><th>A</th>'
        '<th>B</th></tr></thead><tbody><tr><td colspan="2">wide</td></tr></tbody></table>',
    )
    assert "<w:tblHeader" in xml
    assert '<w:gridSpan w:val="2"' in xml
    widths = [int(width) for width in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]
    assert widths[1] == pytest.approx(3 * widths[0], rel=0.01)


def test_a_list_that_warns_stays_a_list() -> None:
    assert paper('<ul class="lrp-warning"><li>One.</li><li>Two.</li></ul>') == (
        '<div class="note"><ul><li>One.</li><li>Two.</li></ul></div>'
    )


def test_what_pandoc_says_is_passed_on(press: Press) -> None:
    with pytest.raises(SettingError, match=r"^pandoc stopped: .*no-such-picture"):
        words_in(press, '<figure class="chart"><img src="no-such-picture" alt="a"><figcaption>c</figcaption></figure>')


def test_values_reach_typst_as_they_are() -> None:
    assert dictionary({"a": 'x"y', "b": True, "c": [("d", "e")]}) == '(a: "x\\"y", b: true, c: (("d", "e"),))'


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ('#set document(title: "T")\n#image("x.svg")', "Typst stopped: "),  # no alternative text
        ("No title.", "Typst stopped: "),
        ('#set document(title: "T")\n\U000f0000', "Typst stopped: "),  # a letter that no font has
        ('#set document(title: "T")\n#set text(font: "Of Nobody")\nx', "Typst warned: "),
    ],
)
def test_a_pdf_that_breaks_the_standard_is_refused(source: str, says: str, press: Press) -> None:
    (press.work / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "utf-8")
    with pytest.raises(SettingError, match=says):
        press.compiled(source, 0)


def test_columns_share_the_width_by_what_stands_in_them() -> None:
    table = read(
        "<table><tr><th>A</th><th>B</th></tr><tr><td>x</td><td>Many words stand in this one.</td></tr></table>"
    ).children[0]
    assert isinstance(table, Element)
    shares = [float(share) for share in re.findall(r"width: ([\d.]+)%", write([with_widths(table)]))]
    assert len(shares) == 2
    assert shares[0] < shares[1]
