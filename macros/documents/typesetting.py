"""A document set by Typst as a tagged PDF that keeps to PDF/UA-1, and by pandoc as a Word file. The only door to both."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from macros.documents.typst_writer import quoted

_COUNT = re.compile(rb"/Type ?/Pages[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type ?/Pages")


class SettingError(Exception):
    """Why a document could not be set, in a sentence for whoever builds."""


class Press:
    """The programs, found once; `work` is a folder that holds the style and the pictures."""

    def __init__(self, work: Path) -> None:
        try:
            import fontpkg_lato
            import pypandoc
            import typst

            self.pandoc = pypandoc.get_pandoc_path()
            self.fonts = typst.Fonts(
                include_system_fonts=False, font_paths=[str(Path(fontpkg_lato.__file__).parent / "files")]
            )
        except (ImportError, OSError) as error:
            raise SettingError(
                f"A program that sets documents is missing ({_line(error)}). Run make site, which installs it."
            ) from error
        self.typst, self.work = typst, work

    def word_file(self, document: Mapping[str, Any], reference: Path) -> bytes:
        """The Word file that pandoc makes of its own tree (see `pandoctext`), with the styles of a reference document."""
        # +RTS: pandoc's memory is tidied up seldom, for a fifth of its time.
        tidying = ["+RTS", "-A256m", "-O1g", "-RTS"]
        words = ["--from=json", "--to=docx", "--standalone", "--output=-", f"--reference-doc={reference}"]
        text = json.dumps(document, ensure_ascii=False).encode()
        try:
            run = subprocess.run([self.pandoc, *tidying, *words], input=text, cwd=self.work, capture_output=True)
        except OSError as error:
            raise SettingError(f"pandoc cannot be run ({_line(error)}). Run make site, which installs it.") from error
        if run.returncode or run.stderr.strip():
            said = run.stderr.decode("utf-8", "replace").strip().splitlines() or [f"it ended with {run.returncode}"]
            raise SettingError(f"pandoc stopped: {said[0]}")
        return run.stdout

    def compiled(self, source: str, epoch: int) -> bytes:
        """The PDF of some Typst text; what breaks PDF/UA-1 or what Typst warns of is an error here."""
        return self._whole(
            lambda compiler: compiler.compile_with_warnings(format="pdf", pdf_standards=["ua-1"], timestamp=epoch),
            source,
        )

    def picture(self, name: str, sharpness: float) -> bytes:
        """A drawing of the folder as PNG, for Word."""
        source = f"#set page(width: auto, height: auto, margin: 0pt)\n#image({quoted(name)})"
        return self._whole(lambda compiler: compiler.compile_with_warnings(format="png", ppi=sharpness), source)

    def _whole(self, work: Callable[[Any], tuple[Any, list[Any]]], source: str) -> bytes:
        try:
            made, warnings = work(
                self.typst.Compiler(
                    source.encode(), root=str(self.work), font_paths=self.fonts, ignore_system_fonts=True
                )
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise SettingError(f"Typst stopped: {getattr(error, 'diagnostic', '') or _line(error)}") from error
        if warnings:
            raise SettingError(f"Typst warned: {warnings[0].message}")
        return bytes(made)


def _line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def colours(palette: Mapping[str, str]) -> str:
    """The colours as Typst names; "line" is a word of Typst itself."""
    return "".join(
        f"#let {'line-colour' if name == 'line' else name} = rgb({quoted(value)})\n" for name, value in palette.items()
    )


def count_pages(pdf: bytes) -> int:
    """How many pages a PDF says that it has."""
    return max(int(one or other) for one, other in _COUNT.findall(pdf))
