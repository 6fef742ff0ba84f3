"""Records → everything that follows from them, computed once: one value, handed to pages and open data alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compass.derived import chronology, comparison, coverage
from compass.derived.chronology import Entry
from compass.derived.comparison import Pair
from compass.derived.coverage import Cell, Group, Row, TieRow
from compass.model.dates import PartialDate
from compass.model.records import Partnership
from compass.model.reference import Change, Pillar, Prospect, Reference
from compass.model.vocabulary import Absence


@dataclass(frozen=True)
class Derived:
    """The records, and what follows from them."""

    reference: Reference
    """All records of `data/`, as they were read."""
    partnerships: tuple[Partnership, ...]
    """The partnerships by the sourced date of their act, then by name."""
    order: Mapping[str, int]
    """By a partnership's id: its place in that order, from 1."""
    same_day: Mapping[str, tuple[Partnership, ...]]
    """By a partnership's id: the others whose act bears the same date."""
    evidence_as_of: PartialDate | None
    """The date of the newest evidence; None without partnerships."""
    rows: tuple[Row, ...]
    """The comparison: a row per area, with a cell per partnership."""
    rows_by_pillar: tuple[tuple[Pillar, tuple[Row, ...]], ...]
    """Those rows by the pillar that we file their area under; the pillars by their order."""
    columns: Mapping[str, tuple[Cell, ...]]
    """By a partnership's id: its cells in the best evidenced order, those not found last."""
    absences: tuple[Absence, ...]
    """The kinds of absence that there can be: “Not in the text” only once an instrument has been read in full."""
    groups: tuple[Group, ...]
    """The groups of `data/sets.yml`, and all partnerships."""
    derived_groups: tuple[Group, ...]
    """The groups by year and by region that have two members or more."""
    nearest: Mapping[str, tuple[Pair, ...]]
    """By a partnership's id: the pairs with the three that share most of its areas, nearest first."""
    tie_rows: tuple[TieRow, ...]
    """A row per kind of tie, with an entry or None per partnership."""
    prospects: tuple[Prospect, ...]
    """The countries on the way to a partnership, those who are furthest first."""
    chronology: tuple[Entry, ...]
    """Everything that has a date, oldest first."""
    acts_by_year: tuple[tuple[int, tuple[tuple[Partnership, float], ...]], ...]
    """By year: the partnerships made in it, each with the part of the year gone by."""
    changes: tuple[Change, ...]
    """The changes of substance to the data, newest first."""


def derived(reference: Reference) -> Derived:
    """Derive everything from the records."""
    areas, partnerships = reference.areas.areas, coverage.in_order(reference.partnerships)
    rows = coverage.rows(areas, partnerships)
    prospects = coverage.on_the_way(reference.pipeline.prospects, partnerships)
    return Derived(
        reference=reference,
        partnerships=partnerships,
        order={partnership.id: number for number, partnership in enumerate(partnerships, start=1)},
        same_day=coverage.same_day(partnerships),
        evidence_as_of=max((partnership.evidence_as_of for partnership in partnerships), default=None),
        rows=rows,
        rows_by_pillar=coverage.by_pillar(reference.pillars.pillars, rows),
        columns=coverage.columns(rows),
        absences=coverage.absences(partnerships),
        groups=coverage.headline_groups(reference.sets, partnerships),
        derived_groups=coverage.derived_groups(reference.regions, partnerships),
        nearest=comparison.nearest(areas, partnerships),
        tie_rows=coverage.tie_rows(reference.ties, partnerships),
        prospects=prospects,
        chronology=chronology.chronology(reference, prospects),
        acts_by_year=chronology.acts_by_year(partnerships),
        changes=coverage.newest_first(reference.changes),
    )
