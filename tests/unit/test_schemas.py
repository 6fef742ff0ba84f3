"""The schemas for editors: complete, true to the models, and as committed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from compass.__main__ import main
from compass.reading import FILES
from compass.records import Partnership
from compass.schemas import editor_schemas, schema_of
from support.records import ROOT, SMALLEST

SCHEMAS = ROOT / "data/schema"
DATA = sorted([*(ROOT / "data").glob("*.yml"), *(ROOT / "data/partnerships").glob("*.yml")])


def as_editors_read(text: str) -> Any:
    """YAML by version 1.2, where dates are text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", yaml.constructor.__class__.construct_yaml_str)
    return yaml.load(text)


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(as_editors_read(text))]


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path) -> None:
    for path in DATA:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert main(["--data", str(tmp_path / "data"), "schema"]) == 0
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "data/schema").iterdir()}
    committed = {path.name: path.read_text("utf-8") for path in SCHEMAS.iterdir()}
    assert committed == written, "run `python -m compass schema` and commit data/schema/"


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def test_a_file_names_its_schema_and_keeps_to_it(path: Path) -> None:
    text = path.read_text("utf-8")
    prefix = "# yaml-language-server: $schema="
    first = text.splitlines()[0]
    assert first.startswith(prefix)
    schema = json.loads((path.parent / first.removeprefix(prefix)).read_text("utf-8"))
    assert complaints(schema, text) == []


def test_the_schemas_are_json_schemas() -> None:
    for path in SCHEMAS.iterdir():
        Draft202012Validator.check_schema(json.loads(path.read_text("utf-8")))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("area: cyber", "area: cybr", "'cybr' is not one of ['cyber', 'space']"),
        ("region: north", "regoin: north", "'regoin' was unexpected"),
        ("iso: FR", "iso: fr", "does not match"),
        ("iso: FR", "iso:", "is not of type"),
        ("kind: signed", "kind: sined", "'sined' is not one of"),
        ("sources: [release, shared]", "sources: []", "[] should be non-empty"),
        ("date: 2024-05-28, s", "date: 28 May 2024, s", "does not match"),
        ("name: Freedonia", "id: freedonia\nname: Freedonia", "'id' was unexpected"),
    ],
)
def test_a_mistake_is_shown_while_typing(old: str, new: str, expected: str) -> None:
    known = {"area": ["cyber", "space"]}
    schema = json.loads(editor_schemas({"partnership": Partnership}, known)["partnership.json"])
    text = SMALLEST["partnerships/freedonia.yml"]
    assert complaints(schema, text) == []
    assert text.count(old) == 1
    assert any(expected in complaint for complaint in complaints(schema, text.replace(old, new)))


@pytest.mark.parametrize("typed", ["NO", "2024", "true", "12:30", "1.10"])
def test_text_that_yaml_might_take_for_something_else_is_text(typed: str) -> None:
    text = SMALLEST["partnerships/freedonia.yml"].replace("Republic of Freedonia", typed)
    assert complaints(schema_of(Partnership), text) == []


def test_every_field_and_vocabulary_explains_itself() -> None:
    for type_ in (Partnership, *FILES.values()):
        schema = schema_of(type_)
        nodes = [schema, *schema.get("$defs", {}).values()]
        assert [node["title"] for node in nodes if "title" in node and not node.get("description")] == []
        fields = [field for node in nodes for field in node.get("properties", {}).items()]
        assert [name for name, field in fields if not field.get("description")] == []
    state = schema_of(Partnership)["$defs"]["State"]
    assert "instrument: Stated in the text. Read in the instrument itself" in state["description"]


def test_old_schemas_are_removed(write: Callable[..., Path]) -> None:
    folder = write({"schema/old.json": "{}"})
    assert main(["--data", str(folder), "schema"]) == 0
    assert not (folder / "schema/old.json").exists()
    assert (folder / "schema/partnership.json").exists()
