"""The schemas for editors: they take sound records, show mistakes, and explain each field."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from compass.__main__ import main
from compass.model.json_schema import editor_schemas, schema_of
from compass.model.records import Partnership
from compass.model.reference import FILES
from support.records import FULL, SMALLEST


def as_editors_read(text: str) -> Any:
    """YAML by version 1.2, where dates are text."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", yaml.constructor.__class__.construct_yaml_str)
    return yaml.load(text)


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    return [error.message for error in Draft202012Validator(schema).iter_errors(as_editors_read(text))]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full invented records after `compass schema` has written their schemas."""
    folder = shutil.copytree(FULL, tmp_path_factory.mktemp("schemas") / "data")
    assert main(["--data", str(folder), "schema"]) == 0
    return folder


def test_there_is_a_schema_for_each_kind_of_file(written: Path) -> None:
    names = {path.stem for path in (written / "schema").iterdir()}
    assert names == {*FILES, "partnership"}


@pytest.mark.parametrize("name", [*FILES, "partnership"])
def test_records_without_mistakes_keep_to_their_schema(written: Path, name: str) -> None:
    schema = json.loads((written / f"schema/{name}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for path in sorted((written / "partnerships").iterdir()) if name == "partnership" else [written / f"{name}.yml"]:
        assert complaints(schema, path.read_text("utf-8")) == [], path.name


def test_a_schema_offers_the_ids_of_the_records(written: Path) -> None:
    schema = json.loads((written / "schema/partnership.json").read_text("utf-8"))
    text = (written / "partnerships/freedonia.yml").read_text("utf-8")
    for old, new in (("area: mines", "area: mine"), ("tie: fund", "tie: found"), ("region: north", "region: west")):
        assert text.count(old) == 1
        (complaint,) = complaints(schema, text.replace(old, new))
        assert f"'{new.split()[1]}' is not one of" in complaint


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
