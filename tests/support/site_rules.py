"""Rules that hold for every site that is built from records which the check accepts.

`RULES` lists them. Each takes a site and asserts; the message names the page. What a rule expects follows from the
records, so the same rules are run on invented records, on those of `data/`, and on records made at random.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, takewhile
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from compass.addresses import address_of
from compass.derived import comparison, coverage
from compass.derived.everything import derived
from compass.model.records import (
    ActOfMaking,
    AreaEntry,
    Dialogue,
    Event,
    Partnership,
    Record,
    Signatory,
    Source,
    TieEntry,
)
from compass.model.reference import Change, Reference, Resolution, all_sources
from compass.model.vocabulary import Stage, State, Term
from compass.site.prose import prose_paths
from support.project import pages_of
from support.records import ROOT

# The pages that are written by hand, by their address, and the file of each.
_BY_HAND = {
    address_of(path.relative_to(ROOT / "docs").as_posix()): f"docs/{path.relative_to(ROOT / 'docs').as_posix()}"
    for path in prose_paths(ROOT / "docs")
}
_NOT_FOUND = "404.html"
# The pages that say how many areas a group has in common, each in its words.
_COMMON = {"": "areas of cooperation were found in every", "compare/": "areas were found in every"}
_BIBLIOGRAPHY = ("sources/", "sources/secondary/")
# Fields that hold no text for readers: ids, codes, addresses.
_NO_TEXT = {"id", "iso", "region", "area", "tie", "pillar", "url", "language"}
# Fields that hold a list of texts.
_TEXTS = {"aliases", "open_questions"}


@dataclass(frozen=True)
class BuiltSite:
    """A site: the folder in which it was built, the records that it was built from, and its public address."""

    folder: Path
    reference: Reference
    address: str

    @cached_property
    def html(self) -> Mapping[str, BeautifulSoup]:
        """Every page but those that only lead elsewhere, by its address below the root, parsed."""
        return {address: parsed(path.read_text("utf-8")) for address, path in pages_of(self.folder).items()}

    @cached_property
    def partnerships(self) -> tuple[Partnership, ...]:
        """The partnerships in the order in which the site shows them."""
        return coverage.in_order(self.reference.partnerships)

    @cached_property
    def rows(self) -> tuple[coverage.Row, ...]:
        """The comparison that the site must show."""
        return coverage.rows(self.reference.areas.areas, self.partnerships)

    @cached_property
    def groups(self) -> tuple[coverage.Group, ...]:
        """The groups that the site must tell apart."""
        return coverage.headline_groups(self.reference.sets, self.partnerships)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The pages that must be there, by their address, and the file that each is made from."""
        files = dict(_BY_HAND)
        files |= {page_of(record): f"data/partnerships/{record.id}.yml" for record in self.partnerships}
        files |= {f"areas/{area.id}/": "data/areas.yml" for area in self.reference.areas.areas}
        return files | {f"compass/{pillar.id}/": "data/pillars.yml" for pillar in self.reference.pillars.pillars}

    def content(self, address: str) -> Tag:
        """The article of a page."""
        return first(self.html[address], "article")


Rule = Callable[[BuiltSite], None]


def parsed(text: str) -> BeautifulSoup:
    """The HTML of a page, parsed."""
    return BeautifulSoup(text, "html.parser")


def page_of(partnership: Partnership) -> str:
    """The address of a partnership's page below the root."""
    return f"partnerships/{partnership.id}/"


def first(tag: Tag, selector: str) -> Tag:
    """The first element that a selector finds; it must be there."""
    found = tag.select_one(selector)
    assert found is not None, f"{selector} is missing"
    return found


def with_id(tag: Tag, name: str) -> Tag:
    """The element with an id, which may begin with a digit; it must be there."""
    found = tag.find(id=name)
    assert isinstance(found, Tag), f"no element has the id {name}"
    return found


def table(tag: Tag, caption: str) -> Tag:
    """The table whose caption has an id."""
    found = with_id(tag, caption).parent
    assert found is not None
    return found


def value(tag: Tag, name: str) -> str:
    """An attribute of an element; it must be there."""
    found = tag.get(name)
    assert found is not None, f"{tag} has no {name}"
    return str(found)


def same(shown: object, expected: object, where: str) -> None:
    """Assert that a page shows what it must; the message tells both, also where pytest does not explain an assert."""
    assert shown == expected, f"{where}: {shown!r} is shown, not {expected!r}"


def words(*parts: Tag | str) -> str:
    """What a reader sees of elements or texts, with one blank between words."""
    return " ".join(" ".join(part if isinstance(part, str) else part.get_text() for part in parts).split())


def texts(cells: Iterable[Tag]) -> list[str]:
    """The words of each of several elements."""
    return [words(cell) for cell in cells]


