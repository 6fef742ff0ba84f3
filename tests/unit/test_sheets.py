from __future__ import annotations

import csv
import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.open_data.csv_sqlite import Database, csv_file
from compass.open_data.tables.all_tables import TABLES
from compass.open_data.tables.table import Column, Row, Table, Value
from compass.wording import FORBIDDEN
from support.examples import examples
from support.project import fill
from support.records import ROOT

TEXT = Column("text", "A text.", lambda item: item)
ONE = Table("one", "one text", ("text",), (TEXT,), lambda _: ())


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))


def test_a_table_is_csv_as_the_standard_has_it() -> None:
    assert csv_file(ONE, [('a, "b"',), ("c",)]) == b'text\r\n"a, ""b"""\r\nc\r\n'


def test_there_is_no_byte_order_mark() -> None:
    assert csv_file(ONE, [("日本",)]).startswith(b"text\r\n\xe6")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (True, "true"), (False, "false"), (7, "7"), (-7, "-7"), (("a", "b"), "a; b"), ((), ""), ("", "")],
)
def test_a_value_is_written_plainly(value: Value, shown: str) -> None:
    assert cells(csv_file(ONE, [(value, "end")]))[1] == [shown, "end"]


@pytest.mark.parametrize("typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://x.example")'])
def test_what_a_spreadsheet_would_run_is_made_text(typed: str) -> None:
    assert cells(csv_file(ONE, [(typed,)]))[1] == [f"'{typed}"]
    assert cells(csv_file(ONE, [((typed, "b"),)]))[1] == [f"'{typed}; b"]


@examples(few=200, many=5000)
@given(st.text().filter(lambda text: not FORBIDDEN.search(text)))
def test_any_other_text_comes_back_as_it_was(text: str) -> None:
    safe = f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") and text else text
    assert cells(csv_file(ONE, [(text, "end")]))[1] == [safe, "end"]


def opened(content: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


def database(*tables: tuple[Table, Sequence[Row]]) -> bytes:
    made = Database([("licence", "CC-BY-4.0"), ("address", None)])
    for table, rows in tables:
        made.add(table, rows)
    return made.finish()


def made(reference: Reference) -> bytes:
    everything = derived(reference)
    return database(*((table, table.rows(everything)) for table in TABLES))


def test_the_database_is_sound_and_its_references_lead_to_rows(reference: Reference) -> None:
    with closing(opened(made(reference))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = {
            (table.name, key[3], key[2])
            for table in TABLES
            for key in connection.execute(f"PRAGMA foreign_key_list({table.name})")
        }
    assert ("coverage", "area", "areas") in keys
    assert ("ties", "tie", "tie_kinds") in keys


def test_a_reference_that_leads_nowhere_is_refused(smallest: Reference) -> None:
    with closing(opened(made(smallest))) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("UPDATE coverage SET area = 'cybr' WHERE area = 'space'")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("INSERT INTO coverage_sources VALUES ('space', 'sylvania', 'release')")
        with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
            connection.execute("UPDATE coverage SET state = 'no'")


def test_several_ids_in_a_cell_are_rows_of_their_own(smallest: Reference) -> None:
    with closing(opened(made(smallest))) as connection:
        assert connection.execute("SELECT * FROM coverage_sources").fetchall() == [("cyber", "freedonia", "release")]
        place = "/partnerships/0/instrument/legal_nature"
        found = connection.execute("SELECT source FROM other_statements_sources WHERE place = ?", [place]).fetchall()
    assert found == [("release",), ("shared",)]


def test_the_database_says_what_it_is(smallest: Reference) -> None:
    with closing(opened(made(smallest))) as connection:
        assert connection.execute("SELECT * FROM about").fetchall() == [("licence", "CC-BY-4.0"), ("address", None)]


def test_the_schema_tells_what_a_column_means(smallest: Reference) -> None:
    with closing(opened(made(smallest))) as connection:
        (schema,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'ties'").fetchone()
    assert "-- Where it stands." in schema


def test_any_text_is_stored_as_it_was() -> None:
    hostile = "'); DROP TABLE one; -- 日本 \x00?"
    content = database((ONE, [(hostile,)]))
    with closing(opened(content)) as connection:
        assert connection.execute("SELECT text FROM one").fetchall() == [(hostile,)]


LARGE = """\
from test_sheets import ONE, database
try:
    database((ONE, [(f"{number}{'x' * 100_000}",) for number in range(100)]))
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize(("room", "printed"), [(100_000, "database or disk is full\n"), (50_000_000, "")])
def test_a_full_disk_for_temporary_files_is_told(disk: Path, room: int, printed: str) -> None:
    fill(disk, room)
    # SQLite looks for the folder only once, when it is loaded.
    search = os.pathsep.join(str(ROOT / folder) for folder in ("hooks", "tests", "tests/unit"))
    environment = os.environ | {"SQLITE_TMPDIR": str(disk), "PYTHONPATH": search}
    done = subprocess.run(
        [sys.executable, "-c", LARGE], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stdout, done.stderr) == (printed, "")


def test_the_same_rows_give_the_same_bytes(smallest: Reference) -> None:
    assert made(smallest) == made(smallest)
    named = replace(ONE, columns=(replace(TEXT, name="other"),), key=("other",))
    assert database((ONE, [])) != database((named, []))
