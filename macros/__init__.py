"""The front door for MkDocs: the only module that knows it; it hands over navigation, macros and Markdown extensions."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs_macros.plugin import MacrosPlugin

    from macros.content.load import Content
    from macros.topics.evidence import Evidence


_GIVEN = "lrp_content"


def define_env(env: MacrosPlugin) -> None:
    """Gives MkDocs the order of pages, the macros and the Markdown extensions; stops it where the content has problems."""
    from mkdocs.utils import get_build_date

    from macros.changes.change_log import Kept
    from macros.content.dialect import SETTINGS, extensions
    from macros.content.handover import handed
    from macros.render.macros import Renderer
    from macros.render.markdown_extensions import Abbreviations
    from macros.render.page_frame import menu, site_values
    from macros.render.pictures import Pictures
    from macros.render.terms_of_page import TermLists

    content = env.conf.extra.pop(_GIVEN, None) or handed() or _checked(Path(env.project_dir))
    today = date.fromisoformat(get_build_date())
    site, as_at = env.conf.site_url or "", os.environ.get("LRP_AS_AT", "")
    editions = tuple(map(date.fromisoformat, os.environ.get("LRP_EDITIONS", "").split()))
    renderer = Renderer(content, lambda: env.page.file.src_uri, today, Kept(editions, as_at, site), _measured(today))
    env.variables.update(renderer.words())
    for name, macro in renderer.macros().items():
        env.macro(macro, name)  # type: ignore[no-untyped-call]
    env.conf.site_name = str(content.site.short_name)
    env.conf.nav = menu(content)
    env.conf.extra["lrp"] = site_values(content, today, os.environ.get("LRP_DRAFT", ""), as_at, site)
    lists = TermLists(renderer)
    marker = Abbreviations(lists.spellings, lists.reading, lists.finish)
    pictures = Pictures(content.pictures, renderer.here)
    env.conf.markdown_extensions, env.conf.mdx_configs = extensions([pictures, marker]), SETTINGS


def render_page(content: Content, path: str, site: Path) -> None:
    """Has MkDocs write one page of checked content into the folder `site`, as it writes it among all others."""
    from mkdocs.commands import build
    from mkdocs.config import load_config
    from mkdocs.structure.files import get_files, set_exclusions
    from mkdocs.structure.nav import get_navigation

    config = load_config(str(content.root / "mkdocs.yml"), site_dir=str(site))
    config.extra[_GIVEN] = content
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    env = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
    file = files.get_file_from_path(path)
    assert file
    assert file.page
    build._populate_page(file.page, config, files, False)
    build._build_page(file.page, config, files.documentation_pages(), nav, env, False)


def _checked(root: Path) -> Content:
    """The content as it is read and checked where MkDocs runs alone."""
    from mkdocs.exceptions import PluginError

    from macros.checks.check import check
    from macros.content.load import load
    from macros.source.problems import report

    content = load(root)
    problems = check(content)
    if problems:
        raise PluginError(report(problems))
    return content


def on_pre_page_macros(env: MacrosPlugin) -> None:
    """Spares pages without braces the macros: there is nothing in them to run."""
    from macros.content.macro_calls import BRACES

    if not any(mark in env.markdown for mark in BRACES):
        env.page.meta["render_macros"] = False


def _measured(today: date) -> Evidence:
    """What the build was given as evidence; nothing where MkDocs runs alone."""
    from macros.topics.evidence import Evidence
    from macros.topics.records import parse

    return Evidence(parse(os.environ.get("LRP_EVIDENCE", "")), os.environ.get("LRP_COMMIT", ""), today)