def body_rows(found: Tag) -> list[Tag]:
    """The rows of a table but for those of its head and those that name a group."""
    return list(found.select("tbody > tr:not(.group)"))


# What every page keeps.


def pages_are_those_of_docs_and_records(site: BuiltSite) -> None:
    """Each hand-written page and each record has its page, and there is no other."""
    expected = {*site.files, _NOT_FOUND}
    same(set(site.html) - expected, set(), "pages that should not be there")
    same(expected - set(site.html), set(), "pages that are missing")


def links_lead_somewhere(site: BuiltSite) -> None:
    """Each link inside the site leads to a file or a page, and to an element that is there."""
    anchors = {address: {value(tag, "id") for tag in page.find_all(id=True)} for address, page in site.html.items()}
    root = urlsplit(site.address)
    broken = []
    for address, page in site.html.items():
        for tag in page.find_all(["a", "link", "script", "img", "use"]):
            link = str(tag.get("href") or tag.get("src") or "")
            if not link or "external" in (tag.get("rel") or ()):
                continue
            full = urlsplit(urljoin(site.address + address, link))
            if full.netloc != root.netloc or not full.path.startswith(root.path):
                continue
            target, anchor = unquote(full.path.removeprefix(root.path)), unquote(full.fragment)
            is_there = target in site.html or (site.folder / target).is_file()
            if not is_there or (anchor and target in anchors and anchor not in anchors[target]):
                broken.append((address, link))
    same(broken, [], "links that lead nowhere")


def tables_have_captions_and_scoped_headers(site: BuiltSite) -> None:
    """Each table is named by its caption, scrolls by keyboard, and tells what each header heads."""
    for address, page in site.html.items():
        for found in page.find_all("table"):
            caption, region = found.caption, found.parent
            assert caption is not None, f"{address}: a table without a caption"
            assert region is not None, address
            assert words(caption), f"{address}: an empty caption"
            scopes = {header.get("scope") for header in found.find_all("th")}
            same(scopes - {"col", "row", "rowgroup"}, set(), f"{address}: {words(caption)}")
            around = [region.get(name) for name in ("role", "tabindex", "aria-labelledby")]
            same(around, ["region", "0", value(caption, "id")], f"{address}: {words(caption)}")


def no_cell_is_empty(site: BuiltSite) -> None:
    """Each cell of a table holds words, and each table a row below its head."""
    for address, page in site.html.items():
        same([str(cell) for cell in page.find_all(["td", "th"]) if not words(cell)], [], address)
        for found in page.find_all("table"):
            assert found.find("td"), f"{address}: no row below the head of {found.get_text()}"


def no_list_is_empty(site: BuiltSite) -> None:
    """Each list on a page holds something."""
    for address in site.files:
        same([str(tag) for tag in site.content(address).find_all(["ul", "ol", "dl"]) if not words(tag)], [], address)


def no_section_is_empty(site: BuiltSite) -> None:
    """Something stands below each heading, be it only a heading of the next level."""
    for address in site.files:
        for heading in site.content(address).find_all(re.compile("^h[1-6]$")):
            below = next((tag for tag in heading.find_next_siblings() if words(tag) or tag.find("svg")), None)
            assert below is not None, f"{address}: nothing stands below {heading}"
            is_heading = re.fullmatch("h[1-6]", below.name)
            assert not is_heading or below.name > heading.name, f"{address}: nothing stands below {heading}"


def headings_skip_no_level(site: BuiltSite) -> None:
    """Each page has one main heading, and no level is skipped below it."""
    for address in site.html:
        levels = [int(tag.name[1]) for tag in site.content(address).find_all(re.compile("^h[1-6]$"))]
        same(levels.count(1), 1, address)
        assert all(below - above <= 1 for above, below in pairwise(levels)), f"{address}: {levels}"


def no_id_stands_twice(site: BuiltSite) -> None:
    """No id stands twice on a page."""
    for address, page in site.html.items():
        counts = Counter(value(tag, "id") for tag in page.find_all(id=True))
        same([name for name, count in counts.items() if count > 1], [], address)


def pages_describe_themselves(site: BuiltSite) -> None:
    """Each hand-written page has a description of its own, and that of a record names the record."""
    found = {
        address: words(value(first(site.html[address], 'meta[name="description"]'), "content"))
        for address in site.files
    }
    counts = Counter(found[address] for address in _BY_HAND)
    same([text for text, count in counts.items() if count > 1], [], "descriptions of several pages")
    for address in _BY_HAND:
        assert 60 <= len(found[address]) <= 300, f"{address}: {found[address]}"
    names = {page_of(record): record.named for record in site.partnerships}
    names |= {f"areas/{area.id}/": area.name for area in site.reference.areas.areas}
    names |= {f"compass/{pillar.id}/": pillar.name for pillar in site.reference.pillars.pillars}
    for address, name in names.items():
        assert len(found[address]) >= 60, f"{address}: {found[address]}"
        assert words(name) in found[address], f"{address}: {found[address]}"


