"""How partnerships differ and who is nearest, on small cases; and what must hold for any records."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from compass.derived import comparison, coverage
from compass.model.records import AreaEntry, Partnership
from compass.model.reference import Area
from compass.model.vocabulary import State
from compass.reading.reader import read
from support.examples import examples
from support.records import FULL

AREAS = tuple(Area(id=letter, name=letter.upper(), scope="Something.", pillar="act") for letter in "abcdef")
RECORDS = read(FULL)[0].partnerships
FOUND = st.dictionaries(st.sampled_from([area.id for area in AREAS]), st.sampled_from(State))
SEVERAL = st.lists(FOUND, max_size=6)


def partnership(name: str, found: dict[str, State] | str) -> Partnership:
    """A partnership with the given areas; each letter of a word stands for one that was named officially."""
    if isinstance(found, str):
        found = dict.fromkeys(found, State.OFFICIAL)
    entries = tuple(
        AreaEntry(area=area, state=state, summary="Something.", locator=None, sources=("release",), details=())
        for area, state in found.items()
    )
    return RECORDS[0].model_copy(update={"id": name, "name": name, "areas": entries})


def partnerships(found: Sequence[dict[str, State] | str]) -> tuple[Partnership, ...]:
    """A partnership for each, with the ids p0, p1 and so on."""
    return tuple(partnership(f"p{index}", areas) for index, areas in enumerate(found))


def letters(areas: Sequence[Area]) -> str:
    """The ids of areas in one word."""
    return "".join(area.id for area in areas)


def ids(rows: Sequence[coverage.Row]) -> set[str]:
    """The ids of the areas of rows."""
    return {row.area.id for row in rows}


def test_a_pair_tells_what_was_found_in_both_and_in_only_one() -> None:
    pair = comparison.pair(AREAS, partnership("first", "abc"), partnership("second", "dbc"))
    assert (letters(pair.both), letters(pair.only_one), letters(pair.only_other)) == ("bc", "a", "d")
    assert (pair.either, pair.share) == (4, 0.5)


def test_two_partnerships_without_areas_share_nothing() -> None:
    pair = comparison.pair(AREAS, partnership("first", ""), partnership("second", ""))
    assert (pair.either, pair.share) == (0, 0.0)


def test_the_nearest_share_most_and_dates_decide_where_the_share_is_the_same() -> None:
    near = comparison.nearest(AREAS, partnerships(["abcd", "ab", "cd", "abc", "ef", ""]))
    assert [(pair.one.id, pair.other.id) for pair in near["p0"]] == [("p0", "p3"), ("p0", "p1"), ("p0", "p2")]
    assert [len(pair.both) / pair.either for pair in near["p0"]] == [0.75, 0.5, 0.5]
    assert near["p4"] == near["p5"] == ()


def test_no_more_are_near_than_asked_for() -> None:
    near = comparison.nearest(AREAS, partnerships(["ab"] * 5), most=2)
    assert [pair.other.id for pair in near["p3"]] == ["p0", "p1"]


def test_an_area_is_common_when_found_in_all_and_found_once_when_in_one() -> None:
    rows = coverage.rows(AREAS, partnerships(["abc", "abd", "ae"]))
    assert letters([row.area for row in coverage.common(rows)]) == "a"
    assert letters([row.area for row in coverage.found_once(rows)]) == "cde"


def test_cells_are_told_by_kind_strongest_first() -> None:
    record = partnership("record", {"a": State.REPORTED, "b": State.INSTRUMENT})
    not_read, in_full = (
        record.model_copy(update={"instrument": record.instrument.model_copy(update={"read_in_full": value})})
        for value in (False, True)
    )
    cells = [row.cells[0] for row in coverage.rows(AREAS[:3], [not_read])]
    cells += [row.cells[0] for row in coverage.rows(AREAS[2:3], [in_full])]
    kinds = [(term.value, len(of_kind)) for term, of_kind in coverage.by_term(cells)]
    assert kinds == [("instrument", 1), ("reported", 1), ("not-found", 1), ("not-in-text", 1)]


@examples(few=100, many=1000)
@given(SEVERAL, FOUND)
def test_adding_a_partnership_never_adds_a_common_area(found: list[dict[str, State]], added: dict[str, State]) -> None:
    before, after = (coverage.rows(AREAS, partnerships(several)) for several in (found, [*found, added]))
    assert not found or ids(coverage.common(after)) <= ids(coverage.common(before))


@examples(few=100, many=1000)
@given(SEVERAL)
def test_an_area_is_common_just_when_every_partnership_has_it(found: list[dict[str, State]]) -> None:
    rows = coverage.rows(AREAS, partnerships(found))
    in_all = set.intersection(*map(set, found)) if found else set()
    assert ids(rows) == {area.id for area in AREAS}
    assert ids(coverage.common(rows)) == in_all


@examples(few=100, many=1000)
@given(st.permutations(RECORDS))
def test_the_order_of_the_files_never_matters(shuffled: list[Partnership]) -> None:
    areas = [Area(id=id, name=id, scope=id, pillar="act") for id in ("missions", "cyber", "space", "research")]
    results = [
        (coverage.rows(areas, ordered), comparison.nearest(areas, ordered))
        for ordered in (coverage.in_order(shuffled), coverage.in_order(RECORDS))
    ]
    assert results[0] == results[1]


@examples(few=100, many=1000)
@given(FOUND, FOUND)
def test_a_pair_is_the_same_seen_from_either_side(here: dict[str, State], there: dict[str, State]) -> None:
    first, second = partnership("first", here), partnership("second", there)
    pair, turned = comparison.pair(AREAS, first, second), comparison.pair(AREAS, second, first)
    assert (pair.both, pair.only_one, pair.only_other) == (turned.both, turned.only_other, turned.only_one)
    assert pair.share == turned.share
    assert 0 <= pair.share <= 1
    assert {*pair.both, *pair.only_one} == {area for area in AREAS if area.id in here}
