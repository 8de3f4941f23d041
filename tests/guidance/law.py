"""The table of the law in tests/guidance/law.yml: its facts, its rows, and which rows hold for a mixture of facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any, TypeVar, cast, get_args

from macros.source.files import read_yaml
from macros.source.text import Keyed, Listed, Node
from macros.topics.working_days import Unit

FILE = Path(__file__).parent / "law.yml"
NONE = "none"  # the binding of a row that says where a duty does not apply
Case = Mapping[str, str]
Condition = Mapping[str, tuple[str, ...]]
T = TypeVar("T")


@dataclass(frozen=True)
class Fact:
    """What can be known, how it is told, and what each of its values means; the top of the file explains the fields."""

    told: str
    means: str
    values: Mapping[str, str]
    unsure: tuple[str, ...]

    @property
    def unsaid(self) -> str | None:
        """The value that holds where nothing is said; a question has none."""
        return None if self.told == "question" else next(iter(self.values))


@dataclass(frozen=True)
class Time:
    """The time of a duty: a number with its unit and clock, or words."""

    binding: str
    sources: tuple[str, ...]
    grade: str
    at: str = ""
    words: str = ""
    number: str = ""
    unit: str = ""
    kind: str = ""
    clock: str = ""

    @property
    def count_in(self) -> Unit:
        """The unit of its number, one that dates can be counted in."""
        assert self.unit in get_args(Unit), self.unit
        return cast(Unit, self.unit)

    @property
    def length(self) -> tuple[str, ...]:
        """What is said of the time, without what it rests on."""
        return (self.binding, self.words, self.number, self.unit, self.kind, self.clock)


@dataclass(frozen=True)
class Row:
    """One sentence of the law or the guidance with the facts in which it applies; `line` is where it begins."""

    id: str
    says: str
    when: tuple[Condition, ...]
    duty: str
    binding: str
    sources: tuple[str, ...]
    grade: str
    line: int
    who: str = ""
    does: str = ""
    plural: str = ""
    at: str = ""
    by: Time | None = None
    doubt: str = ""

    @property
    def verdict(self) -> tuple[object, ...]:
        """What the row says of its duty: how binding it is, on whom, and by when."""
        return (self.binding,) if self.binding == NONE else (self.binding, self.who, self.by and self.by.length)

    @property
    def bound(self) -> tuple[Row | Time, ...]:
        """The row and its time: each has a binding word, sources and a grade of its own."""
        return (self, self.by) if self.by else (self,)

    def fits(self, case: Case) -> bool:
        """Whether the row holds in a case that names each fact the row asks for."""
        return any(all(case[fact] in values for fact, values in one.items()) for one in self.when)


@dataclass(frozen=True)
class Law:
    """The content of tests/guidance/law.yml."""

    facts: Mapping[str, Fact]
    duties: Mapping[str, str]
    clocks: Mapping[str, str]
    sources: Mapping[str, Mapping[str, str]]
    whole: tuple[str, ...]
    left_out: tuple[Mapping[str, str], ...]
    rows: tuple[Row, ...]

    def of(self, duty: str) -> tuple[Row, ...]:
        """The rows of a duty."""
        return tuple(row for row in self.rows if row.duty == duty)

    def filled(self, told: Case) -> dict[str, str]:
        """A case with what holds where nothing is said; a question that is not answered stays out."""
        unsaid = {name: fact.unsaid for name, fact in self.facts.items() if fact.unsaid}
        return {**unsaid, **told}

    def holding(self, told: Case) -> tuple[Row, ...]:
        """The rows that hold in a case; one that asks for what the case does not answer does not hold."""
        case = dict.fromkeys(self.facts, "") | self.filled(told)
        return tuple(row for row in self.rows if row.fits(case))

    def owed(self, told: Case) -> dict[str, Row]:
        """The duties that apply in a case, each with the first row that says so."""
        rows = reversed(self.holding(told))
        return {row.duty: row for row in rows if row.binding != NONE}

    def mixtures(self, duties: Iterable[str]) -> Iterator[dict[str, str]]:
        """Every mixture of the facts that rows of these duties ask for."""
        names = sorted({fact for duty in duties for row in self.of(duty) for one in row.when for fact in one})
        for values in product(*(self.facts[name].values for name in names)):
            yield dict(zip(names, values, strict=True))


def meet(one: Row, other: Row) -> bool:
    """Whether some case fits both rows."""
    return any(
        all(set(first[fact]) & set(second[fact]) for fact in first.keys() & second.keys())
        for first, second in product(one.when, other.when)
    )


def load(file: Path = FILE) -> Law:
    """The table as it stands in the file."""
    given = read(file)
    facts = {name: _fact(entry) for name, entry in given.pop("facts").items()}
    rows = tuple(_row(row) for row in given.pop("rows"))
    return made(Law, {**given, "facts": facts, "rows": rows})


def read(file: Path) -> Any:
    """The content of a YAML file as texts, tuples and dictionaries; each entry of a list of keys says its line."""
    node, problems = read_yaml(file, file.name)
    assert not problems, "\n".join(map(str, problems))
    assert node is not None
    return _plain(node)


def _plain(node: Node) -> Any:
    if isinstance(node, Listed):
        return tuple(_plain(item) for item in node.items)
    if isinstance(node, Keyed):
        return {str(name): _plain(value) for name, value in node.items.items()} | (
            {"line": node.line} if "id" in node.items else {}
        )
    return str(node)


def _fact(entry: dict[str, Any]) -> Fact:
    values = {name: value["means"] for name, value in entry["values"].items()}
    unsure = tuple(name for name, value in entry["values"].items() if value.get("unsure") == "true")
    return made(Fact, {**entry, "values": values, "unsure": unsure})


def _row(entry: dict[str, Any]) -> Row:
    by = {"by": made(Time, entry["by"])} if "by" in entry else {}
    return made(Row, entry | by)


def made(kind: type[T], given: Mapping[str, Any]) -> T:
    """One of `kind` from what the file gives; a field too many or too few is named."""
    own = fields(kind)  # type: ignore[arg-type]
    known = {field.name: field.default is MISSING and field.default_factory is MISSING for field in own}
    place = f"{given.get('id', kind.__name__)}"
    assert set(given) <= set(known), f"{place}: {sorted(set(given) - set(known))} is not known here"
    missing = [name for name, needed in known.items() if needed and name not in given]
    assert not missing, f"{place}: {missing} is missing"
    return kind(**given)