def pages_have_their_canonical_address(site: BuiltSite) -> None:
    """Each page tells its own address to search engines and to those who share it."""
    for address in site.files:
        page = site.html[address]
        same(value(first(page, 'link[rel="canonical"]'), "href"), site.address + address, address)
        same(value(first(page, 'meta[property="og:url"]'), "content"), site.address + address, address)


def pages_tell_how_to_cite_and_correct_them(site: BuiltSite) -> None:
    """Each page ends with the address to cite, and with the file to edit."""
    for address, file in site.files.items():
        end = first(site.content(address), ".page-end")
        assert site.address + address in words(first(end, "p")), f"{address}: {end}"
        named = first(end, "p:last-child")
        assert file in words(named), f"{address}: {words(named)}"
        for link in named.select('a[rel~="external"]'):
            assert value(link, "href").endswith(f"/{quote(file)}"), f"{address}: {link}"


def nothing_is_loaded_from_elsewhere(site: BuiltSite) -> None:
    """No page loads anything from another host."""
    for address, page in site.html.items():
        loaded = page.find_all(["script", "img", "iframe", "source"])
        loaded += page.find_all("link", rel=["stylesheet", "preconnect", "icon", "modulepreload"])
        for tag in loaded:
            link = str(tag.get("src") or tag.get("href") or "")
            assert not urlsplit(link).netloc, f"{address}: {link}"


def abbreviations_are_explained_once(site: BuiltSite) -> None:
    """Each abbreviation that is marked has its meaning for mouse and keyboard, once on a page."""
    known = {words(short): words(meaning) for short, meaning in site.reference.abbreviations.items()}
    for address in site.files:
        marked = site.content(address).find_all("abbr")
        same([short for short, count in Counter(texts(marked)).items() if count > 1], [], address)
        for tag in marked:
            same(words(value(tag, "title")), known[words(tag)], f"{address}: {tag}")
            same(tag.get("tabindex"), "0", f"{address}: {tag}")


# What is told of the records, and with which sources.


def _records_of_pages(site: BuiltSite) -> Iterator[tuple[str, Record]]:
    """Each page that tells a record or a part of one in full, and that record."""
    reference = site.reference
    for record in site.partnerships:
        yield page_of(record), record
    for area in reference.areas.areas:
        yield f"areas/{area.id}/", area
        for statement in coverage.statements_on(area, reference.areas.general_statements):
            yield f"areas/{area.id}/", statement
    for pillar in reference.pillars.pillars:
        yield f"compass/{pillar.id}/", pillar
    yield "compass/", reference.pillars.compass
    yield "parliament/", reference.parliament
    for part in (
        *coverage.on_the_way(reference.pipeline.prospects, site.partnerships),
        *reference.pipeline.counts,
        *reference.pipeline.conflicts,
    ):
        yield "partnerships/pipeline/", part
    for compared in (*reference.ties, *reference.sets):
        yield "compare/", compared
    yield "", reference.members
    for change in reference.changes:
        yield "about/changes/", change


def _texts_of(record: object) -> Iterator[str]:
    """Every text for readers that a record holds, but for those of the sources that it defines."""
    if isinstance(record, tuple):
        for item in record:
            yield from _texts_of(item)
    if not isinstance(record, Record) or isinstance(record, Source):
        return
    for name in type(record).model_fields:
        held = getattr(record, name)
        if isinstance(held, str) and not isinstance(held, Term) and name not in _NO_TEXT:
            yield held
        elif name in _TEXTS:
            yield from held
        else:
            yield from _texts_of(held)


def every_text_of_a_record_stands_on_its_page(site: BuiltSite) -> None:
    """Each text of a record stands on the page of the record, letter by letter."""
    shown = {address: words(site.content(address)) for address in site.files}
    for address, record in _records_of_pages(site):
        same([text for text in _texts_of(record) if words(text) not in shown[address]], [], address)
    for text in site.reference.pipeline.open_questions:
        assert words(text) in shown["partnerships/pipeline/"], f"partnerships/pipeline/: {text}"


