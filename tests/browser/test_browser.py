"""The built site in a real Chromium: a reader's journey, with scripts and without, and what is brought when."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A tab without scripts."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_a_reader_finds_a_partnership_its_cyber_row_and_a_source(page: Page, address: str) -> None:
    requests: list[str] = []

    def note(url: str) -> None:
        requests.append(url)

    page.on("request", lambda request: note(request.url))
    page.goto(address, wait_until="networkidle")
    # What the search needs is brought when it is used.
    assert [url for url in requests if "/javascripts/" in url or "search_index" in url] == []
    field = page.get_by_role("textbox", name="Search")
    field.click()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    assert [url for url in requests if "search_index" in url]
    field.press_sequentially("Freedonia")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Freedonia")
    result.click()
    expect(page).to_have_url(f"{address}partnerships/freedonia/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Freedonia")
    row = page.get_by_role("row", name="Cyber security")
    expect(row).to_contain_text("Stated in the text")
    row.get_by_role("link", name="Source").first.click()
    source = page.locator(":target")
    expect(source).to_be_in_viewport()
    expect(source.get_by_role("link").first).to_have_attribute("href", re.compile(r"^https://"))


def test_a_reader_without_scripts_reads_everything_and_follows_a_cell_to_its_evidence(
    plain: Page, address: str
) -> None:
    plain.goto(f"{address}partnerships/sylvania/")
    expect(plain.locator("#source-1")).to_be_visible()
    plain.goto(f"{address}compare/")
    expect(plain.locator("td[data-state]").last).to_be_visible()
    plain.locator('td[data-area="cyber"][data-partnership="sylvania"] a').click()
    expect(plain).to_have_url(f"{address}areas/cyber/#sylvania")
    expect(plain.get_by_role("heading", level=2, name="Sylvania")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (800, True)])
def test_the_comparison_scrolls_by_keyboard(browser: Browser, address: str, width: int, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(f"{address}compare/")
    region = page.get_by_role("region", name="Areas of cooperation by partnership")
    region.focus()
    for key, offset in (("ArrowRight", "scrollLeft"), ("ArrowDown", "scrollTop")):
        page.keyboard.press(key)
        page.wait_for_timeout(400)
        assert region.evaluate(f"element => element.{offset}") > 0
    context.close()
