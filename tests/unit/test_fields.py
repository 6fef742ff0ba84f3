from compass.model.field_reference import models
from compass.model.records import Partnership, Record
from compass.model.reference import Reference
from compass.model.vocabulary import State


def all_models(of: type[Record] = Record) -> set[str]:
    """Those of the records; others are only published."""
    own = {of.__name__} if of.__module__ in ("compass.model.records", "compass.model.reference") else set()
    return own.union(*map(all_models, of.__subclasses__()))


def test_every_model_that_can_be_typed_is_explained() -> None:
    building_blocks = {"Record", "Dated", "PartnershipFacts", "Reference"}
    assert {model.name for model in models()} == all_models() - building_blocks
    assert Reference.__name__ in building_blocks


def test_every_field_has_a_meaning() -> None:
    assert [(model.name, field.name) for model in models() for field in model.fields if not field.meaning] == []


def test_a_field_tells_what_to_type() -> None:
    partnership = next(model for model in models() if model.name == Partnership.__name__)
    shown = {field.name: (field.what_to_type, field.required) for field in partnership.fields}
    assert shown["name"] == ("text", True)
    assert shown["reviewed"] == ("date", False)
    assert shown["region"] == ("region id", True)
    assert shown["areas"] == ("list of AreaEntry", True)
    area = next(model for model in models() if model.name == "AreaEntry")
    state = next(field for field in area.fields if field.name == "state")
    assert state.terms is State
