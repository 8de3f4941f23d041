"""Every page of the real site in a real browser, behind a real nginx with the strict headers: nothing is blocked."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.publishing.harness import new_place, nginx

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_no_page_needs_what_the_policy_forbids(site: Path, browser: Browser, tmp_path: Path) -> None:
    place = new_place(tmp_path)
    (place.server.releases / "real").mkdir()
    (place.server.releases / "real" / "site").symlink_to(site)
    place.server.current.symlink_to("releases/real")
    said: list[str] = []
    with nginx(place, tmp_path / "nginx") as address:
        page = browser.new_page()
        page.on(
            "console", lambda message: said.append(f"{page.url}: {message.text}") if message.type == "error" else None
        )
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        for file in sorted(site.rglob("index.html")):
            answer = page.goto(address + file.relative_to(site).as_posix().removesuffix("index.html"))
            assert answer
            assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        page.goto(f"{address}search/")
        page.fill("main input", "rapid review")
        page.get_by_text("results for").first.wait_for()
        page.close()
    assert said == []
