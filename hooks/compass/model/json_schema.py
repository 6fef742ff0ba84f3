"""The models → JSON Schema (draft 2020-12): what editors complete and check by, and what is published.

Messages about mistakes take from the same schemas what fields there are and what they mean. `python -m compass schema`
writes those of the files of `data/` to `data/schema/`; the first line of each file of records names its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from compass.model.records import Partnership
from compass.model.reference import FILES, Reference

# Begins the line of a file that names its schema to editors.
SCHEMA_MARK = "# yaml-language-server:"
# What `field_types.Known` and `field_types.NoRepeats` leave in a schema; no keywords of JSON Schema.
_MARKS = ("known", "noRepeats")


class _AsTyped(GenerateJsonSchema):
    """A schema of what can be typed: a field that may be left out cannot be left blank, and defaults are not typed."""

    def nullable_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


@cache
def schema_of(type_: Any) -> dict[str, Any]:
    """The JSON Schema of a type of the records, without the fields that are never typed (a partnership's id)."""
    schema = TypeAdapter(type_).json_schema(schema_generator=_AsTyped)
    for node in (schema, *schema.get("$defs", {}).values()):
        properties = node.get("properties", {})
        for name in [name for name, field in properties.items() if field.get("readOnly")]:
            del properties[name]
            node["required"].remove(name)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


class _AsPublished(GenerateJsonSchema):
    """A schema of what is published: a reader of a later addition must not take it for a mistake."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        found = super().model_schema(schema)
        found.pop("additionalProperties", None)
        return found


def published_schema(type_: Any) -> str:
    """The JSON Schema of a published document, as JSON text."""
    schema = TypeAdapter(type_).json_schema(schema_generator=_AsPublished, mode="serialization")
    return _text({"$schema": GenerateJsonSchema.schema_dialect, **_with_ids(schema, {})})


def editor_schemas(types: Mapping[str, Any], known: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The files of `data/schema/`, by name, as JSON text.

    `types` maps the name of each kind of file to its type; `known` maps what ids stand for to those that editors are
    to be offered. An id that `known` does not tell of may be any text.
    """
    return {f"{name}.json": _text(_with_ids(schema_of(type_), known)) for name, type_ in types.items()}


def data_schemas(reference: Reference) -> dict[str, str]:
    """The files of `data/schema/` for these records, by name, as JSON text.

    Editors are offered the ids of the vocabularies, not those that grow with every record.
    """
    known = {
        "area": [area.id for area in reference.areas.areas],
        "pillar": [pillar.id for pillar in reference.pillars.pillars],
        "tie": [tie.id for tie in reference.ties],
        "region": [region.id for region in reference.regions],
        "language": list(reference.languages),
    }
    return editor_schemas({"partnership": Partnership, **FILES}, known)


def schema_line(file: str) -> str:
    """The first line of a file of records, given by its path below `data/`, which names its schema to editors."""
    *folders, name = file.split("/")
    schema = f"{'../' * len(folders)}schema/{'partnership' if folders else name.removesuffix('.yml')}.json"
    return f"{SCHEMA_MARK} $schema={schema}"


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _with_ids(node: Any, known: Mapping[str, Iterable[str]]) -> Any:
    """A schema in which the marks left by `field_types.Known` have become lists of ids."""
    if isinstance(node, list):
        return [_with_ids(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    filled = {name: _with_ids(value, known) for name, value in node.items() if name not in _MARKS}
    return {**filled, "enum": list(known[node["known"]])} if node.get("known") in known else filled
