"""The search: what its entries hold, and what a reader finds first, in a real Chromium against the built site."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from compass.reference import Reference
from compass.search import Guide, guide, improve

# What somebody types, and where the first result leads: to a page, or to a section of it. A section is shown below its
# page's name.
FIRST = {
    "ROK": "partnerships/south-korea/",
    "Republic of Korea": "partnerships/south-korea/",
    "Norway": "partnerships/norway/",
    "UK": "partnerships/united-kingdom/",
    "Britain": "partnerships/united-kingdom/",
    "Bharat": "partnerships/india/",
    "Macedonia": "partnerships/north-macedonia/",
    "Iceland": "partnerships/pipeline/#iceland",
    "FIMI Norway": "partnerships/norway/#area-fimi",
    "Norway FIMI": "partnerships/norway/#area-fimi",
    "cyber Moldova": "partnerships/moldova/#area-cyber",
    "space India": "partnerships/india/#area-space-security",
    "maritime Ghana": "partnerships/ghana/#area-maritime-security",
    "hybrid threats UK": "partnerships/united-kingdom/#area-hybrid-threats",
    "women peace and security Korea": "partnerships/south-korea/#area-women-peace-security",
    "SAFE Canada": "partnerships/canada/#tie-safe",
    "SAFE ROK": "partnerships/south-korea/#tie-safe",
    "PESCO UK": "partnerships/united-kingdom/#tie-pesco",
    "EPF Moldova": "partnerships/moldova/#tie-epf",
    "EDF Norway": "partnerships/norway/#tie-edf",
    "NATO Japan": "partnerships/japan/#tie-nato",
    "military mobility Norway": "areas/military-mobility/",
    "dialogue South Korea": "partnerships/south-korea/#dialogues",
    "timeline Moldova": "partnerships/moldova/#timeline",
    "open questions Canada": "partnerships/canada/#open-questions",
    "cyber": "areas/cyber/",
    "FIMI": "areas/fimi/",
    "SAFE": "compare/#ties",
    "PESCO": "compare/#ties",
    "Strategic Compass pillars": "compass/",
    "Rapid Deployment Capacity": "compass/act/#targets",
    "resolution": "parliament/#resolutions",
    "partnership": "partnerships/",
    "method": "about/method/",
    "accessibility": "about/accessibility/",
}


def searched(page: Page, query: str, told: str = "matching document") -> None:
    """Type a query as a reader does, and wait for what the search tells of it."""
    box = page.locator("[data-md-component=search-query]")
    for text, results in (("qqqq", "No matching documents"), (query, told)):
        # Material listens to keys. One key, so that there is one answer; nonsense first, so that it is a new one.
        box.fill(text[:-1])
        box.press(text[-1])
        expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(rf"^(\d+ )?{results}"))


def first(page: Page, address: str) -> str:
    """Where the first result leads: to its page, or to the section that is shown below its name."""
    item = page.locator(".md-search-result__item").first
    links = item.locator(":scope > .md-search-result__link")
    best = links.nth(1 if links.count() > 1 else 0).get_attribute("href") or ""
    return best.removeprefix(address)


def opened(page: Page, address: str) -> None:
    page.goto(address)
    button = page.locator("button[data-search]:visible")
    (button if button.count() else page.locator("[data-md-component=search-query]")).first.click()


def test_every_query_leads_to_the_right_section_first(page: Page, address: str) -> None:
    opened(page, address)
    found = {}
    for query in FIRST:
        searched(page, query)
        found[query] = first(page, address)
    assert len(FIRST) > 20
    wrong = {
        query: found[query]
        for query, wanted in FIRST.items()
        # A page that is asked for by its name may show its best section below it.
        if found[query] != wanted and ("#" in wanted or found[query].partition("#")[0] != wanted)
    }
    assert wrong == {}


def test_a_partners_name_alone_does_not_lead_to_what_was_not_found(
    page: Page, address: str, reference: Reference
) -> None:
    nothing_found = guide(reference).nothing_found
    assert "areas/military-mobility/#norway" in nothing_found
    assert "areas/cyber/#norway" not in nothing_found
    opened(page, address)
    for one in reference.partnerships:
        searched(page, one.name)
        expect(page.locator(".md-search-result__item").nth(4)).to_be_attached()
        links = page.locator(".md-search-result__item:nth-child(-n + 5) > .md-search-result__link")
        found = set(links.evaluate_all("links => links.map((link) => link.href)"))
        assert f"{address}partnerships/{one.id}/" in found
        assert not {link.removeprefix(address) for link in found} & nothing_found
    # Who asks for the area too finds it: below the area's page, or among what more that page holds.
    searched(page, "military mobility Norway")
    links = page.locator(".md-search-result__item").first.locator(".md-search-result__link")
    expect(links.nth(1)).to_have_attribute("href", re.compile("areas/military-mobility/.*#norway$"))


def test_what_no_page_holds_is_not_found(page: Page, address: str) -> None:
    opened(page, address)
    searched(page, "DPRK", "No matching documents")
    expect(page.locator(".md-search-result__item")).to_have_count(0)


def test_the_section_is_reached_by_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    opened(page, address)
    searched(page, "FIMI Norway")
    assert first(page, address) == "partnerships/norway/#area-fimi"
    page.locator(".md-search-result__item").first.locator(":scope > .md-search-result__link").nth(1).click()
    expect(page.get_by_role("heading", name="Foreign information manipulation and interference")).to_be_in_viewport()
    context.close()


@pytest.fixture(scope="module")
def entries(site: Path) -> list[dict[str, str]]:
    return list(json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"])


def test_no_entry_is_navigation_or_leads_nowhere(entries: list[dict[str, str]], reference: Reference) -> None:
    locations = {entry["location"] for entry in entries}
    assert len(locations) == len(entries)
    assert not {location for location in locations if location.partition("#")[2] in ("sources", "cite")}
    assert not [entry["location"] for entry in entries if "<li>Home</li>" in entry["text"]]
    for one in reference.partnerships:
        page = next(entry for entry in entries if entry["location"] == f"partnerships/{one.id}/")
        assert " ".join(one.summary.split()[:5]) in page["text"]
        for area in one.areas:
            assert f"partnerships/{one.id}/#area-{area.area}" in locations
            assert f"areas/{area.area}/#{one.id}" not in locations
        missing = {area.id for area in reference.areas.areas} - {area.area for area in one.areas}
        assert {f"areas/{area}/#{one.id}" for area in missing} <= locations


def test_a_section_without_a_finding_begins_with_what_it_says(
    entries: list[dict[str, str]], reference: Reference
) -> None:
    nothing_found = guide(reference).nothing_found
    texts = [entry["text"] for entry in entries if entry["location"] in nothing_found]
    assert len(texts) == len(nothing_found) > 20
    beginnings = ("<p>No public source was found", "<p>The instrument was read in full and does not")
    assert [text for text in texts if not text.startswith(beginnings)] == []


def test_each_section_is_searched_by_the_names_of_its_page_and_by_abbreviations(smallest: Reference) -> None:
    one = smallest.partnerships[0].model_copy(update={"aliases": ("Fredonia", "FRD")})
    changed = smallest.model_copy(update={"partnerships": (one,)})
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
    assert entries[1]["location"] == "partnerships/freedonia/#freedonia"
    assert "words" not in entries[2]


def test_without_records_entries_stay_as_they_are() -> None:
    entries = [
        {"location": "", "title": "Home", "text": "x"},
        {"location": "#more", "title": "More", "text": "y"},
    ]
    assert improve(entries, Guide()) == entries
