"""Who publishes the website: its names, its parts, what each kind of source can bear, and its bank holidays."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from macros.source.ids import Id, LocalQuestionId, PagePath, Place
from macros.source.names import RESERVED
from macros.source.problems import Problem, one_of
from macros.source.schema import KEBAB
from macros.source.text import Text
from macros.source.walk import texts_in
from macros.topics.documents import FOLDER
from macros.topics.duties import Binding
from macros.topics.roles import check_role
from macros.topics.working_days import Region

PATH = "docs/site.yml"
SHORT = 40  # letters of what stands in the band at the top: more would fill the first screen of a phone
LONGEST = 60  # letters of a file stem: with its folders and the day behind it, it fits wherever it is unpacked
_KIND = re.compile(r"[a-z0-9]+([ -][a-z0-9]+)*")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Part:
    """A part whose sections are numbered: its number, and its first page; the others stand in the same folder."""

    place: Place
    number: int
    page: PagePath

    @property
    def folder(self) -> str:
        """The folder of its pages; empty where its page stands in none."""
        return self.page.rpartition("/")[0].partition("/")[0]


@dataclass(frozen=True)
class SourceKind:
    """A kind of source: its name in docs/references.yml, the heading of its sources, and the words that it can bear."""

    place: Place
    name: Text
    title: Text
    bears: tuple[Binding, ...]


@dataclass(frozen=True)
class BankHolidays:
    """The region whose official bank holidays are no working days, and how texts name them."""

    place: Place
    region: Region
    named: Text


@dataclass(frozen=True)
class Hurry:
    """What a person in a hurry reads who went astray: a heading, what to do first, and the words of the way back."""

    place: Place
    heading: Text
    first: Text
    go: Text


@dataclass(frozen=True)
class Council:
    """A council of the area: the name by which addresses know it, and its whole name."""

    place: Place
    id: Id
    name: Text


@dataclass(frozen=True)
class Site:
    """The content of docs/site.yml.

    `roles` are those who may own a page or answer for a question: roles alone, never persons. `file_stem` begins the names of files that hold the whole website; `feed_seed` is what names in the feed are made from.
    `footer` are the pages that every page leads to at its end. While `review_question` is open, the foot of every page says so.
    """

    place: Place
    name: Text
    short_name: Text
    publisher: Text
    area: Text
    file_stem: Text
    feed_seed: Text
    bank_holidays: BankHolidays
    in_a_hurry: Hurry
    kinds: tuple[SourceKind, ...]
    roles: tuple[Text, ...]
    parts: tuple[Part, ...] = ()
    councils: tuple[Council, ...] = ()
    footer: tuple[PagePath, ...] = ()
    review_question: LocalQuestionId | None = None

    @property
    def whole(self) -> str:
        """The address of the whole website as one file."""
        return f"{FOLDER}/{self.file_stem}.zip"

    @property
    def namespace(self) -> uuid.UUID:
        """What the names of entries in the feed are made from."""
        return uuid.UUID(self.feed_seed)

    def numbers(self) -> dict[str, int]:
        """The number of each part, by its folder; of parts that share a number or a folder, the first."""
        numbers: dict[str, int] = {}
        for part in self.parts:
            if part.folder and part.number > 0 and part.number not in numbers.values():
                numbers.setdefault(part.folder, part.number)
        return numbers

    def bearers(self, word: str) -> tuple[str, ...]:
        """The names of the kinds of source that can bear a binding word."""
        return tuple(str(kind.name) for kind in self.kinds if word in kind.bears)


def check_site(site: Site) -> Iterator[Problem]:
    """What is wrong beyond form: names that are no names, and parts or kinds of source that stand twice."""
    yield from _check_lines(site)
    for name, text in (("short_name", site.short_name), ("area", site.area)):
        if len(text) > SHORT:
            wish = f"Write {SHORT} at most: it stands at the top of every page."
            yield text.problem(f'"{name}" has {len(text)} letters.', wish)
    stem = site.file_stem
    if stem and (not KEBAB.fullmatch(stem) or RESERVED.fullmatch(stem) or len(stem) > LONGEST):
        wish = f"Use small letters, figures and single hyphens, {LONGEST} at most, for example example-guidance."
        yield stem.problem(f'"{stem}" cannot begin the name of a file.', wish)
    if site.feed_seed and not _UUID.fullmatch(site.feed_seed):
        wish = "Write a UUID, for example the one that was there before."
        yield site.feed_seed.problem(f'"{site.feed_seed}" cannot be the seed of the feed.', wish)
    for number, page in enumerate(site.footer):
        if page in site.footer[:number]:
            yield page.problem(f'"{page}" stands twice in the footer.', "Keep one of them.")
    yield from _check_roles(site.roles)
    yield from _check_parts(site.parts)
    yield from _check_kinds(site.kinds)


def _check_lines(site: Site) -> Iterator[Problem]:
    """Texts of several lines: each of these names has to fit in a line of a file or a page."""
    for text in texts_in(site):
        if len(text.splitlines()) > 1:
            yield text.problem(f'"{text.splitlines()[0]} …" runs over several lines.', "Write it on one line.")


def _check_roles(roles: tuple[Text, ...]) -> Iterator[Problem]:
    for number, role in enumerate(roles):
        if role in roles[:number]:
            yield role.problem(f'The role "{role}" stands twice.', "Keep one of them.")
        else:
            yield from check_role(role)


def _check_parts(parts: tuple[Part, ...]) -> Iterator[Problem]:
    numbers, folders = dict[int, Part](), dict[str, Part]()
    for part in parts:
        if "number" in part.place.keys and part.number < 1:
            yield part.place.problem(f"No part has the number {part.number}.", "Begin with 1.", "number")
        elif "number" in part.place.keys and numbers.setdefault(part.number, part) is not part:
            first = numbers[part.number].place.keys["number"]
            wish = "Give each part a number of its own."
            yield part.place.problem(f"The part {part.number} stands twice (first at line {first}).", wish, "number")
        if part.page and not part.folder:
            wish = "Name a page that stands in the folder of the part."
            yield part.page.problem(f'The page "{part.page}" stands in no folder.', wish)
        elif part.page and folders.setdefault(part.folder, part) is not part:
            first = folders[part.folder].page.line
            wrong = f'The folder "{part.folder}" is of another part already (first at line {first}).'
            yield part.page.problem(wrong, "Give each part a folder of its own.")


def _check_kinds(kinds: tuple[SourceKind, ...]) -> Iterator[Problem]:
    first: dict[str, Text] = {}
    for kind in kinds:
        known = first.setdefault(str(kind.name), kind.name)
        if kind.name and not _KIND.fullmatch(kind.name):
            wish = "Use small letters and figures, with a space or a hyphen between words."
            yield kind.name.problem(f'"{kind.name}" cannot name a kind of source.', wish)
        elif known is not kind.name:
            wrong = f'The kind of source "{kind.name}" stands twice (first at line {known.line}).'
            yield kind.name.problem(wrong, "Keep one of them.")


def wish_for(site: Site, word: str) -> str:
    """What to do where no source of a statement can bear its binding word."""
    kinds = site.bearers(word)
    if not kinds:
        return f"{PATH} lets no kind of source bear it: take another word."
    return f"Name a source of the kind {one_of(kinds)}, or take the word that its sources bear."