def _facts_of(record: object) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement that names its sources, in a record and below it: what it says, and the ids of its sources."""
    if isinstance(record, tuple):
        for item in record:
            yield from _facts_of(item)
    if not isinstance(record, Record) or isinstance(record, Source):
        return
    sources = getattr(record, "sources", ())
    if sources and not isinstance(sources[0], Source):
        yield _says(record), sources
    for name in type(record).model_fields:
        yield from _facts_of(getattr(record, name))


def _says(record: Record) -> str:
    """What a record says that stands right beside its sources."""
    match record:
        case Event():
            return record.summary or record.title
        case AreaEntry() | TieEntry():
            return record.summary
        case Dialogue():
            return record.summary or record.name
        case Signatory():
            return f"{record.name}, {record.office}"
        case ActOfMaking():
            return record.when
        case Resolution():
            return record.subject
        case Change():
            return record.why
        case _:
            return str(vars(record)["text"])


def _cited(content: Tag) -> list[tuple[str, tuple[str, ...]]]:
    """Where numbered sources are cited on a page: the words that they stand beside, and the addresses cited."""
    links = {
        f"#{value(item, 'id')}": value(first(item, "cite a"), "href") for item in content.select("ol.sources > li")
    }
    places = []
    for cites in content.select(".cites"):
        place = cites.find_parent(["p", "li", "dd", "tr"])
        assert isinstance(place, Tag)
        addresses = (links.get(value(link, "href"), "") for link in cites.find_all("a"))
        places.append((words(place), tuple(addresses)))
    return places


def facts_have_their_sources_beside_them(site: BuiltSite) -> None:
    """Each statement of a record stands on its page together with exactly the sources that it names."""
    addresses = {source.id: source.url for source in all_sources(site.reference)}
    places = {address: _cited(site.content(address)) for address in site.files}
    expected: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for page, record in _records_of_pages(site):
        facts = ((words(says), tuple(addresses[id] for id in ids)) for says, ids in _facts_of(record))
        expected.update((page, says, cited) for says, cited in facts)
    for (page, says, cited), count in expected.items():
        shown = [place for place, links in places[page] if links == cited and says in place]
        assert len(shown) >= count, f"{page}: {says!r} does not stand {count} times beside {cited}"


def numbered_sources_link_back(site: BuiltSite) -> None:
    """The sources of a page are numbered, and each leads back to every place where it is cited."""
    for address in site.files:
        content = site.content(address)
        links = {value(link, "id"): value(link, "href") for link in content.select('.cites a[href^="#source-"]')}
        cited = Counter(links.values())
        sources = content.select("ol.sources > li")
        numbered = [f"source-{number}" for number in range(1, len(sources) + 1)]
        same([value(source, "id") for source in sources], numbered, address)
        same(set(cited), {f"#{number}" for number in numbered}, address)
        for number, source in enumerate(sources, 1):
            uses = [value(use, "href") for use in source.select(".backlinks a")]
            wanted = [f"cite-{number}-{use}" for use in range(1, cited[f"#source-{number}"] + 1)]
            same(uses, [f"#{use}" for use in wanted], f"{address}: source {number}")
            same({links.get(use) for use in wanted}, {f"#source-{number}"}, f"{address}: source {number}")


def the_bibliography_tells_which_pages_use_each_source(site: BuiltSite) -> None:
    """Each address that a page cites stands once in the bibliography, with every page that cites it."""
    users: dict[str, set[str]] = {}
    for address in site.files:
        for item in site.content(address).select("ol.sources > li"):
            users.setdefault(value(first(item, "cite a"), "href"), set()).add(address)
    told = []
    for address in _BIBLIOGRAPHY:
        for entry in site.content(address).select("ul.bibliography > li"):
            link = value(first(entry, "cite a"), "href")
            pages = [urljoin(site.address + address, value(use, "href")) for use in entry.select(".backlinks a")]
            same(sorted(pages), sorted(site.address + user for user in users.get(link, ())), f"{address}: {link}")
            told.append(link)
    same(sorted(told), sorted(users), " and ".join(_BIBLIOGRAPHY))


def foreign_titles_are_marked_with_their_language(site: BuiltSite) -> None:
    """The title of each source that is not in English tells its language, to screen readers and in words."""
    languages: dict[str, set[str]] = {}
    for source in all_sources(site.reference):
        languages.setdefault(source.url, set()).add(source.language)
    for address in site.files:
        for item in site.content(address).select("ol.sources > li, ul.bibliography > li"):
            title = first(item, "cite")
            language = str(title.get("lang", "en"))
            assert language in languages[value(first(title, "a"), "href")], f"{address}: {title} is not {language}"
            name = words(site.reference.languages[language])
            assert language == "en" or f", in {name}." in words(item), f"{address}: {title}, in {name}, is not said"


# What is compared.


def overviews_list_every_partnership(site: BuiltSite) -> None:
    """Home leads to each partnership, and the overview tells of each in the order of dates, with its sources."""
    links = {urljoin(site.address, str(link["href"])) for link in site.content("").find_all("a", href=True)}
    for record in site.partnerships:
        assert site.address + page_of(record) in links, f"home does not lead to {record.id}"
    rows = body_rows(table(site.content("partnerships/"), "caption-partnerships"))
    regions = {region.id: region.name for region in site.reference.regions}
    for record, row in zip(site.partnerships, rows, strict=True):
        act = record.instrument.act
        expected = [
            words(record.name),
            f"{act.kind.label} {act.date.words}",
            words(regions[record.region]),
            f"{len(record.areas)} of {len(site.rows)}",
        ]
        same(texts(row.find_all(["th", "td"]))[:4], expected, "partnerships/")
        assert row.select_one(".cites a"), f"partnerships/: no source for the date of {record.id}"


def partnerships_tell_of_every_area(site: BuiltSite) -> None:
    """Each partnership's page tells of each area: how well it is evidenced, and more of those that were found."""
    for record in site.partnerships:
        content = site.content(page_of(record))
        shown = {value(row, "data-area"): words(first(row, ".state")) for row in content.select("tr[data-area]")}
        same(shown, {row.area.id: _cell_of(row, record).words for row in site.rows}, page_of(record))
        sections = {str(heading["id"]) for heading in content.find_all("h3", id=re.compile("^area-"))}
        same(sections, {f"area-{entry.area}" for entry in record.areas}, page_of(record))


