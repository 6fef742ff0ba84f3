"""The real records, each by itself, so that a failing one is in the test's name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from compass import coverage
from compass.reading import read
from compass.records import Partnership, cited
from compass.reference import Reference
from compass.scaffold import new_record
from compass.vocabulary import State
from support.records import ROOT

RECORDS = sorted(path.stem for path in (ROOT / "data/partnerships").glob("*.yml"))
# Mirrors that pose as official sites and networks of automated pages (rules of evidence, 7).
NO_SOURCES = (
    "eeas.eu.com",
    "openrijk.nl",
    "news-pravda.com",
    "questiqa",
    "rrcabin.com",
    "europ.info",
    "factually.co",
    "scriptjava.net",
    "themediafactchecker.com",
    "euforya.eu",
    "newsbite.mooo.com",
)


@pytest.fixture(params=RECORDS)
def record(request: pytest.FixtureRequest, reference: Reference) -> Partnership:
    return next(one for one in reference.partnerships if one.id == request.param)


def test_the_records_have_no_problems_and_no_warnings() -> None:
    assert read(ROOT / "data")[1] == []


def test_a_record_is_no_stub(record: Partnership) -> None:
    parts = ("areas", "ties", "events", "conflicts", "open_questions", "sources")
    assert [part for part in parts if not getattr(record, part)] == []
    assert any(event.date < record.instrument.act.date for event in record.events)


def test_who_acted_is_told_or_asked(record: Partnership) -> None:
    told = {signatory.side for signatory in record.instrument.signatories} == {"eu", "partner"}
    asked = [*record.open_questions, *(conflict.title for conflict in record.conflicts)]
    assert told or any(re.search(r"(?i)\bwho\b.*\bsign|\bsign(ed|ator)", question) for question in asked)


def test_the_six_are_told_from_before_they_were_made_to_what_came_of_them(reference: Reference) -> None:
    six = next(one for one in reference.sets if one.id == "eprs-2025-01").members
    for record in (one for one in reference.partnerships if one.id in six):
        dates = [event.date for event in record.events]
        act = record.instrument.act.date
        assert sum(date < act for date in dates) >= 5, record.id
        assert sum(date > act for date in dates) >= 5, record.id
        assert record.dialogues, record.id
        assert record.assessments, record.id
        assert {signatory.side for signatory in record.instrument.signatories} == {"eu", "partner"}, record.id


def test_the_act_is_told_once(record: Partnership) -> None:
    act = record.instrument.act
    told = [event.title for event in record.events if event.kind == "partnership" and event.date == act.date]
    pattern = r"(?i)partnership\b.*\b(sign|adopt|announc|conclud)\w*|\b(sign|adopt|announc|conclud)\w*\b.*\bpartnership"
    assert [title for title in told if re.search(pattern, title)] == []


def test_no_source_is_a_mirror_or_an_automated_page(record: Partnership, reference: Reference) -> None:
    hosts = {urlsplit(source.url).hostname or "" for source in (*record.sources, *reference.sources)}
    assert [host for host in hosts if any(banned in host for banned in NO_SOURCES)] == []


def test_the_first_lines_name_the_schema_and_where_the_fields_are_explained(record: Partnership) -> None:
    lines = (ROOT / f"data/partnerships/{record.id}.yml").read_text("utf-8").splitlines()
    assert lines[:2] == new_record(record.name).splitlines()[:2]


@pytest.mark.parametrize("partner", ["norway", "north-macedonia", "albania"])
def test_women_peace_and_security_rests_on_a_statement_about_all(partner: str, reference: Reference) -> None:
    record = next(one for one in reference.partnerships if one.id == partner)
    entry = next(entry for entry in record.areas if entry.area == "women-peace-security")
    assert entry.state is State.OFFICIAL
    assert entry.caveat
    assert "eu-un-wps-2025" in entry.sources


def test_the_order_is_that_of_the_sourced_dates(reference: Reference) -> None:
    first_six = ["moldova", "norway", "japan", "south-korea", "north-macedonia", "albania"]
    assert [one.id for one in coverage.in_order(reference.partnerships)][:6] == first_six


def test_the_six_are_those_that_the_research_service_names(reference: Reference) -> None:
    six = next(one for one in reference.sets if one.id == "eprs-2025-01").members
    assert set(six) == {"norway", "moldova", "south-korea", "japan", "albania", "north-macedonia"}


def test_what_official_sources_call_announced_or_adopted_is_not_called_signed(reference: Reference) -> None:
    acts = {one.id: one.instrument.act.kind.value for one in reference.partnerships}
    assert (acts["japan"], acts["south-korea"]) == ("announced", "adopted")


def test_koreas_fifteen_areas_are_those_of_the_ministrys_list(reference: Reference) -> None:
    korea = next(one for one in reference.partnerships if one.id == "south-korea")
    assert sum(entry.state is State.INSTRUMENT for entry in korea.areas) == 15


def test_there_are_four_pillars_with_targets_and_23_areas(reference: Reference) -> None:
    assert [pillar.id for pillar in reference.pillars.pillars] == ["act", "secure", "invest", "partner"]
    assert all(pillar.targets for pillar in reference.pillars.pillars)
    assert len(reference.areas.areas) == 23


def test_readers_ask_for_safe_first(reference: Reference) -> None:
    assert reference.ties[0].id == "safe"


def test_every_place_that_the_announcement_names_is_there(reference: Reference) -> None:
    countries = {place.iso for place in reference.parliament.places if place.kind == "country"}
    regions = {place.region for place in reference.parliament.places if place.kind == "region"}
    assert countries == {"US", "GB", "CA", "NO", "UA", "GE", "JP", "AU", "KR"}
    assert regions == {
        "western-balkans",
        "eastern-partnership",
        "southern-neighbourhood",
        "indo-pacific",
        "latin-america-caribbean",
        "africa",
    }


def test_every_shared_source_is_used(reference: Reference) -> None:
    prose = " ".join(path.read_text("utf-8") for path in (ROOT / "docs").rglob("*.md"))
    in_prose = {name for call in re.findall(r"cite\(\[([^\]]*)\]", prose) for name in re.findall(r'"([^"]+)"', call)}
    parts = (
        reference.pillars,
        reference.areas,
        reference.ties,
        reference.parliament,
        reference.pipeline,
        reference.sets,
        reference.members,
        reference.partnerships,
    )
    used = in_prose.union(*(cited(part) for part in parts))
    assert sorted({source.id for source in reference.sources} - used) == []


def test_safe_stands_first_among_the_ties(reference: Reference) -> None:
    assert reference.ties[0].id == "safe"
