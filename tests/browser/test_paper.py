"""A partnership on paper: a brief of two to four sheets that holds every source with its address."""

from __future__ import annotations

import re
import unicodedata
from copy import copy

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from compass.files import RECORD_FOLDER
from support.browser import add_style
from support.records import ROOT
from support.pdf_text import text_of

RECORDS = sorted(path.stem for path in (ROOT / "data" / RECORD_FOLDER).glob("*.yml"))


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


# What a brief holds of each kind, and whether each of them names its sources.
KEPT = {
    "table.glance td": False,
    "[id^=area-] ~ .entry > p:first-child": True,
    ".entry > .caveat": False,
    "[data-dialogue] > td:last-child": True,
    "ol.timeline > li": True,
    ".conflict li": True,
    ".conflict > p": False,
}


@pytest.mark.parametrize("record", RECORDS)
def test_a_partnership_prints_as_a_brief_with_all_its_sources(
    page: Page, address: str, html: dict[str, BeautifulSoup], record: str
) -> None:
    page.goto(f"{address}partnerships/{record}/")
    # Without the number of the sheet, a text that goes on overleaf is read as one.
    add_style(page, "@page { @bottom-right { content: none } }")
    paper = page.pdf(prefer_css_page_size=True)
    assert 2 <= sheets(paper) <= 4
    told = "".join(text_of(paper).split())
    article = copy(html[f"partnerships/{record}/"].find("article"))
    sources = [cite.a["href"] for cite in article.select("ol.sources cite")]
    assert sources
    # A PDF holds letters as they are drawn, so an address is read up to what is written from right to left.
    assert [source for source in sources if re.split("[\u0590-\u08ff]", source)[0] not in told] == []
    # What a brief is for: facts, areas with what was found, ties, dates, and what sources disagree on, each with the
    # numbers of its sources and its caveat; and a word on what it leaves out.
    for left_out in article.select(".more, .across"):
        left_out.decompose()
    for kind, is_sourced in KEPT.items():
        kept = article.select(kind)
        assert [tag for tag in kept if is_sourced and not re.search(r"\[\d+\]", tag.text)] == []
        texts = ["".join(unicodedata.normalize("NFKC", tag.text).split()) for tag in kept]
        assert [text for text in texts if text not in told] == []
    assert len(article.select(", ".join(KEPT))) > 20
    assert f"https://example.org/sdp/partnerships/{record}/" in told
    for heading in ("#assessments", "#compare", "#other-subjects", "#instrument"):
        for left_out in article.select(heading):
            assert "".join(left_out.text.split()) not in told
    assert "comparewith" not in told
    assert "inthetimelineofall" not in told


def test_what_is_not_a_partnership_prints_whole(page: Page, address: str) -> None:
    page.goto(f"{address}areas/cyber/")
    told = text_of(page.pdf(prefer_css_page_size=True))
    assert "Cite and correct this page" in told
    assert "Search" not in told
