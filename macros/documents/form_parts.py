"""The parts of a Word document that every form shares: what it holds, its properties, its styles, its footer."""

from __future__ import annotations

from html import escape

WIDTH = 9638  # between the margins of an A4 page, in twentieths of a point
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_W = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main"'
FIXED = (
    f'{_HEAD}<w:document {_W} xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
    f' xmlns:mc="{_OFFICE}/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' mc:Ignorable="w14">'
)
_BESIDE = ("styles", "settings", "footer", "numbering")


def fixed(title: str, foot: str) -> dict[str, str]:
    """The parts by their names; \ue005 stands for the moment at which the file is made, and no author is named."""
    return {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(
            ("officeDocument/2006/relationships/officeDocument", "word/document.xml"),
            ("package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "docProps/core.xml": _properties(escape(title)),
        "word/_rels/document.xml.rels": _relations(
            *((f"officeDocument/2006/relationships/{name}", f"{name}.xml") for name in _BESIDE)
        ),
        "word/footer.xml": _footer(escape(foot)),
        "word/numbering.xml": (
            f'{_HEAD}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
            '<w:pPr><w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
        ),
        "word/settings.xml": (
            f'{_HEAD}<w:settings {_W}><w:compat><w:compatSetting w:name="compatibilityMode"'
            ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
            '<w:themeFontLang w:val="en-GB"/></w:settings>'
        ),
        "word/styles.xml": _styles(),
    }


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in {"document": "document.main", **{name: name for name in _BESIDE}}.items()
    )
    package = "application/vnd.openxmlformats-package"
    return (
        f'{_HEAD}<Types xmlns="{_OFFICE}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{package}.core-properties+xml"/>{parts}</Types>'
    )


def _relations(*relations: tuple[str, str]) -> str:
    entries = "".join(
        f'<Relationship Id="r{place}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(relations, 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_OFFICE}/package/2006/relationships">{entries}</Relationships>'


def _properties(title: str) -> str:
    made = "".join(
        f'<dcterms:{what} xsi:type="dcterms:W3CDTF">\ue005</dcterms:{what}>' for what in ("created", "modified")
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:language>en-GB</dc:language>{made}</cp:coreProperties>"
    )


def _footer(foot: str) -> str:
    def number(name: str) -> str:
        return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'

    def words(text: str) -> str:
        return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'

    line = words(f"{foot} · Page ") + number("PAGE") + words(" of ") + number("NUMPAGES")
    return f'{_HEAD}<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>{line}</w:p></w:ftr>'


def _style(name: str, label: str, paragraph: str, run: str, level: int | None = None) -> str:
    outline = "" if level is None else f'<w:outlineLvl w:val="{level}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="Normal"/><w:qFormat/><w:pPr>{paragraph}{outline}</w:pPr><w:rPr>{run}</w:rPr></w:style>'
    )


_INK, _SOFT = '<w:color w:val="14283B"/>', '<w:color w:val="43566A"/>'  # as on the website


def _styles() -> str:
    """Arial in 11 points, headings in the ink of the website, tables with a head in its wash."""
    fonts = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/>'
    run = f'{fonts}<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-GB" w:eastAsia="en-GB"/>'
    spacing = '<w:spacing w:before="60" w:after="60" w:line="264" w:lineRule="auto"/>'
    return (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{run}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{spacing}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>'
        f"{_paragraphs()}{_table()}</w:styles>"
    )


def _paragraphs() -> str:
    def heading(space: int) -> str:
        return f'<w:keepNext/><w:spacing w:before="{space}" w:after="80"/>'

    bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    bar = '<w:pBdr><w:left w:val="single" w:sz="36" w:space="8" w:color="8A4B00"/></w:pBdr>'
    wash = '<w:shd w:val="clear" w:color="auto" w:fill="FDF3E1"/>'
    return (
        _style("Title", "Title", '<w:spacing w:after="60"/>', f'<w:b/>{_INK}<w:sz w:val="40"/>')
        + _style("Heading1", "heading 1", heading(360), f'<w:b/>{_INK}<w:sz w:val="28"/>', 0)
        + _style("Heading2", "heading 2", heading(240), f'<w:b/>{_INK}<w:sz w:val="24"/>', 1)
        + _style("Question", "Question", "", f"<w:b/>{_INK}")
        + _style("Head", "Table head", "<w:keepNext/>", f"<w:b/>{_INK}")
        + _style("Help", "Help", "", f'{_SOFT}<w:sz w:val="19"/>')
        + _style("Note", "Note", "", f'{_SOFT}<w:sz w:val="18"/>')
        + _style("Warning", "Warning", f'{bar}{wash}<w:ind w:left="240"/>', _INK)
        + _style("Advice", "Advice", bullet, "")
        + '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:rPr><w:color w:val="5A6B7B"/></w:rPr></w:style>'
    )


def _table() -> str:
    sides = ("top", "bottom", "insideH")
    edge = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="6F8391"/>' for side in sides)
    gap = '<w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
    return (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{gap}</w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Questions"><w:name w:val="Questions"/><w:basedOn w:val="TableNormal"/>'
        f'<w:tblPr><w:tblBorders>{edge}</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr>'
        '<w:shd w:val="clear" w:color="auto" w:fill="E4F0F1"/></w:tcPr></w:tblStylePr></w:style>'
    )
