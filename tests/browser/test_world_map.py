"""The map: every partner on it, the Member States, room for names; on the site and in a real Chromium."""

from __future__ import annotations

import gzip
import json
import re
from itertools import accumulate, combinations, pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Locator, Page, expect

from compass.coverage import in_order
from compass.pages import render
from compass.reference import Reference
from compass.world_map import maps, not_drawn
from support.records import ROOT, SITE

WORLD = json.loads((ROOT / "hooks/compass/world.json").read_text("utf-8"))
# What a browser on a page with the map has, and how the figure is found there.
PAGE = ""


def with_codes(reference: Reference, **codes: str) -> Reference:
    """The reference with other country codes, and names, for partnerships by their ids."""
    changed = tuple(
        one.model_copy(update={"iso": codes.get(one.id.replace("-", "_"), one.iso)}) for one in reference.partnerships
    )
    return reference.model_copy(update={"partnerships": changed})


def test_the_shapes_tell_their_source_and_hold_every_member_state_and_the_smallest_countries(
    reference: Reference,
) -> None:
    assert "Natural Earth 4.1.0" in WORLD["source"]
    assert WORLD["licence"] == "public domain"
    assert set(reference.members.countries) <= WORLD["world"]["points"].keys()
    assert set(reference.members.countries) <= WORLD["europe"]["points"].keys()
    assert {"LI", "MC", "MT", "NR", "SG", "VA"} <= WORLD["world"]["points"].keys()
    assert len(WORLD["world"]["points"]) > 230
    for drawn in (WORLD["world"], WORLD["europe"]):
        assert all(0 <= x <= drawn["width"] and 0 <= y <= drawn["height"] for x, y in drawn["points"].values())
        assert all(re.fullmatch(r"(M[\d-]+ [\d-]+l[\d -]+z)+", shape) for shape in drawn["shapes"].values())


def rings(path: str) -> list[list[tuple[int, int]]]:
    """The corners of each ring of a path."""
    found = []
    for ring in path.split("M")[1:]:
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        found.append(list(zip(accumulate(numbers[::2]), accumulate(numbers[1::2]), strict=True)))
    return found


def holds(path: str, x: float, y: float) -> bool:
    """Whether a point lies within a path: whether a line from it to the left crosses an odd number of its sides."""
    crossed = 0
    for ring in rings(path):
        for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
            crossed += (y1 > y) != (y2 > y) and x1 + (y - y1) * (x2 - x1) / (y2 - y1) < x
    return crossed % 2 == 1


# Where the projections of tools/draw_world.mjs put 34.3° E, 45.2° N; Kyiv; and Rostov-on-Don.
@pytest.mark.parametrize(
    ("name", "crimea", "kyiv", "rostov"),
    [
        ("world", (555.4, 81.9), (544.5, 66.2), (567.2, 75.7)),
        ("europe", (544.5, 398.2), (483.1, 324.5), (592.9, 347.0)),
    ],
)
def test_crimea_is_drawn_as_part_of_ukraine(
    name: str, crimea: tuple[float, float], kyiv: tuple[float, float], rostov: tuple[float, float]
) -> None:
    shapes = WORLD[name]["shapes"]
    assert holds(shapes["UA"], *kyiv)
    assert holds(shapes["RU"], *rostov)
    assert holds(shapes["UA"], *crimea)
    assert not holds(shapes["RU"], *crimea)


def test_the_member_states_are_27_and_sourced(reference: Reference) -> None:
    members = reference.members
    assert len(members.countries) == 27
    assert members.text.startswith("The 27 Member States of the European Union since 1 February 2020")
    assert len(members.sources) >= 2
    assert {one.iso for one in reference.partnerships}.isdisjoint(members.countries)


def test_every_partner_is_at_home_on_one_map_and_named_there(reference: Reference) -> None:
    drawn = maps(in_order(reference.partnerships), reference.members.countries)
    home = [place for one in drawn for place in one.places if place.at_home]
    assert sorted(place.partnership.id for place in home) == sorted(one.id for one in reference.partnerships)
    assert all(place.label for place in home)
    # Those in Europe are drawn on the world's map too.
    assert {place.partnership.id for place in drawn[0].places} == {one.id for one in reference.partnerships}
    assert not_drawn(reference.partnerships) == ()


