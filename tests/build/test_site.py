"""The built site: what every page must keep, and what the pages must show."""

from __future__ import annotations

import gzip
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from compass import comparison, coverage
from compass.reference import Reference
from compass.vocabulary import State
from support.project import build
from support.records import ROOT

Pages = dict[str, BeautifulSoup]
ROOT_ADDRESS = "https://example.org/sdp/"
BY_HAND = [
    "",
    "partnerships/",
    "partnerships/pipeline/",
    "compare/",
    "compare/side-by-side/",
    "areas/",
    "compass/",
    "timeline/",
    "parliament/",
    "sources/",
    "sources/secondary/",
    "data/",
    "about/",
    "about/method/",
    "about/accessibility/",
    "about/changes/",
    "contribute/",
    "contribute/add-a-partnership/",
    "contribute/fields/",
    "contribute/publish/",
]


def content(page: BeautifulSoup) -> Tag:
    found = page.find("article")
    assert isinstance(found, Tag)
    return found


def test_every_page_of_the_design_is_there(html: Pages, reference: Reference) -> None:
    made = [f"partnerships/{one.id}/" for one in reference.partnerships]
    made += [f"areas/{area.id}/" for area in reference.areas.areas]
    made += [f"compass/{pillar.id}/" for pillar in reference.pillars.pillars]
    assert set(BY_HAND + made) == html.keys() - {"404.html"}


def test_every_link_inside_the_site_leads_somewhere(html: Pages, site: Path) -> None:
    anchors = {address: {tag["id"] for tag in page.find_all(id=True)} for address, page in html.items()}
    broken = []
    for address, page in html.items():
        for tag in page.find_all(["a", "link", "script", "img"]):
            link = tag.get("href") or tag.get("src")
            if not link or link.startswith(("javascript:", "mailto:")):
                continue
            full = urlsplit(urljoin(ROOT_ADDRESS + address, link))
            inside = full.geturl().startswith(ROOT_ADDRESS)
            if not inside:
                continue
            target = unquote(full.path.removeprefix("/sdp/"))
            exists = target in html or (site / target).is_file()
            if not exists or (full.fragment and target in html and unquote(full.fragment) not in anchors[target]):
                broken.append((address, link))
    assert broken == []


def test_every_table_has_a_caption_and_scoped_headers(html: Pages) -> None:
    for address, page in html.items():
        for table in content(page).find_all("table") if page.find("article") else []:
            assert table.caption is not None, address
            assert table.caption.text.strip(), address
            assert all(header.get("scope") in ("col", "row", "rowgroup") for header in table.find_all("th")), address
            assert table.parent["role"] == "region", address
            assert table.parent["tabindex"] == "0", address
            assert table.parent["aria-labelledby"] == table.caption["id"], address


def test_no_cell_is_empty(html: Pages) -> None:
    empty = [
        (address, str(cell))
        for address, page in html.items()
        for cell in page.find_all(["td", "th"])
        if not cell.text.strip()
    ]
    assert empty == []


def test_every_page_has_one_main_heading_and_no_level_is_skipped(html: Pages) -> None:
    for address, page in html.items():
        levels = [int(tag.name[1]) for tag in content(page).find_all(re.compile("^h[1-6]$"))]
        assert levels.count(1) == 1, address
        assert all(below - above <= 1 for above, below in pairwise(levels)), address


def test_no_id_stands_twice_on_a_page(html: Pages) -> None:
    for address, page in html.items():
        ids = [tag["id"] for tag in page.find_all(id=True)]
        assert sorted(ids) == sorted(set(ids)), address


@pytest.mark.parametrize("leftover", ["None", "nan", "Undefined"])
def test_no_cell_or_line_is_what_python_prints_for_nothing(html: Pages, leftover: str) -> None:
    found = [
        address
        for address, page in html.items()
        if leftover in map(str.strip, content(page).get_text("\n").split("\n"))
    ]
    assert found == []


@pytest.mark.parametrize("leftover", ["{{", "}}", "{%", "[object", "<built-in", "&amp;", "&lt;", "&#"])
def test_nothing_of_templates_and_markup_is_left_over(html: Pages, leftover: str) -> None:
    assert [address for address, page in html.items() if leftover in content(page).text] == []


def test_every_page_describes_itself(html: Pages) -> None:
    descriptions = {
        address: page.find("meta", attrs={"name": "description"})["content"]
        for address, page in html.items()
        if address != "404.html"
    }
    assert all(60 <= len(text) <= 300 for text in descriptions.values()), descriptions
    assert len(set(descriptions.values())) == len(descriptions)


def test_every_page_has_its_canonical_address(html: Pages) -> None:
    for address, page in html.items():
        if address != "404.html":
            assert page.find("link", rel="canonical")["href"] == ROOT_ADDRESS + address


