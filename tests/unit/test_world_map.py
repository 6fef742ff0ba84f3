"""The maps: their shapes, every partner on them, the Member States, and room for names."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from bs4 import BeautifulSoup, Tag

from compass.derived.coverage import in_order
from compass.model.records import Partnership
from compass.model.reference import Reference
from compass.site.world_map import maps, not_drawn
from support.records import ROOT, rendered

WORLD = json.loads((ROOT / "hooks/compass/site/world.json").read_text("utf-8"))
# The codes of the Member States, of which the maps must know all.
UNION = set(re.findall(r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"))
PROSE = {"index.md": '---\ntitle: Home\n---\n\n# Home { #home }\n\n{% include "map.html" %}\n'}


def partner(model: Partnership, name: str, iso: str) -> Partnership:
    """A partnership like another, with a country of its own."""
    return model.model_copy(update={"id": name.lower().replace(" ", "-"), "name": name, "iso": iso})


def with_partnerships(reference: Reference, partnerships: Sequence[Partnership]) -> Reference:
    return reference.model_copy(update={"partnerships": tuple(partnerships)})


def figure(reference: Reference) -> Tag:
    """The figure with the maps, on a page at the root."""
    found = BeautifulSoup(rendered(reference, PROSE)["index.md"].markdown, "html.parser").find("figure")
    assert isinstance(found, Tag)
    return found


def words(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def test_the_shapes_tell_their_source_and_hold_every_member_state_and_the_smallest_countries() -> None:
    assert "Natural Earth 4.1.0" in WORLD["source"]
    assert WORLD["licence"] == "public domain"
    assert WORLD["world"]["points"].keys() >= UNION
    assert WORLD["europe"]["points"].keys() >= UNION
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


def test_every_partner_is_at_home_on_one_map_and_named_there(reference: Reference) -> None:
    drawn = maps(in_order(reference.partnerships), reference.members.countries)
    home = [place for each in drawn for place in each.places if place.at_home]
    assert sorted(place.partnership.id for place in home) == sorted(one.id for one in reference.partnerships)
    assert all(place.label for place in home)
    # Those in Europe are drawn on the world's map too.
    assert {place.partnership.id for place in drawn[0].places} == {one.id for one in reference.partnerships}
    assert {place.partnership.id for place in drawn[1].places} == {"ruritania", "freedonia", "grand-fenwick"}
    assert not_drawn(reference.partnerships) == ()


def test_one_without_a_shape_has_a_mark_and_one_that_the_maps_do_not_know_is_named_in_words(
    reference: Reference,
) -> None:
    model = reference.partnerships[0]
    island, unknown, large = (
        partner(model, "Island", "NR"),
        partner(model, "Unknown", "XK"),
        partner(model, "Large", "IS"),
    )
    changed = with_partnerships(reference, [island, unknown, large])
    drawn = {each.id: each for each in maps(changed.partnerships, changed.members.countries)}
    places = {place.partnership.id: place for each in drawn.values() for place in each.places if place.at_home}
    assert places.keys() == {"island", "large"}
    assert (places["island"].shape, places["island"].marked) == ("", True)
    assert places["large"].shape == WORLD["europe"]["shapes"]["IS"]
    assert not_drawn(changed.partnerships) == (unknown,)
    picture = figure(changed)
    assert picture.select('a[href="partnerships/large/"] path')
    assert picture.select_one('a[data-iso="NR"] .mark.alone')
    assert picture.select_one('a[data-iso="XK"]') is None
    assert "it has no shape for them: Unknown." in words(picture)


def crowd(reference: Reference) -> list[Partnership]:
    """Partnerships with countries so near to each other that not all names have room."""
    codes = ["AL", "MK", "ME", "RS", "BA", "BG", "GR", "HR", "SI", "HU", "RO"]
    names = [f"Country of the {number} Hills" for number in ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")]
    names += [f"Land of the {number} Lake" for number in ("First", "Second", "Third", "Fourth", "Fifth")]
    model = reference.partnerships[0]
    return [partner(model, name, code) for name, code in zip(names, codes, strict=True)]


def test_where_names_would_cover_each_other_the_caption_tells_them(reference: Reference) -> None:
    changed = with_partnerships(reference, crowd(reference))
    europe = maps(in_order(changed.partnerships), ["AT"])[1]
    unnamed = [place.partnership.name for place in europe.places if not place.label]
    assert 0 < len(unnamed) < len(changed.partnerships)
    caption = figure(changed).figcaption
    assert caption
    assert f"without a name, for want of room: {', '.join(unnamed)}." in words(caption)


def test_names_stand_over_all_shapes_and_cover_no_mark(reference: Reference) -> None:
    changed = with_partnerships(reference, [*reference.partnerships, *crowd(reference)])
    labels = 0
    for drawn in maps(changed.partnerships, changed.members.countries):
        for place in drawn.places:
            if not place.label:
                continue
            labels += 1
            left, top, right, bottom = place.label.box(place.x, place.y, place.partnership.name, 0.034 * drawn.width)
            marks = [(other.x, other.y) for other in drawn.places if other.marked and other != place]
            assert not any(left < x < right and top < y < bottom for x, y in marks), place.partnership.name
    assert labels > len(reference.partnerships)
    pictures = figure(changed).select("svg[role=group]")
    assert len(pictures) == 2
    for picture in pictures:
        order = [part.name for part in picture.find_all(["path", "circle", "text"])]
        assert set(order) == {"path", "circle", "text"}
        assert "path" not in order[order.index("circle") :]
        assert "path" not in order[order.index("text") :]


def test_a_name_stands_on_sea_or_unshaded_land_where_it_can(reference: Reference) -> None:
    coastal = partner(reference.partnerships[0], "West", "NL")
    # West of the Netherlands lies the sea; east of them lies Germany.
    alone, beside_germany = (maps([coastal], members)[1].places[0].label for members in ([], ["DE"]))
    assert alone
    assert alone.anchor == "start"
    assert beside_germany
    assert beside_germany.anchor == "end"
