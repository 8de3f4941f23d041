"""`make lint` reads scripts where Node is, and says so where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.outside import lint
from tests.outside.node import missing


def test_without_node_it_says_so_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert lint.main() == 0
    assert capsys.readouterr().out == "Node and npm are not here, so eslint was not run.\n"


@pytest.mark.site
def test_a_name_used_before_it_is_there_stops_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if why := missing("eslint"):
        pytest.skip(why)
    scripts = tmp_path / "overrides"
    scripts.mkdir()
    monkeypatch.setattr(lint, "WHERE", tmp_path)
    (scripts / "right.js").write_text('(function () { "use strict"; console.log(1); })();\n', "utf-8")
    assert lint.main() == 0
    (scripts / "wrong.js").write_text('(function () { "use strict"; console.log(one); let one = 1; })();\n', "utf-8")
    assert lint.main() == 1
