"""Chronology → picture: a mark for each entry, in the lane of its subject and the column of its year.

Nothing is to scale but the count: a year is as wide as its fullest lane, so that no mark covers another and each can be
told. `timeline.html` draws it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from compass.derived.chronology import Entry
from compass.model.records import Partnership

# In units of the picture: from mark to mark, from lane to lane, the least width of a year, the room above for years.
STEP, LANE, NARROW, HEAD = 10, 24, 16, 34
# Marks of one year and lane stand in so many rows.
_ROWS = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """An entry, and where it is drawn."""

    entry: Entry
    x: int
    y: int


@dataclass(frozen=True)
class Lane:
    """A subject with its marks, in the order of their dates."""

    id: str
    name: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Year:
    """A year's column: where it begins, and where its middle is."""

    year: int
    left: int
    middle: int


@dataclass(frozen=True)
class Chart:
    """The picture: its size, its columns and its lanes, and how many entries there are of each kind."""

    width: int
    height: int
    years: tuple[Year, ...]
    lanes: tuple[Lane, ...]
    kinds: tuple[tuple[str, str, int], ...]


def draw(entries: Sequence[Entry], partnerships: Sequence[Partnership]) -> Chart:
    """Lay out entries that are in the order of their dates, in lanes in the order of the partnerships, others last."""
    names = {one.id: one.name for one in partnerships}
    names |= {entry.lane: entry.subject for entry in entries if entry.lane not in names}
    cells: dict[tuple[str, int], list[Entry]] = {}
    for entry in entries:
        cells.setdefault((entry.lane, entry.date.year), []).append(entry)
    years, at, right = [], {}, 0
    for year, _ in groupby(entries, key=lambda entry: entry.date.year):
        fullest = max(len(cells.get((lane, year), ())) for lane in names)
        width = max(NARROW, -(-fullest // _ROWS) * STEP + STEP // 2)
        at[year] = right
        years.append(Year(year, right, right + width // 2))
        right += width
    lanes = []
    for number, (lane, name) in enumerate(names.items()):
        top = HEAD + number * LANE + (LANE - (_ROWS - 1) * STEP) // 2
        marks = [
            Mark(entry, at[year] + STEP * 3 // 4 + index // _ROWS * STEP, top + index % _ROWS * STEP)
            for year in at
            for index, entry in enumerate(cells.get((lane, year), ()))
        ]
        lanes.append(Lane(lane, name, tuple(marks)))
    kinds = {entry.kind_id: entry.kind for entry in entries}
    numbers = Counter(entry.kind_id for entry in entries)
    counts = [(id_, kind, numbers[id_]) for id_, kind in kinds.items()]
    counts.sort(key=lambda kind: (-kind[2], kind[1]))
    return Chart(right, HEAD + LANE * len(names), tuple(years), tuple(lanes), tuple(counts))
