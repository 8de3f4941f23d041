"""The log read again: shown to people, and proven line by line, its end by what was written down of it elsewhere."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from publishing.disk import replace
from publishing.logbook import BEGIN, Line, canonical, parsed
from publishing.releases import Release, all_releases, live
from publishing.settings import RefusedError, Server, visible
from publishing.signing import SIGNED, fits, is_signed, signature

_ANCHOR = "log-head"  # beside a release: the number and the fingerprint of the line that said it went live


def lines(server: Server) -> list[Line]:
    """Every whole line of the log, the newest last."""
    return [line for line, _ in parsed(_bytes(server)) if line]


def _bytes(server: Server) -> bytes:
    file = server.log / "lines"
    return file.read_bytes() if file.is_file() else b""


def head(server: Server) -> str:
    """The number and the fingerprint of the newest line, as they stand beside the log; empty where there is none."""
    return _text(server.log / "head")


def _text(file: Path) -> str:
    return file.read_text("utf-8").strip() if file.is_file() else ""


def anchor(server: Server, release: Release) -> None:
    """Writes down beside a release how long the log was, signed where a key is set: a log cut short is then noticed."""
    text, signed = head(server) + "\n", ""
    with contextlib.suppress(RefusedError):  # that the key cannot be used was said of the release itself
        signed = signature(server, text.encode(), "log")
    replace(release.folder / _ANCHOR, text + signed)


def check(server: Server) -> str:
    """What holds of the log, in one line; refused with the first line that does not fit."""
    intact, rest = [], b""
    number, before, torn = 0, BEGIN, ""
    for line, left in parsed(_bytes(server)):
        rest = left
        if line:
            wrong = _wrong(line, number + 1, before)
            if wrong:
                raise RefusedError(f"log/lines:{line.place}: {wrong} Tell whoever answers for this server.")
            number, before = number + 1, line.digest
            intact.append(line)
    _check_end(server, intact)
    _check_signed(server)
    torn = " A power cut has torn what stands behind the last; the next goes on behind it." if rest else ""
    return (
        f"The log's {len(intact):,} lines fit, each to the one before it.{torn}"
        if intact or rest
        else "The log is empty."
    )


def _wrong(line: Line, number: int, before: str) -> str:
    """What does not fit in a line; empty where all does."""
    if line.values["number"] != number:
        return f"Line {number} of the log is missing or was changed."
    if line.values.get("before") != before:
        return "This line does not follow from the one before it: that one, or this one, was changed."
    if line.torn != line.values.get("torn", ""):
        return "What stands before this line was changed; it is no line of the log, and no power cut left it so."
    return "" if line.fits else "The words of this line were changed."


def _check_end(server: Server, lines: list[Line]) -> None:
    """Refuses a log that ends sooner, or says otherwise, than was written down beside it and beside the releases."""
    known = {line.values["number"]: line.digest for line in lines}
    notes = {f"{release.folder.name} went live": _text(release.folder / _ANCHOR) for release in all_releases(server)}
    for what, text in {"its newest line was written": head(server), **notes}.items():
        number, _, digest = text.partition("\n")[0].partition(" ")
        if number.isdigit() and int(number) not in known:
            raise RefusedError(
                f"log/lines:{len(lines) + 1}: The log ends after {len(lines):,} lines, and had {int(number):,} when {what}. "
                "Its end was cut off. Tell whoever answers for this server."
            )
        if number.isdigit() and known[int(number)] != digest:
            place = next(line.place for line in lines if line.values["number"] == int(number))
            raise RefusedError(f"log/lines:{place}: This is not the line that stood here when {what}: it was changed.")


def _check_signed(server: Server) -> None:
    """Refuses a note beside the live release that somebody else has written, where its release is signed."""
    shown = live(server)
    if not shown or not server.signing_key or not is_signed(server, shown.site / SIGNED[0]):
        return
    text, _, signed = _text(shown.folder / _ANCHOR).partition("\n")
    if not fits(server, f"{text}\n".encode(), signed + "\n", "log"):
        raise RefusedError(f"{shown.folder / _ANCHOR} does not bear this server's signature: it was changed.")


def chosen(server: Server, since: date | None, person: str) -> list[Line]:
    """The lines from a day on, and of one person, where that is asked for."""
    return [
        line
        for line in lines(server)
        if (not since or str(line.values.get("when", ""))[:10] >= since.isoformat())
        and (not person or person in str(line.values.get("who", "")).split())
    ]


def table(lines: list[Line]) -> Iterator[str]:
    """The lines as people read them, the newest last; nothing in them can move a terminal."""
    rows = [_row(line) for line in lines]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    for row in rows:
        yield "  ".join([*(row[column].ljust(widths[column]) for column in range(3)), row[3]]).rstrip()


def _row(line: Line) -> list[str]:
    values, said = {key: str(value) for key, value in line.values.items()}, line.said
    ref = said.get("ref", "").removeprefix("refs/heads/").removeprefix("refs/")
    ends = [name[:12] if name.strip("0") else "nothing" for name in (values.get("old"), values.get("new")) if name]
    words = "(these words were erased)" if "seal" in values and not said else said.get("said", "")
    origin = f"from {values['from']}" if values.get("from") else ""
    parts = [ref, " to ".join(ends), values.get("release", ""), words, origin]
    when = values.get("when", "").replace("T", " ").removesuffix("Z")
    cells = [when, values.get("who", ""), values.get("event", ""), "  ".join(filter(None, parts))]
    return [visible(cell) for cell in cells]


def plain(line: Line) -> str:
    """One line as it stands in the log."""
    return canonical(line.values).decode("ascii")
