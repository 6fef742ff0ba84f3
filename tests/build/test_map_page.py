"""The map on the home page: its links, what its caption tells in words, and what it weighs."""

from __future__ import annotations

import gzip

import pytest
from bs4 import BeautifulSoup, Tag

from compass.model.reference import Reference
from support.records import ROOT


@pytest.fixture(scope="module")
def figure(html: dict[str, BeautifulSoup]) -> Tag:
    found = html[""].find("figure", class_="map")
    assert isinstance(found, Tag)
    return found


def test_the_map_links_each_partner_once_and_says_when_it_was_made(figure: Tag, reference: Reference) -> None:
    reached = figure.select("svg a:not([tabindex])")
    links = {}
    for link in reached:
        title, name = link.find("title"), link.find("text")
        assert title
        assert name
        links[link["data-iso"]] = (link["href"], title.get_text(), name.get_text())
    assert len(reached) == len(links)
    assert links == {
        one.iso: (
            f"partnerships/{one.id}/",
            f"{one.name}, {one.instrument.act.kind.label.lower()} {one.instrument.act.date.words}",
            one.name,
        )
        for one in reference.partnerships
    }
    for link in figure.select("svg a[tabindex]"):
        assert link["tabindex"] == "-1"
        assert link.find_parent(attrs={"aria-hidden": "true"}) or link["aria-hidden"] == "true"
    # To the mouse, each shape is a link as well. Grand Fenwick is too small for one.
    shapes = {link["href"] for link in figure.select("svg g a[tabindex]:has(path)")}
    assert shapes == {f"partnerships/{one.id}/" for one in reference.partnerships if one.id != "grand-fenwick"}


def test_the_caption_tells_in_words_what_colours_mean_with_sources_and_the_note_on_borders(
    figure: Tag, reference: Reference
) -> None:
    caption = figure.figcaption
    assert caption
    words = " ".join(caption.get_text().split())
    assert f"the {len(reference.partnerships)} partners in this reference" in words
    assert reference.members.text in words
    assert len(caption.select(".cites a")) == len(reference.members.sources)
    assert "Crimea is drawn as part of Ukraine; Natural Earth" in words
    assert "says nothing about the legal status of any country, territory or border" in words


def test_the_map_weighs_less_than_12_kb_compressed(figure: Tag) -> None:
    style = (ROOT / "docs/assets/map.css").read_bytes()
    assert 4_000 < len(gzip.compress(str(figure).encode())) + len(gzip.compress(style)) < 12_000
