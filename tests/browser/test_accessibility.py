"""What everybody has to be able to use: axe on every page, the contrast of the colours, and journeys by keyboard."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import axe_playwright_python
import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page, expect

from support.browser import add_style
from support.project import serve
from support.records import ROOT

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
# What is wrong, as lines. What is right would take most of the time to gather.
FINDINGS = """([context, options]) => axe.run(context, {resultTypes: ["violations"], preload: false, ...options}).then(
  ({violations}) => violations.flatMap(({id, nodes}) => nodes.map(one => `${id}: ${one.html} ${one.failureSummary}`)))
"""
# Nothing but colours changes with the scheme. They take most of the time, so the long lists of entries that are all of
# one make are not looked at to their ends.
ALIKE = ":is(ol.sources, ul.bibliography, ol.timeline) > li:nth-child(n + 13)"
# The size of targets is a rule of WCAG 2.2 that axe leaves off unless asked.
FORM = [
    {"include": "html"},
    {"rules": {"color-contrast": {"enabled": False}, "target-size": {"enabled": True}}},
]
COLOURS = [{"include": "html", "exclude": [ALIKE]}, {"runOnly": ["color-contrast", "link-in-text-block"]}]
# In these many parts the pages are checked, each part in a tab of its own.
PARTS = 12


def violations(page: Page) -> list[str]:
    """What axe finds on the page that is open, in both schemes, on a phone and on a desktop screen."""
    # What is far from view is checked too.
    add_style(page, "* { content-visibility: visible !important }")
    page.evaluate(AXE)
    found = []
    for width, scheme in itertools.product((1280, 360), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        for asked in (FORM, COLOURS) if scheme == "light" else (COLOURS,):
            found += [f"{page.url} ({width}, {scheme}) {line}" for line in page.evaluate(FINDINGS, asked)]
    return found


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_on_any_page(page: Page, address: str, html: dict[str, BeautifulSoup], part: int) -> None:
    found = []
    for one in sorted(html.keys() - {"404.html"})[part::PARTS]:
        page.goto(address + one)
        found += violations(page)
    assert found == []


def test_the_page_for_addresses_that_do_not_exist_helps_at_any_depth(page: Page, site: Path, tmp_path: Path) -> None:
    (tmp_path / "sdp").symlink_to(site)
    deep = tmp_path / "no/such/page"
    deep.mkdir(parents=True)
    (deep / "index.html").write_bytes((site / "404.html").read_bytes())
    with serve(tmp_path) as root:
        page.goto(f"{root}no/such/page/")
        expect(page.get_by_role("heading", level=1)).to_have_text("This page does not exist")
        assert violations(page) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.get_by_role("button", name="Search the site").click()
        page.keyboard.type("Norway")
        page.locator(".md-search-result__link").first.click()
        expect(page).to_have_url(re.compile(f"{root}sdp/partnerships/norway/"))
        page.go_back()
        page.locator("article").get_by_role("link", name="The comparison").click()
        expect(page).to_have_url(f"{root}sdp/compare/")


@pytest.mark.parametrize(
    ("spoilt", "rule"),
    [
        ("document.querySelector('.lead').style.color = 'light-dark(#1a2327, #333)'", "color-contrast"),
        ("document.querySelector('img').removeAttribute('alt')", "image-alt"),
    ],
)
def test_axe_finds_what_is_wrong(page: Page, address: str, spoilt: str, rule: str) -> None:
    page.goto(f"{address}partnerships/norway/")
    page.evaluate(spoilt)
    found = violations(page)
    assert found
    assert all(f") {rule}: " in line for line in found)


def tokens() -> dict[str, tuple[str, str]]:
    """The colours of site.css by name, light and dark."""
    css = (ROOT / "docs/assets/site.css").read_text("utf-8")
    return {
        name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    }


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""

    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#ffffff", "#000000") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_every_colour_can_be_told_from_every_ground_it_stands_on(scheme: int) -> None:
    colours = {name: pair[scheme] for name, pair in tokens().items()}
    grounds = ("paper", "panel", "panel-strong")
    texts = ("ink", "ink-soft", "link", "accent", "caveat", *(name for name in colours if name.startswith("state-")))
    least = {(text, ground): 4.5 for text in texts for ground in grounds}
    least |= {("brand", "paper"): 4.5, ("brand", "panel"): 4.5, ("on-brand", "brand"): 4.5}
    least |= {("line-strong", ground): 3.0 for ground in grounds}
    assert {pair for pair, asked in least.items() if contrast(*(colours[name] for name in pair)) < asked} == set()
    # A colour that nobody tests is not there.
    assert set(colours) - {name for pair in least for name in pair} == {"line"}


def test_a_keyboard_skips_to_the_content(page: Page, address: str) -> None:
    page.goto(f"{address}areas/cyber/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}areas/cyber/#cyber")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('article') !== null")


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
def test_a_keyboard_searches_and_comes_back(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 740})
    page = context.new_page()
    page.goto(address)
    field = page.get_by_role("textbox", name="Search")
    opener = page.locator(".bar").get_by_role("button", name="Search")
    if width < 1000:
        opener.focus()
        page.keyboard.press("Enter")
    else:
        field.focus()
    expect(field).to_be_focused()
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.type("Norway")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Norway")
    page.keyboard.press("Escape")
    expect(result).to_be_hidden()
    expect(opener if width < 1000 else field).to_be_focused()
    page.keyboard.press("Enter" if width < 1000 else "Space")
    expect(result).to_be_visible()
    # The search answers once more, for what is typed now, and puts new results in the place of these.
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowDown")
    expect(result).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/partnerships/norway/"))
    context.close()


def test_the_tab_key_reaches_the_results_of_a_search(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Search").focus()
    page.keyboard.type("Norway")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("Norway")
    page.wait_for_timeout(500)
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-search-result__link')"):
            break
    expect(result).to_be_focused()
    expect(result).to_be_visible()


def test_every_page_can_be_skipped_into(html: dict[str, BeautifulSoup]) -> None:
    for address, page in html.items():
        (skip,) = page.select("a.md-skip")
        assert page.select(str(skip["href"])), address
        assert page.find("a") == skip, address


# A reader's own size of text, and the spacing of WCAG 1.4.12.
LARGER = "html { font-size: 250% !important }"
WIDER = """* { letter-spacing: 0.12em !important; line-height: 1.5 !important; word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }"""


@pytest.mark.parametrize("style", [LARGER, WIDER], ids=["200 %", "wider spacing"])
@pytest.mark.parametrize("width", [320, 360])
def test_larger_and_wider_text_keeps_the_header_on_the_screen(page: Page, address: str, style: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for one in ("", "partnerships/norway/", "timeline/", "data/"):
        page.goto(address + one)
        add_style(page, style)
        boxes = page.locator(".site-header :is(.brand, .tool):visible")
        expect(page.locator(".site-header summary")).to_be_visible()
        for number in range(boxes.count()):
            box = boxes.nth(number).bounding_box()
            assert box is not None
            assert box["x"] >= 0, (one, box)
            assert box["x"] + box["width"] <= width, (one, box)


def test_chosen_colours_are_there_before_any_script_has_come(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    page.route("**/site.js", lambda route: route.abort())
    page.goto(f"{address}about/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 27)"
    page.unroute("**/site.js")
    page.goto(address)
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_a_search_that_cannot_be_loaded_says_so(page: Page, address: str) -> None:
    page.route("**/bundle.*.js", lambda route: route.abort())
    page.goto(address)
    page.get_by_role("textbox", name="Search").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("The search could not be loaded.")


def test_single_letters_typed_on_a_page_do_nothing(page: Page, address: str) -> None:
    page.goto(f"{address}areas/")
    # The search has come once, so that it hears every key.
    page.get_by_role("textbox", name="Search").focus()
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")
    page.keyboard.press("Escape")
    page.locator("#areas").click()
    for key in ("f", "s", "/", "n", "p", ".", ","):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement === document.body")
    expect(page).to_have_url(f"{address}areas/")


def test_whatever_has_the_focus_is_seen_to_have_it(page: Page, address: str) -> None:
    page.goto(f"{address}partnerships/norway/")
    for _ in range(30):
        page.keyboard.press("Tab")
        outline = page.evaluate(
            "(({outlineStyle, outlineWidth}) => outlineStyle + outlineWidth)(getComputedStyle(document.activeElement))"
        )
        assert outline == "solid3px", page.evaluate("document.activeElement.outerHTML")


def test_a_choice_of_colours_is_kept(page: Page, address: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.get_by_role("button", name="Dark colours").click()
    page.goto(f"{address}about/")
    expect(page.get_by_role("button", name="Light colours")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 24, 27)"


def test_nothing_moves_for_those_who_asked_for_that(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    moving = """[...document.querySelectorAll("*")].filter(element => {
      const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(element);
      return parseFloat(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
    }).length"""
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0


def test_chosen_and_current_things_are_told_in_forced_colours(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}partnerships/norway/")
    colour = "getComputedStyle(document.querySelector('.sections a{}')).borderBottomColor"
    current, other = (page.evaluate(colour.format(one)) for one in ("[aria-current]", ":not([aria-current])"))
    assert current != other
