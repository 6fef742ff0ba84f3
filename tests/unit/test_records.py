from typing import Any

import pytest
from pydantic import ValidationError

from compass.model.records import Conflict, Event, Fact, Partnership, cited
from compass.model.reference import Reference

FACT = {"text": "So it is.", "sources": ["a"]}


def test_a_record_cannot_change_after_reading() -> None:
    fact = Fact.model_validate(FACT)
    with pytest.raises(ValidationError, match="frozen"):
        fact.text = "Otherwise."


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Fact.model_validate({**FACT, "sorces": []})


def test_an_event_cannot_end_before_it_starts() -> None:
    event: dict[str, Any] = {"title": "Talks", "kind": "dialogue", "sources": ["a"], "date": "2024-05-28"}
    assert Event.model_validate({**event, "end": "2024-05-29"}).when == "28 to 29 May 2024"
    with pytest.raises(ValidationError, match='end "2024-05-27" lies before the start "2024-05-28"'):
        Event.model_validate({**event, "end": "2024-05-27"})


def test_a_conflict_has_two_positions() -> None:
    with pytest.raises(ValidationError, match="at least 2"):
        Conflict.model_validate({"title": "Date", "positions": [FACT], "resolution": "Open."})


def test_every_citation_of_a_record_is_found(smallest: Reference) -> None:
    assert list(cited(smallest.partnerships[0])) == ["release"] * 4 + ["shared", "release"]


def test_the_id_is_never_typed() -> None:
    assert Partnership.model_json_schema()["properties"]["id"]["readOnly"] is True
