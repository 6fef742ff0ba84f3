"""What is derived from the records: computed once, the same for pages and open data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from compass.derived import coverage
from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.publication import published
from compass.reading.reader import read
from compass.site.website import website
from support.records import SITE


def test_everything_follows_the_order_of_the_acts(reference: Reference) -> None:
    everything = derived(reference)
    assert list(everything.order.values()) == [1, 2, 3, 4, 5, 6]
    ids = [partnership.id for partnership in everything.partnerships]
    assert list(everything.order) == list(everything.columns) == list(everything.nearest) == ids
    assert all([cell.partnership.id for cell in row.cells] == ids for row in everything.rows)
    assert [len(tie_row.entries) for tie_row in everything.tie_rows] == [6] * len(reference.ties)
    assert everything.groups[-1].partnerships == everything.partnerships


def test_rows_by_pillar_are_the_rows(reference: Reference) -> None:
    everything = derived(reference)
    grouped = [row for _, rows in everything.rows_by_pillar for row in rows]
    assert {id(row) for row in grouped} == {id(row) for row in everything.rows}


def test_records_stay_as_they_were_read_and_nothing_can_be_set(reference: Reference) -> None:
    everything = derived(reference)
    assert everything.reference is reference
    with pytest.raises(FrozenInstanceError):
        everything.rows = ()  # type: ignore[misc]


def test_without_partnerships_nothing_follows(write: Callable[..., Path]) -> None:
    empty = {"partnerships/freedonia.yml": None, "changes.yml": "[]\n", "sets.yml": "[]\n"}
    everything = derived(read(write(empty))[0])
    assert everything.evidence_as_of is None
    assert (everything.order, everything.columns, everything.nearest) == ({}, {}, {})
    assert [row.cells for row in everything.rows] == [(), ()]


def test_the_whole_site_is_derived_once(reference: Reference, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def counted(place: str, function: Callable[..., object]) -> None:
        def call(*arguments: object) -> object:
            calls.append(place)
            return function(*arguments)

        monkeypatch.setattr(place, call)

    counted("compass.derived.coverage.in_order", coverage.in_order)
    counted("compass.derived.coverage.on_the_way", coverage.on_the_way)
    counted("compass.derived.coverage.rows", coverage.rows)
    counted("compass.site.website.published", published)
    assert list(website(reference, SITE, {"index.md": "# {{ rows | length }}"}))
    assert sorted(calls) == [
        "compass.derived.coverage.in_order",
        "compass.derived.coverage.on_the_way",
        "compass.derived.coverage.rows",
        "compass.site.website.published",
    ]
