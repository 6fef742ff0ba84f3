"""The timeline in a real Chromium: its controls, its picture and its address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from compass.model.reference import Reference
from support.axe import violations
from support.browser import add_style
from support.tabs import as_before, shared_tab
from support.timeline import dated_entries


@pytest.fixture(scope="module")
def desktop_tab(browser: Browser) -> Iterator[Page]:
    yield from shared_tab(browser)


@pytest.fixture
def page(desktop_tab: Page) -> Iterator[Page]:
    """A tab on a desktop screen."""
    yield from as_before(desktop_tab)


def test_the_timeline_is_complete_without_scripts(browser: Browser, address: str, reference: Reference) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}timeline/?with=freedonia")
    expect(page.locator("ol.dated > li:visible")).to_have_count(dated_entries(reference).total())
    expect(page.locator("form.filter")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(
    ("lanes", "kind"),
    [
        (["freedonia"], "all"),
        ([], "tie"),
        (["freedonia", "sylvania"], "tie"),
        (["on-the-way"], "all"),
        (["freedonia"], "support"),
        (["lilliput"], "support"),
    ],
)
def test_a_choice_shows_what_the_records_hold(
    page: Page, address: str, reference: Reference, lanes: list[str], kind: str
) -> None:
    query = "&".join([f"with={','.join(lanes)}"] * bool(lanes) + [f"kind={kind}"] * (kind != "all"))
    page.goto(f"{address}timeline/?{query}")
    everything = dated_entries(reference)
    wanted = {
        (lane, its): number
        for (lane, its), number in everything.items()
        if (not lanes or lane in lanes) and (kind == "all" or its.lower() == kind)
    }
    number, total = sum(wanted.values()), everything.total()
    status = page.get_by_role("status").filter(has_text="entries shown")
    expect(status).to_have_text(f"{number} of {total} entries shown.")
    shown = page.locator("ol.dated > li:visible").evaluate_all(
        "entries => entries.map(entry => [entry.dataset.with, entry.querySelector('.kind').textContent])"
    )
    assert Counter(map(tuple, shown)) == wanted
    expect(page.locator(".time-chart g use:visible")).to_have_count(number)
    filled = page.locator("h2[id^=year-]:visible").evaluate_all(
        "headings => headings.map(({nextElementSibling: {children}}) => [...children].some(({hidden}) => !hidden))"
    )
    assert all(filled)
    assert page.locator("ol.dated:visible").count() == len(filled)
    assert bool(filled) == bool(wanted)


def test_the_timeline_is_used_by_keyboard_and_its_choice_kept_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    expect(page.get_by_text("entries shown")).to_be_visible()
    page.get_by_text("Pick subjects").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.get_by_role("checkbox", name="Ruritania")
    expect(first).to_be_focused()
    page.keyboard.press("Space")
    expect(page).to_have_url(f"{address}timeline/?with=ruritania")
    expect(page.locator("summary", has_text="Pick subjects")).to_have_text("Pick subjects: 1 picked")
    page.get_by_role("combobox", name="Kind").focus()
    page.keyboard.type("Support")
    expect(page).to_have_url(f"{address}timeline/?with=ruritania&kind=support")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show everything")).to_be_focused()
    page.go_back()
    expect(page.get_by_role("combobox", name="Kind")).to_have_value("all")
    page.get_by_role("button", name="Show everything").press("Enter")
    expect(page).to_have_url(f"{address}timeline/")
    expect(first).not_to_be_checked()
    page.goto(f"{address}timeline/?with=atlantis&kind=nonsense")
    expect(page.locator(".told .notice")).to_have_text("Not known here, and ignored: with=atlantis; kind=nonsense.")


def test_the_picture_scrolls_by_keyboard_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}timeline/")
    # As wide as a picture of many years.
    page.locator(".time-chart svg[role=img]").evaluate("svg => svg.setAttribute('preserveAspectRatio', 'none')")
    add_style(page, ".time-chart svg[role=img] { width: 90rem }")
    region = page.get_by_role("region", name="Picture of the timeline")
    region.focus()
    expect(page.locator(".time-chart text").last).to_be_in_viewport()
    before = region.evaluate("region => region.scrollLeft")
    page.keyboard.press("ArrowLeft")
    expect(region).not_to_have_js_property("scrollLeft", before)
    assert region.evaluate("region => region.scrollLeft") < before


def test_the_picture_is_told_and_a_mark_tells_its_entry_and_leads_to_it(page: Page, address: str) -> None:
    page.goto(f"{address}timeline/")
    picture = page.get_by_role("img", name="Everything dated, by subject and year")
    described = picture.get_attribute("aria-describedby")
    expect(page.locator(f"#{described}")).to_contain_text("dated entries, a mark for each: Ruritania")
    expect(page.get_by_text("entries shown")).to_be_visible()
    mark = page.locator('.time-chart g[data-with="freedonia"] use[href="#mark-act"]')
    mark.hover()
    assert "28 May 2024 Partnership Freedonia The partnership is signed" in (mark.text_content() or "")
    mark.click()
    focused = page.locator("ol.dated a:focus")
    expect(focused).to_have_text("The partnership is signed")
    expect(focused).to_be_in_viewport()
    assert focused.locator("xpath=ancestor::li").get_attribute("data-with") == "freedonia"


def test_a_partnerships_page_leads_to_its_part_of_the_timeline(page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/freedonia/")
    page.get_by_role("link", name="Freedonia in the timeline of all").click()
    expect(page).to_have_url(f"{address}timeline/?with=freedonia")
    expect(page.locator("ol.dated > li:visible b").first).to_have_text("Freedonia")


# The page as it is at first is tested with all others.
@pytest.mark.parametrize("state", ["?with=freedonia,grand-fenwick&kind=tie", "?with=freedonia,atlantis&kind=nonsense"])
def test_axe_finds_nothing_in_any_state(page: Page, address: str, state: str) -> None:
    page.goto(f"{address}timeline/{state}")
    expect(page.locator("form.filter .told")).to_contain_text("entries shown")
    page.get_by_text("Pick subjects").click()
    assert violations(page, "main") == []
