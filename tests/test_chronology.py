from compass.chronology import by_year, chronology, of_partnership
from compass.reference import Reference


def test_everything_dated_is_there_oldest_first(tiny: Reference) -> None:
    assert [(entry.when, entry.subject, entry.title) for entry in chronology(tiny)] == [
        ("21 March 2022", "Strategic Compass", "The plan was approved"),
        ("28 May 2024", "Freedonia", "The partnership is signed"),
        ("20 May 2025", "Strategic Compass", "A force: It was ready."),
        ("June 2025", "On the way", "Sylvania: talks"),
        ("11 February 2026", "European Parliament", "Parliament’s resolution: All of them"),
    ]


def test_entries_are_grouped_by_year(tiny: Reference) -> None:
    assert [(year, len(entries)) for year, entries in by_year(chronology(tiny))] == [
        (2022, 1),
        (2024, 1),
        (2025, 2),
        (2026, 1),
    ]


def test_a_partnerships_entries_tell_whose_sources_they_cite(tiny: Reference) -> None:
    entry = of_partnership(tiny.partnerships[0])[0]
    assert entry.partnership is tiny.partnerships[0]
    assert entry.record.sources == ("release",)
