"""Places the boxes of a tree so that its arrows never cross and the whole prints as large as it can on one sheet.

Each box has those that it leads to at its right, one under the other in the order of its rows; one of them may stand
below it instead. Which one, and where, is chosen for the whole tree at once: every box keeps the list of the layouts
that its part of the tree can take, none of them both wider and higher than another, and the best for the sheet wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
Point = tuple[float, float]
GAP, STACK, BELOW, COLUMN = 40.0, 11.0, 16.0, 40.0
_MOST = 20


@dataclass(frozen=True)
class Child:
    """A box that another leads to: which one, and how far down the other's side the arrow leaves."""

    box: int
    row: float
    may_stand_below: bool = True


@dataclass(frozen=True)
class Box:
    """A box: its size, how far down its side arrows arrive, and the boxes that it leads to, in the order of its rows."""

    width: float
    height: float
    door: float
    children: tuple[Child, ...] = ()


@dataclass(frozen=True)
class Layout:
    """One way to place a box with all that follows from it; `below` is the child that stands under it."""

    box: int
    width: float
    height: float
    below: int | None
    parts: tuple[Layout, ...]


@dataclass(frozen=True)
class Columns:
    """The layouts of whole trees, each with its corner."""

    width: float
    height: float
    parts: tuple[tuple[Layout, float, float], ...]

    def scale(self, sheets: Sequence[Point]) -> float:
        """How large it prints on the sheet that suits it best."""
        return max(min(wide / self.width, high / self.height) for wide, high in sheets)


@dataclass(frozen=True)
class Placed:
    """The picture's size and scale on paper, the corner of each box, and the boxes that stand below what leads to them."""

    width: float
    height: float
    scale: float
    corners: dict[int, Point]
    below: frozenset[int]


def place(boxes: Sequence[Box], roots: Sequence[int], sheets: Sequence[Point]) -> Placed:
    """The boxes of the trees that start with `roots`, in columns; each of `sheets` is the room of a sheet of paper."""
    layouts: dict[int, list[Layout]] = {}
    for box in reversed(_in_order(boxes, roots)):
        layouts[box] = _layouts(box, boxes, layouts)
    trees = [layouts[root] for root in roots]
    heights = sorted({layout.height for tree in trees for layout in tree} | {sum(tree[-1].height for tree in trees)})
    ways = [way for height in heights if (way := _columns(trees, height))]
    best = max(ways, key=lambda way: way.scale(sheets))
    corners: dict[int, Point] = {}
    below: set[int] = set()
    todo = list(best.parts)
    while todo:
        layout, x, y = todo.pop()
        corners[layout.box] = (x, y)
        if layout.below is not None:
            below.add(layout.parts[layout.below].box)
        todo += _parts(layout, boxes[layout.box], boxes, x, y)
    return Placed(best.width, best.height, best.scale(sheets), corners, frozenset(below))


def _columns(trees: Sequence[list[Layout]], height: float) -> Columns | None:
    """The trees one under the other, in as many columns as it takes to stay within the height."""
    x = y = wide = high = 0.0
    parts: list[tuple[Layout, float, float]] = []
    for tree in trees:
        fitting = [layout for layout in tree if layout.height <= height]
        if not fitting:
            return None
        under = [layout for layout in fitting if y + layout.height <= height and layout.width <= wide]
        if not under and parts:
            x, y, wide = x + wide + COLUMN, 0.0, 0.0
        layout = (under or fitting)[0]
        parts.append((layout, x, y))
        wide, high = max(wide, layout.width), max(high, y + layout.height)
        y += layout.height + COLUMN
    return Columns(x + wide, high, tuple(parts))


def _in_order(boxes: Sequence[Box], roots: Sequence[int]) -> list[int]:
    order = list(roots)
    for box in order:
        order += [child.box for child in boxes[box].children]
    return order


def _layouts(number: int, boxes: Sequence[Box], known: dict[int, list[Layout]]) -> list[Layout]:
    """The layouts that a box and what follows from it can take."""
    box, layouts = boxes[number], []
    for below in [None, *(n for n, child in enumerate(box.children) if child.may_stand_below)]:
        beside = _stacks([known[child.box] for n, child in enumerate(box.children) if n != below])
        for wide, high, parts in beside:
            width, height = box.width + (GAP + wide if parts else 0), max(box.height, high)
            if below is None:
                layouts.append(Layout(number, width, height, None, parts))
                continue
            for under in known[box.children[below].box]:
                whole = (*parts[:below], under, *parts[below:])
                total = height + BELOW + under.height
                layouts.append(Layout(number, max(width, under.width), total, below, whole))
    return _thin(layouts)


def _stacks(children: Sequence[list[Layout]]) -> list[tuple[float, float, tuple[Layout, ...]]]:
    """The sizes that boxes one under the other can take together."""
    stacks: list[tuple[float, float, tuple[Layout, ...]]] = [(0.0, 0.0, ())]
    for layouts in children:
        longer = [
            (max(wide, layout.width), high + layout.height + (STACK if parts else 0), (*parts, layout))
            for wide, high, parts in stacks
            for layout in layouts
        ]
        kept: list[tuple[float, float, tuple[Layout, ...]]] = []
        for stack in sorted(longer, key=lambda stack: stack[:2]):
            if not kept or stack[1] < kept[-1][1]:
                kept.append(stack)
        stacks = _spread(kept)
    return stacks


def _thin(layouts: list[Layout]) -> list[Layout]:
    """The layouts of which none is both wider and higher than another."""
    kept: list[Layout] = []
    for layout in sorted(layouts, key=lambda layout: (layout.width, layout.height)):
        if not kept or layout.height < kept[-1].height:
            kept.append(layout)
    return _spread(kept)


def _spread(things: list[T]) -> list[T]:
    """At most so many of the things, evenly taken, the first and the last among them."""
    if len(things) <= _MOST:
        return things
    return [things[round(n * (len(things) - 1) / (_MOST - 1))] for n in range(_MOST)]


def _parts(layout: Layout, box: Box, boxes: Sequence[Box], x: float, y: float) -> list[tuple[Layout, float, float]]:
    """Where the parts of a layout stand: those at the right as level with their rows as there is room for."""
    beside = [n for n in range(len(layout.parts)) if n != layout.below]
    stack = sum(layout.parts[n].height for n in beside) + STACK * (len(beside) - 1)
    room, high, tops = max(box.height, stack), 0.0, {}
    for n in beside:
        wish = box.children[n].row - boxes[layout.parts[n].box].door
        tops[n] = high = max(high, wish)
        high += layout.parts[n].height + STACK
    for n in reversed(beside):
        tops[n] = min(tops[n], room - layout.parts[n].height)
        room = tops[n] - STACK
    placed = [(layout.parts[n], x + box.width + GAP, y + tops[n]) for n in beside]
    if layout.below is not None:
        under = layout.parts[layout.below]
        placed.append((under, x, y + max(box.height, stack) + BELOW))
    return placed
