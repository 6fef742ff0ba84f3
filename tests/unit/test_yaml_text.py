import pytest
from hypothesis import given
from hypothesis import strategies as st

from compass.reading.yaml_document import Spot, parse
from support.examples import examples


def findings(text: str) -> list[str]:
    return [message for _, message in parse(text).findings]


@pytest.mark.parametrize("typed", ["NO", "yes", "12:30", "1.10", "2024-05-28", "0o17", "nullify", "1_000"])
def test_a_scalar_is_the_text_that_was_typed(typed: str) -> None:
    assert parse(f"field: {typed}").data == {"field": typed}


def test_places_are_counted_as_editors_count() -> None:
    document = parse("name: Freedonia\nareas:\n  - area: cyber\n    state: official\n")
    assert document.spot(("name",)) == Spot(1, 7)
    assert document.spot(("areas", 0, "state")) == Spot(4, 12)
    assert document.spot(("areas", 0, "state"), of_key=True) == Spot(4, 5)


def test_the_place_of_what_is_missing_is_that_of_what_should_hold_it() -> None:
    document = parse("areas:\n  - area: cyber\n")
    assert document.spot(("areas", 0, "sources")) == Spot(2, 5)


@pytest.mark.parametrize("text", ["--- ", "---", "--- # nothing"])
def test_no_place_is_beyond_the_last_line(text: str) -> None:
    assert parse(text).spot(()).line == 1


def test_a_key_typed_twice_is_found_and_the_first_is_kept() -> None:
    document = parse("name: Freedonia\nname: Sylvania\n")
    assert document.data == {"name": "Freedonia"}
    assert document.findings == [(Spot(2, 1), '"name" stands here a second time (first in line 1); keep one')]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x", "text that begins with *"),
        ("a: &x 1", "text that begins with &"),
        ("a: !!python/object:os.system ls", "a tag, tag:yaml.org,2002:python/object:os.system"),
        ("a: !secret x", "a tag, !secret"),
        ("a: 1\n---\nb: 2", "a second document starts here"),
        ("[a, b]: c", "a list or mapping where a field's name is expected"),
        ("a: b\n---\n", "a second document starts here"),
        ("[" * 40 + "]" * 40, "nested more than 30 levels deep"),
    ],
)
def test_what_a_record_cannot_hold_is_found(text: str, found: str) -> None:
    assert any(message.startswith(found) for message in findings(text)), findings(text)


def test_sound_yaml_has_no_findings() -> None:
    assert findings("a: [b, {c: d}]\ne: >-\n  long\n  text\n") == []


def test_a_billion_laughs_stay_small() -> None:
    lines = [
        "a: &a [x, x]",
        *(f"{name}: &{name} [*{before}, *{before}]" for before, name in zip("abcdefg", "bcdefgh", strict=True)),
    ]
    assert parse("\n".join(lines)).data["h"] == ["*g", "*g"]


@examples(few=300, many=5000)
@given(st.text(alphabet="ab:-[]{}&*!|>'\"#?%@`, \n\t") | st.text())
def test_no_text_raises(text: str) -> None:
    parse(text)
