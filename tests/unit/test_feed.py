from __future__ import annotations

from dataclasses import replace

import feedparser

from compass.model.dates import PartialDate
from compass.model.reference import Change, Reference
from compass.open_data.atom_feed import atom
from compass.publication import published
from support.records import SITE


def change(id_: str, date: str, what: str = "It changed.") -> Change:
    return Change(id=id_, date=PartialDate(date), what=what, why="Because.", records=("freedonia",), sources=())


def test_changes_stand_newest_first_with_reason_and_address(smallest: Reference) -> None:
    feed = feedparser.parse(atom([change("old", "2026-01"), change("new", "2026-02-03")], published(smallest, SITE)))
    assert not feed.bozo
    assert feed.version == "atom10"
    assert [(entry.title, entry.summary, entry.updated, entry.link) for entry in feed.entries] == [
        ("It changed.", "Because.", "2026-02-03T00:00:00Z", "https://example.org/about/changes/#new"),
        ("It changed.", "Because.", "2026-01-01T00:00:00Z", "https://example.org/about/changes/#old"),
    ]
    assert (feed.feed.updated, feed.feed.author) == ("2026-02-03T00:00:00Z", "Its makers")
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [
        "https://example.org/about/changes/feed.xml"
    ]


def test_an_entry_keeps_its_id_when_the_site_moves(smallest: Reference) -> None:
    moved = replace(SITE, address="https://moved.example/", name="Another name")
    ids = [
        feedparser.parse(atom([change("one", "2026-01-02")], published(smallest, site))).entries[0].id
        for site in (SITE, moved)
    ]
    assert ids[0] == ids[1]
    assert ids[0].startswith("urn:uuid:")


def test_any_text_is_shown_as_it_was_typed(smallest: Reference) -> None:
    hostile = '<script>alert(1)</script> & "quoted" ]]> 日本'
    feed = feedparser.parse(
        atom([change("one", "2026-01-02", hostile)], published(smallest, SITE)), sanitize_html=False
    )
    assert not feed.bozo
    assert feed.entries[0].title == hostile


def test_without_changes_there_is_still_a_feed(smallest: Reference) -> None:
    feed = feedparser.parse(atom([], published(smallest, SITE)))
    assert not feed.bozo
    assert feed.entries == []
    assert feed.feed.updated
