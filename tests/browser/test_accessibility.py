"""What everybody has to be able to use: journeys by keyboard, larger text, chosen and forced colours, no movement.

What axe finds, and whether pages scroll sideways, is checked on every page by `test_every_page`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from support.browser import add_style
from support.project import serve
from support.tabs import as_before, shared_tab

DARK_PAPER = "rgb(18, 24, 27)"
# A reader's own size of text, and the spacing of WCAG 1.4.12.
LARGER = "html { font-size: 250% !important }"
WIDER = """* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""
# How many elements of a page move, or would.
MOVING = """[...document.querySelectorAll("*")].filter((element) => {
  const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
  return parseFloat(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
}).length"""
OUTLINE = "(({outlineStyle, outlineWidth}) => outlineStyle + outlineWidth)(getComputedStyle(document.activeElement))"


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    yield from shared_tab(browser)


@pytest.fixture
def tab(shared: Page) -> Iterator[Page]:
    """A tab that the tests share; no choice of colours may be made in it, since that is kept."""
    yield from as_before(shared)


def test_the_page_for_addresses_that_do_not_exist_helps_at_any_depth(tab: Page, site: Path, tmp_path: Path) -> None:
    (tmp_path / "sdp").symlink_to(site)
    deep = tmp_path / "no/such/page"
    deep.mkdir(parents=True)
    (deep / "index.html").write_bytes((site / "404.html").read_bytes())
    with serve(tmp_path) as root:
        tab.goto(f"{root}no/such/page/")
        expect(tab.get_by_role("heading", level=1)).to_have_text("This page does not exist")
        tab.get_by_role("button", name="Search the site").click()
        tab.keyboard.type("Freedonia")
        tab.locator(".md-search-result__link").first.click()
        expect(tab).to_have_url(re.compile(f"{root}sdp/partnerships/freedonia/"))
        tab.go_back()
        tab.locator("article").get_by_role("link", name="The comparison").click()
        expect(tab).to_have_url(f"{root}sdp/compare/")


def test_a_keyboard_skips_to_the_content_and_its_place_is_seen(tab: Page, address: str) -> None:
    tab.goto(f"{address}partnerships/freedonia/")
    tab.keyboard.press("Tab")
    skip = tab.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    for _ in range(30):
        assert tab.evaluate(OUTLINE) == "solid3px", tab.evaluate("document.activeElement.outerHTML")
        tab.keyboard.press("Tab")
    skip.focus()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(f"{address}partnerships/freedonia/#freedonia")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_keyboard_opens_the_menu_of_a_phone(browser: Browser, address: str, scripts: bool) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=scripts)
    page = context.new_page()
    page.goto(address)
    menu = page.get_by_role("navigation", name="Menu")
    expect(menu).to_be_hidden()
    summary = page.locator("details.menu summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="The comparison")).to_be_visible()
    if scripts:
        page.keyboard.press("Tab")
        expect(menu.get_by_role("link").first).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(summary).to_be_focused()
        page.keyboard.press("Enter")
    menu.get_by_role("link", name="The comparison").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}compare/")
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_keyboard_searches_and_comes_back(tab: Page, address: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto(address)
    phone = width < 1000
    field = tab.get_by_role("textbox", name="Search")
    opener = tab.locator(".bar").get_by_role("button", name="Search")
    if phone:
        opener.focus()
        tab.keyboard.press("Enter")
    else:
        field.focus()
    expect(field).to_be_focused()
    expect(tab.get_by_role("dialog", name="Search")).to_be_visible()
    tab.keyboard.type("Freedonia")
    result = tab.locator(".md-search-result__link").first
    expect(result).to_contain_text("Freedonia")
    if not phone:
        settle(tab)
        tabs_until_focused(tab, ".md-search-result__link")
        expect(result).to_be_focused()
        expect(result).to_be_visible()
        field.focus()
    tab.keyboard.press("Escape")
    expect(result).to_be_hidden()
    expect(opener if phone else field).to_be_focused()
    tab.keyboard.press("Enter" if phone else "Space")
    expect(result).to_be_visible()
    settle(tab)
    tab.keyboard.press("ArrowDown")
    expect(result).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile("/partnerships/freedonia/"))


def settle(page: Page) -> None:
    """Wait for the second answer of the search, whose results take the place of those of the first."""
    page.wait_for_timeout(500)


def tabs_until_focused(page: Page, selector: str) -> None:
    """Press the Tab key until an element has the focus, four times at most."""
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return


@pytest.mark.parametrize("name", ["", "partnerships/freedonia/", "timeline/", "data/"])
def test_larger_and_wider_text_keeps_the_header_on_the_screen(tab: Page, address: str, name: str) -> None:
    for style in (LARGER, WIDER):
        tab.goto(address + name)
        add_style(tab, style)
        for width in (320, 360):
            tab.set_viewport_size({"width": width, "height": 800})
            expect(tab.locator(".site-header summary")).to_be_visible()
            boxes = [tool.bounding_box() for tool in tab.locator(".site-header :is(.brand, .tool):visible").all()]
            assert len(boxes) > 2
            outside = [box for box in boxes if box is None or box["x"] < 0 or box["x"] + box["width"] > width]
            assert outside == [], (style, width)


def test_a_choice_of_colours_is_kept_until_it_is_taken_back(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    # The colours are there before any script has come.
    page.route("**/site.js", lambda route: route.abort())
    page.goto(f"{address}about/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK_PAPER
    page.unroute("**/site.js")
    page.goto(f"{address}about/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DARK_PAPER
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("localStorage.length") == 0


def test_a_search_that_cannot_be_loaded_says_so(tab: Page, address: str) -> None:
    tab.route("**/bundle.*.js", lambda route: route.abort())
    tab.goto(address)
    tab.get_by_role("textbox", name="Search").focus()
    expect(tab.locator(".md-search-result__meta")).to_have_text("The search could not be loaded.")


def test_single_letters_typed_on_a_page_do_nothing(tab: Page, address: str) -> None:
    tab.goto(f"{address}areas/")
    # The search has come once, so that it hears every key.
    tab.get_by_role("textbox", name="Search").focus()
    expect(tab.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    tab.keyboard.press("Escape")
    tab.locator("#areas").click()
    for key in ("f", "s", "/", "n", "p", ".", ","):
        tab.keyboard.press(key)
    assert tab.evaluate("document.activeElement === document.body")
    expect(tab).to_have_url(f"{address}areas/")


def test_nothing_moves_for_those_who_asked_for_that(tab: Page, address: str) -> None:
    tab.emulate_media(reduced_motion="reduce")
    tab.goto(address)
    assert tab.evaluate(MOVING) == 0
    tab.emulate_media(reduced_motion="no-preference")
    assert tab.evaluate(MOVING) > 0
    tab.emulate_media(reduced_motion="null")


def test_chosen_and_current_things_are_told_in_forced_colours(tab: Page, address: str) -> None:
    tab.emulate_media(forced_colors="active")
    tab.goto(f"{address}partnerships/freedonia/")
    colour = "getComputedStyle(document.querySelector('.sections a{}')).borderBottomColor"
    current, other = (tab.evaluate(colour.format(state)) for state in ("[aria-current]", ":not([aria-current])"))
    tab.emulate_media(forced_colors="null")
    assert current != other
