"""The models of `records` → a reference of every field, for /contribute/fields/.

Names, meanings and rules are taken from the models themselves, so that the page cannot tell anything else than what
the check enforces.
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

_LIST_OF = "list of "


@dataclass(frozen=True)
class Field:
    """A field as editors meet it: name, what to type, whether it must be there, what it means.

    `terms` is the vocabulary, or `model` the model, that each of its values must be of.
    """

    name: str
    what_to_type: str
    required: bool
    meaning: str
    terms: type[Term] | None
    model: type[Record] | None

    @property
    def many(self) -> bool:
        """Whether it is a list of such values."""
        return self.what_to_type.startswith(_LIST_OF)


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
        _, _, model = _in_words(held)
        if model:
            _collect(model, found)
    return tuple(found.values())


def _collect(model: type[Record], found: dict[type[Record], Model]) -> None:
    if model in found:
        return
    shown = fields_of(model)
    found[model] = Model(model.__name__, (model.__doc__ or "").strip(), shown)
    for field in shown:
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
        words, terms, inner = _in_words(annotation)
        yield Field(name, words, info.is_required(), info.description or "", terms, inner)


def _in_words(annotation: Any) -> tuple[str, type[Term] | None, type[Record] | None]:
    """A field's type for readers, with the vocabulary or the model that it leads to."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        known = next((mark for mark in arguments[1:] if isinstance(mark, Known)), None)
        return (f"{known.what} id", None, None) if known else _in_words(arguments[0])
    if origin in (types.UnionType, Union):
        return _in_words(next(argument for argument in arguments if argument is not types.NoneType))
    if origin is tuple:
        words, terms, inner = _in_words(arguments[0])
        return f"{_LIST_OF}{words}", terms, inner
    if origin is dict:
        return "text by name", None, None
    if isinstance(annotation, type) and issubclass(annotation, Term):
        return "one of: " + ", ".join(annotation), annotation, None
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation.__name__, None, annotation
    words = {str: "text", PartialDate: "date", bool: "true or false", int: "whole number"}[annotation]
    return words, None, None
