"""What a table of the open data is made of: columns that know how they are filled, what they mean and what they hold.

A column that is a field of a model takes its meaning and its rule from there, so that neither is written twice. Used by
`tables`, which declares the tables; `exports` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from compass.model.dates import PartialDate
from compass.model.field_reference import Field, fields_of
from compass.model.records import Record
from compass.model.reference import Reference
from compass.model.vocabulary import Term

# What a cell holds: text, a number, a truth value, several texts, or nothing.
Value = str | int | bool | tuple[str, ...] | None
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """A column: its name and meaning, how it is filled from an item, and what it may hold.

    `kind` is text, date (a year, a month or a day), integer or boolean; `many` says that a cell may hold several texts.
    `refers_to` names the table whose keys the values are. `terms` are the only values that there can be.
    """

    name: str
    meaning: str
    fill: Callable[[Any], Any]
    kind: str = "text"
    required: bool = True
    many: bool = False
    refers_to: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: what one row is, the columns that tell its rows apart, and the items that fill them.

    `holds` names the models of which each record is one of its rows; `in_json` says where its items stand in
    `documents.Dataset`, with `[]` for each list: `.areas.areas[]`.
    """

    name: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    items: Callable[[Reference], Iterable[Any]]
    holds: tuple[type[Record], ...] = field(default=(), repr=False)
    in_json: tuple[str, ...] = ()

    def rows(self, reference: Reference) -> tuple[Row, ...]:
        """The rows, a value for each column, in the order in which the site shows them."""
        fills = [column.fill for column in self.columns]
        return tuple(tuple(_value(fill(item)) for fill in fills) for item in self.items(reference))


def _value(found: Any) -> Value:
    if isinstance(found, PartialDate):
        return found.iso
    value: Value = found.value if isinstance(found, Term) else found
    return value


# What a field's type is called in the reference of fields → the kind of its column, or the table that it refers to.
_KINDS = {"date": "date", "whole number": "integer", "true or false": "boolean"}
_REFERS_TO = {
    "area id": "areas",
    "pillar id": "pillars",
    "tie id": "tie_kinds",
    "region id": "regions",
    "partnership id": "partnerships",
    "statement id": "parliament_statements",
    "language id": "languages",
    "source id": "sources",
}
_LAST = ("caveat", "sources")


def given(
    model: type[Record], *names: str, of: Callable[[Any], Any] = lambda item: item, always: bool = True
) -> tuple[Column, ...]:
    """Columns that are fields of a model, filled from the record that `of` takes from an item.

    Without names they are all fields but those that hold further records; what limits and supports a row stands last.
    With `always=False` there may be no record, and then nothing in the column.
    """
    known = {one.name: one for one in fields_of(model)}
    flat = [one.name for one in known.values() if one.model is None]
    return tuple(_column(known[name], of, always) for name in names or sorted(flat, key=_LAST.__contains__))


def _column(told: Field, of: Callable[[Any], Any], always: bool) -> Column:
    words = told.what_to_type.removeprefix("list of ")
    what = words.removesuffix(" id") if words in _REFERS_TO else ""
    return Column(
        told.name,
        (f"Ids of the {what}s." if told.many else f"Id of the {what}.") if what else told.meaning,
        lambda item: getattr(of(item), told.name, None),
        _KINDS.get(words, "text"),
        told.required and always,
        told.many,
        _REFERS_TO.get(words, ""),
        tuple(told.terms or ()),
    )


PARTNERSHIP = Column("partnership", "Id of the partnership.", attrgetter("owner.id"), refers_to="partnerships")
NUMBER = Column("number", "Its place in the list, from 1.", attrgetter("number"), "integer")
