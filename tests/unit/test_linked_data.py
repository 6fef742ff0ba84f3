from __future__ import annotations

import json

from bs4 import BeautifulSoup

from compass.model.dates import PartialDate
from compass.model.reference import Reference
from compass.publication import published
from compass.site.linked_data import in_page, trail, web_page
from compass.site.page_citation import PageCitation
from support.records import SITE

TITLES = {"": "ignored", "partnerships/": "Partnerships", "about/": "About"}


def test_a_trail_leads_from_home_through_the_pages_above() -> None:
    assert trail("partnerships/freedonia/", TITLES) == (("", "Home"), ("partnerships/", "Partnerships"))
    assert trail("partnerships/", TITLES) == (("", "Home"),)
    assert trail("areas/cyber/", TITLES) == (("", "Home"),)
    assert trail("", TITLES) == ()


def test_a_partnerships_page_names_the_country_and_the_file(smallest: Reference) -> None:
    partnership = smallest.partnerships[0]
    cited = PageCitation("Freedonia", "", "partnerships/freedonia/", PartialDate("2026-01"), published(smallest, SITE))
    markup = web_page(cited, trail("partnerships/freedonia/", TITLES), partnership)
    page = json.loads(BeautifulSoup(markup, "html.parser").find("script").string)
    assert page["about"]["identifier"]["value"] == "FR"
    assert page["encoding"]["contentUrl"] == "https://example.org/data/v1/partnerships/freedonia.json"
    assert page["dateModified"] == "2026-01"
    assert [(step["position"], step["name"], step["item"]) for step in page["breadcrumb"]["itemListElement"]] == [
        (1, "Home", "https://example.org/"),
        (2, "Partnerships", "https://example.org/partnerships/"),
        (3, "Freedonia", "https://example.org/partnerships/freedonia/"),
    ]


def test_no_text_ends_the_element_it_stands_in() -> None:
    hostile = "</script><script>alert(1)</script><!-- &amp; "
    soup = BeautifulSoup(in_page({"name": hostile}), "html.parser")
    assert len(soup.find_all("script")) == 1
    assert json.loads(soup.find("script").string) == {"name": hostile}
