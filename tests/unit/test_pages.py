"""Pages made of records and of prose: their addresses, their front matter, what they tell, and how they fail."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import yaml
from bs4 import BeautifulSoup
from markdown import Markdown

from compass.addresses import address_of
from compass.model.dates import PartialDate
from compass.model.records import Fact
from compass.model.reference import Reference
from compass.site.pages import Page
from compass.site.prose import PageError
from support.records import SITE, rendered
from support.site_rules import first, parsed, table, value, with_id, words

HOSTILE = (
    "<script>alert(1)</script> | *a* _b_ `c` {{ d }} {% e %} [TOC] [f](g) ![h](i) "
    '--8<-- :smile: [^1] (c) &amp; # 日本 "q"'
)
NAMES = "names that pages may use are in docs/dev/template-names.md"


def body(page: Page) -> BeautifulSoup:
    """A page's Markdown turned into HTML with the extensions of mkdocs.yml, without its front matter."""
    text = re.sub(r"\A---\n.*?\n---\n", "", page.markdown, flags=re.DOTALL)
    return parsed(Markdown(extensions=["attr_list", "toc"]).convert(text))


def head(page: Page) -> dict[str, str]:
    """A page's front matter, read as MkDocs reads it."""
    found = re.match(r"\A---\n(.*?)\n---\n", page.markdown, flags=re.DOTALL)
    assert found, "every page starts with its front matter"
    loaded: dict[str, str] = yaml.safe_load(found[1])
    return loaded


@pytest.mark.parametrize(
    ("path", "address"),
    [("index.md", ""), ("compare.md", "compare/"), ("areas/index.md", "areas/"), ("areas/cyber.md", "areas/cyber/")],
)
def test_a_page_has_the_address_of_its_path(path: str, address: str) -> None:
    assert address_of(path) == address


def test_every_record_has_its_page_and_tells_its_file(smallest_pages: dict[str, Page]) -> None:
    assert {path: page.made_from for path, page in smallest_pages.items()} == {
        "partnerships/freedonia.md": "data/partnerships/freedonia.yml",
        "areas/cyber.md": "data/areas.yml",
        "areas/space.md": "data/areas.yml",
        "compass/act.md": "data/pillars.yml",
        "about.md": "docs/about.md",
    }
    for page in smallest_pages.values():
        assert page.made_from in words(first(body(page), ".page-end"))


def test_every_page_has_a_title_and_a_description(smallest_pages: dict[str, Page]) -> None:
    assert head(smallest_pages["partnerships/freedonia.md"])["title"] == "Freedonia"
    for path, page in smallest_pages.items():
        assert path == "about.md" or len(head(page)["description"]) > 60


def test_links_are_relative_to_the_page(smallest_pages: dict[str, Page]) -> None:
    links = {value(link, "href") for link in body(smallest_pages["areas/cyber.md"]).find_all("a")}
    assert {"../../partnerships/freedonia/", "../../compass/act/", "#freedonia", "../../"} <= links


def test_the_area_page_tells_what_was_not_found(smallest_pages: dict[str, Page]) -> None:
    text = body(smallest_pages["areas/space.md"]).text
    assert "Found in 0 of the first ones. Found in 0 of all 1 in this reference." in text
    assert "The text may still cover it." in text


def test_what_a_text_read_in_full_does_not_hold_is_told_with_its_source(smallest: Reference) -> None:
    record = smallest.partnerships[0]
    text = Fact(text="Read as published.", sources=("release",))
    instrument = record.instrument.model_copy(update={"read_in_full": True, "text": text})
    read_in_full = record.model_copy(update={"instrument": instrument})
    pages = rendered(smallest.model_copy(update={"partnerships": (read_in_full,)}))
    section = with_id(body(pages["areas/space.md"]), "freedonia")
    state, reason = (words(paragraph) for paragraph in section.find_next_siblings("p", limit=2))
    assert state.startswith("Not in the text")
    assert reason == "The instrument was read in full and does not deal with this area [1]."


def test_a_partnership_that_shares_nothing_has_no_nearest(smallest_pages: dict[str, Page]) -> None:
    nearest = table(body(smallest_pages["partnerships/freedonia.md"]), "caption-nearest")
    assert "No area found here was found in another partnership." in words(nearest)


def test_the_same_text_is_shown_letter_by_letter_everywhere(smallest: Reference) -> None:
    record = smallest.partnerships[0].model_copy(update={"name": HOSTILE, "summary": HOSTILE, "aliases": (HOSTILE,)})
    pages = rendered(smallest.model_copy(update={"partnerships": (record,)}))
    html = body(pages["partnerships/freedonia.md"])
    assert first(html, "h1").text == HOSTILE
    assert first(html, ".lead").text == HOSTILE
    assert html.select('script:not([type="application/ld+json"])') == []
    assert with_id(body(pages["areas/cyber.md"]), "freedonia").text == HOSTILE


