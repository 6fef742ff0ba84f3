"""The built site: it keeps the rules of `support.site_rules`, each of which can fail; and single values are right."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from compass.model.records import Partnership
from compass.reading.reader import read
from support import site_rules
from support.project import PUBLISHED, copy_project
from support.records import ROOT
from support.site_rules import RULES, BuiltSite, Rule, body_rows, first, parsed, table, texts, value, words

SCRIPTS = sorted((ROOT / "docs/assets").rglob("*.js"))
# For each rule: a page, a passage of it, and what breaks the rule in its place.
BROKEN: list[tuple[Rule, str, str, str]] = [
    (site_rules.links_lead_somewhere, "", 'href="compare/"', 'href="comparison/"'),
    (site_rules.links_lead_somewhere, "compare/", "areas/missions/&#35;ruritania", "areas/missions/&#35;nobody"),
    (site_rules.links_lead_somewhere, "timeline/", 'href="#mark-act"', 'href="#mark-nothing"'),
    (site_rules.tables_have_captions_and_scoped_headers, "areas/cyber/", "<caption", "<p"),
    (site_rules.tables_have_captions_and_scoped_headers, "areas/cyber/", '<th scope="row">', "<th>"),
    (site_rules.tables_have_captions_and_scoped_headers, "areas/cyber/", 'role="region" aria-l', "aria-l"),
    (site_rules.no_cell_is_empty, "areas/mines/", "<td>none</td>", "<td> </td>"),
    (site_rules.no_cell_is_empty, "partnerships/", "<tbody>", "<tfoot><tr><th>None</th></tr></tfoot></table><tbody>"),
    (site_rules.no_list_is_empty, "parliament/", '<ol class="statements">', '<ul></ul><ol class="statements">'),
    (site_rules.no_section_is_empty, "parliament/", '<h2 id="places">', "<h2>Nothing</h2>" + '<h2 id="places">'),
    (site_rules.no_section_is_empty, "parliament/", "</article>", "<h2>Last</h2></article>"),
    (site_rules.headings_skip_no_level, "parliament/", '<h2 id="places">', "<h4>Deep</h4>" + '<h2 id="places">'),
    (site_rules.headings_skip_no_level, "404.html", "</h1>", "</h1><h1>Twice</h1>"),
    (site_rules.no_id_stands_twice, "parliament/", '<h2 id="places">', '<h2 id="statements">'),
    (site_rules.pages_describe_themselves, "about/changes/", "Changes of substance to", "To"),
    (site_rules.pages_describe_themselves, "partnerships/freedonia/", "with Freedonia, signed", "with it, signed"),
    (
        site_rules.pages_have_their_canonical_address,
        "areas/",
        'href="https://example.org/sdp/areas/"',
        'href="/areas/"',
    ),
    (site_rules.pages_have_their_canonical_address, "areas/", 'content="https://example.org/sdp/areas/"', 'content=""'),
    (site_rules.pages_tell_how_to_cite_and_correct_them, "areas/", "/sdp/areas/</a>. Licence", "</a>"),
    (site_rules.pages_tell_how_to_cite_and_correct_them, "areas/", "file, docs/areas/index.md", "file"),
    (site_rules.nothing_is_loaded_from_elsewhere, "", 'src="assets/site.js"', 'src="https://cdn.example/site.js"'),
    (site_rules.abbreviations_are_explained_once, "compare/", 'tabindex="0">SAFE', ">SAFE"),
    (
        site_rules.abbreviations_are_explained_once,
        "compare/",
        "</abbr>",
        '</abbr><abbr title="" tabindex="0">SAFE</abbr>',
    ),
    (site_rules.every_text_of_a_record_stands_on_its_page, "partnerships/freedonia/", "By a joint committee.", ""),
    (site_rules.every_text_of_a_record_stands_on_its_page, "partnerships/pipeline/", "Who is next?", ""),
    (
        site_rules.facts_have_their_sources_beside_them,
        "partnerships/freedonia/",
        "A paper of nine pages. <span",
        "A paper.",
    ),
    (site_rules.facts_have_their_sources_beside_them, "parliament/", '<a id="cite-1-1" href="#source-1"', "<a"),
    (site_rules.numbered_sources_link_back, "parliament/", '<a href="#cite-1-1">1</a>', ""),
    (site_rules.numbered_sources_link_back, "parliament/", '<li id="source-2">', '<li id="source-3">'),
    (site_rules.the_bibliography_tells_which_pages_use_each_source, "sources/", '<a href="../compass/act/">', "<a>"),
    (site_rules.foreign_titles_are_marked_with_their_language, "sources/", ' lang="ja"', ""),
    (site_rules.foreign_titles_are_marked_with_their_language, "sources/", ", in Japanese", ""),
    (site_rules.overviews_list_every_partnership, "partnerships/", "3 of 7</td>", "4 of 7</td>"),
    (site_rules.partnerships_tell_of_every_area, "partnerships/freedonia/", ">Not in the text</span>", ">No</span>"),
    (site_rules.partnerships_tell_of_every_area, "partnerships/freedonia/", '<h3 id="area-mines">', "<h3>"),
    (site_rules.the_comparison_has_each_cell, "compare/", 'data-state="official"', 'data-state="reported"'),
    (site_rules.the_comparison_has_each_cell, "compare/", "<td>5 of 6</td>", "<td>6 of 6</td>"),
    (
        site_rules.each_cell_leads_to_its_evidence,
        "compare/",
        "areas/cyber/&#35;ruritania",
        "areas/space/&#35;ruritania",
    ),
    (site_rules.each_cell_leads_to_its_evidence, "areas/cyber/", "The annex was not published.", ""),
    (site_rules.each_cell_leads_to_its_evidence, "areas/mines/", "The text may still cover it.", ""),
    (site_rules.areas_tell_how_many_have_them, "areas/mines/", "Found in 1 of all 6", "Found in 2 of all 6"),
    (site_rules.areas_tell_how_many_have_them, "compass/secure/", "6 of 6: ", "5 of 6: "),
    (site_rules.what_is_common_is_computed, "", ">Reported</span>", ">Named officially</span>"),
    (site_rules.what_is_common_is_computed, "compare/", '<b class="figure">1</b>', '<b class="figure">2</b>'),
    (site_rules.what_only_one_has_is_told, "compare/", ">Mines</a></td><td>", ">Space</a></td><td>"),
    (site_rules.years_and_regions_are_compared, "compare/", '<tr data-group="region-south">', "<tr>"),
    (site_rules.ties_are_compared, "compare/", "Being negotiated</span>", "In place</span>"),
    (site_rules.partnerships_name_their_nearest, "partnerships/freedonia/", "2 of 5 (40 %)", "2 of 5 (50 %)"),
    (
        site_rules.partnerships_name_their_nearest,
        "partnerships/freedonia/",
        "?with=freedonia,ruritania",
        "?with=ruritania",
    ),
    (site_rules.partnerships_are_told_in_brief, "compare/side-by-side/", ">2 found</a>", ">3 found</a>"),
    (site_rules.coverage_is_a_picture_that_words_tell_too, "areas/", "M51 10v-1h8v1z", "M41 10v-1h8v1z"),
    (site_rules.coverage_is_a_picture_that_words_tell_too, "areas/", "Not found: Lilliput</title>", "</title>"),
    (site_rules.areas_are_counted_by_evidence, "areas/", "<td>4</td><td>1</td>", "<td>5</td><td>0</td>"),
    (
        site_rules.the_pipeline_shows_every_prospect_and_count,
        "partnerships/pipeline/",
        ">Talks</td>",
        ">Exploring</td>",
    ),
    (site_rules.the_pipeline_shows_every_prospect_and_count, "partnerships/pipeline/", "<td>7</td>", "<td>6</td>"),
    (
        site_rules.parliament_tells_where_each_place_stands,
        "parliament/",
        ">Ruritania</a>, Signed",
        ">Freedonia</a>, Signed",
    ),
    (site_rules.parliament_tells_where_each_place_stands, "parliament/", ">Vulgaria</a>", ">Nobody</a>"),
    (site_rules.the_timeline_shows_every_dated_entry, "timeline/", ">A summit</a>", ">A meeting</a>"),
    (site_rules.the_timeline_shows_every_dated_entry, "timeline/", '<use href="#mark-dialogue" x=', "<use-not x="),
    (site_rules.changes_are_told_newest_first, "about/changes/", '<li id="two-more">', '<li id="two">'),
    (site_rules.changes_are_told_newest_first, "", "It began.", "It ended."),
    (site_rules.the_search_leads_to_each_finding, "partnerships/freedonia/", '<h3 id="area-mines">', "<h3>"),
    (site_rules.the_search_leads_to_each_finding, "areas/mines/", 'id="sylvania"', 'id="syldavia"'),
]


@dataclass(frozen=True)
class BrokenSite(BuiltSite):
    """A site in which one page has another text."""

    sound: BuiltSite
    page: str
    text: str

    @cached_property
    def html(self) -> dict[str, BeautifulSoup]:
        """The pages, of which only one is parsed anew."""
        return {**self.sound.html, self.page: parsed(self.text)}


@pytest.fixture(scope="module")
def built(site: Path, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The built site with the records of its project, which hold sources that the hand-written pages cite."""
    project = copy_project(tmp_path_factory.mktemp("site_rules") / "project")
    return BuiltSite(site, read(project / "data")[0], PUBLISHED["SITE_URL"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_site_keeps(rule: Rule, built: BuiltSite) -> None:
    rule(built)


@pytest.mark.parametrize(
    ("rule", "page", "old", "new"), BROKEN, ids=[f"{case[0].__name__}-{index}" for index, case in enumerate(BROKEN)]
)
def test_a_broken_page_is_found_by(rule: Rule, page: str, old: str, new: str, built: BuiltSite) -> None:
    text = (built.folder / page / ("" if page.endswith(".html") else "index.html")).read_text("utf-8")
    assert old in text
    broken = BrokenSite(built.folder, built.reference, built.address, built, page, text.replace(old, new, 1))
    with pytest.raises(AssertionError) as raised:
        rule(broken)
    # A failure must tell where to look, also where pytest does not explain asserts.
    assert str(raised.value)


def test_a_page_of_no_record_and_a_record_without_page_are_found(built: BuiltSite) -> None:
    def of(*partnerships: Partnership) -> BuiltSite:
        reference = built.reference.model_copy(update={"partnerships": partnerships})
        return BrokenSite(built.folder, reference, built.address, built, "404.html", "")

    rule, (freedonia, *others) = site_rules.pages_are_those_of_docs_and_records, built.reference.partnerships
    with pytest.raises(AssertionError, match=r"should not be there: .*freedonia"):
        rule(of(*others))
    with pytest.raises(AssertionError, match=r"missing: .*stranger"):
        rule(of(freedonia, *others, freedonia.model_copy(update={"id": "stranger"})))


def test_each_rule_is_listed_once_and_was_seen_to_fail() -> None:
    proven = {case[0] for case in BROKEN} | {site_rules.pages_are_those_of_docs_and_records}
    assert proven == set(RULES)
    assert len(RULES) == len(set(RULES))


def test_nothing_of_python_and_templates_is_left_over(built: BuiltSite) -> None:
    for address in built.html:
        content = built.content(address)
        lines = {line.strip() for line in content.get_text("\n").split("\n")}
        assert not lines & {"None", "nan", "Undefined", "[]", "()"}, address
        leftovers = ("{{", "}}", "{%", "[object", "<built-in", "&amp;", "&lt;", "&#")
        assert not [leftover for leftover in leftovers if leftover in content.get_text()], address


def test_each_page_can_be_edited_where_the_repository_is_known(built: BuiltSite) -> None:
    for address, file in built.files.items():
        link = first(built.content(address), '.page-end a[href^="https://github.com/"]')
        assert value(link, "href") == f"https://github.com/example/sdp/edit/main/{file}"


def test_the_comparison_shows_every_kind_of_evidence_and_both_groups(built: BuiltSite) -> None:
    content = built.content("compare/")
    cells = content.select("td[data-state]")
    assert {value(cell, "data-state") for cell in cells} == {"instrument", "official", "reported", "not-found"}
    groups = {value(row, "data-group") for row in content.select("tr[data-common]")}
    assert groups == {"first-four", "all"}
    # The claim of others stands beside our count.
    assert "some ten" in words(first(content, ".two-counts"))


def test_an_area_that_is_not_in_a_text_is_not_counted_as_not_found(built: BuiltSite) -> None:
    areas = table(built.content("areas/"), "caption-areas")
    assert texts(areas.select("thead th")[-2:]) == ["Not found", "Not in the text"]
    training = next(row for row in body_rows(areas) if words(first(row, "th")) == "Training")
    assert texts(training.find_all("td")[-2:]) == ["4", "1"]


def test_parliaments_page_tells_for_each_place_whether_a_partnership_exists(built: BuiltSite) -> None:
    rows = {value(row, "data-place"): words(row) for row in built.content("parliament/").select("tr[data-place]")}
    assert list(rows) == ["IS", "CL", "east", "south"]
    assert "Freedonia, Signed 28 May 2024" in rows["IS"]
    assert "None in this reference" in rows["CL"]
    assert "Genovia: Talks, June 2025" in rows["CL"]
    assert "Ruritania, Signed 21 May 2024" in rows["east"]
    assert "Vulgaria: Interested, 2024" in rows["east"]


def test_every_field_is_explained(built: BuiltSite) -> None:
    explained = set(texts(built.content("contribute/fields/").select("th > code")))
    assert {"read_in_full", "caveat", "locator", "signatories", "deadlines", "text_number"} <= explained


def test_abbreviations_and_languages_of_the_records_are_told(built: BuiltSite) -> None:
    marked = {words(tag): value(tag, "title") for tag in built.content("compare/").find_all("abbr")}
    assert marked["SAFE"] == "a loan for buying together"
    pages = [built.content(address) for address in ("sources/", "sources/secondary/")]
    assert {value(cite, "lang") for page in pages for cite in page.select("cite[lang]")} == {
        "ar",
        "fr",
        "he",
        "ja",
        "no",
    }


def test_what_is_for_developers_is_not_published(site: Path) -> None:
    assert (ROOT / "docs/dev/template-names.md").is_file()
    assert not (site / "dev").exists()


def test_the_scripts_of_the_comparison_weigh_less_than_10_kb_compressed(site: Path) -> None:
    scripts = sorted((site / "assets/compare").glob("*.js"))
    assert [path.name for path in scripts] == sorted(path.name for path in (ROOT / "docs/assets/compare").glob("*.js"))
    assert 0 < sum(len(gzip.compress(path.read_bytes())) for path in scripts) < 10_000
    assert not any("/**" in path.read_text("utf-8") for path in scripts)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_loses_a_blank_of_its_texts(script: Path, site: Path) -> None:
    written = script.read_text("utf-8")
    code = re.sub(r"/\*.*?\*/|^ *//.*?$", "", written, flags=re.DOTALL | re.MULTILINE)
    template_strings = re.findall("`[^`]*`", code)
    published = (site / "assets" / script.relative_to(ROOT / "docs/assets")).read_text("utf-8")
    assert [text for text in template_strings if text not in published] == []
    # A template string inside another would be taken for the end of the first.
    assert not re.search(r"\$\{[^}]*`", code)
