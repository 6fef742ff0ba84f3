"""The map of the home page in a real Chromium: room for names, links for keyboard and mouse, and colours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import combinations
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from compass.derived.coverage import in_order
from compass.model.reference import Reference
from support.records import ROOT
from support.tabs import as_before, shared_tab

EUROPE = json.loads((ROOT / "hooks/compass/site/world.json").read_text("utf-8"))["europe"]["points"]


@pytest.fixture(scope="module")
def desktop_tab(browser: Browser) -> Iterator[Page]:
    yield from shared_tab(browser)


@pytest.fixture
def page(desktop_tab: Page) -> Iterator[Page]:
    """A tab on a desktop screen."""
    yield from as_before(desktop_tab)


def test_no_name_on_the_map_covers_another_or_is_cut_off(page: Page, address: str, reference: Reference) -> None:
    page.goto(address)
    for width in (320, 360, 800, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = page.locator("figure.map text").evaluate_all(
            """texts => texts.map(text => {
                 const {left, top, right, bottom} = text.getBoundingClientRect();
                 return {name: text.textContent, left, top, right, bottom, size: bottom - top};
               })"""
        )
        assert sorted(box["name"] for box in boxes) == sorted(one.name for one in reference.partnerships)
        for one, other in combinations(boxes, 2):
            apart = one["right"] <= other["left"] or other["right"] <= one["left"]
            # A line's box is higher than its letters.
            apart = apart or one["bottom"] - 4 <= other["top"] or other["bottom"] - 4 <= one["top"]
            assert apart, (width, one, other)
        assert all(box["left"] >= 0 and box["right"] <= width and box["size"] >= 11 for box in boxes), (width, boxes)


def test_the_map_is_read_and_used_by_keyboard(page: Page, address: str, reference: Reference) -> None:
    page.goto(address)
    partners = in_order(reference.partnerships)
    for name, here in {
        "World": [one for one in partners if one.iso not in EUROPE],
        "Europe": [one for one in partners if one.iso in EUROPE],
    }.items():
        group = page.get_by_role("group", name=f"{name}: partners")
        expect(group.get_by_role("link")).to_have_count(len(here))
        links = [group.get_by_role("link", name=re.compile(f"^{one.name}")) for one in here]
        links[0].focus()
        for link in links[1:]:
            page.keyboard.press("Tab")
            expect(link).to_be_focused()
            assert outline(link) != ("none", "0px")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}partnerships/{here[-1].id}/")


def outline(link: Locator) -> tuple[str, str]:
    style, width = link.evaluate("link => [getComputedStyle(link).outlineStyle, getComputedStyle(link).outlineWidth]")
    return style, width


@pytest.mark.parametrize("width", [360, 1280])
def test_a_partner_on_the_map_can_be_clicked(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    for iso, partner in (("IS", "freedonia"), ("LI", "grand-fenwick"), ("NZ", "sylvania")):
        page.goto(address)
        page.locator(f'figure.map a[data-iso="{iso}"]:not([tabindex]) .mark').click()
        expect(page).to_have_url(f"{address}partnerships/{partner}/")
    # A shape beside its mark and its name.
    page.goto(address)
    shape = page.locator('.map-world g a[href="partnerships/lilliput/"] path')
    shape.scroll_into_view_if_needed()
    spot = shape.evaluate(
        """shape => {
          const {left, top, width, height} = shape.getBoundingClientRect();
          for (let x = left; x < left + width; x++) for (let y = top; y < top + height; y++)
            if (document.elementFromPoint(x, y) === shape) return [x, y];
        }"""
    )
    assert spot, "the shape is nowhere to be reached"
    page.mouse.click(*spot)
    expect(page).to_have_url(f"{address}partnerships/lilliput/")


def luminance(colour: str) -> float:
    """Of a colour as a browser computes it, after WCAG."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    shares = [number if colour.startswith("color(") else number / 255 for number in numbers]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("scheme", "forced"), [("light", "none"), ("dark", "none"), ("light", "active")])
def test_partners_member_states_and_other_land_are_told_from_each_other(
    page: Page, address: str, scheme: Literal["light", "dark"], forced: Literal["active", "none"]
) -> None:
    page.emulate_media(color_scheme=scheme, forced_colors=forced)
    page.goto(address)
    found = {
        part: page.locator(f"figure.map {part}").first.evaluate("shape => getComputedStyle(shape).fill")
        for part in (".land", "path.member", "a path", ".key .member", ".key .partner", ".mark")
    }
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    land, member, partner = found[".land"], found["path.member"], found["a path"]
    assert (found[".key .member"], found[".key .partner"], found[".mark"]) == (member, partner, partner)
    for one, other in ((partner, member), (partner, land), (member, land), (partner, ground), (member, ground)):
        dark, light = sorted((luminance(one), luminance(other)))
        assert (light + 0.05) / (dark + 0.05) >= 3, (one, other)