def test_no_anchor_of_a_timeline_stands_twice(smallest: Reference) -> None:
    event = smallest.pillars.compass.progress[0]
    dates = [PartialDate(iso) for iso in (*["2024"] * 10, "2024-10", "2024-10", *["2024-05"] * 12, "2024-05-12")]
    events = tuple(event.model_copy(update={"date": date, "title": str(index)}) for index, date in enumerate(dates))
    record = smallest.partnerships[0].model_copy(update={"events": events})
    pages = rendered(smallest.model_copy(update={"partnerships": (record,)}))
    anchors = [value(item, "id") for item in body(pages["partnerships/freedonia.md"]).select("ol.timeline > li")]
    assert len(set(anchors)) == len(anchors) == len(dates) + 1
    assert {"on-2024-10", "on-2024-10-2", "on-2024-05-12"} <= set(anchors)


def test_a_review_that_is_due_is_told(smallest_pages: dict[str, Page]) -> None:
    assert "a review is due" in body(smallest_pages["partnerships/freedonia.md"]).text


def test_a_page_can_be_edited_where_the_repository_is_known(smallest: Reference) -> None:
    site = replace(SITE, address="", edit_base="https://example.org/edit/main/")
    pages = rendered(smallest, site=site)
    link = first(body(pages["partnerships/freedonia.md"]), ".page-end a")
    assert value(link, "href") == "https://example.org/edit/main/data/partnerships/freedonia.yml"


def test_a_page_tells_how_to_cite_it(smallest_pages: dict[str, Page]) -> None:
    assert words(first(body(smallest_pages["partnerships/freedonia.md"]), ".page-end p")) == (
        "Its makers: “Freedonia”, in: The site: an open reference, data as of 2 January 2026. "
        "https://example.org/partnerships/freedonia/. Licence CC BY 4.0."
    )


def test_prose_may_use_the_records(smallest: Reference) -> None:
    text = '---\ntitle: A\n---\n\n# A\n\n{{ partnerships | length }} of {{ rows | length }} {{ cite(["shared"]) }}\n'
    html = body(rendered(smallest, {"a.md": text})["a.md"])
    assert words(first(html, "p")).startswith("1 of 2 [1]")
    assert words(first(html, "#source-1 cite")) == "A page about all of them"


def test_a_table_or_list_without_entries_says_so(smallest: Reference) -> None:
    nothing = smallest.model_copy(
        update={
            "ties": (),
            "pipeline": smallest.pipeline.model_copy(update={"prospects": ()}),
            "parliament": smallest.parliament.model_copy(update={"places": (), "resolutions": ()}),
        }
    )
    shown = {
        "pipeline": "No country without a record here is known to be on the way.",
        "groups": "No year and no region has two partnerships.",
        "ties": "No tie is on record.",
        "parliament": "No country or region is on record.",
        "resolutions": "No resolution is on record.",
        "bibliography": "None is cited yet.",
    }
    includes = "\n\n".join(f'{{% include "{template}.html" %}}' for template in shown)
    text = f"# A\n\n{{% set entries = [] %}}\n{includes}\n"
    html = body(rendered(nothing, {"a.md": text})["a.md"])
    assert [message for message in shown.values() if words(html).count(message) != 1] == []
    assert html.select("tbody:empty, ul:empty, ol:empty, dl:empty") == []


def test_a_partner_without_ties_is_not_led_to_them(smallest: Reference) -> None:
    record = smallest.partnerships[0]
    assert record.ties == ()
    html = body(rendered(smallest, {"a.md": '{% include "ties.html" %}'})["a.md"])
    assert value(first(html, "thead a"), "href") == "../partnerships/freedonia/"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("{{ nothing_of_it }}", f"'nothing_of_it' is undefined; the {NAMES}"),
        ("{{ comon_to(groups[0]) }}", f"'comon_to' is undefined; did you mean \"common_to\"? The {NAMES}"),
        ("{{ citee([]) }}", f"'citee' is undefined; did you mean \"cite\"? The {NAMES}"),
        ("{% if %}", f"Expected an expression, got 'end of statement block'; the {NAMES}"),
    ],
)
def test_wrong_jinja_in_prose_is_told_with_its_place(smallest: Reference, wrong: str, message: str) -> None:
    with pytest.raises(PageError) as caught:
        rendered(smallest, {"a.md": f"# A\n\n{wrong}\n"})
    assert str(caught.value) == f"docs/a.md:3: {message}"


def test_a_page_cannot_hide_the_page_of_a_record(smallest: Reference) -> None:
    with pytest.raises(PageError, match=r"^data/areas\.yml:1: its page and docs/areas/cyber\.md have the same"):
        rendered(smallest, {"areas/cyber.md": "# Mine\n"})


def test_rendering_twice_gives_the_same(smallest: Reference) -> None:
    assert rendered(smallest) == rendered(smallest)
