"""The timeline: its picture and its list tell the records; the controls, in a real Chromium; what it weighs."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page, expect

from compass.chronology import chronology
from compass.coverage import in_order
from compass.reference import Reference
from compass.time_chart import LANE, draw

Told = Counter[tuple[str, str]]
STATES = ["", "?with=norway", "?kind=tie", "?with=norway,canada&kind=tie", "?with=atlantis&kind=nonsense"]


def of_records(reference: Reference) -> Told:
    """How many dated entries of which kind each subject has, counted in the records themselves."""
    told: Told = Counter()
    for one in reference.partnerships:
        told[one.id, "Partnership"] += 1
        told.update((one.id, event.kind.label) for event in one.events)
        told.update((one.id, "Tie") for tie in one.ties if tie.since)
    compass, parliament = reference.pillars, reference.parliament
    told.update(("strategic-compass", event.kind.label) for event in compass.compass.progress)
    statuses = [status for pillar in compass.pillars for target in pillar.targets for status in target.status]
    told["strategic-compass", "Target"] += sum(status.date is not None for status in statuses)
    told.update(("european-parliament", event.kind.label) for event in parliament.events)
    told["european-parliament", "Parliament"] += sum(one.date is not None for one in parliament.resolutions)
    made = {one.iso for one in reference.partnerships}
    prospects = [one for one in reference.pipeline.prospects if one.iso not in made and one.date]
    told["on-the-way", "Pipeline"] += len(prospects)
    return told


def article(html: dict[str, BeautifulSoup]) -> Tag:
    found = html["timeline/"].find("article")
    assert isinstance(found, Tag)
    return found


def test_the_list_tells_every_dated_entry_of_the_records(html: dict[str, BeautifulSoup], reference: Reference) -> None:
    entries = article(html).select("ol.dated > li")
    assert Counter((entry["data-with"], entry.select_one(".kind").text) for entry in entries) == of_records(reference)
    for entry in entries:
        assert re.fullmatch(r"\d{4}(-\d\d){0,2}", entry.time["datetime"])
        assert entry.time.text
        assert re.search(r"^\d+ sources?\b", entry.select_one(".note").text)
    dates = [entry.time["datetime"] for entry in entries]
    assert [date[:4] for date in dates] == sorted(date[:4] for date in dates)
    for year in article(html).select("h2[id^=year-]"):
        own = year.find_next_sibling("ol").select("time")
        assert {time["datetime"][:4] for time in own} == {year.text}
    assert len(article(html).select("li.act")) == len(reference.partnerships)


def test_each_entry_leads_to_its_sources_and_counts_them(html: dict[str, BeautifulSoup]) -> None:
    """What the list says of date, title, sources, note and caveat is what stands where it leads."""
    for entry in article(html).select("ol.dated > li"):
        address, anchor = entry.a["href"].removeprefix("../").split("#")
        target = html[address].find(id=anchor)
        number = int(entry.select_one(".note").text.split()[0])
        if anchor.startswith("on-"):
            words = " ".join(target.text.split())
            assert entry.a.text in words
            assert target.time["datetime"] == entry.time["datetime"]
            assert target.select_one(".kind").text == entry.select_one(".kind").text
            assert len(target.select(".cites a")) == number
            assert bool(target.select(".caveat")) == bool(entry.select(".caveat"))
            assert ("; date: " in entry.text) == bool(target.select(".when .note"))
        elif target.name == "h3":
            section = target.find_next("div", class_="entry")
            assert len(section.select_one("p").select(".cites a")) == number
        else:
            assert target.name == "tr"
            assert target.select(".cites a")


def test_the_picture_has_a_mark_for_each_entry_in_its_lane(
    html: dict[str, BeautifulSoup], reference: Reference
) -> None:
    page = article(html)
    kinds = {entry["data-kind"]: entry.select_one(".kind").text for entry in page.select("ol.dated > li")}
    drawn: Told = Counter()
    for lane in page.select(".time-chart g[data-with]"):
        for mark in lane.select("use"):
            kind = mark["href"].removeprefix("#mark-")
            drawn[lane["data-with"], "Partnership" if kind == "act" else kinds[kind]] += 1
    assert drawn == of_records(reference)
    assert [lane.text for lane in page.select(".time-chart li[data-with]")] == [
        *(one.name for one in in_order(reference.partnerships)),
        "European Parliament",
        "Strategic Compass",
        "On the way",
    ]
    shapes = {shape["id"]: shape["d"] for shape in page.select(".time-chart defs path")}
    assert {mark["href"][1:] for mark in page.select(".time-chart use")} == shapes.keys()
    assert len(set(shapes.values())) == len(shapes)
    legend = [" ".join(item.text.split()) for item in page.select(".kinds li")][1:]
    counts: Counter[str] = Counter()
    for (_, kind), number in of_records(reference).items():
        counts[kind] += number
    assert sorted(legend) == sorted(f"{kind}: {number}" for kind, number in counts.items())


def test_no_mark_covers_another_and_years_follow_each_other(reference: Reference) -> None:
    chart = draw(chronology(reference), in_order(reference.partnerships))
    spots = [(mark.x, mark.y) for lane in chart.lanes for mark in lane.marks]
    assert len(spots) == len(set(spots))
    assert all(one.year < other.year and one.left < other.left for one, other in pairwise(chart.years))
    left = {
        year.year: (year.left, right)
        for year, right in zip(chart.years, [*(y.left for y in chart.years[1:]), chart.width], strict=True)
    }
    for number, lane in enumerate(chart.lanes):
        for mark in lane.marks:
            begin, end = left[mark.entry.date.year]
            assert begin < mark.x < end
            assert number * LANE < mark.y - (chart.height - LANE * len(chart.lanes)) < (number + 1) * LANE


def test_the_picture_is_told_to_those_who_do_not_see_it(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    picture = page.get_by_role("img", name="Everything dated, by subject and year")
    described = picture.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("dated entries, a mark for each: Moldova")


def test_the_timeline_is_complete_without_scripts(browser: Browser, address: str, reference: Reference) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}timeline/?with=norway")
    expect(page.locator("ol.dated > li:visible")).to_have_count(of_records(reference).total())
    expect(page.locator("form.filter")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("lanes", "kind"),
    [(["norway"], "all"), ([], "tie"), (["norway", "canada"], "tie"), (["on-the-way"], "all"), (["ghana"], "support")],
)
def test_a_choice_shows_what_the_records_hold(
    page: Page, address: str, reference: Reference, lanes: list[str], kind: str
) -> None:
    query = "&".join([f"with={','.join(lanes)}"] * bool(lanes) + [f"kind={kind}"] * (kind != "all"))
    page.goto(f"{address}timeline/?{query}")
    wanted = {
        (lane, its): number
        for (lane, its), number in of_records(reference).items()
        if (not lanes or lane in lanes) and (kind == "all" or its.lower() == kind)
    }
    number, total = sum(wanted.values()), of_records(reference).total()
    expect(page.get_by_role("status").filter(has_text="entries shown")).to_have_text(
        f"{number} of {total} entries shown."
    )
    shown = page.locator("ol.dated > li:visible").evaluate_all(
        "entries => entries.map(entry => [entry.dataset.with, entry.querySelector('.kind').textContent])"
    )
    assert Counter(map(tuple, shown)) == wanted
    expect(page.locator(".time-chart g use:visible")).to_have_count(number)
    for heading in page.locator("h2[id^=year-]:visible").all():
        assert heading.evaluate("heading => [...heading.nextElementSibling.children].some(entry => !entry.hidden)")
    expect(page.locator("h2[id^=year-]:visible")).to_have_count(page.locator("ol.dated:visible").count())


def test_the_timeline_is_used_by_keyboard_and_its_choice_kept_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    expect(page.get_by_text("entries shown")).to_be_visible()
    page.get_by_text("Pick subjects").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Moldova")).to_be_focused()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{address}timeline/?with=moldova")
    expect(page.locator("summary", has_text="Pick subjects")).to_have_text("Pick subjects: 1 picked")
    page.get_by_role("combobox", name="Kind").focus()
    page.keyboard.type("Support")
    expect(page).to_have_url(f"{address}timeline/?with=moldova&kind=support")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show everything")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("all")
    page.get_by_role("button", name="Show everything").press("Enter")
    expect(page).to_have_url(f"{address}timeline/")
    expect(page.get_by_role("checkbox", name="Moldova")).not_to_be_checked()
    page.goto(f"{address}timeline/?with=atlantis&kind=nonsense")
    expect(page.locator(".told .notice")).to_have_text("Not known here, and ignored: with=atlantis; kind=nonsense.")


def test_the_picture_scrolls_by_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{address}timeline/")
    region = page.get_by_role("region", name="Picture of the timeline")
    region.focus()
    expect(page.locator(".time-chart text").last).to_be_in_viewport()
    before = region.evaluate("region => region.scrollLeft")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    assert region.evaluate("region => region.scrollLeft") < before
    context.close()


def test_a_mark_tells_its_entry_and_leads_to_it(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    expect(page.get_by_text("entries shown")).to_be_visible()
    mark = page.locator('.time-chart g[data-with="canada"] use[href="#mark-act"]')
    mark.hover()
    assert "23 June 2025 Partnership Canada The partnership is signed" in (mark.text_content() or "")
    mark.click()
    focused = page.locator("ol.dated a:focus")
    expect(focused).to_have_text("The partnership is signed")
    expect(focused).to_be_in_viewport()


def test_a_partnerships_page_leads_to_its_part_of_the_timeline(page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/norway/")
    page.get_by_role("link", name="Norway in the timeline of all").click()
    expect(page).to_have_url(f"{address}timeline/?with=norway")
    expect(page.locator("ol.dated > li:visible b").first).to_have_text("Norway")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_any_state(browser: Browser, address: str, state: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(f"{address}timeline/{state}")
    expect(page.locator("form.filter .told")).to_contain_text("entries shown")
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()


def test_the_timeline_weighs_less_than_40_kb_compressed_with_its_styles_and_scripts(site: Path) -> None:
    own = ["timeline/index.html", *(f"assets/{name}" for name in ("timeline.css", "timeline.js"))]
    shared = ["assets/compare/choice.js", "assets/compare/page.js"]
    weights = {name: len(gzip.compress((site / name).read_bytes())) for name in own + shared}
    assert 0 < weights["assets/timeline.js"] < 3_000
    assert 10_000 < sum(weights.values()) < 40_000, weights
