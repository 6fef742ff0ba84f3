from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware

from compass.model.dates import PartialDate
from compass.model.reference import Reference
from compass.publication import published
from compass.site.page_citation import PageCitation
from support.records import SITE

HOSTILE = 'A & B: 50 % of {these}, $x_1$ ~ #2 ^ "quoted" \\ 日本'


@pytest.fixture
def cited(smallest: Reference) -> PageCitation:
    """A page with every sign in its title that could break a citation."""
    address = "https://example.org/areas/cyber_100%25/"
    return PageCitation(HOSTILE, address, "areas/cyber/", PartialDate("2026-11-22"), published(smallest, SITE))


def test_bibtex_is_read_by_another_program(cited: PageCitation) -> None:
    library = parse_string(cited.bibtex)
    assert library.failed_blocks == []
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("misc", "sdp-areas-cyber")
    # An address is no text, so that nothing of it means something to TeX.
    assert (entry["url"], entry["year"]) == (cited.address, "2026")
    (entry,) = parse_string(cited.bibtex, append_middleware=[LatexDecodingMiddleware()]).entries
    found = {name: field.value for name, field in entry.fields_dict.items()}
    # The library reads TeX’s circumflex as the modifier letter.
    title = HOSTILE.replace("{these}", "these")
    assert found["title"].strip("{}").replace("ˆ", "^") == title
    assert found["note"] == "Data as of 22 November 2026. Licence CC BY 4.0"


@pytest.mark.parametrize("title", ["Free {donia", "Free} donia", "{{"])
def test_a_brace_in_a_title_leaves_the_braces_of_the_entry_in_pairs(cited: PageCitation, title: str) -> None:
    entry = replace(cited, title=title).bibtex
    depth = list(accumulate({"{": 1, "}": -1}.get(char, 0) for char in entry))
    assert min(depth) == 0
    assert depth[-1] == 0
    assert 0 not in depth[depth.index(1) : -1]


def test_ris_is_read_by_another_program(cited: PageCitation) -> None:
    (entry,) = rispy.loads(cited.ris)
    assert entry["type_of_reference"] == "ELEC"
    assert entry["title"] == HOSTILE
    assert entry["authors"] == ["Its makers"]
    assert entry["year"] == "2026"
    assert entry["urls"] == [cited.address]


@pytest.mark.parametrize(("date", "month", "written"), [("2026", False, "2026///"), ("2026-11", True, "2026/11//")])
def test_the_date_of_the_data_is_no_more_precise_than_it_is(
    smallest: Reference, date: str, month: bool, written: str
) -> None:
    page = PageCitation("Home", "", "", PartialDate(date), published(smallest, SITE))
    assert ("month = nov" in page.bibtex) is month
    assert f"DA  - {written}\n" in page.ris
    assert page.bibtex.startswith("@misc{sdp,")
    assert "url" not in page.bibtex
    assert "UR" not in page.ris
