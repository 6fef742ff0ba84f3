"""Records → map: which countries are coloured, marked and named, and where each name finds room. `map.html` draws it.

The shapes are those of `world.json`, which `tools/draw_world.mjs` makes from Natural Earth. It holds every country, so
that a new partnership shows on the map without another step. Two maps: the world, and Europe in larger scale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from compass.model.records import Partnership

_NAMES = {"world": "World", "europe": "Europe"}
# A letter's height as a part of the map's width, where it is largest: on a phone. And a letter's width, and the room
# around a mark, as parts of that.
_LETTER, _WIDE, _MARK = 0.034, 0.68, 0.35
_NUMBER = re.compile(r"-?\d+")
_Box = tuple[float, float, float, float]
_Side = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Label:
    """Where a name stands beside its mark: how it is anchored, and how far off, in heights of a letter."""

    anchor: str
    dx: float
    dy: float

    def box(self, x: float, y: float, name: str, size: float) -> _Box:
        """Left, top, right and bottom of the name."""
        width = len(name) * _WIDE * size
        left = x + self.dx * size - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        bottom = y + (self.dy + 0.15) * size
        return left, bottom - size, left + width, bottom


_LABELS = (Label("start", 0.6, 0.35), Label("end", -0.6, 0.35), Label("middle", 0, -0.6), Label("middle", 0, 1.3))


@dataclass(frozen=True)
class Place:
    """A partner on a map: its shape (empty for a country too small for one), its mark, and its name if it has room.

    Each partner is at home on one map, the larger in scale; on another it is drawn, but not marked again.
    """

    partnership: Partnership
    shape: str
    x: int
    y: int
    at_home: bool
    label: Label | None

    @property
    def marked(self) -> bool:
        """Whether it has a mark: at home, and where it would not be seen without one."""
        return self.at_home or not self.shape


@dataclass(frozen=True)
class Map:
    """A map: its size, the outline of all land, the shapes of the Member States as one, and the partners."""

    id: str
    name: str
    width: int
    height: int
    land: str
    members: str
    places: tuple[Place, ...]


def maps(partnerships: Sequence[Partnership], members: Iterable[str]) -> tuple[Map, ...]:
    """The maps with these partnerships on them, in their order, and the countries with these codes as Member States."""
    codes = tuple(members)
    return tuple(_map(id_, partnerships, codes) for id_ in _NAMES)


def not_drawn(partnerships: Iterable[Partnership]) -> tuple[Partnership, ...]:
    """The partnerships with countries that the shapes do not tell of."""
    return tuple(one for one in partnerships if one.iso not in _world()["world"]["points"])


@cache
def _world() -> dict[str, Any]:
    world: dict[str, Any] = json.loads(Path(__file__).with_name("world.json").read_text("utf-8"))
    return world


def _map(id_: str, partnerships: Sequence[Partnership], members: Sequence[str]) -> Map:
    drawn = _world()[id_]
    here = [one for one in partnerships if one.iso in drawn["points"]]
    places = tuple(_places(id_, drawn, here, members))
    shaded = "".join(drawn["shapes"].get(code) or _dot(drawn["points"].get(code)) for code in members)
    return Map(id_, _NAMES[id_], drawn["width"], drawn["height"], drawn["land"], shaded, places)


def _places(
    id_: str, drawn: dict[str, Any], partnerships: Sequence[Partnership], members: Sequence[str]
) -> Iterator[Place]:
    """The partners on a map, each name where it covers no mark and no other name, and least of what is shaded."""
    size = _LETTER * drawn["width"]
    europe = _world()["europe"]["points"]
    at_home = {one.id: drawn["points"][one.iso] for one in partnerships if id_ == "europe" or one.iso not in europe}
    reach = _MARK * size
    taken = [(x - reach, y - reach, x + reach, y + reach) for x, y in at_home.values()]
    codes = (*members, *(one.iso for one in partnerships))
    sides = [side for code in codes for side in _sides(drawn["shapes"].get(code, ""))]
    for one in partnerships:
        x, y = drawn["points"][one.iso]
        label = None
        if one.id in at_home:
            boxes = {label: label.box(x, y, one.name, size) for label in _LABELS}
            free = [
                label
                for label, box in boxes.items()
                if min(box) >= 0 and box[2] <= drawn["width"] and box[3] <= drawn["height"]
                if not any(_overlap(box, other) for other in taken)
            ]
            label = min(free, key=lambda label: _shaded(boxes[label], sides), default=None)
            taken += [boxes[label]] if label else []
        yield Place(one, drawn["shapes"].get(one.iso, ""), x, y, one.id in at_home, label)


def _sides(shape: str) -> Iterator[_Side]:
    """The sides of a shape, whose path tells of each ring its start and the steps from there."""
    for ring in shape.split("M")[1:]:
        numbers = [int(number) for number in _NUMBER.findall(ring)]
        corners = list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True))
        yield from pairwise((*corners, corners[0]))


def _shaded(box: _Box, sides: Sequence[_Side]) -> float:
    """How much of a name in a box stands on what these sides enclose, along the middle of its letters."""
    left, top, right, bottom = box
    y = (top + bottom) / 2
    across = (((x1, y1), (x2, y2)) for (x1, y1), (x2, y2) in sides if (y1 > y) != (y2 > y))
    cuts = sorted(x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in across)
    return sum(max(0, min(end, right) - max(start, left)) for start, end in zip(cuts[::2], cuts[1::2], strict=True))


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _dot(point: tuple[int, int] | None) -> str:
    """A shape for a Member State that is too small for its own."""
    return f"M{point[0] - 3} {point[1]}l3-3 3 3-3 3z" if point else ""
