from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.open_data.json_documents import documents, schemas
from compass.publication import published
from support.records import SITE


@pytest.fixture
def made(smallest: Reference) -> dict[str, Any]:
    """The documents of the smallest records, parsed."""
    return {path: json.loads(text) for path, text in documents(derived(smallest), published(smallest, SITE))}


def test_there_is_a_document_of_all_and_one_of_each(made: dict[str, Any]) -> None:
    assert list(made) == ["dataset.json", "partnerships/freedonia.json"]
    assert made["dataset.json"]["partnerships"] == [made["partnerships/freedonia.json"]["partnership"]]


def test_a_document_says_what_it_is_and_how_old(made: dict[str, Any]) -> None:
    assert made["dataset.json"]["about"] == {
        "title": "The site: an open reference",
        "description": made["dataset.json"]["about"]["description"],
        "author": "Its makers",
        "version": "v1",
        "modified": "2026-01-02",
        "licence": "CC-BY-4.0",
        "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        "address": "https://example.org/",
    }


def test_every_area_has_its_state_and_the_words_for_it(made: dict[str, Any]) -> None:
    dataset = made["dataset.json"]
    assert dataset["partnerships"][0]["coverage"] == [
        {"area": "cyber", "pillar": "act", "state": "official"},
        {"area": "space", "pillar": "act", "state": "not-found"},
    ]
    assert dataset["vocabulary"]["absence"][0]["label"] == "Not found"
    assert {"state", "act", "tie_status", "event_kind", "source_kind"} <= dataset["vocabulary"].keys()


def test_a_partnership_comes_with_the_sources_that_it_cites(made: dict[str, Any]) -> None:
    assert [source["id"] for source in made["partnerships/freedonia.json"]["sources"]] == ["release", "shared"]


def test_what_is_not_known_is_null(made: dict[str, Any]) -> None:
    partnership = made["dataset.json"]["partnerships"][0]
    assert partnership["reviewed"] is None
    assert partnership["ties"] == []


@pytest.mark.parametrize("path", ["dataset", "partnership"])
def test_a_schema_explains_every_field(path: str) -> None:
    schema = json.loads(schemas()[f"schema/{path}.json"])
    Draft202012Validator.check_schema(schema)
    models = [schema, *(model for model in schema["$defs"].values() if "properties" in model)]
    assert [
        (model.get("title"), name)
        for model in models
        for name, field in model["properties"].items()
        if not field.get("description")
    ] == []


def test_a_document_keeps_to_its_schema_and_a_broken_one_does_not(made: dict[str, Any]) -> None:
    validator = Draft202012Validator(json.loads(schemas()["schema/partnership.json"]))
    document = made["partnerships/freedonia.json"]
    validator.validate(document)
    validator.validate({**document, "added-later": 1})
    for broken in (
        {name: value for name, value in document.items() if name != "sources"},
        {**document, "partnership": {**document["partnership"], "evidence_as_of": "yesterday"}},
        {**document, "partnership": {**document["partnership"], "coverage": [{"area": "cyber", "state": "no"}]}},
    ):
        with pytest.raises(ValidationError):
            validator.validate(broken)