def test_every_page_tells_how_to_cite_and_where_to_correct_it(html: Pages) -> None:
    for address, page in html.items():
        if address == "404.html":
            continue
        end = content(page).find(class_="page-end")
        assert ROOT_ADDRESS + address in end.text
        edit = end.find("a", string=re.compile("Edit this page"))
        assert edit["href"].startswith("https://github.com/example/sdp/edit/main/")
    norway = content(html["partnerships/norway/"]).find("a", string=re.compile("Edit this page"))
    assert norway["href"].endswith("/data/partnerships/norway.yml")


def test_every_fact_of_a_record_has_a_source_beside_it(html: Pages, reference: Reference) -> None:
    facts = ".entry > p:first-child, .entry li, dl.facts dd, ol.timeline > li, .conflict li, #assessments + ul > li"
    for one in reference.partnerships:
        shown = content(html[f"partnerships/{one.id}/"]).select(facts)
        entries = [*one.areas, *one.ties]
        expected = len(entries) + sum(len(entry.details) for entry in entries) + len(one.events) + 1
        expected += len(one.instrument.notes) + len(one.other_subjects) + len(one.assessments)
        expected += sum(len(conflict.positions) for conflict in one.conflicts)
        assert len(shown) == expected, one.id
        assert [fact.text for fact in shown if not fact.select(".cites a")] == [], one.id


def test_numbered_sources_link_to_where_they_are_cited_and_back(html: Pages) -> None:
    for address, page in html.items():
        sources = content(page).select("ol.sources > li")
        for number, source in enumerate(sources, 1):
            assert source["id"] == f"source-{number}", address
            uses = source.select(".backlinks a")
            assert [use["href"] for use in uses] == [f"#cite-{number}-{use}" for use in range(1, len(uses) + 1)]
            assert len(content(page).select(f'.cites a[href="#source-{number}"]')) == len(uses), address


def test_every_area_of_every_record_stands_on_its_page(html: Pages, reference: Reference) -> None:
    for one in reference.partnerships:
        page = content(html[f"partnerships/{one.id}/"])
        assert len(page.select("tr[data-area]")) == len(reference.areas.areas)
        for entry in one.areas:
            assert page.find("h3", id=f"area-{entry.area}") is not None


def test_the_comparison_has_a_cell_for_every_area_and_partnership(html: Pages, reference: Reference) -> None:
    partnerships = coverage.in_order(reference.partnerships)
    expected = {
        (row.area.id, cell.partnership.id): (cell.state, cell.words)
        for row in coverage.rows(reference.areas.areas, partnerships)
        for cell in row.cells
    }
    cells = content(html["compare/"]).select("td[data-state]")
    shown = {
        (cell["data-area"], cell["data-partnership"]): (cell["data-state"], cell.a.text) for cell in cells if cell.a
    }
    assert len(cells) == len(reference.areas.areas) * len(partnerships)
    assert shown == expected
    assert {state for state, _ in shown.values()} == {"instrument", "official", "reported", "not-found"}


def test_each_cell_leads_to_what_is_known_of_it(html: Pages, reference: Reference) -> None:
    by_id = {one.id: one for one in reference.partnerships}
    for cell in content(html["compare/"]).select("td[data-state]"):
        area, partner = cell["data-area"], cell["data-partnership"]
        assert cell.a["href"] == f"../areas/{area}/#{partner}"
        heading = content(html[f"areas/{area}/"]).find("h2", id=partner)
        section = [tag for tag in heading.find_next_siblings() if tag.find_previous("h2") is heading]
        text = " ".join(" ".join(tag.text for tag in section).split())
        entry = next((entry for entry in by_id[partner].areas if entry.area == area), None)
        if entry is None:
            assert "The text may still cover it." in text
        else:
            for part in (entry.summary, entry.caveat, entry.locator):
                assert part is None or " ".join(part.split()) in text
            assert any(tag.select(".cites a") for tag in section)


def test_what_is_common_is_shown_for_the_six_and_for_all_with_its_weakest_evidence(
    html: Pages, reference: Reference
) -> None:
    partnerships = coverage.in_order(reference.partnerships)
    rows = coverage.rows(reference.areas.areas, partnerships)
    groups = coverage.headline_groups(reference.sets, partnerships)
    assert [group.id for group in groups] == ["eprs-2025-01", "all"]
    for address in ("", "compare/"):
        for group in groups:
            shared = coverage.common(tuple(row.within(group) for row in rows))
            shown = content(html[address]).select(f'tr[data-group="{group.id}"][data-common]')
            assert {row["data-common"]: row.td.text.strip() for row in shown} == {
                row.area.id: row.weakest.label for row in shared if row.weakest
            }
    assert "some ten" in content(html["compare/"]).find(class_="two-counts").text