def test_a_new_partner_lights_up_and_one_without_a_shape_is_named_in_words(reference: Reference) -> None:
    changed = with_codes(reference, norway="IS", japan="NR", ghana="XK")
    drawn = {one.id: one for one in maps(changed.partnerships, reference.members.countries)}
    iceland = next(place for place in drawn["europe"].places if place.partnership.iso == "IS")
    nauru = next(place for place in drawn["world"].places if place.partnership.iso == "NR")
    assert (iceland.at_home, bool(iceland.shape)) == (True, True)
    assert (nauru.at_home, nauru.shape) == (True, "")
    assert [one.id for one in not_drawn(changed.partnerships)] == ["ghana"]
    prose = {path: (ROOT / "docs" / path).read_text("utf-8") for path in ("index.md",)}
    pages = {page.path: page.markdown for page in render(changed, SITE, prose)}
    figure = BeautifulSoup(pages["index.md"], "html.parser").find("figure")
    assert figure.select('a[href="partnerships/norway/"] path')
    assert figure.select_one('a[data-iso="NR"] .mark')
    assert figure.select_one('a[data-iso="XK"]') is None
    assert "it has no shape for them: Ghana." in " ".join(figure.text.split())


def test_where_names_would_cover_each_other_the_caption_tells_them(reference: Reference) -> None:
    crowd = ["AL", "MK", "ME", "RS", "BA", "XK", "BG", "GR", "HR", "SI", "HU"]
    changed = with_codes(
        reference, **{one.id.replace("-", "_"): iso for one, iso in zip(reference.partnerships, crowd, strict=True)}
    )
    europe = maps(in_order(changed.partnerships), ["AT"])[1]
    unnamed = [place.partnership.name for place in europe.places if not place.label]
    assert unnamed
    prose = {"index.md": (ROOT / "docs/index.md").read_text("utf-8")}
    page = next(one.markdown for one in render(changed, SITE, prose) if one.path in prose)
    caption = " ".join(BeautifulSoup(page, "html.parser").find("figcaption").text.split())
    assert f"without a name, for want of room: {', '.join(unnamed)}." in caption


def test_names_stand_over_all_shapes_with_those_on_the_way_as_partners_too(reference: Reference) -> None:
    first = reference.partnerships[0]
    coming = tuple(
        first.model_copy(update={"id": one.id, "name": one.name, "iso": one.iso})
        for one in reference.pipeline.prospects
        if one.iso
    )
    assert {"UA", "TR", "CH"} <= {one.iso for one in coming}
    changed = reference.model_copy(update={"partnerships": (*reference.partnerships, *coming)})
    for drawn in maps(changed.partnerships, reference.members.countries):
        names = [
            (place, place.label.box(place.x, place.y, place.partnership.name, 0.034 * drawn.width))
            for place in drawn.places
            if place.label
        ]
        for place, (left, top, right, bottom) in names:
            marks = [(other.x, other.y) for other in drawn.places if other.marked and other != place]
            assert not any(left < x < right and top < y < bottom for x, y in marks), place.partnership.name
    prose = {"index.md": (ROOT / "docs/index.md").read_text("utf-8")}
    page = next(one.markdown for one in render(changed, SITE, prose) if one.path in prose)
    for svg in BeautifulSoup(page, "html.parser").select("figure svg[role=group]"):
        order = [part.name for part in svg.find_all(["path", "circle", "text"])]
        assert {"path", "circle", "text"} == set(order)
        assert "path" not in order[order.index("circle") :]
        assert "path" not in order[order.index("text") :]


def test_a_name_stands_on_sea_or_unshaded_land_where_it_can(reference: Reference) -> None:
    norway = next(one for one in reference.partnerships if one.iso == "NO")
    # West of Norway lies the sea; east of it lies Sweden.
    alone, beside_sweden = (maps([norway], members)[1].places[0].label for members in ([], ["SE"]))
    assert alone
    assert alone.anchor == "start"
    assert beside_sweden
    assert beside_sweden.anchor == "end"


def figure_of(html: dict[str, BeautifulSoup]) -> Tag:
    found = html[PAGE].find("figure", class_="map")
    assert isinstance(found, Tag)
    return found


def test_the_map_links_each_partner_once_and_says_when_it_was_made(
    html: dict[str, BeautifulSoup], reference: Reference
) -> None:
    reached = figure_of(html).select("svg a:not([tabindex])")
    told = {link["data-iso"]: (link["href"], link.title.text, link.find("text").text) for link in reached}
    assert len(reached) == len(told)
    assert told == {
        one.iso: (
            f"partnerships/{one.id}/",
            f"{one.name}, {one.instrument.act.kind.label.lower()} {one.instrument.act.date.words}",
            one.name,
        )
        for one in reference.partnerships
    }
    for link in figure_of(html).select("svg a[tabindex]"):
        assert link["tabindex"] == "-1"
        assert link.find_parent(attrs={"aria-hidden": "true"}) or link["aria-hidden"] == "true"
    # To the mouse, each shape is a link as well.
    shapes = {link["href"] for link in figure_of(html).select("svg g a[tabindex]:has(path)")}
    assert shapes == {f"partnerships/{one.id}/" for one in reference.partnerships}


