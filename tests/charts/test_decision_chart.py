"""The pictures: every question, answer, outcome and step stands in them, nothing is cut, no arrow crosses another."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from markupsafe import Markup
from playwright.sync_api import Browser

from macros.charts.decision_chart import decision_chart
from macros.charts.decision_layout import CARD, END, compose
from macros.charts.process_chart import process_chart
from macros.charts.process_layout import compose as compose_lanes
from macros.charts.process_layout import successors
from macros.charts.svg import PAD, SIZE
from macros.charts.text_width import width, wrap
from macros.content.load import Content
from macros.source.ids import DutyId, Id, SourceId
from macros.source.text import Text
from macros.topics.decisions import Decision, Option, Question
from macros.topics.duties import short
from macros.topics.process import Process
from tests.graphs import PLACE, decision
from tests.project import own

HOSTILE = [
    "\"a\" & <b>'c'</b>",
    "{{ duty('x') }} {% raw %}",
    "שלום עולם مرحبا",
    "e" + "\u0301" * 9,
    "W" * 90,
    "\u202eevil → 1",
    "漢字" * 30,
]
SHEETS = ("lrp", "decision", "process", "chart")
Line = list[tuple[float, float]]


def decisions(content: Content) -> list[Decision]:
    return [found for found in content.beside.values() if isinstance(found, Decision)]


def process(content: Content) -> Process:
    return next(found for found in content.beside.values() if isinstance(found, Process))


def period(content: Content, duty: DutyId) -> str:
    found = content.duty[duty].period
    return short(found, content.clock) if found else "no fixed time"


def drawn(content: Content) -> list[Markup]:
    charts = [decision_chart(found) for found in decisions(content)]
    return [*charts, process_chart(process(content), lambda duty: period(content, duty))]


def parsed(chart: Markup) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart))


def words(element: ElementTree.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def with_texts(texts: list[str]) -> Decision:
    graph = {f"q{n}": [f"q{n + 1}", "end", "end"] for n in range(len(texts) - 1)} | {
        f"q{len(texts) - 1}": ["end", "end"]
    }
    plain = decision(graph, ["end"])
    questions = {
        key: Question(
            PLACE,
            Id(key),
            Text(text),
            Text("Because."),
            tuple(
                Option(PLACE, Text(f"{n} {text}"), option.next, not_sure=n == 0) for n, option in enumerate(old.options)
            ),
            (SourceId("s"),),
        )
        for text, (key, old) in zip(texts, plain.questions.items(), strict=True)
    }
    return replace(plain, title=Text(texts[0]), questions=questions)


def test_every_question_and_outcome_is_one_box_with_its_link(content: Content) -> None:
    for found in decisions(content):
        links = [
            link
            for link in parsed(decision_chart(found)).iter("a")
            if link.find("path") is not None or link.find("rect") is not None
        ]
        assert sorted(link.get("href", "") for link in links) == sorted(
            f"#{key}" for key in [*found.questions, *found.outcomes]
        )


def test_every_box_says_its_words_and_its_kind(content: Content) -> None:
    kinds = {"act": "Act", "advice": "Take advice", "elsewhere": "Elsewhere"}
    for found in decisions(content):
        boxes = {
            link.get("href"): words(link)
            for link in parsed(decision_chart(found)).iter("a")
            if link.find("text") is not None and len(link) > 1
        }
        for n, question in enumerate(found.questions.values(), 1):
            assert boxes[f"#{question.key}"] == f"Question {n} {question.text}"
        for n, outcome in enumerate(found.outcomes.values(), 1):
            assert boxes[f"#{outcome.key}"] == f"{kinds[outcome.kind]} · Outcome {n} {outcome.title}"


def test_every_answer_leads_by_an_arrow_or_by_the_name_of_its_goal(content: Content) -> None:
    for found in decisions(content):
        cards, placed = compose(found)
        names = {card.key: card.name.split(" · ")[-1] for card in cards}
        for card in cards[: len(found.questions)]:
            said = {row.goal: " ".join(row.words) for row in card.rows}
            for option in found.questions[card.key].options:
                assert option.answer in said[option.next]
            assert all(row.jump in ("", f"→ {names[row.goal]}") for row in card.rows)
        assert len(placed.corners) == len(cards)


def test_every_answer_stands_in_the_picture(content: Content) -> None:
    for found in decisions(content):
        text = words(parsed(decision_chart(found)))
        for question in found.questions.values():
            assert all(option.answer in text for option in question.options)


def test_no_line_is_wider_than_its_box(content: Content) -> None:
    for found in [*decisions(content), with_texts(HOSTILE)]:
        for card in compose(found)[0]:
            room = (END if card.kind else CARD) - 2 * PAD
            assert all(width(line, SIZE if card.kind else 15, bold=True) <= room + 1 for line in card.title)
            assert all(width(line, SIZE) <= room + 1 for row in card.rows for line in row.words)
    chart = compose_lanes(process(content), lambda duty: period(content, duty))
    for step in chart.rows:
        assert all(width(line, SIZE) <= chart.room for line in step.text)
        assert all(width(line, SIZE, bold=True) <= chart.due for line in step.when)
        assert all(way.x + width(way.words, SIZE, bold=True) <= chart.room for way in step.exits)


def test_no_boxes_overlap_and_no_arrows_cross(content: Content) -> None:
    for found in [*decisions(content), with_texts(HOSTILE)]:
        cards, placed = compose(found)
        sides = [(*placed.corners[n], END if card.kind else CARD, card.height) for n, card in enumerate(cards)]
        for one, two in combinations(sides, 2):
            apart = (
                one[0] + one[2] <= two[0]
                or two[0] + two[2] <= one[0]
                or one[1] + one[3] <= two[1]
                or two[1] + two[3] <= one[1]
            )
            assert apart, (one, two)
        arrows = [
            line(f"M{way}")
            for path in parsed(decision_chart(found)).iter("path")
            if path.get("class") == "lrp-chart__arrow"
            for way in path.get("d", "").split("M")[1:]
        ]
        for first, second in combinations(arrows, 2):
            assert not crossing(first, second), (first[0], second[0])


def line(path: str) -> Line:
    """The points of a drawn path, its curves in small steps."""
    points: Line = []
    letter = ""
    numbers: list[float] = []
    for part in re.findall(r"[A-Za-z]|-?[\d.]+", path):
        if part.isalpha():
            letter, numbers = part, []
            continue
        numbers.append(float(part))
        x, y = points[-1] if letter.islower() else (0.0, 0.0)
        if letter in "HhVv":
            before = points[-1]
            points.append((x + numbers[0], before[1]) if letter in "Hh" else (before[0], y + numbers[0]))
        elif letter in "QqCc" and len(numbers) == (4 if letter in "Qq" else 6):
            stops = [points[-1], *((x + a, y + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True))]
            points += [between(stops, step / 24) for step in range(1, 25)]
        elif letter == "M" and len(numbers) == 2:
            points.append((numbers[0], numbers[1]))
            numbers = []
    return points


def between(stops: Line, part: float) -> tuple[float, float]:
    while len(stops) > 1:
        stops = [(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part) for a, b in pairwise(stops)]
    return stops[0]


def crossing(one: Line, two: Line) -> bool:
    def side(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    return any(
        side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
        for a, b in pairwise(one)
        for c, d in pairwise(two)
    )


def test_the_same_bytes_each_time(content: Content) -> None:
    assert drawn(content) == drawn(content)


def test_hostile_words_are_escaped_and_whole() -> None:
    chart = decision_chart(with_texts(HOSTILE))
    assert "<b>" not in chart
    text = "".join(parsed(chart).itertext()).replace(" ", "")
    assert all(hostile.replace(" ", "") in text for hostile in HOSTILE)


def test_a_broken_word_keeps_its_accents_together() -> None:
    pieces = wrap("e\u0301" * 60, 50, SIZE)
    assert len(pieces) > 1
    assert all(piece.startswith("e\u0301") for piece in pieces)


def test_a_decision_of_five_hundred_questions_is_drawn() -> None:
    graph = {f"q{n}": [f"q{n + 1}", "end"] for n in range(499)} | {"q499": ["end", "end"]}
    assert decision_chart(decision(graph, ["end"])).count("<a ") > 500


def test_every_step_is_numbered_in_order_with_its_lane_its_time_and_its_link(content: Content) -> None:
    found = process(content)
    chart = parsed(process_chart(found, lambda duty: period(content, duty)))
    rows = [link for link in chart.iter("a") if "lrp-chart__ground" in [part.get("class") for part in link]]
    assert [link.get("href") for link in rows] == [f"#{step.id}" for step in found.steps]
    names = {str(role.id): role.name for role in found.roles}
    for number, (step, link) in enumerate(zip(found.steps, rows, strict=True), 1):
        when = period(content, step.by) if step.by else str(step.when)
        assert words(link).startswith(f"{number} {names[step.role]} ")
        assert words(link).endswith(when[1:])
    text = words(chart)
    assert all(role.name in text for role in found.roles)
    assert all(step.decision in text for step in found.steps if step.decision)
    assert all(way.answer in text for step in found.steps for way in step.ways)
    assert all(step.off_ramp.text in text for step in found.steps if step.off_ramp)


def test_the_process_ends_where_it_is_left_for_good(content: Content) -> None:
    found = process(content)
    ids = [str(step.id) for step in found.steps]
    leading = {(ids[tail], ids[head]) for tail, head in successors(found)}
    assert ("report", "new-lock") in leading
    assert {head for tail, head in leading if tail == "decide"} == {"report", "learn", "settle"}
    assert not [head for tail, head in leading if tail == "learn"]
    assert {head for _, head in leading} == set(ids[1:])


def page(chart: Markup) -> str:
    css = "".join(own(f"{name}.css").read_text("utf-8") for name in SHEETS)
    goals = {link.get("href", "")[1:] for link in parsed(chart).iter("a")} - {"chart", "chart-picture"}
    places = "".join(f'<h2 id="{goal}">Place {n}</h2>' for n, goal in enumerate(sorted(goals)))
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Chart</title><style>{css}</style>'
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body><main class="lrp-prose"><h1>Chart</h1>{chart}{places}</main></body></html>'


# Of what is drawn: the ground that makes a small link large enough for a finger is not.
OVERFLOW = """() => {
  const boxes = [...document.querySelectorAll('.lrp-chart svg a')].filter(a => a.querySelector('rect:not(.lrp-chart__touch), path'));
  return boxes.flatMap(a => {
    const box = a.querySelector('rect:not(.lrp-chart__touch), path').getBoundingClientRect();
    return [...a.querySelectorAll('text')].filter(text => {
      const own = text.getBoundingClientRect();
      return own.left < box.left || own.right > box.right || own.top < box.top - 1 || own.bottom > box.bottom + 1;
    }).map(text => text.textContent);
  });
}"""


@pytest.mark.browser
def test_no_text_leaves_its_box_in_the_browser(content: Content, lettered: Browser) -> None:
    sheet = lettered.new_page(viewport={"width": 1280, "height": 900})
    for chart in drawn(content):
        sheet.set_content(page(chart))
        assert sheet.evaluate(OVERFLOW) == []
    sheet.close()


# Names and words of which every letter has to be measured right, beside what the pictures say today.
LETTERS = [
    "The quick brown fox jumps over the lazy dog",
    "WWW MMM mmm www %%% @@@ &&&",
    "0123456789 £1,000 (100%) – “so” … → 12?",
    "Åsa Łukasz Zoë Gruffydd ap Rhŷs Šárka Æthelred",
    "Щукін Їжакевич Ждановська",
    "فاطمة שלום",
    "漢字仮名",
]
# How wide the browser draws each text, plain at 14 pixels and bold at 15.
DRAWN = """([texts, font]) => texts.map(text => ["400 14px", "650 15px"].map(how => {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${how} ${font}`;
  return context.measureText(text).width;
}))"""


@pytest.mark.browser
def test_no_text_is_drawn_wider_than_it_was_measured(content: Content, lettered: Browser) -> None:
    spans = (span for chart in drawn(content) for span in parsed(chart).iter("tspan"))
    texts = sorted({words(span) for span in spans}) + LETTERS
    sheet = lettered.new_page()
    found = sheet.evaluate(DRAWN, [texts, "system-ui, sans-serif"])
    sheet.close()
    assert len(texts) > 90
    wider = [
        text
        for text, (plain, bold) in zip(texts, found, strict=True)
        if plain > width(text, 14) or bold > width(text, 15, bold=True)
    ]
    assert wider == []


@pytest.mark.browser
def test_the_full_screen_opens_closes_and_lets_nothing_behind_it_be_reached(
    content: Content, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "chart.html"
    file.write_text(page(drawn(content)[0]), "utf-8")
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    sheet = context.new_page()
    sheet.goto(file.as_uri())
    sheet.get_by_role("link", name="See the picture on the full screen").click()
    assert sheet.locator(".lrp-chart").bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert not sheet.locator("h1").is_visible()
    sheet.get_by_role("link", name="Close the full screen").click()
    assert sheet.locator("h1").is_visible()
    sheet.get_by_role("link", name="See the picture on the full screen").click()
    sheet.locator(".lrp-chart svg a").first.click()
    assert sheet.locator("h1").is_visible()
    context.close()
