"""Forms: what decisions hand over, and the Word document with its controls."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from datetime import UTC, datetime
from xml.etree import ElementTree

import docx
import pytest

from macros.content.load import Content
from macros.documents.form_files import made_forms, pack
from macros.documents.form_template import END, OR, SLOT, TEXT, fill, filled, template
from macros.topics.decisions import option_id
from macros.topics.forms import Form

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOW = datetime(2026, 11, 24, 21, 5, 6, tzinfo=UTC)


@pytest.fixture
def form(content: Content) -> Form:
    return content.forms["form-k.md"]


@pytest.fixture
def parts(content: Content, form: Form) -> dict[str, str]:
    return template(form, content.pages["form-k.md"].front)


def test_an_option_is_known_by_the_words_of_its_answer() -> None:
    assert option_id("Outside England, child normally lives here") == "outside-england-child-normally-lives-here"
    assert option_id("In another English authority's area") == "in-another-english-authority-s-area"
    assert option_id("Não – 18 à 24") == "não-18-à-24"


def test_each_decision_that_ends_in_the_form_brings_answers_along(content: Content, form: Form) -> None:
    ends = {
        path for path, data in content.decisions.items() for end in data.outcomes.values() if "form-k.md" in end.next
    }
    assert ends == {path for path in content.decisions if form.takes_from(path)}
    assert {content.form_of(path) for path in ends} == {"form-k.md"}
    kind = next(field for field in form.fields if field.id == "key-kind")
    assert kind.carried_to("A master key") == "part-one-notify.kind=a-master-key"
    assert kind.carried_to("Not known") == ""


def test_slots_take_an_answer_or_say_that_there_is_none() -> None:
    text = f"<a>{SLOT}x{OR}none{OR}it is {TEXT}{END}</a>"
    assert fill(text, {}, "") == "<a>none</a>"
    between = '</w:t><w:br/><w:t xml:space="preserve">'
    assert fill(text, {"x": f"<b>&\x00\u202e\x0bone\n{TEXT}{SLOT}"}, "") == (
        f"<a>it is &lt;b&gt;&amp;{between}one{between}{TEXT}{SLOT}</a>"  # a break of Word is one
    )


def test_the_document_is_sound_and_every_field_has_its_control(form: Form, parts: dict[str, str]) -> None:
    made = dict(filled(parts, {}, NOW))
    for text in made.values():
        ElementTree.fromstring(text)
        assert not set(text) & {SLOT, OR, END, TEXT}
    body = ElementTree.fromstring(made["word/document.xml"])
    named = [control.find(f"{WORD}sdtPr") for control in body.iter(f"{WORD}sdt")]
    tags = [about.find(f"{WORD}tag").attrib[f"{WORD}val"] for about in named]  # type: ignore[union-attr]
    boxes = [
        f"{f.id}-{n}" if f.type == "choices" else f.id
        for f in form.fields
        for n in range(1, (len(f.choices) if f.type == "choices" else 1) + 1)
    ]
    assert tags == boxes, "a control for each field, in the order of the fields"
    for kind, most in (("alias", 64), ("tag", 64)):
        values = [about.find(f"{WORD}{kind}").attrib[f"{WORD}val"] for about in named]  # type: ignore[union-attr]
        assert all(0 < len(value) <= most for value in values), "Word refuses a file with a longer one"
    numbers = Counter(about.find(f"{WORD}id").attrib[f"{WORD}val"] for about in named)  # type: ignore[union-attr]
    assert max(numbers.values()) == 1
    kinds = Counter(kind for kind in ("date", "dropDownList", "text") for _ in body.iter(f"{WORD}{kind}"))
    count = Counter(field.type for field in form.fields)
    assert (kinds["date"], kinds["dropDownList"]) == (count["date"], count["choice"])
    assert kinds["text"] == count["text"] + count["long-text"] + count["time"] + count["number"]


def test_the_blank_form_is_readable_by_all(content: Content, form: Form) -> None:
    made = dict(made_forms(content))
    assert zipfile.ZipFile(io.BytesIO(made["form-k.docx"])).testzip() is None
    document = docx.Document(io.BytesIO(made["form-k.docx"]))
    about = document.core_properties
    assert (about.title, about.author, about.language) == (form.title, "", "en-GB")
    assert str(about.created) == f"{content.pages['form-k.md'].front.approved} 00:00:00+00:00"
    heads = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heads == [f"{place}. {group.title}" for place, group in enumerate(form.groups, 1)]
    assert len(document.tables) == len(form.groups)
    for table in document.tables:
        assert [cell.text for cell in table.rows[0].cells] == ["Question", "Answer"]
        assert list(table.rows[0]._tr.iter(f"{WORD}tblHeader"))
    words = {paragraph.text for paragraph in document.paragraphs}
    assert {*form.warning, *form.sending, *form.keeping} <= words


def test_the_same_answers_and_moment_give_the_same_bytes(parts: dict[str, str]) -> None:
    answers = {"key-number": "AB"}
    first = pack(filled(parts, answers, NOW), NOW)
    assert first == pack(filled(parts, answers, NOW), NOW)
    assert first != pack(filled(parts, {}, NOW), NOW)
    assert {entry.date_time for entry in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {(2026, 11, 24, 21, 5, 6)}
