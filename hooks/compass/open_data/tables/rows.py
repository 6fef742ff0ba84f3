"""What the rows of the tables are made from: records with the place at which they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from compass.derived.coverage import Cell
from compass.derived.everything import Derived
from compass.model.field_reference import fields_of
from compass.model.records import Conflict, Partnership, Record


class Listed(NamedTuple):
    """A record that stands in a list: whose list it is, the record, and its place from 1."""

    owner: Any
    record: Any
    number: int


class Placed(NamedTuple):
    """Something in the records with its JSON Pointer, whose partnership it is of, and what it is about."""

    place: str
    partnership: str | None
    subject: str
    record: Any

    @property
    def field(self) -> str:
        """The name of the field in which it stands: `form` for `/partnerships/0/instrument/form`."""
        return next(part for part in reversed(self.place.split("/")) if not part.isdigit())

    def below(self, name: str) -> Iterator[Placed]:
        """The items of one of its lists."""
        for number, item in enumerate(getattr(self.record, name)):
            yield Placed(f"{self.place}/{name}/{number}", self.partnership, self.subject, item)


def of_partnerships(path: str) -> Callable[[Derived], Iterator[Listed]]:
    """What the partnerships' records list at a path."""
    listed = attrgetter(path)
    return lambda derived: (
        Listed(partnership, record, number)
        for partnership in derived.partnerships
        for number, record in enumerate(listed(partnership), 1)
    )


def targets(derived: Derived) -> Iterator[Listed]:
    """The targets of each pillar, numbered within it."""
    for pillar in derived.reference.pillars.pillars:
        for number, target in enumerate(pillar.targets, 1):
            yield Listed(pillar, target, number)


def target_steps(derived: Derived) -> Iterator[Listed]:
    """The deadlines of each target, then where it stood, numbered together."""
    for target in targets(derived):
        for number, step in enumerate((*target.record.deadlines, *target.record.status), 1):
            yield Listed(target, step, number)


def counts(derived: Derived) -> Iterator[Listed]:
    """What others counted, numbered."""
    return (Listed(None, count, number) for number, count in enumerate(derived.reference.pipeline.counts, 1))


def general_statements(derived: Derived) -> Iterator[Listed]:
    """What is said of all partnerships together, numbered."""
    statements = derived.reference.areas.general_statements
    return (Listed(None, statement, number) for number, statement in enumerate(statements, 1))


def details(path: str) -> Callable[[Derived], Iterator[Listed]]:
    """The details of what the partnerships' records list at a path: `owner` is the listed record with its own owner."""
    return lambda derived: (
        Listed(entry, detail, number)
        for entry in of_partnerships(path)(derived)
        for number, detail in enumerate(entry.record.details, 1)
    )


def entries(derived: Derived) -> Iterator[Listed]:
    """The entries of the timeline of all, numbered, each with its partnership."""
    for number, entry in enumerate(derived.chronology, 1):
        yield Listed(entry.partnership, entry, number)


def cells(derived: Derived) -> Iterator[Cell]:
    """The cells of the comparison, area by area."""
    for row in derived.rows:
        yield from row.cells


def placed(derived: Derived) -> Iterator[Placed]:
    """Every record, at its place in `json_documents.Dataset`."""
    ordered = derived.reference.model_copy(update={"partnerships": derived.partnerships})
    return _below(ordered, "", None, "")


def cites(found: Placed) -> bool:
    """Whether a record names sources; a partnership's own sources are something else."""
    model: type[Record] = type(found.record)
    return _shape(model).cites


def conflicts(derived: Derived) -> Iterator[Placed]:
    """Every conflict of sources, at its place."""
    return (found for found in placed(derived) if isinstance(found.record, Conflict))


def positions(derived: Derived) -> Iterator[Placed]:
    """What each side of each conflict says, at its place."""
    return (position for conflict in conflicts(derived) for position in conflict.below("positions"))


def open_questions(derived: Derived) -> Iterator[Placed]:
    """Every open question, at its place."""
    for found in placed(derived):
        if "open_questions" in type(found.record).model_fields:
            yield from found.below("open_questions")


def _below(found: Any, place: str, partnership: str | None, subject: str) -> Iterator[Placed]:
    if isinstance(found, tuple):
        for number, item in enumerate(found):
            yield from _below(item, f"{place}/{number}", partnership, subject)
    elif found is not None:
        model: type[Record] = type(found)
        shape = _shape(model)
        subject = next((named for name in shape.naming if isinstance(named := getattr(found, name), str)), subject)
        partnership = found.id if isinstance(found, Partnership) else partnership
        yield Placed(place, partnership, subject, found)
        for name in shape.nested:
            yield from _below(getattr(found, name), f"{place}/{name}", partnership, subject)


class _Shape(NamedTuple):
    """Of the fields of a model: which can tell what it is about, which hold records, and whether it cites sources."""

    naming: tuple[str, ...]
    nested: tuple[str, ...]
    cites: bool


@cache
def _shape(model: type[Record]) -> _Shape:
    fields = {one.name: one for one in fields_of(model)}
    naming = tuple(name for name in ("title", "who", "subject", "area", "tie", "name") if name in fields)
    nested = tuple(name for name, one in fields.items() if one.model)
    return _Shape(naming, nested, "sources" in fields and "sources" not in nested)
