"""Tables → files: CSV for spreadsheets and programs, and one SQLite database.

CSV as RFC 4180 has it: comma, CR LF, quotes where needed; UTF-8 without a byte-order mark, since programs take the mark
for a part of the first name. The database has the same tables; several values in a cell become rows of a table of their
own, so that every reference is a foreign key.
"""

from __future__ import annotations

import csv
import errno
import io
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from operator import itemgetter
from tempfile import gettempdir

from compass.open_data.tables.table import Column, Item, Row, Table, Value

_ABOUT = (Column("name", "What it is.", itemgetter(0)), Column("value", "The value.", itemgetter(1), required=False))
SEPARATOR = "; "
# A spreadsheet takes a cell that begins with one of these for a formula; the comparison's own download does the same.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(table: Table, rows: Sequence[Row]) -> bytes:
    """A table as CSV: the names of its columns, then a line for each row."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case tuple():
            return _cell(SEPARATOR.join(value))
        case _:
            # An apostrophe in front makes a spreadsheet show it as text.
            return f"'{value}" if value.startswith(_FORMULA) else value


class Database:
    """All tables as an SQLite database, with keys and checks; its schema tells what each column means."""

    def __init__(self, about: Iterable[tuple[str, str | None]]) -> None:
        """Begin with a table of what the file is, as names and values."""
        # Without a name, SQLite keeps it in a file of its own, which goes when the connection is closed.
        self._connection = sqlite3.connect("")
        self._connection.execute(_create("about", "one thing to know of this file", _ABOUT, ["name"]))
        _insert(self._connection, "about", len(_ABOUT), about)

    def add(self, table: Table, rows: Sequence[Row]) -> None:
        """Add a table with its rows; OSError when the disk refuses them."""
        with _refusals():
            self._add(table, rows)

    def _add(self, table: Table, rows: Sequence[Row]) -> None:
        inline = [at for at, column in enumerate(table.columns) if not column.many]
        self._connection.execute(_create(table.name, table.one_row, [table.columns[at] for at in inline], table.key))
        _insert(self._connection, table.name, len(inline), ([row[at] for at in inline] for row in rows))
        for at, column in enumerate(table.columns):
            if column.item:
                _link(self._connection, table, at, column.item, rows)

    def finish(self) -> bytes:
        """The database as the bytes of its file; nothing more can be added. OSError as above."""
        with _refusals(), closing(self._connection) as connection:
            connection.commit()
            return connection.serialize()


@contextmanager
def _refusals() -> Iterator[None]:
    """What the disk for temporary files refuses, as what any disk does."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN")):
            raise OSError(errno.ENOSPC, str(error), gettempdir()) from error
        raise


def _link(connection: sqlite3.Connection, table: Table, at: int, item: Item, rows: Sequence[Row]) -> None:
    """Make and fill the table of one column whose cells hold several values: `coverage_sources` for that of sources."""
    column = table.columns[at]
    value = replace(column, name=item.name, meaning=item.meaning, item=None, required=True)
    names = [each.name for each in table.columns]
    keys = [names.index(part) for part in table.key]
    # The key of the table comes first; it refers to the table as a whole.
    columns = [replace(table.columns[number], refers_to="", terms=()) for number in keys]
    name, key = f"{table.name}_{column.name}", [part.name for part in columns]
    whole = f"FOREIGN KEY ({_quoted(*key)}) REFERENCES {table.name}"
    connection.execute(_create(name, f"{item.name} of: {table.one_row}", [*columns, value], [*key, item.name], whole))
    linked = ([*(row[part] for part in keys), each] for row in rows for each in _several(row[at]))
    _insert(connection, name, len(keys) + 1, linked)


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _insert(connection: sqlite3.Connection, name: str, width: int, rows: Iterable[Sequence[Value]]) -> None:
    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * width)})", rows)


def _create(name: str, one_row: str, columns: Sequence[Column], key: Sequence[str], *rules: str) -> str:
    """The statement that makes a table. Names and meanings are this project's own words, not what records hold."""
    lines = [(_defined(column), column.meaning) for column in columns]
    lines += [(f"PRIMARY KEY ({_quoted(*key)})", ""), *((rule, "") for rule in rules)]
    last = len(lines) - 1
    body = "".join(
        f"  {line}{',' * (number < last)}{f' -- {meaning}' * bool(meaning)}\n"
        for number, (line, meaning) in enumerate(lines)
    )
    return f"CREATE TABLE {name} ( -- one row: {one_row}\n{body})"


def _defined(column: Column) -> str:
    kind = "INTEGER" if column.kind in ("integer", "boolean") else "TEXT"
    parts = [_quoted(column.name), kind, *["NOT NULL"] * column.required]
    if column.refers_to:
        parts.append(f"REFERENCES {column.refers_to}")
    allowed = ["0", "1"] if column.kind == "boolean" else [f"'{term.value}'" for term in column.terms]
    if allowed:
        parts.append(f"CHECK ({_quoted(column.name)} IN ({', '.join(allowed)}))")
    return " ".join(parts)


def _quoted(*names: str) -> str:
    # Some names are SQL's own words: `order`, `end`.
    return ", ".join(f'"{name}"' for name in names)