def test_the_caption_tells_in_words_what_colours_mean_with_sources_and_the_note_on_borders(
    html: dict[str, BeautifulSoup], reference: Reference
) -> None:
    caption = figure_of(html).figcaption
    words = " ".join(caption.text.split())
    assert f"the {len(reference.partnerships)} partners in this reference" in words
    assert reference.members.text in words
    assert len(caption.select(".cites a")) == len(reference.members.sources)
    assert "Crimea is drawn as part of Ukraine; Natural Earth" in words
    assert "says nothing about the legal status of any country, territory or border" in words


def test_the_map_weighs_less_than_12_kb_compressed(html: dict[str, BeautifulSoup]) -> None:
    style = (ROOT / "docs/assets/map.css").read_bytes()
    assert 4_000 < len(gzip.compress(str(figure_of(html)).encode())) + len(gzip.compress(style)) < 12_000


@pytest.mark.parametrize("width", [320, 360, 800, 1000, 1280])
def test_no_name_on_the_map_covers_another_or_is_cut_off(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(address + PAGE)
    boxes = page.locator("figure.map text").evaluate_all(
        """texts => texts.map(text => {
             const {left, top, right, bottom} = text.getBoundingClientRect();
             return {name: text.textContent, left, top, right, bottom, size: bottom - top};
           })"""
    )
    context.close()
    assert len(boxes) == len({box["name"] for box in boxes})
    for one, other in combinations(boxes, 2):
        apart = one["right"] <= other["left"] or other["right"] <= one["left"]
        # A line's box is higher than its letters.
        apart = apart or one["bottom"] - 4 <= other["top"] or other["bottom"] - 4 <= one["top"]
        assert apart, (one, other)
    assert all(box["left"] >= 0 and box["right"] <= width and box["size"] >= 11 for box in boxes), boxes


def test_the_map_is_read_and_used_by_keyboard(page: Page, address: str, reference: Reference) -> None:
    page.goto(address + PAGE)
    partners = in_order(reference.partnerships)
    europe = WORLD["europe"]["points"]
    for name, those in {
        "World": [one for one in partners if one.iso not in europe],
        "Europe": [one for one in partners if one.iso in europe],
    }.items():
        group = page.get_by_role("group", name=f"{name}: partners")
        expect(group.get_by_role("link")).to_have_count(len(those))
        links = [group.get_by_role("link", name=re.compile(f"^{one.name}")) for one in those]
        links[0].focus()
        for link in links[1:]:
            page.keyboard.press("Tab")
            expect(link).to_be_focused()
            assert ring(link) != ("none", "0px")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}partnerships/{those[-1].id}/")


def ring(link: Locator) -> tuple[str, str]:
    style, width = link.evaluate("link => [getComputedStyle(link).outlineStyle, getComputedStyle(link).outlineWidth]")
    return style, width


@pytest.mark.parametrize("width", [360, 1280])
def test_a_partner_on_the_map_can_be_clicked(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for iso, partner in (("AL", "albania"), ("KR", "south-korea"), ("MK", "north-macedonia")):
        page.goto(address + PAGE)
        page.locator(f'figure.map a[data-iso="{iso}"]:not([tabindex]) .mark').click()
        expect(page).to_have_url(f"{address}partnerships/{partner}/")
    # A shape beside its mark and its name: of Great Britain, its north.
    page.goto(address + PAGE)
    shape = page.locator('.map-europe g a[href="partnerships/united-kingdom/"] path')
    box = shape.bounding_box()
    assert box
    shape.click(position={"x": box["width"] * 0.72, "y": box["height"] * 0.3})
    expect(page).to_have_url(f"{address}partnerships/united-kingdom/")
    context.close()


def luminance(colour: str) -> float:
    """Of a colour as a browser computes it, after WCAG."""
    numbers = [float(number) for number in re.findall(r"[\d.]+", colour)][:3]
    shares = [number if colour.startswith("color(") else number / 255 for number in numbers]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark", "forced"])
def test_partners_member_states_and_other_land_are_told_from_each_other(
    browser: Browser, address: str, scheme: str
) -> None:
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", forced_colors="active" if scheme == "forced" else "none"
    )
    page = context.new_page()
    page.goto(address + PAGE)
    found = {
        part: page.locator(f"figure.map {part}").first.evaluate("shape => getComputedStyle(shape).fill")
        for part in (".land", "path.member", "a path", ".key .member", ".key .partner", ".mark")
    }
    ground = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    context.close()
    land, member, partner = found[".land"], found["path.member"], found["a path"]
    assert (found[".key .member"], found[".key .partner"], found[".mark"]) == (member, partner, partner)
    for one, other in ((partner, member), (partner, land), (member, land), (partner, ground), (member, ground)):
        dark, light = sorted((luminance(one), luminance(other)))
        assert (light + 0.05) / (dark + 0.05) >= 3, (one, other)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_wrong_with_the_map(browser: Browser, address: str, scheme: str, width: int) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto(address + PAGE)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    context.close()
    assert found.violations_count == 0, found.generate_report()
