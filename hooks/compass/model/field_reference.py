"""The models of `records` and `reference` → a reference of every field, for /contribute/fields/.

Names, types, meanings and rules are taken from the models themselves, so that the page cannot tell anything else than
what the check enforces.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from compass.model.dates import PartialDate
from compass.model.field_types import Known
from compass.model.records import Partnership, Record
from compass.model.reference import FILES
from compass.model.vocabulary import Term

# What editors are told to type for a value of each simple type.
_WORDS: dict[type[Any], str] = {
    str: "text",
    PartialDate: "date",
    bool: "true or false",
    int: "whole number",
    dict: "text by name",
}


@dataclass(frozen=True)
class Field:
    """A field as the models declare it: its name, what it may hold, whether it must be there, what it means.

    `value_type` is the type of each of its values, of which there may be `many`. `id_of` names what a value is the id
    of (`area`), and is empty where it is no id.
    """

    name: str
    value_type: type[Any]
    id_of: str
    many: bool
    required: bool
    meaning: str

    @property
    def terms(self) -> type[Term] | None:
        """The vocabulary of which each value must be."""
        return self.value_type if issubclass(self.value_type, Term) else None

    @property
    def model(self) -> type[Record] | None:
        """The model of which each value must be."""
        return self.value_type if issubclass(self.value_type, Record) else None

    @property
    def what_to_type(self) -> str:
        """What it holds, in words for editors; nothing may be decided by them."""
        return f"list of {self._value_in_words}" if self.many else self._value_in_words

    @property
    def _value_in_words(self) -> str:
        if self.id_of:
            return f"{self.id_of} id"
        if self.terms:
            return "one of: " + ", ".join(self.terms)
        return self.model.__name__ if self.model else _WORDS[self.value_type]


@dataclass(frozen=True)
class Model:
    """A model with its fields, and the name under which others refer to it."""

    name: str
    meaning: str
    fields: tuple[Field, ...]


def models() -> tuple[Model, ...]:
    """Every model that a file of `data/` can hold, each once, in the order of first mention."""
    found: dict[type[Record], Model] = {}
    for held in (Partnership, *FILES.values()):
        value_type, _, _ = _declared(held)
        if issubclass(value_type, Record):
            _collect(value_type, found)
    return tuple(found.values())


def _collect(model: type[Record], found: dict[type[Record], Model]) -> None:
    if model in found:
        return
    fields = fields_of(model)
    found[model] = Model(model.__name__, (model.__doc__ or "").strip(), fields)
    for field in fields:
        if field.model:
            _collect(field.model, found)


def fields_of(model: type[Record]) -> tuple[Field, ...]:
    """The fields of a model that can be typed, in their order."""
    return tuple(_fields(model))


def _fields(model: type[Record]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        if (info.json_schema_extra or {}) == {"readOnly": True}:
            continue
        annotation: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
        yield Field(name, *_declared(annotation), info.is_required(), info.description or "")


def _declared(annotation: Any) -> tuple[type[Any], str, bool]:
    """What an annotation declares: the type of each value, what a value is the id of, whether there may be many."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        value_type, id_of, many = _declared(arguments[0])
        return value_type, next((mark.what for mark in arguments[1:] if isinstance(mark, Known)), id_of), many
    if origin in (types.UnionType, Union):
        return _declared(next(argument for argument in arguments if argument is not types.NoneType))
    if origin is tuple:
        value_type, id_of, _ = _declared(arguments[0])
        return value_type, id_of, True
    return origin or annotation, "", False
