"""What a reader finds first when searching, in a real Chromium against the built site."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from compass.model.reference import Reference
from compass.postprocess.search_index import guide

# What somebody types, and where the first result leads: to a page, or to a section of it. A section is shown below its
# page's name.
FIRST = {
    "DGF": "partnerships/grand-fenwick/",
    "Duchy of Grand Fenwick": "partnerships/grand-fenwick/",
    "Freedonia": "partnerships/freedonia/",
    "SI": "partnerships/seven-islands/",
    "Fenwick": "partnerships/grand-fenwick/",
    "Sylvanian": "partnerships/sylvania/",
    "Genovia": "partnerships/pipeline/#genovia",
    "cyber Freedonia": "partnerships/freedonia/#area-cyber",
    "Freedonia cyber": "partnerships/freedonia/#area-cyber",
    "space DGF": "partnerships/grand-fenwick/#area-space",
    "research Sylvania": "partnerships/sylvania/#area-research",
    "missions Septinsular": "partnerships/seven-islands/#area-missions",
    "women peace and security Freedonia": "partnerships/freedonia/#area-women-and-peace",
    "SAFE Sylvania": "partnerships/sylvania/#tie-safe",
    "SAFE DGF": "partnerships/grand-fenwick/#tie-safe",
    "FPO Freedonia": "partnerships/freedonia/#tie-fund",
    "agency Sylvania": "partnerships/sylvania/#tie-agency",
    "women peace and security Sylvania": "areas/women-and-peace/",
    "dialogue Ruritania": "partnerships/ruritania/#dialogues",
    "timeline Freedonia": "partnerships/freedonia/#timeline",
    "open questions Freedonia": "partnerships/freedonia/#open-questions",
    "cyber": "areas/cyber/",
    "SAFE": "compare/#ties",
    "FPO": "compare/#ties",
    "Strategic Compass pillars": "compass/",
    "toolbox": "compass/secure/#targets",
    "resolution": "parliament/#resolutions",
    "partnership": "partnerships/",
    "method": "about/method/",
    "accessibility": "about/accessibility/",
}


def typed(page: Page, query: str, told: str) -> None:
    """Type a query as a reader does, and wait for what the search tells of it."""
    box = page.locator("[data-md-component=search-query]")
    # Material listens to keys. One key, so that there is one answer.
    box.fill(query[:-1])
    box.press(query[-1])
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile(rf"^{told}"))


def searched(page: Page, query: str) -> None:
    """Search for what is found; for nonsense first, so that the answer is a new one."""
    typed(page, "qqqq", "No matching documents")
    typed(page, query, r"\d+ matching document")


def first(page: Page, address: str) -> str:
    """Where the first result leads: to its page, or to the section that is shown below its name."""
    item = page.locator(".md-search-result__item").first
    links = item.locator(":scope > .md-search-result__link")
    best = links.nth(1 if links.count() > 1 else 0).get_attribute("href") or ""
    return best.removeprefix(address)


def opened(page: Page, address: str) -> None:
    """Open home and the search on it."""
    page.goto(address)
    button = page.locator("button[data-search]:visible")
    (button if button.count() else page.locator("[data-md-component=search-query]")).first.click()


def test_every_query_leads_to_the_right_section_first(page: Page, address: str) -> None:
    opened(page, address)
    found = {}
    for query in FIRST:
        searched(page, query)
        found[query] = first(page, address)
    wrong = {
        query: found[query]
        for query, wanted in FIRST.items()
        # A page that is asked for by its name may show its best section below it.
        if found[query] != wanted and ("#" in wanted or found[query].partition("#")[0] != wanted)
    }
    assert wrong == {}
    # What no page holds is not found, and nothing of the answer before it stays.
    typed(page, "Syldavia", "No matching documents")
    expect(page.locator(".md-search-result__item")).to_have_count(0)


def test_a_partners_name_alone_does_not_lead_to_what_was_not_found(
    page: Page, address: str, reference: Reference
) -> None:
    nothing_found = guide(reference).nothing_found
    opened(page, address)
    for record in reference.partnerships:
        searched(page, record.name)
        expect(page.locator(".md-search-result__item").nth(4)).to_be_attached()
        links = page.locator(".md-search-result__item:nth-child(-n + 5) > .md-search-result__link")
        found = set(links.evaluate_all("links => links.map((link) => link.href)"))
        assert f"{address}partnerships/{record.id}/" in found
        assert not {link.removeprefix(address) for link in found} & nothing_found
    # Who asks for the area too finds it: below the area's page, or among what more that page holds.
    searched(page, "women peace and security Sylvania")
    links = page.locator(".md-search-result__item").first.locator(".md-search-result__link")
    expect(links.nth(1)).to_have_attribute("href", re.compile("areas/women-and-peace/.*#sylvania$"))


def test_the_section_is_reached_by_keyboard_on_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    page = context.new_page()
    opened(page, address)
    searched(page, "mines Freedonia")
    assert first(page, address) == "partnerships/freedonia/#area-mines"
    page.locator(".md-search-result__item").first.locator(":scope > .md-search-result__link").nth(1).click()
    expect(page.get_by_role("heading", name="Mines", exact=True)).to_be_in_viewport()
    context.close()
