"""What a table of the open data is made of: columns that know how they are filled, what they mean and what they hold.

A column that is a field of a model takes its meaning and its rule from there, so that neither is written twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Literal, NamedTuple

from compass.derived.everything import Derived
from compass.model.dates import PartialDate
from compass.model.field_reference import Field, fields_of
from compass.model.records import Record
from compass.model.vocabulary import Term

# What a cell holds: text, a number, a truth value, several texts, or nothing.
Value = str | int | bool | tuple[str, ...] | None
Row = tuple[Value, ...]
# A date is a year, a month or a day.
Kind = Literal["text", "date", "integer", "boolean"]


class Item(NamedTuple):
    """What one value is called, and what it means, in a column whose cells may hold several."""

    name: str
    meaning: str


@dataclass(frozen=True)
class Column:
    """A column: its name and meaning, how it is filled from an item, and what it may hold.

    `refers_to` names the table whose keys the values are. `terms` are the only values that there can be. `item` tells
    of one value, where a cell may hold several.
    """

    name: str
    meaning: str
    fill: Callable[[Any], Any]
    kind: Kind = "text"
    required: bool = True
    refers_to: str = ""
    terms: tuple[Term, ...] = ()
    item: Item | None = None

    @property
    def many(self) -> bool:
        """Whether a cell may hold several values."""
        return self.item is not None


@dataclass(frozen=True)
class Table:
    """A table: what one row is, the columns that tell its rows apart, and the items that fill them.

    `holds` names the models of which each record is one of its rows; `in_json` says where its items stand in
    `json_documents.Dataset`, with `[]` for each list: `.areas.areas[]`.
    """

    name: str
    one_row: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    items: Callable[[Derived], Iterable[Any]]
    holds: tuple[type[Record], ...] = field(default=(), repr=False)
    in_json: tuple[str, ...] = ()

    def rows(self, derived: Derived) -> tuple[Row, ...]:
        """The rows, a value for each column, in the order in which the site shows them."""
        fills = [column.fill for column in self.columns]
        return tuple(tuple(_value(fill(item)) for fill in fills) for item in self.items(derived))


def _value(found: Any) -> Value:
    if isinstance(found, PartialDate):
        return found.iso
    value: Value = found.value if isinstance(found, Term) else found
    return value


# The type of a field's values → the kind of its column.
_KINDS: dict[type[Any], Kind] = {str: "text", PartialDate: "date", int: "integer", bool: "boolean"}
# What ids stand for (`field_types.Known`) → the table that defines them.
_TABLES_OF_IDS = {
    "area": "areas",
    "pillar": "pillars",
    "tie": "tie_kinds",
    "region": "regions",
    "partnership": "partnerships",
    "statement": "parliament_statements",
    "language": "languages",
    "source": "sources",
}
# A field that holds several values → the name of one of them.
_ITEMS = {
    "aliases": "alias",
    "areas": "area",
    "members": "member",
    "records": "record",
    "sources": "source",
    "statements": "statement",
}
_LAST = ("caveat", "sources")


def given(
    model: type[Record], *names: str, of: Callable[[Any], Any] = lambda item: item, always: bool = True
) -> tuple[Column, ...]:
    """Columns that are fields of a model, filled from the record that `of` takes from an item.

    Without names they are all fields but those that hold further records; what limits and supports a row stands last.
    With `always=False` there may be no record, and then nothing in the column.
    """
    known = {field.name: field for field in fields_of(model)}
    flat = [field.name for field in known.values() if field.model is None]
    return tuple(_column(known[name], of, always) for name in names or sorted(flat, key=_LAST.__contains__))


def _column(field: Field, of: Callable[[Any], Any], always: bool) -> Column:
    what = field.id_of
    item_meaning = f"Id of one of the {what}s." if what else field.meaning
    return Column(
        field.name,
        (f"Ids of the {what}s." if field.many else f"Id of the {what}.") if what else field.meaning,
        lambda item: getattr(of(item), field.name, None),
        "text" if field.terms else _KINDS[field.value_type],
        field.required and always,
        _TABLES_OF_IDS[what] if what else "",
        tuple(field.terms or ()),
        Item(_ITEMS[field.name], item_meaning) if field.many else None,
    )


PARTNERSHIP = Column("partnership", "Id of the partnership.", attrgetter("owner.id"), refers_to="partnerships")
NUMBER = Column("number", "Its place in the list, from 1.", attrgetter("number"), "integer")
