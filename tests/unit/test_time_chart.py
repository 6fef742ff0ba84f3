"""The picture of the timeline: a mark for each dated entry, in the lane of its subject and the column of its year."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from compass.derived.everything import derived
from compass.model.reference import Reference
from compass.site.timeline_chart import LANE, Chart, draw
from support.timeline import dated_entries


@pytest.fixture(scope="module")
def chart(reference: Reference) -> Chart:
    everything = derived(reference)
    return draw(everything.chronology, everything.partnerships)


def test_there_is_a_lane_for_each_subject_and_a_mark_for_each_entry(chart: Chart, reference: Reference) -> None:
    assert [lane.name for lane in chart.lanes] == [
        *(partnership.name for partnership in derived(reference).partnerships),
        # Subjects that are no partnerships follow by their first dates.
        "Strategic Compass",
        "On the way",
        "European Parliament",
    ]
    marks = [(lane.id, mark.entry) for lane in chart.lanes for mark in lane.marks]
    assert all(lane == entry.lane for lane, entry in marks)
    assert Counter((lane, entry.kind) for lane, entry in marks) == dated_entries(reference)


def test_kinds_are_counted_and_the_most_frequent_stand_first(chart: Chart, reference: Reference) -> None:
    numbers: Counter[str] = Counter()
    for (_, kind), number in dated_entries(reference).items():
        numbers[kind] += number
    assert [(kind, number) for _, kind, number in chart.kinds] == sorted(
        numbers.items(), key=lambda kind: (-kind[1], kind[0])
    )


def test_no_mark_covers_another_and_years_follow_each_other(chart: Chart) -> None:
    spots = [(mark.x, mark.y) for lane in chart.lanes for mark in lane.marks]
    assert len(spots) == len(set(spots))
    # A year with more marks in a lane than stand above each other is wider.
    assert max(Counter(mark.entry.date.year for mark in lane.marks).most_common(1)[0][1] for lane in chart.lanes) > 2
    assert all(earlier.year < later.year and earlier.left < later.left for earlier, later in pairwise(chart.years))
    left = {
        year.year: (year.left, right)
        for year, right in zip(chart.years, [*(year.left for year in chart.years[1:]), chart.width], strict=True)
    }
    for number, lane in enumerate(chart.lanes):
        for mark in lane.marks:
            begin, end = left[mark.entry.date.year]
            assert begin < mark.x < end
            assert number * LANE < mark.y - (chart.height - LANE * len(chart.lanes)) < (number + 1) * LANE
