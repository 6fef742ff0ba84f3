"""What the search is told of the records: words beside a title, entries left out, entries that tell of no finding."""

from __future__ import annotations

from compass.model.reference import Reference
from compass.postprocess.search_index import Guide, guide, improve


def test_each_section_is_searched_by_the_names_of_its_page_and_by_abbreviations(smallest: Reference) -> None:
    record = smallest.partnerships[0].model_copy(update={"aliases": ("Fredonia", "FRD")})
    changed = smallest.model_copy(update={"partnerships": (record,)})
    entries = [
        {"location": "partnerships/freedonia/", "title": "Freedonia", "text": "<ol><li>Home</li></ol>"},
        {"location": "partnerships/freedonia/#freedonia", "title": "Freedonia", "text": "The lead."},
        {"location": "partnerships/freedonia/#tie-csdp", "title": "CSDP operations", "text": "x"},
        {"location": "partnerships/freedonia/#areas", "title": "Areas", "text": "x"},
        {"location": "partnerships/freedonia/#sources", "title": "Sources", "text": ""},
        {"location": "areas/cyber/", "title": "Common Security and Defence Policy", "text": "x"},
        {"location": "areas/cyber/#freedonia", "title": "Freedonia", "text": "x"},
    ]
    kept = improve(entries, guide(changed))
    assert [(entry["location"], entry["text"], entry.get("words")) for entry in kept] == [
        ("partnerships/freedonia/", "The lead.", "Fredonia FRD"),
        (
            "partnerships/freedonia/#tie-csdp",
            "x",
            "Freedonia Fredonia FRD common security and defence policy",
        ),
        ("areas/cyber/", "x", "Cyber CSDP"),
    ]
    # What was given stays as it was.
    assert entries[1]["location"] == "partnerships/freedonia/#freedonia"
    assert "words" not in entries[2]


def test_sections_without_a_finding_are_known_and_count_least(reference: Reference) -> None:
    nothing_found = guide(reference).nothing_found
    assert "areas/space/#freedonia" in nothing_found
    assert "areas/cyber/#freedonia" not in nothing_found
    pairs = len(reference.areas.areas) * len(reference.partnerships)
    assert len(nothing_found) == pairs - sum(len(record.areas) for record in reference.partnerships)
    entries = [
        {"location": "areas/space/", "title": "Space", "text": "x"},
        {"location": "areas/space/#freedonia", "title": "Freedonia", "text": "x"},
    ]
    area, section = improve(entries, guide(reference))
    assert section["boost"] < 0.01 < area.get("boost", 1)


def test_without_records_entries_stay_as_they_are() -> None:
    entries = [
        {"location": "", "title": "Home", "text": "x"},
        {"location": "#more", "title": "More", "text": "y"},
    ]
    assert improve(entries, Guide()) == entries