def test_each_group_of_a_year_and_of_a_region_is_compared(html: Pages, reference: Reference) -> None:
    groups = coverage.derived_groups(reference.regions, coverage.in_order(reference.partnerships))
    table = content(html["compare/"]).find(id="caption-groups").parent
    assert [row["data-group"] for row in table.select("tr[data-group]")] == [group.id for group in groups]


def test_the_pipeline_tells_every_country_and_every_count(html: Pages, reference: Reference) -> None:
    page = content(html["partnerships/pipeline/"])
    rows = page.select("tr[data-stage]")
    assert {row.th.text for row in rows} == {one.name for one in reference.pipeline.prospects}
    assert all(row.select(".cites a") for row in rows)
    text = " ".join(page.text.split())
    for one in reference.pipeline.prospects:
        assert all(" ".join(part.split()) in text for part in (one.text, *(fact.text for fact in one.details)))
    counts = page.find(id="caption-counts").parent.select("tbody tr")
    assert len(counts) == len(reference.pipeline.counts) + 1


def test_the_ties_of_all_partnerships_are_compared_safe_first(html: Pages, reference: Reference) -> None:
    cells = content(html["compare/"]).select("td[data-tie]")
    assert len(cells) == len(reference.ties) * len(reference.partnerships)
    assert cells[0]["data-tie"] == "safe"
    told = [cell for cell in cells if "Not found" not in cell.text]
    assert len(told) == sum(len(one.ties) for one in reference.partnerships)
    assert all(cell.select(".cites a") for cell in told)


def test_each_partnership_names_its_nearest_with_the_figure(html: Pages, reference: Reference) -> None:
    partnerships = coverage.in_order(reference.partnerships)
    near = comparison.nearest(reference.areas.areas, partnerships)
    for one in partnerships:
        rows = content(html[f"partnerships/{one.id}/"]).select("tr[data-near]")
        assert [row["data-near"] for row in rows] == [pair.other.id for pair in near[one.id]]
        for row, pair in zip(rows, near[one.id], strict=True):
            both, only_one, only_other = (cell.text for cell in row.find_all("td"))
            assert both == f"{len(pair.both)} of {pair.either} ({round(100 * pair.share)} %)"
            assert only_one == (", ".join(area.name for area in pair.only_one) or "none")
            assert only_other == (", ".join(area.name for area in pair.only_other) or "none")
            assert row.a["href"] == f"../../compare/side-by-side/?with={one.id},{pair.other.id}"


def test_every_partnership_is_told_in_brief(html: Pages, reference: Reference) -> None:
    rows = content(html["compare/side-by-side/"]).select("tr[data-partnership]")
    partnerships = coverage.in_order(reference.partnerships)
    assert [row["data-partnership"] for row in rows] == [one.id for one in partnerships]
    for row, one in zip(rows, partnerships, strict=True):
        text = " ".join(row.text.split())
        assert f"{len(one.areas)} of {len(reference.areas.areas)}" in text
        assert row.select(".cites a")


def test_what_only_one_has_is_told_for_the_six_and_for_all(html: Pages, reference: Reference) -> None:
    partnerships = coverage.in_order(reference.partnerships)
    rows = coverage.rows(reference.areas.areas, partnerships)
    wanted = [
        (group.name, row.area.name, row.found[0].partnership.name)
        for group in coverage.headline_groups(reference.sets, partnerships)
        for row in coverage.found_once(tuple(row.within(group) for row in rows))
    ]
    table = content(html["compare/"]).find(id="caption-only-one").parent
    shown = [(row.th.text, *(link.text for link in row.find_all("a"))) for row in table.select("tbody tr")]
    assert [(group[0].lower() + group[1:], area, partner) for group, area, partner in shown] == wanted


def test_coverage_is_a_picture_that_words_tell_too(html: Pages, reference: Reference) -> None:
    page = content(html["areas/"])
    rows = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    lines = page.find(id="caption-heatmap").parent.select("tbody tr:not(.group)")
    for row, line in zip(rows, lines, strict=True):
        picture = line.svg
        assert picture["role"] == "img"
        told = coverage.by_term(row.cells)
        names = {term: ", ".join(cell.partnership.name for cell in cells) for term, cells in told}
        assert picture.title.text == "; ".join(f"{term.label}: {names[term]}" for term, _ in told)
        # A bar for each cell, of the height of its kind, where its partnership stands.
        for (term, cells), path in zip(told, picture.find_all("path"), strict=True):
            assert path["class"] == [f"bar-{term.value}"]
            starts = [int(start) for start in re.findall(r"M(\d+) ", path["d"])]
            assert starts == [10 * row.cells.index(cell) + 1 for cell in cells]
        assert f"{len(row.found)} of {len(row.cells)}" in line.text


