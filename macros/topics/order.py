"""The order of duties: which one follows which, and times that no order allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf

from macros.source.problems import Problem, one_of
from macros.topics.duties import Clock, Duties, Duty, Period, short


@dataclass(frozen=True)
class Span:
    """The first and the last day on which a duty is done, counted in a unit from a clock."""

    clock: str
    unit: str
    first: float
    last: float

    @property
    def end(self) -> float:
        """The day on which it is over at the latest; of what is kept for a least time, at the earliest."""
        return self.first if self.last == inf else self.last

    def surely(self) -> tuple[float, float]:
        """The last day in calendar days: the least that it can be and the most, whatever weekends lie between."""
        number = self.end
        least, most = {
            "working days": (number + number // 5 * 2, number + -(-number // 5) * 2 + 4),  # four holidays at Christmas
            "calendar days": (number, number),
            "hours": (number // 24, -(-number // 24)),
            "weeks": (7 * number, 7 * number),
            "months": (28 * number, 31 * number),
            "years": (365 * number, 366 * number),
        }[self.unit]
        return min(least, most), max(least, most)


class Order:
    """The duties with what comes before each."""

    def __init__(self, duties: Duties) -> None:
        self.duties: Mapping[str, Duty] = {str(duty.id): duty for duty in duties.duties}
        self.clocks: Mapping[str, Clock] = {str(clock.id): clock for clock in duties.clocks}

    def before(self, name: str) -> list[str]:
        """All duties that come before one, the nearest first, itself among them where they lead in a circle."""
        found, waiting = dict[str, None](), [name]
        while waiting:
            step = self.duties.get(waiting.pop(0))
            fresh = [str(other) for other in (step.after if step else ()) if other not in found]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
        return list(found)

    def spans(self, duty: Duty, passed: frozenset[str] = frozenset()) -> Iterator[Span]:
        """When a duty is done, from its own clock and from the clock of the duty that starts that one, and so on."""
        own = _span(duty.period) if duty.period else None
        if own is None:
            return
        yield own
        starter = self.duties.get(self.clocks[own.clock].started_by or "") if own.clock in self.clocks else None
        if starter and starter.id not in passed:
            for span in self.spans(starter, passed | {str(duty.id)}):
                if span.unit == own.unit:
                    yield Span(span.clock, span.unit, span.first + own.first, span.last + own.last)

    def nearest(self, duty: Duty) -> Iterator[Duty]:
        """The nearest duties before one whose times can be compared with its own."""
        clocks, passed = {span.clock for span in self.spans(duty)}, set[str]()
        waiting = [str(name) for name in duty.after]
        while waiting:
            earlier = self.duties.get(waiting.pop(0))
            if earlier is None or earlier.id in passed:
                continue
            passed.add(str(earlier.id))
            if clocks & {span.clock for span in self.spans(earlier)}:
                yield earlier
            else:
                waiting += map(str, earlier.after)


def _span(period: Period) -> Span | None:
    number, first = period.number, period.earliest
    if number is None or period.clock is None or period.kind == "every":
        return None
    days = {
        "within": (0.0, number),
        "on": (number if first is None else first, number),
        "at least": (number, inf),
        "before": (-inf, -number),
    }[period.kind]
    return Span(str(period.clock), period.unit, *days)


def check_order(duties: Duties) -> Iterator[Problem]:
    """Duties that follow themselves, and those that have to be done before one that they follow."""
    order, circle = Order(duties), set[str]()
    for duty in duties.duties:
        before = order.before(duty.id)
        if duty.id in before:
            others = [name for name in before if name != duty.id and duty.id in order.before(name)]
            way = f", by way of {one_of(others[:2]).replace(' or ', ' and ')}" if others else ""
            if duty.id not in circle:
                wish = 'Take one of them out of "after".'
                yield duty.place.problem(f'The duty "{duty.id}" follows itself{way}.', wish, "after")
            circle |= {str(duty.id), *others}
            continue
        for earlier in order.nearest(duty):
            if duty.period and earlier.period and _clash(order, duty, earlier):
                times = f"{short(duty.period, dict(order.clocks))}, and {short(earlier.period, dict(order.clocks))}"
                wrong = f'"{duty.id}" comes after "{earlier.id}", and their times do not allow it: {times}.'
                wish = 'Change one of the two times, or "after" where the order is another.'
                yield duty.period.place.problem(wrong, wish, "number")


def _clash(order: Order, later: Duty, earlier: Duty) -> bool:
    """Whether a duty ends, or has its days, before the one that it follows."""
    has_days = later.period is not None and later.period.kind == "on"
    for one in order.spans(later):
        for other in (span for span in order.spans(earlier) if span.clock == one.clock):
            if one.unit != other.unit:
                if one.surely()[1] < other.surely()[0]:
                    return True
            elif one.last < other.end or (has_days and one.first < other.first):
                return True
    return False
