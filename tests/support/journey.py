"""A reader who uses all that answers on the site, for tests that watch what happens to a page meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from playwright.sync_api import Page, expect


def journey(page: Page, address: str, word: str, asked: str = "nonsense") -> Iterator[str]:
    """Use every control once; tell, after each step, what has been done.

    `word` is what is searched, and `asked` what addresses ask for that is not known. Two partnerships must be there.
    """
    page.goto(address)
    page.locator("button[data-colours]").click()
    yield "other colours"
    page.locator("[data-md-component=search-query], button[data-search]").locator("visible=true").first.click()
    search(page, word)
    for more in page.locator(".md-search-result__more summary").all()[:3]:
        more.click()
    yield "search"
    page.locator("[data-md-component=search-query]").press("Enter")
    expect(page).not_to_have_url(address)
    yield "the first result"
    page.goto(f"{address}?q={quote(asked)}")
    expect(page.locator(".md-search-result__meta")).to_contain_text("matching document")
    yield "a search by address"

    page.goto(f"{address}partnerships/")
    if page.locator("details.menu summary").is_visible():
        page.locator("details.menu summary").click()
        yield "menu"

    page.goto(f"{address}compare/?with={quote(asked)}&show={quote(asked)}")
    expect(page.locator(".told")).to_contain_text("Not known here")
    yield "a comparison by address"
    page.locator("[data-action=reset]").click()
    yield from every_choice(page, "comparison")
    page.locator("[data-action=copy]").click()
    expect(page.locator(".copied")).to_contain_text("ink")
    with page.expect_download():
        page.locator("[data-action=download]").click()
    for table in page.locator("table[data-evidence]").all():
        table.locator("td a").first.click()
        expect(page.locator("#evidence-title")).not_to_have_text("Evidence")
        yield "evidence in place"
        page.keyboard.press("Escape")
    page.pdf()
    yield "the comparison on paper"

    page.goto(f"{address}compare/side-by-side/?with={quote(asked)}")
    expect(page.locator(".told")).to_contain_text("Not known here")
    for box in page.locator("[name=with]").all()[:2]:
        box.check()
    expect(page.locator("#chosen ol.sources")).to_be_visible()
    yield "two side by side"

    page.goto(f"{address}timeline/?with={quote(asked)}&kind={quote(asked)}")
    expect(page.locator(".told")).to_contain_text("Not known here")
    mark = page.locator(".time-chart [data-with] use").first
    mark.dispatch_event("pointerover")
    mark.dispatch_event("click")
    yield "a mark of the timeline"
    yield from every_choice(page, "timeline")


def search(page: Page, word: str) -> None:
    """Type a word into the search, which is open, and wait for what it finds."""
    box = page.locator("[data-md-component=search-query]")
    # One key, so that there is one answer.
    box.fill(word[:-1])
    box.press(word[-1])
    expect(page.locator(".md-search-result__link").first).to_be_visible()


def every_choice(page: Page, what: str) -> Iterator[str]:
    """Choose each value of each list of a form, then pick the first two of its boxes."""
    for choice in page.locator("form select").all():
        for value in choice.locator("option").evaluate_all("options => options.map(({value}) => value)"):
            choice.select_option(value)
            yield f"{what}: {value}"
        choice.select_option(index=0)
    page.locator("details.picks summary").click()
    for box in page.locator("[name=with]").all()[:2]:
        box.check()
        yield f"{what}: a box"
