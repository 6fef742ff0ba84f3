"""The page of the timeline: its list and its picture tell the records, each entry leads to its sources; its weight."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from compass.derived.coverage import in_order
from compass.model.reference import Reference
from support.timeline import Entries, dated_entries


@pytest.fixture(scope="module")
def article(html: dict[str, BeautifulSoup]) -> Tag:
    return part(html["timeline/"], "article")


def part(parent: Tag, selector: str) -> Tag:
    """The first of what a selector finds, which must be there."""
    found = parent.select_one(selector)
    assert found, selector
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def test_the_list_tells_every_dated_entry_of_the_records(article: Tag, reference: Reference) -> None:
    entries = article.select("ol.dated > li")
    assert Counter((str(entry["data-with"]), part(entry, ".kind").text) for entry in entries) == dated_entries(
        reference
    )
    dates = []
    for entry in entries:
        time = part(entry, "time")
        dates.append(str(time["datetime"]))
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", dates[-1])
        assert time.text
        assert re.search(r"^\d+ sources?\b", part(entry, ".note").text)
    assert [date[:4] for date in dates] == sorted(date[:4] for date in dates)
    for year in article.select("h2[id^=year-]"):
        entries_of_year = year.find_next_sibling("ol")
        assert entries_of_year
        assert {str(time["datetime"])[:4] for time in entries_of_year.select("time")} == {year.text}
    assert len(article.select("li.act")) == len(reference.partnerships)


def test_each_entry_leads_to_its_sources_and_counts_them(article: Tag, html: dict[str, BeautifulSoup]) -> None:
    """What the list says of date, title, sources, note and caveat is what stands where it leads."""
    kinds_of_targets = Counter[str]()
    for entry in article.select("ol.dated > li"):
        link = part(entry, "a")
        address, anchor = str(link["href"]).removeprefix("../").split("#")
        target = part(html[address], f'[id="{anchor}"]')
        number = int(part(entry, ".note").text.split()[0])
        if anchor.startswith("on-"):
            kinds_of_targets["event"] += 1
            assert link.text in words(target)
            assert part(target, "time")["datetime"] == part(entry, "time")["datetime"]
            assert part(target, ".kind").text == part(entry, ".kind").text
            assert len(target.select(".cites a")) == number
            assert bool(target.select(".caveat")) == bool(entry.select(".caveat"))
            assert ("; date: " in entry.text) == bool(target.select(".when .note"))
        elif target.name == "h3":
            kinds_of_targets["section"] += 1
            section = target.find_next("div", class_="entry")
            assert section
            assert len(part(section, "p").select(".cites a")) == number
        else:
            kinds_of_targets["row"] += 1
            assert target.name == "tr"
            assert target.select(".cites a")
    assert len(kinds_of_targets) == 3


def test_the_picture_has_a_mark_for_each_entry_in_its_lane(article: Tag, reference: Reference) -> None:
    kinds = {str(entry["data-kind"]): part(entry, ".kind").text for entry in article.select("ol.dated > li")}
    drawn: Entries = Counter()
    for lane in article.select(".time-chart g[data-with]"):
        for mark in lane.select("use"):
            kind = str(mark["href"]).removeprefix("#mark-")
            drawn[str(lane["data-with"]), "Partnership" if kind == "act" else kinds[kind]] += 1
    assert drawn == dated_entries(reference)
    names = [lane.text for lane in article.select(".time-chart li[data-with]")]
    assert names[: len(reference.partnerships)] == [one.name for one in in_order(reference.partnerships)]
    shapes = {str(shape["id"]): shape["d"] for shape in article.select(".time-chart defs path")}
    assert {str(mark["href"])[1:] for mark in article.select(".time-chart use")} == shapes.keys()
    assert len(set(shapes.values())) == len(shapes)
    legend = [words(item) for item in article.select(".kinds li")][1:]
    counts: Counter[str] = Counter()
    for (_, kind), number in dated_entries(reference).items():
        counts[kind] += number
    assert sorted(legend) == sorted(f"{kind}: {number}" for kind, number in counts.items())


def test_the_timeline_weighs_little_compressed_with_its_styles_and_scripts(site: Path, reference: Reference) -> None:
    """So little that with 350 entries all of it stays below 40 KB."""
    scripts = ["assets/timeline.js", "assets/compare/choice.js", "assets/compare/page.js"]
    files = {name: len(gzip.compress((site / name).read_bytes())) for name in ["assets/timeline.css", *scripts]}
    page = len(gzip.compress((site / "timeline/index.html").read_bytes()))
    assert 0 < files["assets/timeline.js"] < 3_000
    assert 2_000 < sum(files.values()) < 10_500, files
    assert 3_000 < page < 5_000 + 70 * dated_entries(reference).total()
