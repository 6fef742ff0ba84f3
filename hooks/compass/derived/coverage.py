"""Records → coverage: which area each partnership covers, how well that is evidenced, and what is common.

Nothing of it is written down in `data/` (rules of evidence, 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from compass.model.dates import PartialDate
from compass.model.records import AreaEntry, Partnership, TieEntry
from compass.model.reference import Area, Change, GeneralStatement, PartnershipSet, Pillar, Place, Prospect, Region, Tie
from compass.model.vocabulary import Absence, Stage, State

REVIEW_INTERVAL = timedelta(days=180)
_Located = TypeVar("_Located", Partnership, Prospect)


@dataclass(frozen=True, slots=True)
class Cell:
    """One area in one partnership. Without an entry nothing was found, which is never a no (rules of evidence, 3)."""

    area: Area
    partnership: Partnership
    entry: AreaEntry | None

    @property
    def state(self) -> str:
        """The value of `data-state`: `instrument`, `official`, `reported` or `not-found`."""
        return self.entry.state.value if self.entry else Absence.NOT_FOUND.value

    @property
    def term(self) -> State | Absence:
        """The state, or the kind of absence. Only of a text read in full may be said that something is not in it."""
        if self.entry:
            return self.entry.state
        return Absence.NOT_IN_TEXT if self.partnership.instrument.read_in_full else Absence.NOT_FOUND

    @property
    def words(self) -> str:
        """The state, or the kind of absence, in words."""
        return self.term.label


@dataclass(frozen=True)
class Row:
    """One area across partnerships, in their order."""

    area: Area
    cells: tuple[Cell, ...]

    @property
    def found(self) -> tuple[Cell, ...]:
        """The cells with an entry."""
        return tuple(cell for cell in self.cells if cell.entry)

    @property
    def is_common(self) -> bool:
        """Whether every partnership has an entry; of no partnerships, nothing is common."""
        return bool(self.cells) and len(self.found) == len(self.cells)

    def within(self, group: Group) -> Row:
        """The same area across the partnerships of a group only."""
        members = {one.id for one in group.partnerships}
        return Row(self.area, tuple(cell for cell in self.cells if cell.partnership.id in members))

    @property
    def weakest(self) -> State | None:
        """The weakest state among the entries; None when there is no entry."""
        order = list(State)
        return max((cell.entry.state for cell in self.cells if cell.entry), key=order.index, default=None)

    @property
    def weak_points(self) -> tuple[Cell, ...]:
        """The cells that are as weak as the weakest."""
        return tuple(cell for cell in self.cells if cell.entry and cell.entry.state is self.weakest)


@dataclass(frozen=True)
class Group:
    """Partnerships that are compared together: its name in a sentence and in the head of a column."""

    id: str
    name: str
    short: str
    partnerships: tuple[Partnership, ...]
    # The record that defines the group; None for a group that follows from the partnerships' own records.
    given: PartnershipSet | None = None


@dataclass(frozen=True)
class TieRow:
    """One tie across partnerships, in their order; None where nothing was found."""

    tie: Tie
    entries: tuple[TieEntry | None, ...]


def in_order(partnerships: Iterable[Partnership]) -> tuple[Partnership, ...]:
    """Partnerships by the sourced date of their act, then by name (rules of evidence, 5)."""
    return tuple(sorted(partnerships, key=lambda one: (one.instrument.act.date, one.name)))


def same_day(partnerships: Iterable[Partnership]) -> Mapping[str, tuple[Partnership, ...]]:
    """By a partnership's id: the others whose act bears the same date, so that only their names order them."""
    days: dict[PartialDate, list[Partnership]] = {}
    for one in partnerships:
        days.setdefault(one.instrument.act.date, []).append(one)
    return {one.id: tuple(other for other in day if other is not one) for day in days.values() for one in day}


def on_the_way(prospects: Iterable[Prospect], partnerships: Iterable[Partnership]) -> tuple[Prospect, ...]:
    """The countries on the way to a partnership, those who are furthest first; one that has a record has arrived."""
    arrived = {one.iso for one in partnerships}
    waiting = (one for one in prospects if one.iso not in arrived)
    return tuple(sorted(waiting, key=lambda one: list(Stage).index(one.stage)))


def rows(areas: Sequence[Area], partnerships: Sequence[Partnership]) -> tuple[Row, ...]:
    """The comparison: a row per area in the given order, each with a cell per partnership in the given order."""
    entries = {(one.id, entry.area): entry for one in partnerships for entry in one.areas}
    return tuple(
        Row(area, tuple(Cell(area, one, entries.get((one.id, area.id))) for one in partnerships)) for area in areas
    )


