from compass.derived.chronology import by_year, of_events, of_partnership, of_ties
from compass.derived.everything import derived
from compass.model.records import TieEntry
from compass.model.reference import Reference


def test_everything_dated_is_there_oldest_first(smallest: Reference) -> None:
    assert [(entry.when, entry.subject, entry.title) for entry in derived(smallest).chronology] == [
        ("21 March 2022", "Strategic Compass", "The plan was approved"),
        ("28 May 2024", "Freedonia", "The partnership is signed"),
        ("20 May 2025", "Strategic Compass", "A force: It was ready."),
        ("June 2025", "On the way", "Sylvania: talks"),
        ("11 February 2026", "European Parliament", "Parliament’s resolution: All of them"),
    ]


def test_entries_are_grouped_by_year(smallest: Reference) -> None:
    assert [(year, len(entries)) for year, entries in by_year(derived(smallest).chronology)] == [
        (2022, 1),
        (2024, 1),
        (2025, 2),
        (2026, 1),
    ]


def test_a_partnerships_entries_tell_whose_sources_they_cite(smallest: Reference) -> None:
    entry = of_partnership(smallest.partnerships[0])[0]
    assert entry.partnership is smallest.partnerships[0]
    assert entry.record.sources == ("release",)


def test_an_entry_tells_where_its_sources_stand(smallest: Reference) -> None:
    assert [(entry.page, entry.anchor) for entry in derived(smallest).chronology] == [
        ("compass/", "on-2022-03-21"),
        ("partnerships/freedonia/", "on-2024-05-28"),
        ("compass/act/", "target-1"),
        ("partnerships/pipeline/", "sylvania"),
        ("parliament/", "first"),
    ]


def test_several_entries_of_one_date_have_anchors_of_their_own(smallest: Reference) -> None:
    event = smallest.pillars.compass.progress[0]
    twins = (event.model_copy(update={"title": "B"}), event, event.model_copy(update={"title": "A"}))
    entries = [(entry.title, entry.anchor) for entry in of_events(twins, "A plan", "compass/")]
    assert entries == [
        ("A", "on-2022-03-21"),
        ("B", "on-2022-03-21-2"),
        ("The plan was approved", "on-2022-03-21-3"),
    ]


def test_a_tie_is_dated_where_a_source_tells_since_when_it_stands_there(smallest: Reference) -> None:
    def tie(**given: str) -> TieEntry:
        fields = {"tie": "safe", "status": "requested", "summary": "It asked.", "sources": ["release"]}
        return TieEntry.model_validate(fields | given)

    undated = smallest.partnerships[0].model_copy(update={"ties": (tie(),)})
    dated = undated.model_copy(update={"ties": (tie(since="2025-09", caveat="By a newspaper."),)})
    assert of_ties(undated, smallest.ties) == ()
    (entry,) = of_ties(dated, smallest.ties)
    assert (entry.when, entry.kind, entry.subject, entry.title) == (
        "September 2025",
        "Tie",
        "Freedonia",
        "SAFE: asked for",
    )
    assert (entry.page, entry.anchor) == ("partnerships/freedonia/", "tie-safe")
    assert (entry.record.caveat, entry.date_note, entry.is_act) == ("By a newspaper.", None, False)
    changed = smallest.model_copy(update={"partnerships": (dated,)})
    assert [entry.title for entry in derived(changed).chronology if entry.kind == "Tie"] == ["SAFE: asked for"]
    assert "Tie" not in {entry.kind for entry in of_partnership(dated)}
