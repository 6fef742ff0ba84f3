"""Words for people decide nothing: with every description reworded, each schema is the same."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from compass.derived.everything import derived
from compass.model.field_reference import models
from compass.model.json_schema import data_schemas
from compass.model.reference import Reference
from compass.open_data.export import exported
from compass.publication import published
from compass.reading.messages import in_words
from support.records import ROOT, SITE

# What would mislead whoever takes a type, a list, an id or a value from a description.
WORDS = "Ids of the areas, separated by a list of date; true or false or one of: no."
# Another process declares the models anew. There all words for people are others, before anything is made from them.
REWORDED = """\
import json, sys
from dataclasses import replace
import pydantic
from pydantic.fields import Field

WORDS = sys.argv[1]
pydantic.Field = lambda *given, **rules: Field(*given, **rules | {"description": WORDS})

from compass.model import field_reference
field_reference.Field.what_to_type = property(lambda field: WORDS)

from compass.model.records import Record
from compass.open_data import export
export.TABLES = tuple(
    replace(table, one_row=WORDS, columns=tuple(
        replace(column, meaning=WORDS, item=column.item and column.item._replace(meaning=WORDS))
        for column in table.columns
    ))
    for table in export.TABLES
)

def reword(model):
    model.__doc__ = WORDS
    for kind in model.__subclasses__():
        reword(kind)

reword(Record)

from pathlib import Path
from compass.reading.reader import read
from support.records import FULL
from test_rewording import schemas
print(json.dumps(schemas(read(FULL)[0])))
"""


def schemas(reference: Reference) -> dict[str, str]:
    """Every schema that is made from the models and the tables, by its file."""
    files = {file.name: content for file, content in exported(derived(reference), published(reference, SITE))}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(files["sdp.sqlite"])
        statements = connection.execute("SELECT sql FROM sqlite_schema WHERE sql NOT NULL").fetchall()
    names = [name for name in files if name == "datapackage.json" or name.startswith("schema/")]
    found = {name: files[name].decode() for name in names} | data_schemas(reference)
    return {**found, "sdp.sqlite": "\n".join(statement for (statement,) in statements)}


def without_words(name: str, schema: str) -> Any:
    """A schema without its descriptions and comments."""
    if name == "sdp.sqlite":
        return re.sub(" -- .*", "", schema)
    return json.loads(schema, object_hook=undescribed)


def undescribed(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if name != "description" or isinstance(value, dict)}


def test_rewording_every_description_changes_no_schema(reference: Reference) -> None:
    search = os.pathsep.join(str(ROOT / folder) for folder in ("hooks", "tests", "tests/unit"))
    done = subprocess.run(
        [sys.executable, "-c", REWORDED, WORDS],
        env=os.environ | {"PYTHONPATH": search},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    before, after = schemas(reference), json.loads(done.stdout)
    unworded = {"languages.json", "abbreviations.json"}
    assert {name for name in before if after[name] == before[name]} == unworded
    assert {name for name in before if WORDS not in after[name]} == unworded
    for name in before:
        assert without_words(name, after[name]) == without_words(name, before[name])


def test_each_field_has_words_for_its_type() -> None:
    assert all(field.what_to_type for model in models() for field in model.fields)


class Choice(StrEnum):
    ONE = "tea or coffee, black"
    OTHER = "'water'"


class Order(BaseModel):
    drink: Choice


def test_the_values_that_a_message_lists_are_those_declared() -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(Order).validate_python({"drink": "milk"})
    (detail,) = raised.value.errors()
    assert in_words(detail, ("drink",), Order, {}) == (
        "drink \"milk\" is not known; expected one of tea or coffee, black, 'water'"
    )