def by_pillar(pillars: Sequence[Pillar], compared: Sequence[Row]) -> tuple[tuple[Pillar, tuple[Row, ...]], ...]:
    """The rows grouped by the pillar that we file their area under, pillars by their order."""
    ordered = sorted(pillars, key=lambda pillar: pillar.order)
    return tuple((pillar, tuple(row for row in compared if row.area.pillar == pillar.id)) for pillar in ordered)


def by_term(cells: Sequence[Cell]) -> tuple[tuple[State | Absence, tuple[Cell, ...]], ...]:
    """Cells by what is known of each, strongest evidence first; only the kinds that there are."""
    kinds = ((term, tuple(cell for cell in cells if cell.term is term)) for term in (*State, *Absence))
    return tuple((term, those) for term, those in kinds if those)


def absences(partnerships: Iterable[Partnership]) -> tuple[Absence, ...]:
    """The kinds of absence that can be: “Not in the text” only once an instrument has been read in full."""
    read_in_full = any(one.instrument.read_in_full for one in partnerships)
    return (Absence.NOT_FOUND, Absence.NOT_IN_TEXT) if read_in_full else (Absence.NOT_FOUND,)


def common(compared: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of the areas for which every partnership has an entry."""
    return tuple(row for row in compared if row.is_common)


def found_once(compared: Sequence[Row]) -> tuple[Row, ...]:
    """The rows of the areas for which only one partnership has an entry."""
    return tuple(row for row in compared if len(row.found) == 1)


def headline_groups(sets: Iterable[PartnershipSet], partnerships: Sequence[Partnership]) -> tuple[Group, ...]:
    """The groups that every page tells apart: the sets that `data/sets.yml` defines, and all partnerships."""
    given = (
        Group(one.id, one.name, one.short, tuple(each for each in partnerships if each.id in one.members), one)
        for one in sets
    )
    return (*given, Group("all", f"all {len(partnerships)} in this reference", "All", tuple(partnerships)))


def derived_groups(regions: Iterable[Region], partnerships: Sequence[Partnership]) -> tuple[Group, ...]:
    """Groups that follow from the records: by the year of the act and by region, each with two members or more.

    Takes the partnerships in the order of their dates.
    """
    groups = [
        Group(f"year-{year}", str(year), str(year), tuple(members))
        for year, members in groupby(partnerships, key=lambda one: one.instrument.act.date.year)
    ]
    groups += [
        Group(
            f"region-{region.id}",
            region.name,
            region.name,
            tuple(one for one in partnerships if one.region == region.id),
        )
        for region in regions
    ]
    return tuple(group for group in groups if len(group.partnerships) > 1)


def columns(compared: Sequence[Row]) -> Mapping[str, tuple[Cell, ...]]:
    """By a partnership's id: its cells in the best evidenced order, those not found last."""
    order = [*State, Absence.NOT_FOUND]
    of_each = zip(*(row.cells for row in compared), strict=True)
    return {
        cells[0].partnership.id: tuple(sorted(cells, key=lambda cell: order.index(cell.state))) for cells in of_each
    }


def tie_rows(ties: Sequence[Tie], partnerships: Sequence[Partnership]) -> tuple[TieRow, ...]:
    """Ties across partnerships: a row per tie, an entry or None per partnership, both in the given order."""
    entries = {(one.id, entry.tie): entry for one in partnerships for entry in one.ties}
    return tuple(TieRow(tie, tuple(entries.get((one.id, tie.id)) for one in partnerships)) for tie in ties)


def ties_of(partnership: Partnership, ties: Iterable[Tie]) -> tuple[tuple[Tie, TieEntry], ...]:
    """The ties of one partner that were found, in the given order."""
    entries = {entry.tie: entry for entry in partnership.ties}
    return tuple((tie, entries[tie.id]) for tie in ties if tie.id in entries)


def located_at(place: Place, items: Iterable[_Located]) -> tuple[_Located, ...]:
    """The partnerships, or the countries on the way to one, that are a country or lie in a region Parliament named."""
    return tuple(
        one
        for one in items
        if (place.iso is not None and one.iso == place.iso) or (place.region is not None and one.region == place.region)
    )


def statements_on(area: Area, statements: Iterable[GeneralStatement]) -> tuple[GeneralStatement, ...]:
    """What official texts say on an area about the partnerships as a group."""
    return tuple(statement for statement in statements if area.id in statement.areas)


def newest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes by their dates; those of one day as they stand in the file, which has the newest on top."""
    return tuple(sorted(changes, key=lambda change: change.date, reverse=True))


def review_is_due(partnership: Partnership, today: date) -> bool:
    """Whether no person has re-read the record against its sources in the last 180 days (rules of evidence, 8)."""
    return partnership.reviewed is None or today - partnership.reviewed.first_day > REVIEW_INTERVAL