def test_the_overview_of_areas_counts_by_state(html: Pages, reference: Reference) -> None:
    table = content(html["areas/"]).find(id="caption-areas").parent
    rows = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    for row, line in zip(rows, table.select("tbody tr:not(.group)"), strict=True):
        counts = [int(cell.text) for cell in line.find_all("td")[-4:]]
        known = dict(coverage.by_term(row.cells))
        assert counts[:3] == [len(known.get(state, ())) for state in State]
        assert sum(counts) == len(row.cells)


def test_parliaments_page_tells_for_each_place_whether_a_partnership_exists(html: Pages) -> None:
    rows = {row["data-place"]: row for row in content(html["parliament/"]).select("tr[data-place]")}
    assert len(rows) == 15
    assert "Norway, Signed 28 May 2024" in " ".join(rows["NO"].text.split())
    assert {"North Macedonia", "Albania"} <= {link.text for link in rows["western-balkans"].find_all("a")}
    assert "None in this reference" in rows["GE"].text


def test_every_source_tells_which_pages_use_it(html: Pages) -> None:
    entries = [
        entry
        for address in ("sources/", "sources/secondary/")
        for entry in content(html[address]).select("ul.bibliography > li")
    ]
    assert len(entries) > 400
    assert len(entries) == len({entry.a["href"] for entry in entries})
    assert all(entry.select(".backlinks a") for entry in entries)


def test_every_field_is_explained(html: Pages) -> None:
    explained = {code.text for code in content(html["contribute/fields/"]).select("th > code")}
    assert {"read_in_full", "caveat", "locator", "signatories", "deadlines", "text_number"} <= explained


def test_abbreviations_explain_themselves_to_mouse_and_keyboard(html: Pages) -> None:
    abbreviations = content(html["partnerships/norway/"]).find_all("abbr")
    assert {"SAFE", "PESCO", "NATO"} <= {abbreviation.text for abbreviation in abbreviations}
    assert all(abbreviation["title"] and abbreviation["tabindex"] == "0" for abbreviation in abbreviations)


def test_nothing_is_loaded_from_elsewhere(html: Pages) -> None:
    for page in html.values():
        for tag in page.find_all(["script", "img", "iframe", "source"]) + page.find_all(
            "link", rel=["stylesheet", "preconnect", "icon"]
        ):
            link = tag.get("src") or tag.get("href") or ""
            assert not urlsplit(link).netloc, link


def test_foreign_titles_are_marked_with_their_language(html: Pages) -> None:
    lists = [content(html[address]) for address in ("sources/", "sources/secondary/")]
    languages = {cite["lang"] for page in lists for cite in page.select("cite[lang]")}
    assert {"ja", "ko", "no", "mk"} <= languages


def test_the_scripts_of_the_comparison_weigh_less_than_10_kb_compressed(site: Path) -> None:
    scripts = sorted((site / "assets/compare").glob("*.js"))
    assert [path.name for path in scripts] == sorted(path.name for path in (ROOT / "docs/assets/compare").glob("*.js"))
    assert 0 < sum(len(gzip.compress(path.read_bytes())) for path in scripts) < 10_000
    assert not any("/**" in path.read_text("utf-8") for path in scripts)


@pytest.mark.parametrize("script", sorted((ROOT / "docs/assets").rglob("*.js")), ids=lambda path: path.name)
def test_no_script_loses_a_blank_of_its_texts(script: Path, site: Path) -> None:
    written = script.read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|^ *//.*?$", "", written, flags=re.DOTALL | re.MULTILINE)
    texts = re.findall("`[^`]*`", code)
    published = (site / "assets" / script.relative_to(ROOT / "docs/assets")).read_text("utf-8")
    assert [text for text in texts if text not in published] == []
    # A template string inside another would be taken for the end of the first.
    assert not re.search(r"\$\{[^}]*`", code)


def test_an_area_that_is_not_in_a_text_is_not_counted_as_not_found(project: Path) -> None:
    norway = project / "data/partnerships/norway.yml"
    text = norway.read_text("utf-8")
    assert "read_in_full: false" in text
    norway.write_text(text.replace("read_in_full: false", "read_in_full: true"), "utf-8")
    assert build(project, project / "site").returncode == 0
    page = BeautifulSoup((project / "site/areas/index.html").read_text("utf-8"), "html.parser")
    table = page.find(id="caption-areas").parent
    assert [cell.text for cell in table.thead.find_all("th")[-2:]] == ["Not found", "Not in the text"]
    mobility = next(row for row in table.find_all("tr") if row.th.text == "Military mobility")
    assert [int(cell.text) for cell in mobility.find_all("td")[-2:]] == [8, 1]
