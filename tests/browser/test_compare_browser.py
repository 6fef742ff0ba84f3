"""The comparison in a real Chromium: every control, the address, evidence in place, side by side, paper, phone."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Locator, Page, Route, expect

from compass.derived import comparison, coverage
from compass.model.records import Partnership
from compass.model.reference import Reference
from compass.model.vocabulary import Absence, State
from support.axe import violations
from support.browser import add_style
from support.pdf_text import text_of
from support.tabs import WIDE, as_before, shared_tab

CHOICES: list[dict[str, str]] = [
    {},
    {"with": "freedonia,sylvania"},
    {"with": "freedonia,sylvania", "evidence": "official", "show": "differences"},
    {"evidence": "official", "show": "common"},
    {"with": "ruritania,freedonia,grand-fenwick,sylvania", "show": "common"},
    {"with": "grand-fenwick", "evidence": "instrument", "sort": "name"},
    {"pillar": "secure", "sort": "shared"},
    {"show": "single", "evidence": "reported"},
    {"with": "freedonia,grand-fenwick,lilliput", "pillar": "act", "sort": "name", "rows": "partnerships"},
    {"show": "differences", "rows": "partnerships", "evidence": "official"},
]
# States of the pages, with what they change there: pages as they are at first are tested with all others.
AXE_STATES = {
    "compare/?with=freedonia,sylvania,atlantis&evidence=official&show=differences": "table[data-evidence]",
    "compare/?rows=partnerships": "table[data-evidence]",
    "compare/?with=lilliput&evidence=instrument&show=common": "table[data-evidence]",
    "compare/side-by-side/?with=freedonia,sylvania": "#chosen",
}


@pytest.fixture(scope="module")
def desktop_tab(browser: Browser) -> Iterator[Page]:
    yield from shared_tab(browser)


@pytest.fixture
def page(desktop_tab: Page) -> Iterator[Page]:
    """A tab on a desktop screen."""
    yield from as_before(desktop_tab)


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    """A tab on a phone."""
    yield from shared_tab(browser, phone=True)


def query(choice: dict[str, str]) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in choice.items()) if choice else ""


def opened(page: Page, address: str, choice: dict[str, str] | str = "") -> Locator:
    """Open the comparison with a choice; returns its table once the script has laid it out."""
    page.goto(f"{address}compare/{choice if isinstance(choice, str) else query(choice)}")
    expect(page.locator(".told")).to_contain_text("areas shown")
    return page.locator("table", has=page.locator("#caption-comparison"))


def words(text: str) -> str:
    return " ".join(text.split())


def shown(table: Locator) -> tuple[list[str], list[list[str]]]:
    """What a table shows: the names of its columns as they are seen, and its rows, without headers of groups."""
    columns, rows = table.evaluate(
        """table => [
          [...table.tHead.querySelectorAll("th:not([scope=colgroup])")]
            .sort((one, other) => one.getBoundingClientRect().x - other.getBoundingClientRect().x)
            .map(cell => cell.textContent),
          [...table.tBodies].flatMap(body => [...body.rows]).filter(row => row.className !== "group")
            .map(row => [...row.cells].map(cell => cell.textContent))]"""
    )
    return [words(name) for name in columns], [[words(cell) for cell in row] for row in rows]


def chosen(reference: Reference, choice: dict[str, str]) -> list[Partnership]:
    """The partnerships of a choice, in the order of their dates."""
    everybody = coverage.in_order(reference.partnerships)
    return [one for one in everybody if one.id in choice.get("with", one.id).split(",")]


def expected(reference: Reference, choice: dict[str, str]) -> list[tuple[str, list[str], int]]:
    """What a choice must show, from the records: areas with the words of their cells and how many count."""
    values = [state.value for state in State]
    accepted = list(State)[: values.index(choice.get("evidence", "reported")) + 1]
    found = []
    for row in coverage.rows(reference.areas.areas, chosen(reference, choice)):
        if choice.get("pillar", row.area.pillar) != row.area.pillar:
            continue
        number = sum(cell.term in accepted for cell in row.cells)
        kept = {
            "all": True,
            "common": number == len(row.cells),
            "differences": 0 < number < len(row.cells),
            "single": number == 1,
        }
        if kept[choice.get("show", "all")]:
            weak = [bool(cell.entry and cell.entry.state not in accepted) for cell in row.cells]
            caveats = [bool(cell.entry and cell.entry.caveat) for cell in row.cells]
            cells = [
                cell.words + (" with a caveat" if caveat else "") + (" not counted" if not_counted else "")
                for cell, caveat, not_counted in zip(row.cells, caveats, weak, strict=True)
            ]
            found.append((row.area.name, cells, number))
    order = choice.get("sort", "pillar")
    if order != "pillar":
        found.sort(key=lambda area: area[0])
    if order == "shared":
        found.sort(key=lambda area: -area[2])
    return found


def expected_table(reference: Reference, choice: dict[str, str]) -> tuple[list[str], list[list[str]]]:
    """The names of the columns that a choice must show, and its rows, from the records."""
    wanted, partnerships = expected(reference, choice), chosen(reference, choice)
    number = len(partnerships)
    if choice.get("rows") != "partnerships":
        names = [f"{one.name} {one.instrument.act.date.words}" for one in partnerships]
        rows = [[area, *cells, f"{count} of {number}"] for area, cells, count in wanted]
        return ["Area", *names, "Found in"], rows
    names = [f"{area} in {count} of {number}" for area, _, count in wanted]
    labels = tuple(state.label for state in State)
    rows = []
    for one, cells in zip(partnerships, zip(*(cells for _, cells, _ in wanted), strict=True), strict=True):
        count = sum(cell.startswith(labels) and not cell.endswith("not counted") for cell in cells)
        rows.append([f"{one.name} {one.instrument.act.date.words}", *cells, f"{count} of {len(wanted)}"])
    return ["Partnership", *names, "Areas found"], rows


@pytest.mark.parametrize("choice", CHOICES, ids=query)
def test_a_choice_shows_counts_downloads_and_keeps_what_the_records_hold(
    page: Page, address: str, reference: Reference, choice: dict[str, str]
) -> None:
    table = opened(page, address, choice)
    columns, rows = expected_table(reference, choice)
    # Every cell has words to paste, and a row with nothing in it is never empty either.
    visible = shown(table)
    assert visible == (columns, rows or [["No area fits."]])
    assert all(columns)
    assert all(cell for row in visible[1] for cell in row)

    counts = [len(expected(reference, {**choice, "show": kind})) for kind in ("all", "common", "differences")]
    single = len(chosen(reference, choice)) == 1
    where = f"it and {counts[0] - counts[1]} were not" if single else f"each of them, {counts[2]} in some"
    # Told by the status, so that changes are announced politely.
    status = words(page.get_by_role("status").inner_text())
    of_all = f"{len(chosen(reference, choice))} of {len(reference.partnerships)} partnerships"
    assert f"{of_all}, {len(expected(reference, choice))} of {len(reference.areas.areas)} areas shown." in status
    assert f"Of {counts[0]} areas {counts[1]} were found in {where}" in status

    text = downloaded(page).read_bytes().decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline=""), strict=True)) == [columns, *rows]
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1

    expect(page).to_have_url(f"{address}compare/{query(choice)}")
    initial = {"evidence": "reported", "show": "all", "pillar": "all", "sort": "pillar", "rows": "areas"}
    lists = page.locator("form.explorer select")
    assert lists.evaluate_all("lists => Object.fromEntries(lists.map(({name, value}) => [name, value]))") == {
        name: choice.get(name, value) for name, value in initial.items()
    }
    ticked = page.locator("[name=with]").evaluate_all("boxes => boxes.filter(box => box.checked).map(box => box.value)")
    assert sorted(ticked) == sorted(choice["with"].split(",") if "with" in choice else [])


def downloaded(page: Page) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download this view (CSV)").click()
    assert waiting.value.suggested_filename == "areas-by-partnership.csv"
    return waiting.value.path()


def test_what_a_spreadsheet_would_run_or_misread_is_made_safe(page: Page, address: str) -> None:
    page.goto(f"{address}compare/")
    cells = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", 'a "b", c', "two\nlines", "日本", "", "plain"]
    text = page.evaluate("async cells => (await import('../assets/compare/choice.js')).csv([cells, ['x']])", cells)
    assert text.startswith("\ufeff")
    first, second = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert first == [f"'{cell}" for cell in cells[:6]] + cells[6:]
    assert second == ["x"]


def test_every_state_survives_its_address(page: Page, address: str) -> None:
    opened(page, address)
    controls = {
        "evidence": ["instrument", "official", "reported"],
        "show": ["all", "common", "differences", "single"],
        "sort": ["pillar", "shared", "name"],
        "rows": ["areas", "partnerships"],
    }
    states = [
        dict(zip(["with", *controls], [partnerships, *values], strict=True))
        for partnerships in ([], ["freedonia"], ["sylvania", "freedonia"])
        for values in itertools.product(*controls.values())
    ]
    known = {
        "partnerships": ["freedonia", "sylvania"],
        "controls": {
            name: {"values": values, "initial": {"evidence": "reported"}.get(name, values[0])}
            for name, values in controls.items()
        },
    }
    back = page.evaluate(
        """async ([states, known]) => {
          const {parse, format} = await import("../assets/compare/choice.js");
          return states.map(state => parse(format(state, known), known));
        }""",
        [states, known],
    )
    assert back == [{"state": state, "ignored": []} for state in states]


def test_the_choice_survives_reload_back_and_forward(page: Page, address: str) -> None:
    table = opened(page, address)
    everything = shown(table)
    page.get_by_label("Weakest evidence accepted").select_option("official")
    official = shown(table)
    page.get_by_label("Areas", exact=True).select_option("single")
    single = shown(table)
    expect(page).to_have_url(f"{address}compare/?evidence=official&show=single")
    assert len({str(view) for view in (everything, official, single)}) == 3
    page.reload()
    expect(page.locator(".told")).to_contain_text("areas shown")
    assert shown(table) == single
    page.go_back()
    expect(page).to_have_url(f"{address}compare/?evidence=official")
    assert shown(table) == official
    assert page.get_by_label("Areas", exact=True).input_value() == "all"
    page.go_back()
    expect(page).to_have_url(f"{address}compare/")
    assert shown(table) == everything
    page.go_forward()
    page.go_forward()
    expect(page).to_have_url(f"{address}compare/?evidence=official&show=single")
    assert shown(table) == single


def test_what_an_address_asks_for_and_is_not_known_is_told_and_ignored(page: Page, address: str) -> None:
    table = opened(page, address, "?with=freedonia,atlantis&evidence=rumour&sort=name&utm_source=mail")
    assert page.locator(".told .notice").inner_text() == "Not known here, and ignored: with=atlantis; evidence=rumour."
    assert shown(table)[0] == ["Area", "Freedonia 28 May 2024", "Found in"]
    page.get_by_label("Order", exact=True).select_option("shared")
    expect(page).to_have_url(f"{address}compare/?with=freedonia&sort=shared")
    expect(page.locator(".told .notice")).to_have_count(0)


def by_mouse(control: Locator, page: Page) -> None:
    control.click()


def by_keyboard(control: Locator, page: Page) -> None:
    control.focus()
    page.keyboard.press("Space")


@pytest.mark.parametrize("use", [by_mouse, by_keyboard])
def test_partnerships_are_chosen_by_mouse_and_by_keyboard(
    page: Page, address: str, reference: Reference, use: Callable[[Locator, Page], None]
) -> None:
    table = opened(page, address)
    use(page.get_by_text("Pick partnerships"), page)
    for name in ("Sylvania", "Freedonia"):
        use(page.get_by_role("checkbox", name=name), page)
    expect(page).to_have_url(f"{address}compare/?with=freedonia,sylvania")
    assert len(shown(table)[0]) == 4
    first_four = page.get_by_role("button", name=reference.sets[0].name)
    use(first_four, page)
    assert len(shown(table)[0]) == len(reference.sets[0].members) + 2
    expect(first_four).to_have_attribute("aria-pressed", "true")
    use(page.get_by_role("button", name="Show everything"), page)
    expect(page).to_have_url(f"{address}compare/")
    step = page.evaluate("navigation.currentEntry.key")
    everybody = page.get_by_role("button", name=re.compile(r"All \d+$"))
    use(everybody, page)
    assert page.evaluate("navigation.currentEntry.key") == step, "the same choice again is no step"
    expect(everybody).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("checkbox", name="Freedonia")).not_to_be_checked()


def test_every_list_of_choices_works_by_keyboard(page: Page, address: str) -> None:
    opened(page, address)
    parts: list[str] = []
    for label, keys, part in (
        ("Weakest evidence accepted", "n", "evidence=official"),
        ("Areas", "o", "show=common"),
        ("Pillar", "s", "pillar=secure"),
        ("Order", "ArrowDown", "sort=shared"),
        ("In the rows", "ArrowDown", "rows=partnerships"),
    ):
        choices = page.get_by_label(label, exact=True)
        choices.focus()
        page.keyboard.press(keys)
        page.keyboard.press("Tab")
        parts.append(part)
        expect(page).to_have_url(f"{address}compare/?{'&'.join(parts)}")
        expect(choices).not_to_be_focused()


def test_the_link_is_copied_or_shown_without_the_right_to_copy(page: Page, address: str) -> None:
    opened(page, address, "?with=freedonia")
    copy = page.get_by_role("button", name="Copy link")
    copy.click()
    expect(page.locator(".told .copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}compare/?with=freedonia"
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    copy.click()
    expect(page.locator(".told .copied")).to_have_text(f"Copy this link: {address}compare/?with=freedonia")


def test_the_link_to_two_side_by_side_is_copied_once_there_are_two(page: Page, address: str) -> None:
    page.goto(f"{address}compare/side-by-side/?with=freedonia")
    copy = page.get_by_role("button", name="Copy link")
    expect(page.locator(".told")).to_contain_text("Freedonia is chosen.")
    expect(copy).to_be_disabled()
    page.get_by_role("checkbox", name="Sylvania").check()
    expect(page.locator(".told")).to_contain_text(re.compile(r"Areas found: \d+ in both, \d+ only in Freedonia, "))
    copy.click()
    expect(page.locator(".told .copied")).to_have_text("Link copied.")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}compare/side-by-side/?with=freedonia,sylvania"


def test_a_table_turned_round_has_headers_of_rows_columns_and_groups(
    page: Page, address: str, reference: Reference
) -> None:
    table = opened(page, address, "?rows=partnerships")
    heads = table.locator("thead th[scope=colgroup]").all_inner_texts()
    assert heads == [f"Pillar {pillar.order}: {pillar.name}" for pillar in reference.pillars.pillars]
    spans = table.locator("colgroup").evaluate_all("groups => groups.map(group => group.span)")
    assert len(spans) == len(heads) + 2
    assert sum(spans) == table.locator("tbody tr").first.locator("th, td").count()
    first = table.locator("tbody tr > :first-child").evaluate_all("cells => cells.map(cell => cell.scope)")
    assert first == ["row"] * len(reference.partnerships)
    assert table.get_by_role("rowheader", name="Freedonia").count() == 1


def test_rows_stay_under_their_pillar_unless_sorted_otherwise(page: Page, address: str, reference: Reference) -> None:
    table = opened(page, address, "?show=differences")
    pillars = {area.name: area.pillar for area in reference.areas.areas}
    groups = table.evaluate(
        """table => [...table.tBodies].map(body => [...body.rows].map(row => row.cells[0].textContent.trim()))"""
    )
    names = {pillar.name: pillar.id for pillar in reference.pillars.pillars}
    assert len(groups) == len(names)
    for head, *areas in groups:
        assert {pillars[area] for area in areas} == {names[head.split(": ")[1]]}
    page.get_by_label("Order", exact=True).select_option("name")
    assert table.locator("tr.group").count() == 0


def test_the_ties_follow_the_choice_of_partnerships(page: Page, address: str, reference: Reference) -> None:
    opened(page, address, "?with=freedonia,lilliput")
    ties = page.locator("table", has=page.locator("#caption-ties"))
    columns, rows = shown(ties)
    assert columns == ["Tie", "Freedonia", "Lilliput"]
    assert [row[0] for row in rows] == [tie.name for tie in reference.ties]
    assert rows[0] == ["SAFE", "Agreed, not yet at work since 1 December 2025 1 source", "Not found"]


# Evidence in place.


def test_a_cell_opens_in_place_and_escape_returns_to_it(browser: Browser, address: str, reference: Reference) -> None:
    context = browser.new_context(viewport=WIDE, has_touch=True)
    page = context.new_page()
    opened(page, address)
    freedonia = next(one for one in reference.partnerships if one.id == "freedonia")
    entry = next(entry for entry in freedonia.areas if entry.area == "cyber")
    assert entry.caveat
    assert entry.locator
    by_id = {source.id: source for source in (*freedonia.sources, *reference.sources)}
    cell = page.locator('td[data-area="cyber"][data-partnership="freedonia"] a')
    dialog = page.get_by_role("dialog", name="Cyber security: Freedonia")

    def enter() -> None:
        cell.focus()
        page.keyboard.press("Enter")

    for use in (cell.click, cell.tap, enter):
        use()
        expect(dialog).to_be_visible()
        text = words(dialog.inner_text())
        for part in (entry.state.label, entry.summary, entry.caveat, f"Where in the text: {entry.locator}"):
            assert words(part) in text
        sources = dialog.locator("ol.sources > li")
        assert sources.count() == len(entry.sources)
        for number, source_id in enumerate(entry.sources):
            source = by_id[source_id]
            line = words(sources.nth(number).inner_text())
            assert words(source.publisher) in line
            assert (source.date.words if source.date else "undated") in line
        link = dialog.get_by_role("link", name="Open the page “Cyber security”")
        expect(link).to_have_attribute("href", f"{address}areas/cyber/#freedonia")
        page.keyboard.press("Escape")
        expect(page.locator("dialog.evidence")).to_have_count(0)
        expect(cell).to_be_focused()
        expect(page).to_have_url(f"{address}compare/")
    context.close()


def test_what_was_not_found_and_ties_open_in_place_and_a_new_tab_is_a_link(page: Page, address: str) -> None:
    opened(page, address)
    dialog = page.locator("dialog.evidence")
    page.locator('td[data-area="space"][data-partnership="freedonia"] a').click()
    expect(dialog).to_contain_text("Not in the text")
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    page.locator('td[data-area="mines"][data-partnership="sylvania"] a').click()
    expect(dialog).to_contain_text("Not found")
    expect(dialog).to_contain_text("The text may still cover it. It has not been read in full.")
    expect(dialog.locator("ol.sources > li").first).to_be_visible()
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)
    page.locator('td[data-tie="safe"][data-partnership="freedonia"] a').click()
    expect(page.get_by_role("dialog", name="Freedonia: SAFE").locator("ol.sources > li").first).to_be_visible()
    page.keyboard.press("Escape")
    with page.context.expect_page() as waiting:
        page.locator('td[data-area="cyber"][data-partnership="freedonia"] a').click(modifiers=["ControlOrMeta"])
    expect(waiting.value).to_have_url(f"{address}areas/cyber/#freedonia")
    waiting.value.close()
    expect(dialog).to_have_count(0)


def test_evidence_that_cannot_be_loaded_leads_to_its_page(page: Page, address: str) -> None:
    opened(page, address)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/areas/cyber/", hold)
    cell = page.locator('td[data-area="cyber"][data-partnership="freedonia"] a')
    cell.click()
    dialog = page.locator("dialog.evidence")
    onward = dialog.get_by_role("link", name="Open its page")
    expect(dialog).to_contain_text("Loading the evidence")
    expect(onward).to_have_attribute("href", f"{address}areas/cyber/#freedonia")
    held[0].abort()
    expect(dialog).to_contain_text("could not be loaded")
    expect(onward).to_be_visible()
    page.keyboard.press("Escape")
    page.unroute("**/areas/cyber/")
    cell.click()
    expect(page.get_by_role("dialog", name="Cyber security: Freedonia")).to_be_visible()


# Side by side.


def test_two_side_by_side_tell_what_both_have_and_what_only_one(page: Page, address: str, reference: Reference) -> None:
    by_id = {each.id: each for each in reference.partnerships}
    one, other = by_id["freedonia"], by_id["sylvania"]
    page.goto(f"{address}compare/side-by-side/?with=freedonia,sylvania")
    expect(page.get_by_role("heading", level=2, name="Freedonia and Sylvania")).to_be_visible()
    pair = comparison.pair(reference.areas.areas, one, other)
    nowhere = len(reference.areas.areas) - pair.either
    wanted = {"in both": pair.both, "only in Freedonia": pair.only_one, "only in Sylvania": pair.only_other}
    counts = [*((where, len(areas)) for where, areas in wanted.items()), ("in none of them", nowhere)]
    assert all(number for _, number in counts)
    summary = ", ".join(f"{number} {where}" for where, number in counts)
    assert page.locator(".told").inner_text() == f"Areas found: {summary}."
    for where, areas in wanted.items():
        heading = page.get_by_role("heading", level=3, name=f"Areas found {where}: {len(areas)}")
        names = heading.evaluate(
            """node => { const found = []; while ((node = node.nextElementSibling) && node.tagName !== "H3")
              if (node.tagName === "H4") found.push(node.textContent); return found; }"""
        )
        assert set(names) == {area.name for area in areas}
    text = words(page.locator("#chosen").inner_text())
    for each in (one, other):
        for fact in [*(area.summary for area in each.areas), *(tie.summary for tie in each.ties)]:
            assert words(fact) in text
        assert all(words(dialogue.name) in text for dialogue in each.dialogues)
        assert words(each.instrument.legal_nature.text) in text
    cites = page.locator("#chosen .cites a")
    in_areas = sum(len(area.sources) for each in (one, other) for area in each.areas)
    assert cites.count() >= in_areas + sum(len(tie.sources) for each in (one, other) for tie in each.ties)
    assert [cite for cite in cites.all_inner_texts() if not re.fullmatch(r"\[\d+ .+, .+\]", cite)] == []
    cites.last.click()
    expect(page.locator("li:target")).to_be_in_viewport()


def test_the_sides_are_chosen_by_ticking_and_the_fifth_is_refused(page: Page, address: str) -> None:
    page.goto(f"{address}compare/side-by-side/?with=freedonia")
    expect(page.locator(".told")).to_have_text("Freedonia is chosen. Choose one to three more.")
    for name in ("Sylvania", "Ruritania", "Grand Fenwick"):
        page.get_by_role("checkbox", name=name).press("Space")
    expect(page).to_have_url(f"{address}compare/side-by-side/?with=freedonia,sylvania,ruritania,grand-fenwick")
    expect(page.get_by_role("checkbox", name="Lilliput")).to_be_disabled()
    title = page.get_by_role("heading", level=2).first
    expect(title).to_have_text("Freedonia and Sylvania and Ruritania and Grand Fenwick")
    assert page.locator("#brief ~ .table-scroll tbody tr:visible").count() == 4
    page.go_back()
    expect(title).to_have_text("Freedonia and Sylvania and Ruritania")
    page.goto(f"{address}compare/side-by-side/?with=freedonia,sylvania,ruritania,grand-fenwick,lilliput,atlantis")
    expect(page.locator(".told .notice")).to_have_text("Not known here, and ignored: with=atlantis.")
    expect(page.locator(".told")).to_contain_text("More than four were asked for; the first four are shown.")


def test_pages_that_cannot_be_loaded_are_linked(page: Page, address: str) -> None:
    page.route("**/partnerships/sylvania/", lambda route: route.abort())
    page.goto(f"{address}compare/side-by-side/?with=freedonia,sylvania")
    expect(page.locator(".told")).to_have_text("The pages could not be loaded here. The table below leads to them.")
    expect(page.locator("#brief ~ .table-scroll").get_by_role("link", name="Sylvania").first).to_be_visible()


def test_a_partnership_leads_to_its_nearest_side_by_side(page: Page, address: str, reference: Reference) -> None:
    partnerships = coverage.in_order(reference.partnerships)
    nearest = comparison.nearest(reference.areas.areas, partnerships)["freedonia"][0].other
    page.goto(f"{address}partnerships/freedonia/")
    page.locator("tr[data-near] a").first.click()
    expect(page.get_by_role("heading", level=2).first).to_have_text(f"Freedonia and {nearest.name}")


def test_side_by_side_can_be_read_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}compare/side-by-side/?with=freedonia,sylvania")
    expect(page.get_by_text("Choosing needs JavaScript")).to_be_visible()
    expect(page.locator("form.explorer")).to_be_hidden()
    page.get_by_role("row", name="Freedonia").get_by_role("link", name="Freedonia").first.click()
    expect(page).to_have_url(f"{address}partnerships/freedonia/")
    context.close()


# Reach.


def kinds(cells: Sequence[coverage.Cell]) -> list[tuple[State | Absence, tuple[coverage.Cell, ...]]]:
    """The kinds of cells as a list tells them: evidence strongest first, then absences in the order of the cells."""
    terms = [cell.term for cell in cells]
    found = coverage.by_term(cells)
    return sorted(found, key=lambda kind: terms.index(kind[0]) if isinstance(kind[0], Absence) else -1)


def test_on_a_phone_each_area_lists_the_partnerships_by_state(phone: Page, address: str, reference: Reference) -> None:
    table = opened(phone, address)
    region = phone.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    rows = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    for row, line in zip(rows, table.locator("tbody tr:not(.group)").all(), strict=True):
        wanted = [
            f"{term.label}: "
            + ", ".join(
                cell.partnership.name + (" with a caveat" if cell.entry and cell.entry.caveat else "") for cell in cells
            )
            for term, cells in kinds(row.cells)
        ]
        assert [words(item) for item in line.locator("li").all_inner_texts()] == wanted
        expect(line).to_contain_text(f"Found in {len(row.found)} of {len(row.cells)}")
    table.get_by_role("link", name="Freedonia").first.tap()
    expect(phone.get_by_role("dialog", name="Missions: Freedonia")).to_be_visible()


def test_on_a_phone_two_partnerships_fit_as_a_table(phone: Page, address: str) -> None:
    table = opened(phone, address, "?with=freedonia,sylvania")
    assert shown(table)[0] == ["Area", "Freedonia 28 May 2024", "Sylvania 1 November 2024", "Found in"]
    region = phone.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => region.scrollWidth <= region.clientWidth")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_head_and_the_first_column_stay_in_sight(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 800, "height": 600})
    opened(page, address)
    # As many and as long cells as a larger table has.
    add_style(page, "table[data-evidence] { min-width: 90em } table[data-evidence] td { height: 8em }")
    region = page.get_by_role("region", name="Areas of cooperation by partnership")
    region.evaluate("region => region.scrollTo(300, 900)")
    assert region.evaluate("region => region.scrollLeft") == 300
    assert region.evaluate("region => region.scrollTop") > 100
    box = region.bounding_box()
    head = region.locator("thead th").first.bounding_box()
    area = region.get_by_role("rowheader").last.bounding_box()
    assert box
    assert head
    assert area
    assert abs(head["y"] - box["y"]) < 3
    assert abs(head["x"] - box["x"]) < 3
    assert abs(area["x"] - box["x"]) < 3


def test_print_gives_the_chosen_view_in_black_on_a4_landscape(page: Page, address: str, reference: Reference) -> None:
    table = opened(page, address, "?with=freedonia,sylvania&show=common")
    rows = shown(table)
    page.emulate_media(media="print")
    for hidden in ("form.explorer fieldset", "#common", "#ties", "#legend", ".md-header", "ol.sources"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".told")).to_contain_text("2 of ")
    region = page.get_by_role("region", name="Areas of cooperation by partnership")
    assert region.evaluate("region => getComputedStyle(region).maxHeight") == "none"
    colours = table.locator("th, td, a, .note").evaluate_all("nodes => nodes.map(node => getComputedStyle(node).color)")
    assert set(colours) == {"rgb(0, 0, 0)"}
    assert table.evaluate("table => parseFloat(getComputedStyle(table).fontSize)") >= 9.5
    paper = page.pdf(prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper))
    assert [(round(float(width)), round(float(height))) for width, height in boxes] == [(842, 595)]
    printed = text_of(paper)
    number = len(reference.partnerships)
    assert re.match(rf"Compare 2 of {number} partnerships, {len(rows[1])} of \d+ areas shown\.", printed)
    assert [row[0] for row in rows[1] if row[0] not in printed] == []
    # Nothing but the view: no area that was not chosen, no other partnership, no other part of the page.
    assert [other for other in ("Mines", "Ruritania", "SAFE", "Copy link") if other in printed] == []


def test_a_table_too_wide_for_paper_is_printed_as_a_list(page: Page, address: str, reference: Reference) -> None:
    more = 8
    assert len(reference.areas.areas) + more > 14

    def with_more_areas(route: Route) -> None:
        """Answer with the page as it would be if there were more areas, found where the mines are."""
        response = route.fetch()
        text = BeautifulSoup(response.text(), "html.parser")
        row = text.select_one("#caption-comparison ~ tbody tr:has(td[data-area=mines])")
        assert row
        for number in range(more):
            row.insert_after(BeautifulSoup(str(row).replace('"mines"', f'"mines-{number}"'), "html.parser"))
        route.fulfill(response=response, body=str(text))

    page.route("**/compare/?rows=partnerships", with_more_areas)
    opened(page, address, "?rows=partnerships")
    printed = text_of(page.pdf(prefer_css_page_size=True))
    for one in reference.partnerships:
        found = len(one.areas) + more * any(entry.area == "mines" for entry in one.areas)
        assert f"Areas found {found} of {len(reference.areas.areas) + more}." in printed
    assert page.locator("table.listed").count() == 0


def test_thousands_of_cells_are_counted_and_unfold(page: Page, address: str, reference: Reference) -> None:
    table = opened(page, address)
    table.evaluate(
        """async table => {
          const {asList, read} = await import("../assets/compare/matrix.js");
          const {corner, columns, rows} = read(table);
          const layouts = {corner, columns, rows, items: "Partnerships", accepted: new Set(["official"])};
          const order = ["Stated in the text", "Named officially", "Reported"];
          table.classList.add("listed");
          table.replaceChildren(table.caption, ...asList(layouts, new Map(), order, true));
        }"""
    )
    row = table.get_by_role("row", name="Research")
    assert row.locator("a").count() == 1
    row.locator("summary").press("Enter")
    compared = coverage.rows(reference.areas.areas, coverage.in_order(reference.partnerships))
    cells = next(row.cells for row in compared if row.area.id == "research")
    listed = kinds(cells)
    assert len(listed) == 4
    expect(row.locator("summary")).to_have_text("; ".join(f"{term.label}: {len(alike)}" for term, alike in listed))
    expect(row.locator("li")).to_have_count(len(listed))
    lines = [words(line) for line in row.locator("li").all_inner_texts()]
    for (term, alike), line in zip(listed, lines, strict=True):
        names = [
            f"{cell.partnership.name}{' with a caveat' * bool(cell.entry and cell.entry.caveat)}" for cell in alike
        ]
        mark = " not counted" if term in (State.INSTRUMENT, State.REPORTED) else ""
        assert line == f"{term.label}{mark}: {', '.join(names)}"
    assert row.locator("li a").count() == len(cells)


@pytest.mark.parametrize(("state", "part"), AXE_STATES.items())
def test_axe_finds_nothing_in_any_state(page: Page, address: str, state: str, part: str) -> None:
    page.goto(address + state)
    expect(page.locator(".told")).to_contain_text(re.compile("areas shown|Areas found"))
    if part != "#chosen":
        page.get_by_text("Pick partnerships").click()
    assert violations(page, "form.explorer", part) == []
    if part != "#chosen" and "lilliput" not in state:
        page.locator("table[data-evidence] td a").first.click()
        expect(page.locator("dialog.evidence ol.sources")).to_be_attached()
        assert violations(page, "dialog.evidence") == []


# What analysts ask, from the home page, each with the source in view after at most three actions.


class Reader:
    """Somebody with a mouse or a finger, who counts what it takes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, control: Locator) -> None:
        self.actions += 1
        control.click()

    def choose(self, label: str, value: str) -> None:
        self.actions += 1
        self.page.get_by_label(label, exact=True).select_option(value)

    def compare(self) -> None:
        self.press(self.page.locator("ul.ways").get_by_role("link", name="Compare"))
        expect(self.page.locator(".told")).to_contain_text("areas shown")

    def sees_evidence(self, *texts: str) -> None:
        dialog = self.page.locator("dialog.evidence")
        expect(dialog.locator("ol.sources > li").first).to_be_visible()
        for text in texts:
            expect(dialog).to_contain_text(text)
        assert self.actions <= 3


