"""The Word document of a form as a template: filled with answers here for the blank form, and by form.js in the browser.

Where an answer stands, the template has a slot: its key, the text without an answer, the text with one. The key is a
field's id, or "id=choice" for a box to tick.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import escape

from macros.content.pages import Front
from macros.documents.form_parts import FIXED, WIDTH, fixed
from macros.topics.dates import full_date
from macros.topics.forms import Field, Form, Group

SLOT, OR, END, TEXT, DAY, STAMP = "\ue000\ue001\ue002\ue003\ue004\ue005"  # in no text: characters for private use
_SLOT = re.compile(f"{SLOT}(.*?){OR}(.*?){OR}(.*?){END}", re.S)
_BREAK = re.compile("\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")  # as Word and other programs make them
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_QUESTION = 4000  # the width of the column of questions, in twentieths of a point
_CONTENT = "</w:sdtPr><w:sdtContent><w:r>"
_BOX = '<w:rPr><w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/></w:rPr>'


def fill(text: str, answers: dict[str, str], stamp: str) -> str:
    """A part of the template with the answers in their slots; `stamp` is the moment it is made."""

    def one(slot: re.Match[str]) -> str:
        answer = answers.get(slot[1], "")
        if not answer:
            return slot[2]
        words = full_date(date.fromisoformat(answer)) if DAY in slot[3] else _words(answer)
        return slot[3].replace(DAY, answer).replace(TEXT, words)

    return _SLOT.sub(one, text.replace(STAMP, stamp))


def filled(parts: dict[str, str], answers: dict[str, str], moment: datetime) -> Iterator[tuple[str, str]]:
    """The parts of the document by their names, the answers in their slots."""
    stamp = moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return ((name, fill(text, answers, stamp)) for name, text in parts.items())


def template(form: Form, front: Front) -> dict[str, str]:
    """The parts of the document by their names, with slots for the answers."""
    edition = f"Form approved {full_date(front.approved)} · review {full_date(front.review)} · {front.owner}"
    sheet = _paragraph(form.title, "Title") + _paragraph(edition, "Note")
    sheet += "".join(_paragraph(line, "Warning") for line in form.warning)
    sheet += _paragraph("Before you send it", "Heading2")
    sheet += "".join(_paragraph(line, "Advice") for line in (*form.sending, *form.keeping))
    numbers = iter(range(1, 10_000))
    for place, group in enumerate(form.groups, 1):
        sheet += _paragraph(f"{place}. {group.title}", "Heading1")
        sheet += _paragraph(group.help, "Help") if group.help else ""
        sheet += _table(group, numbers)
    return fixed(form.title, f"{form.title} · approved {full_date(front.approved)}") | {
        "word/document.xml": f"{FIXED}<w:body>{sheet}{_SECTION}</w:body></w:document>"
    }


_SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="r3"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)


def _words(answer: str) -> str:
    lines = [escape(_UNSEEN.sub("", line), quote=False) for line in _BREAK.split(answer)]
    return '</w:t><w:br/><w:t xml:space="preserve">'.join(lines)


def _run(text: str, looks: str = "") -> str:
    return f'<w:r>{looks}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _paragraph(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(escape(text, quote=False))}</w:p>'


def _table(group: Group, numbers: Iterator[int]) -> str:
    whole, head = (
        "<w:cantSplit/>",
        _cell(_paragraph("Question", "Head"), _QUESTION) + _cell(_paragraph("Answer", "Head")),
    )
    rows = _row(head, f"{whole}<w:tblHeader/>")
    for field in group.fields:
        cells = _question(field) + _cell(_answer(field, numbers))
        rows += _row(cells, "" if field.type == "long-text" else whole)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Questions"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val="{escape(group.title)}"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{_QUESTION}"/><w:gridCol w:w="{WIDTH - _QUESTION}"/></w:tblGrid>{rows}</w:tbl>'
    )


def _row(cells: str, marks: str) -> str:
    return f"<w:tr><w:trPr>{marks}</w:trPr>{cells}</w:tr>"


def _cell(content: str, width: int = WIDTH - _QUESTION) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _question(field: Field) -> str:
    asked = field.label if field.required else f"{field.label} ({'office use' if field.office else 'optional'})"
    content = _paragraph(asked, "Question") + (_paragraph(field.help, "Help") if field.help else "")
    return _cell(
        content + (_paragraph(f"Data protection: {field.protect}", "Help") if field.protect else ""), _QUESTION
    )


def _answer(field: Field, numbers: Iterator[int]) -> str:
    """The controls that take the answer of a field: one, or a box for each choice."""
    if field.type != "choices":
        return f"<w:p>{_control(field, next(numbers))}</w:p>"
    return "".join(
        f"<w:p>{_box(field, choice, place, next(numbers))}{_run(' ' + escape(choice, quote=False))}</w:p>"
        for place, choice in enumerate(field.choices, 1)
    )


def _slot(key: str, without: str, answered: str) -> str:
    return f"{SLOT}{key}{OR}{without}{OR}{answered}{END}"


def _named(label: str, tag: str, number: int) -> str:
    """What names a control; Word takes at most 64 characters of a title."""
    title = label if len(label) <= 64 else label[:63].rsplit(" ", 1)[0] + "…"
    return (
        f'<w:alias w:val="{escape(title)}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/>'
    )


def _control(field: Field, number: int) -> str:
    prompt, kind, answered = _kind(field)
    blank = f'<w:showingPlcHdr/>{kind}{_CONTENT}<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>{prompt}</w:t>'
    text = f'{answered}{_CONTENT}<w:t xml:space="preserve">{TEXT}</w:t>'
    named = _named(field.label, field.id, number)
    return f"<w:sdt><w:sdtPr>{named}{_slot(field.id, blank, text)}</w:r></w:sdtContent></w:sdt>"


def _kind(field: Field) -> tuple[str, str, str]:
    """What a control says while it is empty, and what makes it one of its kind without and with an answer."""
    if field.type == "choice":
        items = "".join(f'<w:listItem w:displayText="{c}" w:value="{c}"/>' for c in map(escape, field.choices))
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
        return "Choose an answer", kind, kind
    if field.type == "date":
        form = '<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
        return "Choose a date", f"<w:date>{form}", f'<w:date w:fullDate="{DAY}T00:00:00Z">{form}'
    kind = '<w:text w:multiLine="1"/>' if field.type == "long-text" else "<w:text/>"
    return "Write here", kind, kind


def _box(field: Field, choice: str, place: int, number: int) -> str:
    """A box to tick; its title is the choice."""
    named = _named(choice, f"{field.id}-{place}", number)

    def box(checked: int, sign: str) -> str:
        states = '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
        return (
            f'<w14:checkbox><w14:checked w14:val="{checked}"/>{states}</w14:checkbox>{_CONTENT}{_BOX}<w:t>{sign}</w:t>'
        )

    slot = _slot(f"{field.id}={choice}", box(0, "☐"), box(1, "☒"))
    return f"<w:sdt><w:sdtPr>{named}{slot}</w:r></w:sdtContent></w:sdt>"