def _cell_of(row: coverage.Row, record: Partnership) -> coverage.Cell:
    return next(cell for cell in row.cells if cell.partnership.id == record.id)


def the_comparison_has_each_cell(site: BuiltSite) -> None:
    """The comparison shows what is known of each area in each partnership, and how many of each group have it."""
    found = table(site.content("compare/"), "caption-comparison")
    cells = found.select("td[data-state]")
    shown = {
        (value(cell, "data-area"), value(cell, "data-partnership")): (
            value(cell, "data-state"),
            words(first(cell, "a")),
        )
        for cell in cells
    }
    expected = {(row.area.id, cell.partnership.id): (cell.state, cell.words) for row in site.rows for cell in row.cells}
    same(len(cells), len(expected), "cells in compare/")
    same(shown, expected, "compare/")
    counted = [texts(line.select("th, td:not([data-state])")) for line in _in_order(site, body_rows(found))]
    groups = [[words(row.area.name), *(_found(row.within(group)) for group in site.groups)] for row in site.rows]
    same(counted, groups, "compare/")


def _found(row: coverage.Row) -> str:
    return f"{len(row.found)} of {len(row.cells)}"


def each_cell_leads_to_its_evidence(site: BuiltSite) -> None:
    """Each cell of the comparison leads to all that is known of it, with its sources, or to why nothing is."""
    for cell in site.content("compare/").select("td[data-state]"):
        area, partner = value(cell, "data-area"), value(cell, "data-partnership")
        same(value(first(cell, "a"), "href"), f"../areas/{area}/#{partner}", "compare/")
    for row in site.rows:
        address = f"areas/{row.area.id}/"
        content = site.content(address)
        for cell in row.cells:
            heading = with_id(content, cell.partnership.id)
            section = list(takewhile(lambda tag: tag.name != "h2", heading.find_next_siblings()))
            text, where = words(*section), f"{address}#{cell.partnership.id}"
            expected: list[str | None] = [cell.words]
            if cell.entry:
                expected += [cell.entry.summary, cell.entry.caveat, cell.entry.locator]
                assert any(tag.select_one(".cites a") for tag in section), f"{where}: no source"
            elif cell.partnership.instrument.read_in_full:
                expected.append("was read in full and does not deal with this area")
            else:
                expected.append("The text may still cover it.")
            same([part for part in expected if part and words(part) not in text], [], f"{where}: {text} lacks")


def areas_tell_how_many_have_them(site: BuiltSite) -> None:
    """Each area's page tells in how many of each group the area was found, and each pillar's page of its areas."""
    for row in site.rows:
        text = words(site.content(f"areas/{row.area.id}/"))
        for group in site.groups:
            inside = row.within(group)
            told = f"Found in {len(inside.found)} of {words(group.name)}"
            assert told in text, f"areas/{row.area.id}/: {told!r} is missing"
    for pillar, compared in coverage.by_pillar(site.reference.pillars.pillars, site.rows):
        lines = body_rows(table(site.content(f"compass/{pillar.id}/"), "caption-areas"))
        for row, line in zip(compared, lines[: len(compared)], strict=True):
            name, found, weakest = texts(line.find_all(["th", "td"]))
            expected = [words(row.area.name), _found(row), row.weakest.label if row.weakest else "none"]
            same([name, found.partition(":")[0], weakest], expected, f"compass/{pillar.id}/")