@pytest.fixture(params=["page", "phone"])
def reader(request: pytest.FixtureRequest, address: str) -> Reader:
    page: Page = request.getfixturevalue(request.param)
    page.goto(address)
    return Reader(page)


def first_cell(page: Page) -> Locator:
    return page.locator("table[data-evidence] td a").first


def test_what_do_all_of_them_share(reader: Reader, reference: Reference) -> None:
    reader.compare()
    reader.choose("Areas", "common")
    common = len(expected(reference, {"show": "common"}))
    expect(reader.page.locator(".told")).to_contain_text(f"{common} of {len(reference.areas.areas)} areas shown")
    reader.press(first_cell(reader.page))
    reader.sees_evidence("Cyber security:")


def test_what_does_only_one_have(reader: Reader) -> None:
    reader.compare()
    reader.choose("Areas", "single")
    table = reader.page.locator("table[data-evidence]").first
    reader.press(table.get_by_role("link", name=re.compile("Freedonia|Named officially")).last)
    reader.sees_evidence("Women, peace and security: Freedonia", "Named officially")


def test_how_does_freedonias_differ_from_sylvanias(reader: Reader) -> None:
    page = reader.page
    reader.press(page.locator("ol.years").get_by_role("link", name="Freedonia"))
    reader.press(page.get_by_role("link", name="Compare Freedonia with another partnership"))
    reader.press(page.get_by_role("checkbox", name="Sylvania"))
    expect(page.get_by_role("heading", name="Areas found only in Freedonia")).to_be_visible()
    expect(page.locator("#chosen .cites a", has_text="Ministry of Freedonia, 28 May 2024").first).to_be_visible()
    assert reader.actions == 3


def test_how_good_is_the_evidence(reader: Reader) -> None:
    reader.compare()
    reader.choose("Weakest evidence accepted", "instrument")
    expect(reader.page.locator(".told")).to_contain_text("accepting “Stated in the text”.")
    reader.press(reader.page.locator('table[data-evidence] a[href$="cyber/#freedonia"]'))
    reader.sees_evidence("Stated in the text", "Where in the text:")


def test_is_something_not_found_or_not_in_the_text(reader: Reader) -> None:
    reader.compare()
    reader.press(reader.page.locator('table[data-evidence] a[href$="mines/#sylvania"]'))
    reader.sees_evidence("Not found", "The text may still cover it. It has not been read in full.")
