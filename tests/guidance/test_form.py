"""Form A of this guidance in a real browser: its file for Word is what the build makes, and its scripts are light."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from macros.content.addresses import address as address_of
from macros.content.load import Content
from macros.documents.form_files import pack
from macros.documents.form_template import filled, template
from tests.components.form.test_form import NOW, fill_in, keys, opened, samples, saved
from tests.project import own

pytestmark = [pytest.mark.browser, pytest.mark.site]
LIGHT = 25_000  # bytes of scripts as they are sent


def test_each_form_is_filled_in_and_saved_as_the_build_would(browser: Browser, address: str, content: Content) -> None:
    for path, form in content.forms.items():
        page = opened(browser, address, address_of(path))
        page.clock.set_fixed_time(NOW)
        answers = samples(form)
        fill_in(page, form, answers)
        made = pack(filled(template(form, content.pages[path].front), keys(answers, form), NOW), NOW)
        assert saved(page, "Save as Word")[1] == made, path
        page.context.close()


def test_the_scripts_of_each_form_are_light(site: Path, content: Content) -> None:
    for path in content.forms:
        stem = path.removesuffix(".md")
        files = [own("zip.js"), own("form.js"), site / f"{stem}-template.js"]
        weight = sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in files)
        assert weight <= LIGHT, f"docs/{stem}.yml: The form weighs {weight} bytes. Shorten it until it is {LIGHT}."
