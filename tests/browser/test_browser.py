"""The built site in a real Chromium: a reader's journey, accessibility, and what it asks of others (nothing)."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

KINDS = [
    "",
    "partnerships/",
    "partnerships/norway/",
    "partnerships/pipeline/",
    "compare/",
    "compare/side-by-side/",
    "areas/",
    "areas/cyber/",
    "compass/",
    "compass/act/",
    "timeline/",
    "parliament/",
    "sources/",
    "sources/secondary/",
    "data/",
    "about/",
    "about/method/",
    "contribute/",
    "contribute/add-a-partnership/",
    "contribute/fields/",
    "contribute/publish/",
]


def test_a_reader_finds_norway_its_cyber_row_and_a_source(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    page.get_by_role("textbox", name="Search").press_sequentially("Norway")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Norway")
    result.click()
    expect(page).to_have_url(f"{address}partnerships/norway/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Norway")
    row = page.get_by_role("row", name="Cyber security and defence")
    expect(row).to_contain_text("Named officially")
    row.get_by_role("link", name="Source").first.click()
    source = page.locator(":target")
    expect(source).to_be_in_viewport()
    expect(source.get_by_role("link").first).to_have_attribute("href", re.compile(r"^https://"))


def test_a_cell_of_the_comparison_leads_to_its_evidence_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}compare/")
    page.locator('td[data-area="fimi"][data-partnership="japan"] a').click()
    expect(page).to_have_url(f"{address}areas/fimi/#japan")
    expect(page.get_by_role("heading", level=2, name="Japan")).to_be_in_viewport()
    context.close()


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


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for kind in KINDS:
        page.goto(address + kind)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    context.close()


def test_nothing_is_asked_of_anybody_else_and_nothing_fails(page: Page, address: str) -> None:
    elsewhere: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: request.url.startswith((address, "data:")) or elsewhere.append(request.url))
    page.on("response", lambda response: response.status < 400 or failures.append(response.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: message.type == "error" and failures.append(message.text))
    for kind in KINDS:
        page.goto(address + kind, wait_until="networkidle")
    assert (elsewhere, failures) == ([], [])


def test_every_page_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}compare/")
    expect(page.locator("td[data-state]").last).to_be_visible()
    page.goto(f"{address}partnerships/japan/")
    expect(page.locator("#source-1")).to_be_visible()
    context.close()
