"""The pocket guide: made from duties and a decision, on one sheet."""

from __future__ import annotations

from datetime import date

from macros.content.load import Content
from macros.render.macros import Renderer
from macros.topics.duties import sentence, short
from macros.topics.pocket_guide import PocketGuide


def test_it_shows_duties_questions_and_outcomes_as_their_data_says(content: Content) -> None:
    guide = content.beside["pocket-guide.md"]
    assert isinstance(guide, PocketGuide)
    html = Renderer(content, lambda: "pocket-guide.md", date(2026, 11, 23)).pocket_guide()
    decision = content.decisions[guide.decision]
    duties = [content.duty[name] for panel in guide.panels for name in panel.duties]
    assert duties
    for duty in duties:
        assert sentence(duty).replace("'", "&#39;") in html
        assert duty.period
        assert short(duty.period, content.clock)[1:] in html
    for panel in guide.panels:
        assert all(decision.outcomes[name].title in html for name in panel.outcomes)
        assert all(decision.questions[test.question].text in html for test in panel.tests)