def what_is_common_is_computed(site: BuiltSite) -> None:
    """What each group has in common is shown with its weakest evidence, and counted."""
    for address, were_found in _COMMON.items():
        content = site.content(address)
        for group in site.groups:
            shared = coverage.common(tuple(row.within(group) for row in site.rows))
            lines = content.select(f'tr[data-group="{group.id}"][data-common]')
            shown = {value(line, "data-common"): words(first(line, "td")) for line in lines}
            expected = {row.area.id: row.weakest.label for row in shared if row.weakest}
            same(shown, expected, f"{address} of {group.id}")
            told = f"{len(shared)} {were_found} partnership of {words(group.name)}"
            assert told in words(content), f"{address}: {told!r} is missing"


def what_only_one_has_is_told(site: BuiltSite) -> None:
    """Each area that was found in one partnership of a group only is told with that partnership."""
    wanted: list[tuple[str, ...]] = []
    for group in site.groups:
        single = coverage.found_once(tuple(row.within(group) for row in site.rows))
        pairs = [(words(row.area.name), words(row.found[0].partnership.name)) for row in single]
        wanted += [(words(group.name), *pair) for pair in pairs] or [(words(group.name),)]
    lines = body_rows(table(site.content("compare/"), "caption-only-one"))
    same([(words(first(line, "th")), *texts(line.find_all("a"))) for line in lines], wanted, "compare/")


def years_and_regions_are_compared(site: BuiltSite) -> None:
    """Each year and region with two partnerships or more is a group, with what its members share."""
    groups = coverage.derived_groups(site.reference.regions, site.partnerships)
    lines = table(site.content("compare/"), "caption-groups").select("tr[data-group]")
    same([value(line, "data-group") for line in lines], [group.id for group in groups], "compare/")
    for line, group in zip(lines, groups, strict=True):
        members, shared = line.find_all("td")
        same(texts(members.find_all("a")), [words(record.name) for record in group.partnerships], group.id)
        common = coverage.common(tuple(row.within(group) for row in site.rows))
        same(texts(shared.find_all("a")), [words(row.area.name) for row in common], group.id)


def ties_are_compared(site: BuiltSite) -> None:
    """The comparison shows each tie of each partner: where it stands, since when, and how many sources tell it."""
    cells = table(site.content("compare/"), "caption-ties").select("td[data-tie]")
    rows = coverage.tie_rows(site.reference.ties, site.partnerships)
    shown = [(value(cell, "data-tie"), value(cell, "data-partnership"), words(cell)) for cell in cells]
    expected = []
    for row in rows:
        for record, entry in zip(site.partnerships, row.entries, strict=True):
            since = [f"since {entry.since.words}"] if entry and entry.since else []
            plural = "s" if entry and len(entry.sources) > 1 else ""
            told = [entry.status.label, *since, f"{len(entry.sources)} source{plural}"] if entry else ["Not found"]
            expected.append((row.tie.id, record.id, " ".join(told)))
    same(shown, expected, "compare/")


def partnerships_name_their_nearest(site: BuiltSite) -> None:
    """Each partnership's page names those that share most of its areas, with the figure and the differences."""
    near = comparison.nearest(site.reference.areas.areas, site.partnerships)
    for record in site.partnerships:
        lines = site.content(page_of(record)).select("tr[data-near]")
        page = page_of(record)
        same([value(line, "data-near") for line in lines], [pair.other.id for pair in near[record.id]], page)
        for line, pair in zip(lines, near[record.id], strict=True):
            expected = [
                f"{len(pair.both)} of {pair.either} ({round(100 * pair.share)} %)",
                words(", ".join(area.name for area in pair.only_one) or "none"),
                words(", ".join(area.name for area in pair.only_other) or "none"),
            ]
            same(texts(line.find_all("td")), expected, page)
            link = f"../../compare/side-by-side/?with={record.id},{pair.other.id}"
            same(value(first(line, "a"), "href"), link, page)


def partnerships_are_told_in_brief(site: BuiltSite) -> None:
    """Beside the choice of two, each partnership is told in brief: its act, and how much was found."""
    lines = site.content("compare/side-by-side/").select("tr[data-partnership]")
    page = "compare/side-by-side/"
    same([value(line, "data-partnership") for line in lines], [record.id for record in site.partnerships], page)
    near = comparison.nearest(site.reference.areas.areas, site.partnerships)
    alone = coverage.found_once(site.rows)
    for record, line in zip(site.partnerships, lines, strict=True):
        act, *others, nearest = texts(line.find_all("td"))
        made = record.instrument.act
        assert act.startswith(f"{made.kind.label} {made.date.words}"), f"{page}: {act}"
        single = [row.area.name for row in alone if row.found[0].partnership.id == record.id]
        expected = [
            f"{len(record.areas)} of {len(site.rows)}",
            words(", ".join(single) or "none"),
            f"{len(record.dialogues) or 'none'} found",
            f"{len(record.ties) or 'none'} found",
        ]
        same(others, expected, f"{page}: {record.id}")
        name = near[record.id][0].other.name if near[record.id] else "none"
        assert nearest.startswith(words(name)), f"{page}: {nearest} is not {name}"
        assert line.select_one(".cites a"), f"{page}: no source for the act of {record.id}"


