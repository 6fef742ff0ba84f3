"""A partnership on paper: a brief of two to four sheets that holds every source with its address."""

from __future__ import annotations

import re
import unicodedata

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from compass.files import RECORD_FOLDER
from conftest import ROOT
from pdf_text import text_of

RECORDS = sorted(path.stem for path in (ROOT / "data" / RECORD_FOLDER).glob("*.yml"))


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


@pytest.mark.parametrize("record", RECORDS)
def test_a_partnership_prints_as_a_brief_with_all_its_sources(
    page: Page, address: str, html: dict[str, BeautifulSoup], record: str
) -> None:
    page.goto(f"{address}partnerships/{record}/")
    paper = page.pdf(prefer_css_page_size=True)
    assert 2 <= sheets(paper) <= 4
    told = "".join(text_of(paper).split())
    article = html[f"partnerships/{record}/"].find("article")
    sources = [cite.a["href"] for cite in article.select("ol.sources cite")]
    assert sources
    # A PDF holds letters as they are drawn, so an address is read up to what is written from right to left.
    assert [source for source in sources if re.split("[\u0590-\u08ff]", source)[0] not in told] == []
    # What a brief is for: facts, areas with what was found, ties, dates; and a word on what it leaves out.
    kept = article.select("#glance ~ .table-scroll table.glance td, .entry > p:first-child, ol.timeline > li > p.when")
    assert len(kept) > 20
    # A sheet may end within a text, but not within both of its halves.
    unnumbered = re.sub(r"\[\d+\]", "", told)
    texts = [re.sub(r"\[\d+\]|\s", "", unicodedata.normalize("NFKC", tag.text)) for tag in kept]
    halves = [(text[: len(text) // 2], text[len(text) // 2 :]) for text in texts]
    assert [pair for pair in halves if not any(half in unnumbered for half in pair)] == []
    assert f"https://example.org/sdp/partnerships/{record}/" in told
    for heading in ("#assessments", "#compare", "#other-subjects", "#instrument"):
        for left_out in article.select(heading):
            assert "".join(left_out.text.split()) not in told


def test_what_is_not_a_partnership_prints_whole(page: Page, address: str) -> None:
    page.goto(f"{address}areas/cyber/")
    told = text_of(page.pdf(prefer_css_page_size=True))
    assert "Cite and correct this page" in told
    assert "Search" not in told
