from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from compass.derived.everything import derived
from compass.model.records import Record, Source
from compass.model.reference import Reference
from compass.open_data.tables.all_tables import TABLES
from compass.open_data.tables.table import Column, Table
from compass.reading.reader import read
from support.records import SMALLEST, of_another

BY_NAME = {table.name: table for table in TABLES}


def rows(name: str, reference: Reference) -> list[dict[str, Any]]:
    table = BY_NAME[name]
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows(derived(reference))]


def test_an_area_without_an_entry_has_a_row(smallest: Reference) -> None:
    assert rows("coverage", smallest) == [
        {
            "area": "cyber",
            "pillar": "act",
            "partnership": "freedonia",
            "state": "official",
            "summary": "Working together.",
            "locator": None,
            "caveat": None,
            "sources": ("release",),
        },
        {
            "area": "space",
            "pillar": "act",
            "partnership": "freedonia",
            "state": "not-found",
            "summary": None,
            "locator": None,
            "caveat": None,
            "sources": None,
        },
    ]


def test_an_absence_in_a_text_that_was_read_is_told_as_such(edited: Callable[[str, str, str], Path]) -> None:
    reference = read(edited("partnerships/freedonia.yml", "read_in_full: false", "read_in_full: true"))[0]
    assert [row["state"] for row in rows("coverage", reference)] == ["official", "not-in-text"]


def test_a_partnership_stands_with_its_act(smallest: Reference) -> None:
    (row,) = rows("partnerships", smallest)
    assert (row["id"], row["act"], row["act_date"], row["read_in_full"]) == ("freedonia", "signed", "2024-05-28", False)


def test_partnerships_stand_in_the_order_of_their_dates(write: Callable[..., Path]) -> None:
    older = of_another(SMALLEST["partnerships/freedonia.yml"], "Sylvania", "SY").replace("2024-05-28, s", "2023, s")
    reference = read(write({"partnerships/sylvania.yml": older}))[0]
    assert [row["id"] for row in rows("partnerships", reference)] == ["sylvania", "freedonia"]


def test_a_targets_deadline_and_status_stand_beside_their_own_sources(smallest: Reference) -> None:
    assert [row["title"] for row in rows("targets", smallest)] == ["A force"]
    assert [(step["kind"], step["date"]) for step in rows("target_steps", smallest)] == [
        ("deadline", "2025"),
        ("status", "2025-05-20"),
    ]


def test_a_fact_is_told_with_its_place_and_its_subject(smallest: Reference) -> None:
    facts = {row["place"]: row for row in rows("other_statements", smallest)}
    form = facts["/partnerships/0/instrument/form"]
    told = ("partnership", "field", "subject", "text")
    assert [form[name] for name in told] == ["freedonia", "form", "Freedonia", "A paper."]
    title = facts["/pillars/compass/facts/0"]
    assert [title[name] for name in told] == [None, "facts", "Title", "A plan."]


def test_a_conflict_is_told_apart_from_what_each_side_says(write: Callable[..., Path]) -> None:
    conflict = """\
conflicts:
  - title: The day
    positions:
      - {text: On the first., caveat: By hearsay., sources: [release]}
      - {text: On the second., sources: [shared]}
    resolution: The second, which is official.
sources:
"""
    record = SMALLEST["partnerships/freedonia.yml"].replace("sources:\n  - id", f"{conflict}  - id")
    reference, _ = read(write({"partnerships/freedonia.yml": record}))
    place = "/partnerships/0/conflicts/0"
    assert rows("conflicts", reference) == [
        {"place": place, "partnership": "freedonia", "title": "The day", "resolution": "The second, which is official."}
    ]
    positions = rows("conflict_positions", reference)
    assert [(row["conflict"], row["subject"], row["text"], row["caveat"]) for row in positions] == [
        (place, "The day", "On the first.", "By hearsay."),
        (place, "The day", "On the second.", None),
    ]
    (question,) = rows("open_questions", reference)
    assert (question["place"], question["text"]) == ("/partnerships/0/open_questions/0", "Who signed?")
    assert not [row for row in rows("other_statements", reference) if "/conflicts/" in row["place"]]


def test_details_stand_with_the_key_of_what_they_belong_to(edited: Callable[[str, str, str], Path]) -> None:
    detail = "{area: cyber, details: [{text: More., sources: [shared]}], "
    reference, _ = read(edited("partnerships/freedonia.yml", "{area: cyber, ", detail))
    (row,) = rows("area_details", reference)
    assert [row[name] for name in ("partnership", "area", "number", "text")] == ["freedonia", "cyber", 1, "More."]
    assert "More." not in [row["text"] for row in rows("other_statements", reference)]


def citing(found: object) -> list[tuple[str, ...]]:
    """The sources of everything in the records that cites any, found without the tables' own walk."""
    if isinstance(found, (tuple, list)):
        return [each for item in found for each in citing(item)]
    if not isinstance(found, Record):
        return []
    sources = getattr(found, "sources", ())
    own = [sources] if sources and not isinstance(sources[0], Source) else []
    return own + [
        each for name in type(found).model_fields if name != "sources" for each in citing(getattr(found, name))
    ]


def test_every_record_that_cites_sources_is_in_a_table(reference: Reference) -> None:
    in_tables: Counter[tuple[str, ...]] = Counter()
    for name in BY_NAME:
        for row in rows(name, reference):
            if sources := row.get("sources") or row.get("act_sources"):
                in_tables[sources] += 1
    wanted = Counter(citing(reference))
    assert wanted.total() > 100
    assert wanted - in_tables == Counter()
    # The timeline tells some of them once more; nothing else does.
    assert in_tables.total() - wanted.total() == len(rows("events", reference)) - sum(
        len(partnership.events) for partnership in reference.partnerships
    ) - len(reference.pillars.compass.progress) - len(reference.parliament.events)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_table_keeps_to_what_its_columns_say(table: Table, reference: Reference) -> None:
    found = rows(table.name, reference)
    keys = [tuple(row[part] for part in table.key) for row in found]
    assert found
    assert len(keys) == len(set(keys))
    for column in table.columns:
        assert column.meaning.endswith("."), column
        for row in found:
            assert_fits(row[column.name], column)


def assert_fits(value: object, column: Column) -> None:
    if value is None or value == ():
        assert not column.required, column
        return
    kinds = {"integer": int, "boolean": bool}
    assert isinstance(value, tuple if column.many else kinds.get(column.kind, str)), (column, value)
    if column.terms:
        assert value in column.terms


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_reference_of_a_table_is_a_row_of_another(table: Table, reference: Reference) -> None:
    for column in table.columns:
        if column.refers_to:
            (key,) = BY_NAME[column.refers_to].key
            known = {row[key] for row in rows(column.refers_to, reference)}
            values = [row[column.name] for row in rows(table.name, reference) if row[column.name] is not None]
            named = {each for value in values for each in (value if isinstance(value, tuple) else (value,))}
            assert named <= known