def coverage_is_a_picture_that_words_tell_too(site: BuiltSite) -> None:
    """Each area has a strip of bars: one for each partnership, of the height of its evidence, and named in words."""
    lines = body_rows(table(site.content("areas/"), "caption-heatmap"))
    for row, line in zip(site.rows, _in_order(site, lines), strict=True):
        picture, where = first(line, "svg"), f"areas/: {row.area.id}"
        same(picture.get("role"), "img", where)
        kinds = coverage.by_term(row.cells)
        names = {term: ", ".join(cell.partnership.name for cell in cells) for term, cells in kinds}
        title = words("; ".join(f"{term.label}: {names[term]}" for term, _ in kinds))
        same(words(first(picture, "title")), title, where)
        for (term, cells), path in zip(kinds, picture.find_all("path"), strict=True):
            same(path["class"], [f"bar-{term.value}"], where)
            starts = [int(start) for start in re.findall(r"M(\d+) ", value(path, "d"))]
            same(starts, [10 * row.cells.index(cell) + 1 for cell in cells], where)
        same(words(line.find_all("td")[-1]), _found(row), where)


def areas_are_counted_by_evidence(site: BuiltSite) -> None:
    """The overview of areas counts how many partnerships of each group have each, and how well that is evidenced."""
    kinds = (*State, *coverage.absences(site.partnerships))
    lines = body_rows(table(site.content("areas/"), "caption-areas"))
    for row, line in zip(site.rows, _in_order(site, lines), strict=True):
        known = dict(coverage.by_term(row.cells))
        expected = [
            words(row.area.scope),
            *(_found(row.within(group)) for group in site.groups),
            *(str(len(known.get(kind, ()))) for kind in kinds),
        ]
        same(texts(line.find_all("td")), expected, f"areas/: {row.area.id}")


def _in_order(site: BuiltSite, lines: list[Tag]) -> list[Tag]:
    """The lines of a table that is sorted by pillar, in the order of the areas."""
    by_pillar = coverage.by_pillar(site.reference.pillars.pillars, site.rows)
    shown = [row.area.id for _, compared in by_pillar for row in compared]
    places = {area: place for place, area in enumerate(shown)}
    same(len(lines), len(places), "lines of a table of areas")
    return [lines[places[row.area.id]] for row in site.rows]


# What is told beside the partnerships.


def the_pipeline_shows_every_prospect_and_count(site: BuiltSite) -> None:
    """The pipeline tells how far each country without a record is, the furthest first, and who counted how many."""
    content = site.content("partnerships/pipeline/")
    prospects = coverage.on_the_way(site.reference.pipeline.prospects, site.partnerships)
    page = "partnerships/pipeline/"
    lines = content.select("tr[data-stage]")
    expected = [
        [words(record.name), record.stage.label, record.date.words if record.date else "No date"]
        for record in prospects
    ]
    same([texts(line.find_all(["th", "td"]))[:3] for line in lines], expected, page)
    same([str(line) for line in lines if not line.select_one(".cites a")], [], page)
    counted = body_rows(table(content, "caption-counts"))
    made = [record for record in prospects if record.stage is Stage.MADE]
    numbers = [*(count.number for count in site.reference.pipeline.counts), len(site.partnerships) + len(made)]
    same([words(line.find_all("td")[1]) for line in counted], list(map(str, numbers)), page)


def parliament_tells_where_each_place_stands(site: BuiltSite) -> None:
    """Each place that Parliament named is told with its partnerships here, and with who is on the way."""
    lines = site.content("parliament/").select("tr[data-place]")
    prospects = coverage.on_the_way(site.reference.pipeline.prospects, site.partnerships)
    for place, line in zip(site.reference.parliament.places, lines, strict=True):
        name, statements, here, more = line.find_all(["th", "td"])
        where = f"parliament/: {place.name}"
        same(words(name), words(f"{place.name} {place.kind.label}"), where)
        same(len(statements.find_all("a")), len(place.statements), where)
        partnerships = coverage.located_at(place, site.partnerships)
        links = [link for link in here.find_all("a") if not link.find_parent(class_="cites")]
        same(texts(links), [words(record.name) for record in partnerships], where)
        assert partnerships or words(here) == "None in this reference", f"{where}: {words(here)}"
        coming = coverage.located_at(place, prospects)
        told = [words(f"{record.name}: {record.stage.label}") for record in coming]
        same([text for text in told if text not in words(more)], [], where)


