"""Two states of the records → the rows that differ.

The rows are those of `open_data.tables`. A row that stands in a list has no id: it is found again by its content, so
that one more row is one addition and not a change of all that follow.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from compass.derived.everything import Derived, derived
from compass.model.records import Event
from compass.model.reference import Reference
from compass.model.vocabulary import Absence
from compass.open_data.tables.all_tables import TABLES
from compass.open_data.tables.table import Table, Value

Cells = dict[str, Value]

# What follows from other tables, or from the place of a row, is told there.
_DERIVED = {
    "coverage": ("pillar",),
    "events": ("subject",),
    "conflict_positions": ("conflict",),
    "other_statements": ("field",),
    "open_questions": ("subject",),
}
_OF_STATEMENTS = (
    ("partnership", "place", "subject", "title", "text"),
    ("partnership", "place", "text"),
    ("partnership", "place", "subject", "title"),
)
# Of tables without ids: by which columns a row is found again, the surest first.
_SAME: dict[str, tuple[tuple[str, ...], ...]] = {
    "events": (("partnership", "date", "title"), ("partnership", "title"), ("partnership", "date")),
    "targets": (("pillar", "title"), ("pillar", "text")),
    "area_details": (("partnership", "area", "text"), ("partnership", "area")),
    "tie_details": (("partnership", "tie", "text"), ("partnership", "tie")),
    "general_statements": (("text",), ("areas",)),
    "partnership_counts": (("who", "date"),),
    "dialogues": (("partnership", "name"),),
    "signatories": (("partnership", "name"), ("partnership", "office")),
    "other_subjects": (("partnership", "title"), ("partnership", "text")),
    "assessments": (("partnership", "who", "date"), ("partnership", "who")),
    "target_steps": (
        ("pillar", "target", "kind", "text"),
        ("pillar", "kind", "text"),
        ("pillar", "target", "kind", "date"),
    ),
    "conflicts": (("partnership", "place", "title"),),
    "conflict_positions": _OF_STATEMENTS,
    "open_questions": (("partnership", "place", "text"),),
    "other_statements": _OF_STATEMENTS,
}
# Columns that tell rows apart and whose they are, but nothing of their own.
_OF_PLACE = ("partnership", "place")
# The name that a row takes from what it stands in.
_INHERITED = {"other_statements": "subject", "conflict_positions": "subject", "target_steps": "target"}
_ABSENT = (None, *(term.value for term in Absence))


@dataclass(frozen=True)
class Difference:
    """A row that is not as it was: its table, whose partnership it is, its cells before and after.

    There are no cells before a row was there, and none when it is gone.
    """

    table: Table
    owner: str | None
    before: Cells | None
    after: Cells | None

    @property
    def is_whole_partnership(self) -> bool:
        """Whether a partnership was added or removed, with all that it holds."""
        return self.table.name == "partnerships" and not (self.before and self.after)

    @property
    def cells(self) -> list[tuple[str, Value, Value]]:
        """Of each cell that differs: its column, its value before and after."""
        before, after = self.before or {}, self.after or {}
        names = (name for name in after or before if name not in _OF_PLACE)
        return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]


def differences(before: Reference, after: Reference) -> Iterator[Difference]:
    """Every row that differs, table by table. A partnership that is new or gone is one row, without all that it holds.

    A partnership whose file has a new name is the same as long as the country is.
    """
    now = _new_ids(before, after)
    formerly = {now.get(partnership.id, partnership.id) for partnership in before.partnerships}
    new_or_gone = formerly ^ {partnership.id for partnership in after.partnerships}
    derived_before, derived_after = derived(before), derived(after)
    for table in TABLES:
        if table.name == "changes":
            continue
        old, new = _rows(table, derived_before, now), _rows(table, derived_after, {})
        owns = _owner(table, after)
        for was, became in _pairs(old, new, _SAME.get(table.name, (table.key,))):
            if was and became:
                _follow_renaming(_INHERITED.get(table.name, ""), was, became, new)
            difference = Difference(table, owns(became or was), was, became)
            is_part = difference.owner in new_or_gone and table.name != "partnerships"
            # A source comes and goes with what cites it, which tells it.
            comes_along = table.name == "sources" and not (was and became)
            if difference.cells and not (is_part or comes_along or _is_absent(difference)):
                yield difference


def _new_ids(before: Reference, after: Reference) -> dict[str, str]:
    """The ids of today for partnerships whose files have new names."""
    old, new = ({partnership.iso: partnership.id for partnership in state.partnerships} for state in (before, after))
    moved = {old[iso]: new[iso] for iso in old.keys() & new.keys()}
    return {was: now for was, now in moved.items() if was not in new.values() and now not in old.values()}


def _rows(table: Table, state: Derived, now: Mapping[str, str]) -> list[Cells]:
    """The cells of a table that can be compared, by column; `now` gives ids of partnerships their new ones."""
    skipped = (*_DERIVED.get(table.name, ()), *(name for name in table.key if name == "number"))
    found = []
    for item, row in zip(table.items(state), table.rows(state), strict=True):
        cells: Cells = {}
        for column, value in zip(table.columns, row, strict=True):
            if column.name not in skipped:
                cells[column.name] = _renamed(value, now) if column.refers_to == "partnerships" else value
        match table.name:
            case "partnerships":
                cells |= {"id": _renamed(item.id, now), "file": f"{item.id}.yml"}
            case "events" if not isinstance(item.record.record, Event):
                # Acts, statuses, resolutions and prospects are told in their own tables.
                continue
            case "target_steps":
                cells["target"] = item.owner.record.title
            case "conflicts" | "conflict_positions" | "open_questions" | "other_statements":
                cells["place"] = re.sub(r"/\d+", "/*", item.place)
                if table.name == "other_statements" and hasattr(item.record, "title"):
                    cells["title"] = cells.pop("subject")
        found.append(cells)
    return found


def _renamed(value: Any, now: Mapping[str, str]) -> Value:
    return tuple(now.get(id, id) for id in value) if isinstance(value, tuple) else now.get(value, value)


def _owner(table: Table, reference: Reference) -> Callable[[Any], Any]:
    """Tells whose partnership a row is about, None when it is about none."""
    if table.name == "sources":
        owners = {source.id: partnership.id for partnership in reference.partnerships for source in partnership.sources}
        return lambda cells: owners.get(cells["id"])
    return lambda cells: cells["id"] if table.name == "partnerships" else cells.get("partnership")


def _pairs(
    before: list[Cells], after: list[Cells], same: Sequence[tuple[str, ...]]
) -> Iterator[tuple[Cells | None, Cells | None]]:
    """Each row of today with what it was, in order, and at the end those that are gone."""
    found: list[Cells | None] = [None] * len(after)
    for columns in ((), *same):
        waiting: dict[Any, deque[Cells]] = defaultdict(deque)
        for cells in before:
            waiting[_identity(cells, columns)].append(cells)
        for number, cells in enumerate(after):
            if found[number] is None and (candidates := waiting.get(_identity(cells, columns))):
                found[number] = candidates.popleft()
        left = {id(cells) for candidates in waiting.values() for cells in candidates}
        before = [cells for cells in before if id(cells) in left]
    yield from zip(found, after, strict=True)
    yield from ((cells, None) for cells in before)


def _identity(cells: Cells, columns: tuple[str, ...]) -> tuple[Any, ...]:
    """The values by which a row is found again; of no columns, all."""
    return tuple(cells.get(name) for name in columns) if columns else tuple(cells.items())


def _follow_renaming(name: str, was: Cells, became: Cells, new: Sequence[Cells]) -> None:
    """Let a row have had the new name of what it stands in, unless the old one names something still."""
    if name in was and name in became and all(cells.get(name) != was[name] for cells in new):
        was[name] = became[name]


def _is_absent(difference: Difference) -> bool:
    """Whether nothing was found in an area, before and after: then only what that is called can differ."""
    states = ((cells or {}).get("state") for cells in (difference.before, difference.after))
    return difference.table.name == "coverage" and all(state in _ABSENT for state in states)
