"""How partnerships differ and who is nearest, on small cases; and what must hold for any records."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from compass import comparison, coverage
from compass.reading import read
from compass.records import AreaEntry, Partnership
from compass.reference import Area, Reference
from compass.vocabulary import State
from support.records import ROOT

REFERENCE: Reference = read(ROOT / "data")[0]
AREAS = REFERENCE.areas.areas[:6]
MODEL = REFERENCE.partnerships[0]
FOUND = st.dictionaries(st.sampled_from([area.id for area in AREAS]), st.sampled_from(State))
MANY = st.lists(FOUND, max_size=6)


def partnership(name: str, found: dict[str, State] | str) -> Partnership:
    """A partnership with the given areas; a word stands for areas by their first letters: a to f."""
    if isinstance(found, str):
        found = {AREAS["abcdef".index(letter)].id: State.OFFICIAL for letter in found}
    entries = tuple(
        AreaEntry(area=area, state=state, summary="Something.", sources=("release",)) for area, state in found.items()
    )
    return MODEL.model_copy(update={"id": name, "name": name, "areas": entries})


def partnerships(found: Sequence[dict[str, State] | str]) -> tuple[Partnership, ...]:
    return tuple(partnership(f"p{index}", one) for index, one in enumerate(found))


def letters(areas: Sequence[Area]) -> str:
    return "".join("abcdef"[AREAS.index(area)] for area in areas)


def ids(rows: Sequence[coverage.Row]) -> set[str]:
    return {row.area.id for row in rows}


def test_a_pair_tells_what_was_found_in_both_and_in_only_one() -> None:
    pair = comparison.pair(AREAS, partnership("one", "abc"), partnership("other", "dbc"))
    assert (letters(pair.both), letters(pair.only_one), letters(pair.only_other)) == ("bc", "a", "d")
    assert (pair.either, pair.share) == (4, 0.5)


def test_two_partnerships_without_areas_share_nothing() -> None:
    pair = comparison.pair(AREAS, partnership("one", ""), partnership("other", ""))
    assert (pair.either, pair.share) == (0, 0.0)


def test_the_nearest_share_most_and_dates_decide_where_the_share_is_the_same() -> None:
    some = partnerships(["abcd", "ab", "cd", "abc", "ef", ""])
    near = comparison.nearest(AREAS, some)
    assert [(pair.one.id, pair.other.id) for pair in near["p0"]] == [("p0", "p3"), ("p0", "p1"), ("p0", "p2")]
    assert [len(pair.both) / pair.either for pair in near["p0"]] == [0.75, 0.5, 0.5]
    assert near["p4"] == near["p5"] == ()


def test_no_more_are_near_than_asked_for() -> None:
    some = partnerships(["ab"] * 5)
    assert [pair.other.id for pair in comparison.nearest(AREAS, some, most=2)["p3"]] == ["p0", "p1"]


def test_an_area_is_a_difference_when_found_in_some_and_not_in_all() -> None:
    rows = coverage.rows(AREAS, partnerships(["abc", "abd", "ae"]))
    assert letters([row.area for row in coverage.common(rows)]) == "a"
    assert letters([row.area for row in coverage.differences(rows)]) == "bcde"
    assert letters([row.area for row in coverage.found_once(rows)]) == "cde"


def test_cells_are_told_by_kind_strongest_first() -> None:
    one = partnership("one", {AREAS[0].id: State.REPORTED, AREAS[1].id: State.INSTRUMENT})
    read_in_full = one.model_copy(update={"instrument": one.instrument.model_copy(update={"read_in_full": True})})
    cells = [row.cells[0] for row in coverage.rows(AREAS[:3], [one])]
    cells += [row.cells[0] for row in coverage.rows(AREAS[2:3], [read_in_full])]
    kinds = [(term.value, len(those)) for term, those in coverage.by_term(cells)]
    assert kinds == [("instrument", 1), ("reported", 1), ("not-found", 1), ("not-in-text", 1)]


@given(MANY, FOUND)
def test_adding_a_partnership_never_adds_a_common_area(found: list[dict[str, State]], added: dict[str, State]) -> None:
    before, after = (coverage.rows(AREAS, partnerships(some)) for some in (found, [*found, added]))
    assert not found or ids(coverage.common(after)) <= ids(coverage.common(before))


@given(MANY)
def test_every_area_is_common_or_a_difference_or_found_nowhere(found: list[dict[str, State]]) -> None:
    rows = coverage.rows(AREAS, partnerships(found))
    nowhere = [row for row in rows if not row.found]
    parts = [ids(coverage.common(rows)), ids(coverage.differences(rows)), ids(nowhere)]
    assert sum(map(len, parts)) == len(AREAS)
    assert set().union(*parts) == ids(rows)


@given(st.permutations(REFERENCE.partnerships))
def test_the_order_of_the_files_never_matters(shuffled: list[Partnership]) -> None:
    results = [
        (coverage.rows(AREAS, ordered), comparison.nearest(AREAS, ordered))
        for ordered in (coverage.in_order(shuffled), coverage.in_order(REFERENCE.partnerships))
    ]
    assert results[0] == results[1]


@given(FOUND, FOUND)
def test_a_pair_is_the_same_seen_from_either_side(one: dict[str, State], other: dict[str, State]) -> None:
    here, there = partnership("one", one), partnership("other", other)
    pair, turned = comparison.pair(AREAS, here, there), comparison.pair(AREAS, there, here)
    assert (pair.both, pair.only_one, pair.only_other) == (turned.both, turned.only_other, turned.only_one)
    assert pair.share == turned.share
    assert 0 <= pair.share <= 1
    assert {*pair.both, *pair.only_one} == {area for area in AREAS if area.id in one}
