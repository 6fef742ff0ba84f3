import pytest
from pydantic import TypeAdapter

from compass.model.vocabulary import Absence, Act, EventKind, PlaceKind, Side, SourceKind, Stage, State, Term, TieStatus


def test_the_states_stand_strongest_first() -> None:
    assert [state.value for state in State] == ["instrument", "official", "reported"]


@pytest.mark.parametrize("terms", [Absence, Act, EventKind, PlaceKind, Side, SourceKind, Stage, State, TieStatus])
def test_every_term_has_a_label_and_a_meaning_of_its_own(terms: type[Term]) -> None:
    assert all(term.label and term.meaning for term in terms)
    assert len({term.label for term in terms}) == len(list(terms))


def test_a_term_is_the_text_that_is_typed() -> None:
    assert TypeAdapter(State).validate_python("official") is State.OFFICIAL
    assert str(State.OFFICIAL) == "official"