def the_timeline_shows_every_dated_entry(site: BuiltSite) -> None:
    """The timeline tells everything dated in order, with a mark for each in its picture."""
    content = site.content("timeline/")
    entries = derived(site.reference).chronology
    lines = content.select("ol.dated > li")
    shown = [(words(first(line, "time")), words(first(line, "b")), words(first(line, "a"))) for line in lines]
    same(shown, [(entry.when, words(entry.subject), words(entry.title)) for entry in entries], "timeline/")
    marks = {value(lane, "data-with"): len(lane.find_all("use")) for lane in content.select("g[data-with]")}
    lanes = dict.fromkeys((record.id for record in site.partnerships), 0) | Counter(entry.lane for entry in entries)
    same(marks, lanes, "the picture of timeline/")


def changes_are_told_newest_first(site: BuiltSite) -> None:
    """Each change is told at its own anchor with its date and its records, the newest first; home tells three."""
    changes = coverage.newest_first(site.reference.changes)
    lines = site.content("about/changes/").select("ol.timeline > li")
    names = {record.id: record.name for record in site.partnerships}
    for change, line in zip(changes, lines, strict=True):
        same([value(line, "id"), words(first(line, ".when"))], [change.id, change.date.words], "about/changes/")
        links = [words(link) for link in line.find_all("a") if not link.find_parent(class_="cites")]
        same(sorted(links), sorted(words(names[id]) for id in change.records), f"about/changes/: {change.id}")
    latest = words(site.content(""))
    for change in changes[:3]:
        assert words(f"{change.date.words}: {change.what}") in latest, f"home does not tell {change.id}"


# What the search finds.

_ABSENCES = ("<p>No public source was found", "<p>The instrument was read in full and does not")


def the_search_leads_to_each_finding(site: BuiltSite) -> None:
    """Each entry of the search leads somewhere, and each finding has one: on the partnership's page, not the area's."""
    entries = json.loads((site.folder / "search/search_index.json").read_text("utf-8"))["docs"]
    by_location = {entry["location"]: entry["text"] for entry in entries}
    same(len(by_location), len(entries), "locations of the search")
    anchors = {address: {tag.get("id") for tag in page.find_all(id=True)} for address, page in site.html.items()}
    for location, text in by_location.items():
        address, _, anchor = location.partition("#")
        assert address in anchors, f"the search leads to {location}"
        assert not anchor or unquote(anchor) in anchors[address], f"the search leads to {location}"
        assert anchor not in ("sources", "cite"), f"the search leads to {location}"
        assert "<li>Home</li>" not in text, f"the search reads the navigation of {location}"
    for record in site.partnerships:
        page = page_of(record)
        assert words(record.summary) in words(parsed(by_location[page])), f"the search does not read {page}"
        for row in site.rows:
            on_area, on_page = f"areas/{row.area.id}/#{record.id}", f"{page}#area-{row.area.id}"
            found, told = on_page in by_location, on_area in by_location
            same([found, told], [_cell_of(row, record).entry is not None, not found], f"the search at {on_page}")
            assert found or by_location[on_area].startswith(_ABSENCES), f"the search at {on_area}"


RULES: tuple[Rule, ...] = (
    pages_are_those_of_docs_and_records,
    links_lead_somewhere,
    tables_have_captions_and_scoped_headers,
    no_cell_is_empty,
    no_list_is_empty,
    no_section_is_empty,
    headings_skip_no_level,
    no_id_stands_twice,
    pages_describe_themselves,
    pages_have_their_canonical_address,
    pages_tell_how_to_cite_and_correct_them,
    nothing_is_loaded_from_elsewhere,
    abbreviations_are_explained_once,
    every_text_of_a_record_stands_on_its_page,
    facts_have_their_sources_beside_them,
    numbered_sources_link_back,
    the_bibliography_tells_which_pages_use_each_source,
    foreign_titles_are_marked_with_their_language,
    overviews_list_every_partnership,
    partnerships_tell_of_every_area,
    the_comparison_has_each_cell,
    each_cell_leads_to_its_evidence,
    areas_tell_how_many_have_them,
    what_is_common_is_computed,
    what_only_one_has_is_told,
    years_and_regions_are_compared,
    ties_are_compared,
    partnerships_name_their_nearest,
    partnerships_are_told_in_brief,
    coverage_is_a_picture_that_words_tell_too,
    areas_are_counted_by_evidence,
    the_pipeline_shows_every_prospect_and_count,
    parliament_tells_where_each_place_stands,
    the_timeline_shows_every_dated_entry,
    changes_are_told_newest_first,
    the_search_leads_to_each_finding,
)
