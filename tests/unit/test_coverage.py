"""What is computed of the records: order, cells, what is common, groups, columns, places, when a review is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compass.derived import coverage
from compass.model.dates import PartialDate
from compass.model.records import Partnership
from compass.model.reference import Reference
from compass.model.vocabulary import State
from compass.reading.reader import read
from support.records import SMALLEST, of_another


@pytest.fixture
def two(write: Callable[..., Path]) -> Reference:
    """Two partnerships: the second is older, covers both areas, and only reports say that it covers the first."""
    other = (
        of_another(SMALLEST["partnerships/freedonia.yml"], "Sylvania", "SY")
        .replace("date: 2024-05-28, s", "date: 2024-05, s")
        .replace("state: official", "state: reported")
        .replace("areas:\n", "areas:\n  - {area: space, state: instrument, summary: In orbit., sources: [shared]}\n")
    )
    return read(write({"partnerships/sylvania.yml": other}))[0]


def compared(reference: Reference) -> dict[str, coverage.Row]:
    """The rows of the comparison, by their area."""
    partnerships = coverage.in_order(reference.partnerships)
    return {row.area.id: row for row in coverage.rows(reference.areas.areas, partnerships)}


def test_partnerships_stand_in_the_order_of_their_dates(two: Reference) -> None:
    assert [record.id for record in two.partnerships] == ["freedonia", "sylvania"]
    assert [record.id for record in coverage.in_order(two.partnerships)] == ["sylvania", "freedonia"]


def test_there_is_a_cell_for_every_area_and_partnership(two: Reference) -> None:
    rows = compared(two)
    assert [(row.area.id, [cell.state for cell in row.cells]) for row in rows.values()] == [
        ("cyber", ["reported", "official"]),
        ("space", ["instrument", "not-found"]),
    ]
    assert [cell.words for cell in rows["space"].cells] == ["Stated in the text", "Not found"]


def test_only_a_text_read_in_full_can_be_silent(two: Reference) -> None:
    freedonia = two.partnerships[0]
    read_in_full = freedonia.model_copy(
        update={"instrument": freedonia.instrument.model_copy(update={"read_in_full": True})}
    )
    area = two.areas.areas[1]
    assert coverage.Cell(area, freedonia, None).words == "Not found"
    assert coverage.Cell(area, read_in_full, None).words == "Not in the text"
    assert coverage.Cell(area, read_in_full, None).state == "not-found"


def test_common_is_what_every_partnership_has_at_its_weakest(two: Reference) -> None:
    rows = compared(two)
    assert [row.area.id for row in coverage.common(tuple(rows.values()))] == ["cyber"]
    assert rows["cyber"].weakest is State.REPORTED
    assert [cell.partnership.id for cell in rows["cyber"].weak_points] == ["sylvania"]
    assert rows["space"].weakest is State.INSTRUMENT
    assert not rows["space"].is_common


def test_of_no_partnerships_nothing_is_common(two: Reference) -> None:
    rows = coverage.rows(two.areas.areas, ())
    assert coverage.common(rows) == ()
    assert rows[0].weakest is None


def test_a_set_is_compared_by_itself(two: Reference) -> None:
    partnerships = coverage.in_order(two.partnerships)
    first, everything = coverage.headline_groups(two.sets, partnerships)
    assert [record.id for record in first.partnerships] == ["freedonia"]
    assert [record.id for record in everything.partnerships] == ["sylvania", "freedonia"]
    row = compared(two)["cyber"]
    assert row.weakest is State.REPORTED
    assert row.within(first).weakest is State.OFFICIAL
    assert row.within(everything) == row


def test_groups_by_year_and_region_follow_from_the_records(two: Reference) -> None:
    groups = coverage.derived_groups(two.regions, coverage.in_order(two.partnerships))
    assert [(group.id, len(group.partnerships)) for group in groups] == [("year-2024", 2), ("region-north", 2)]


def test_a_group_of_one_is_no_group(smallest: Reference) -> None:
    assert coverage.derived_groups(smallest.regions, smallest.partnerships) == ()


def test_a_named_place_finds_who_is_on_the_way_there(two: Reference) -> None:
    place = two.parliament.places[0].model_copy(update={"iso": "SY"})
    assert [record.name for record in coverage.located_at(place, two.pipeline.prospects)] == ["Sylvania"]
    assert coverage.located_at(two.parliament.places[0], two.pipeline.prospects) == ()


def test_a_column_stands_best_evidenced_first(two: Reference) -> None:
    cells = coverage.columns(tuple(compared(two).values()))["sylvania"]
    assert [(cell.area.id, cell.state) for cell in cells] == [("space", "instrument"), ("cyber", "reported")]


def test_rows_are_grouped_by_pillar(two: Reference) -> None:
    rows = tuple(compared(two).values())
    assert [(pillar.id, len(group)) for pillar, group in coverage.by_pillar(two.pillars.pillars, rows)] == [("act", 2)]


def test_a_tie_without_an_entry_is_none(two: Reference) -> None:
    row = coverage.tie_rows(two.ties, two.partnerships)[0]
    assert (row.tie.id, row.entries) == ("safe", (None, None))


def test_a_named_place_finds_the_partnerships_there(two: Reference) -> None:
    place = two.parliament.places[0]
    by_region = place.model_copy(update={"iso": None, "region": "north"})
    nowhere = place.model_copy(update={"iso": "XX"})
    assert [record.id for record in coverage.located_at(place, two.partnerships)] == ["freedonia"]
    assert [record.id for record in coverage.located_at(by_region, two.partnerships)] == ["freedonia", "sylvania"]
    assert coverage.located_at(nowhere, two.partnerships) == ()


def test_a_place_without_code_and_region_finds_nothing(two: Reference) -> None:
    place = two.parliament.places[0].model_copy(update={"iso": None, "region": None})
    assert coverage.located_at(place, two.partnerships) == ()


def test_statements_about_the_group_are_found_by_area(reference: Reference) -> None:
    statements = reference.areas.general_statements
    found = {area.id: coverage.statements_on(area, statements) for area in reference.areas.areas}
    assert {area for area, of_area in found.items() if of_area} == {"cyber", "space"}
    assert found["cyber"] == found["space"] == statements


@pytest.mark.parametrize(
    ("reviewed", "today", "due"),
    [(None, "2026-01-01", True), ("2026-01-01", "2026-06-30", False), ("2026-01-01", "2026-07-01", True)],
)
def test_a_review_is_due_after_180_days_or_when_there_was_none(
    two: Reference, reviewed: str | None, today: str, due: bool
) -> None:
    record: Partnership = two.partnerships[0].model_copy(
        update={"reviewed": PartialDate(reviewed) if reviewed else None}
    )
    assert coverage.review_is_due(record, date.fromisoformat(today)) is due


def test_a_country_with_a_record_is_no_longer_on_the_way(two: Reference) -> None:
    prospects = two.pipeline.prospects
    assert [prospect.name for prospect in prospects] == ["Sylvania"]
    without = [record for record in two.partnerships if record.iso != "SY"]
    assert [record.name for record in coverage.on_the_way(prospects, without)] == ["Sylvania"]
    assert coverage.on_the_way(prospects, two.partnerships) == ()
