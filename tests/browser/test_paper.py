"""A partnership on paper: a brief of a few sheets that holds every source with its address.

Which fonts a machine has decides where lines break, and which letters are drawn. So nothing here asks for letters that
a usual font may lack, and the number of sheets is that of a record whose brief fits with narrow and with wide fonts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from copy import copy
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, Page

from support.browser import add_style
from support.pdf_text import text_of
from support.project import PUBLISHED, change, copy_project, serve
from support.tabs import as_before, shared_tab
from support.typed import build

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
# What it leaves out, and says so.
LEFT_OUT = ("#assessments", "#compare", "#other-subjects", "#instrument")
# Marks of printed text that every usual font has.
MARKS = set("’‘“”–—…·")


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    yield from shared_tab(browser)


@pytest.fixture
def tab(shared: Page) -> Iterator[Page]:
    yield from as_before(shared)


def printed(page: Page) -> tuple[int, str]:
    """How many sheets the open page prints on, and what they tell, without blanks."""
    # Without the number of the sheet, a text that goes on overleaf is read as one.
    add_style(page, "@page { @bottom-right { content: none } }")
    pdf = page.pdf(prefer_css_page_size=True)
    return len(re.findall(rb"/Type /Page\b", pdf)), "".join(text_of(pdf).split())


def legible(text: str) -> list[str]:
    """The passages of a text, without blanks, that every usual font draws and that are drawn in their order.

    Those are the ones in Latin letters. What stands between two letters that are written from right to left, or beside
    one, may be drawn elsewhere.
    """
    letters = "".join(unicodedata.normalize("NFKC", text).split())
    usual = (
        char if char.isascii() or char in MARKS or "LATIN" in unicodedata.name(char, "") else "\0" for char in letters
    )
    passages = "".join(usual).split("\0")
    return [found[0] for passage in passages if (found := re.search(r"\w(?:.*\w)?", passage))]


def missing(texts: list[str], told: str) -> list[str]:
    """Passages of texts that paper does not tell."""
    return [passage for text in texts for passage in legible(text) if passage not in told]


def test_letters_that_a_font_may_lack_are_not_looked_for() -> None:
    assert legible("A treaty (2024): “Été”") == ["Atreaty(2024):“Été"]
    assert legible("https://sabah.example/أخبار/شراكة.") == ["https://sabah.example"]
    assert legible("外務省, 1 November") == ["1November"]
    assert missing(["Frîdônîa, فريدونيا", "Sylvania"], "inFrîdônîa.") == ["Sylvania"]


def check_brief(article: Tag, told: str) -> None:
    """Assert that paper tells what a brief is for, each with the numbers of its sources, and leaves the rest out."""
    sources = [str(cite.a["href"]) for cite in article.select("ol.sources cite")]
    assert sources
    assert missing(sources, told) == []
    kept = copy(article)
    for left_out in kept.select(".more, .across"):
        left_out.decompose()
    for kind, is_sourced in KEPT.items():
        tags = kept.select(kind)
        assert [tag for tag in tags if is_sourced and not re.search(r"\[\d+\]", tag.text)] == []
        assert missing([tag.text for tag in tags], told) == []
    for heading in LEFT_OUT:
        for left_out in kept.select(heading):
            assert "".join(left_out.text.split()) not in told
    assert "comparewith" not in told
    assert "inthetimelineofall" not in told


@pytest.mark.parametrize(("record", "least"), [("freedonia", 20), ("lilliput", 5)])
def test_a_partnership_prints_as_a_brief_with_all_its_sources(
    tab: Page, address: str, html: dict[str, BeautifulSoup], record: str, least: int
) -> None:
    tab.goto(f"{address}partnerships/{record}/")
    _, told = printed(tab)
    article = html[f"partnerships/{record}/"].find("article")
    check_brief(article, told)
    assert len(article.select(", ".join(KEPT))) > least
    assert f"https://example.org/sdp/partnerships/{record}/" in told


# What is added to a record so that it tells as much as one for which much was found: so many areas, events, and sources
# for them. With it the brief takes three sheets.
AREAS, EVENTS = 15, 25
SUMMARY = (
    "The two sides want to work together on this, and tell each other once a year how far they have come. "
    "Specialists of both meet for it, in a place that changes every time."
)
SOURCE = """\
  - id: freedonia-{number}
    title: The answer of the government to question {number} of a member of its parliament
    publisher: Parliament of Freedonia
    date: 2025-06-01
    url: https://parliament.example/questions-and-answers/2025/session-of-june/answer-number-{number}.html
    language: en
    kind: official-primary
"""


def grow(project: Path) -> None:
    """Let freedonia tell much more."""
    record = "data/partnerships/freedonia.yml"
    areas = range(AREAS)
    known = [
        f"  - {{id: subject-{number}, name: Subject {number}, scope: Made up., pillar: act}}\n" for number in areas
    ]
    change(project, "data/areas.yml", "areas:\n", "".join(["areas:\n", *known]))
    entry = "  - {{area: subject-{number}, state: instrument, summary: {text}, sources: [freedonia-{number}]}}\n"
    entries = [entry.format(number=number, text=f'"{SUMMARY}"') for number in areas]
    change(project, record, "areas:\n", "".join(["areas:\n", *entries]))
    event = (
        "  - {{date: 2024-07-{day:02}, title: Meeting {day} of officials of both sides on what they do in the year, "
        "kind: dialogue, summary: {text}, sources: [freedonia-{number}]}}\n"
    )
    events = [event.format(day=day, number=AREAS + day - 1, text=f'"{SUMMARY}"') for day in range(1, EVENTS + 1)]
    change(project, record, "events:\n", "".join(["events:\n", *events]))
    sources = [SOURCE.format(number=number) for number in range(AREAS + EVENTS)]
    change(project, record, "\nsources:\n", "".join(["\nsources:\n", *sources]))


def test_a_record_that_tells_much_prints_on_two_to_four_sheets(
    tab: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copy_project(tmp_path / "project")
    grow(project)
    for name, value in PUBLISHED.items():
        monkeypatch.setenv(name, value)
    build(project)
    page = project / "site/partnerships/freedonia/index.html"
    with serve(project / "site") as address:
        tab.goto(f"{address}partnerships/freedonia/")
        sheets, told = printed(tab)
    check_brief(BeautifulSoup(page.read_text("utf-8"), "html.parser").find("article"), told)
    # Measured as three with narrow and with wide fonts.
    assert 2 <= sheets <= 4


def test_what_is_not_a_partnership_prints_whole(tab: Page, address: str) -> None:
    tab.goto(f"{address}areas/cyber/")
    told = text_of(tab.pdf(prefer_css_page_size=True))
    assert "Cite and correct this page" in told
    assert "Search" not in told
